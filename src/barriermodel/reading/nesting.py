"""How deep and how large a text of JSON or TOML is, counted before anything is parsed.

A parser follows every level and keeps every value, so that a small text can take much memory and time. Strings and
comments are taken out first; what is left is counted.
"""

from __future__ import annotations

import re
from itertools import accumulate

MAX_DEPTH = 100
"""Lists and tables within each other: far more than anybody writes."""
MAX_KEY_PARTS = 10
"""Parts of a dotted key in TOML; its parser keeps a copy of every beginning of every key."""
MAX_JSON_VALUES = 3_000_000
"""In JSON: a package of notices as large as is read has two million. Each takes up to 250 bytes of memory."""

# What begins a string or comment always ends somewhere, at the latest where the text or line ends, and `++` and `*+`
# never go back: so the time is linear, whatever the text.
_JSON = re.compile(rb'"[^"\\]*+(?:\\.?[^"\\]*+)*+"?', re.DOTALL)
_TOML = re.compile(
    rb'"""(?:[^"\\]++|\\[\s\S]?|"(?!""))*+(?:"{3,5}|\Z)'  # up to two quotes may stand before the three that end it
    rb"|'''(?:[^']++|'(?!''))*+(?:'{3,5}|\Z)"
    rb'|"(?:[^"\\\n]++|\\[^\n]?)*+"?'
    rb"|'[^'\n]*+'?"
    rb"|#[^\n]*+"
)
_NO_KEY = re.compile(rb"[^\w. \t-]+")
_NO_BRACKET = bytes(set(range(256)) - set(b"[]{}"))
_STEP = bytes.maketrans(b"[{]}", b"\2\2\0\0")


def check_json(raw: bytes) -> None:
    """Raise ``ValueError`` where JSON is nested too deeply, or has too many values."""
    if (
        _openings(raw) > MAX_DEPTH or _openings(raw) + raw.count(b",") > MAX_JSON_VALUES
    ):  # most files cannot be too large
        bare = _JSON.sub(b"", raw)
        if _openings(bare) + bare.count(b",") > MAX_JSON_VALUES:
            raise ValueError(f"it has over {MAX_JSON_VALUES} values")
        _check_depth(bare)


def check_toml(raw: bytes) -> None:
    """Raise ``ValueError`` where TOML is nested too deeply, by brackets or by the dots in a key."""
    if _openings(raw) > MAX_DEPTH or raw.count(b".") >= MAX_KEY_PARTS:
        bare = _TOML.sub(b"", raw)
        _check_depth(bare)
        if any(part.count(b".") >= MAX_KEY_PARTS for part in _NO_KEY.split(bare)):
            raise ValueError(f"a key has over {MAX_KEY_PARTS} parts")


def _openings(raw: bytes) -> int:
    return raw.count(b"[") + raw.count(b"{")


def _check_depth(bare: bytes) -> None:
    steps = bare.translate(_STEP, _NO_BRACKET)
    if max(accumulate(steps, lambda depth, step: depth + step - 1, initial=0)) > MAX_DEPTH:
        raise ValueError(f"it is nested too deeply, over {MAX_DEPTH} levels")
