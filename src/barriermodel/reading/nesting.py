"""Limits on the depth and size of JSON and TOML, checked before anything is parsed.

A parser follows every level and keeps every value, so a small text can take much memory and time. Here strings and
comments are removed from the bytes first; in what is left, brackets and commas are counted.
"""

from __future__ import annotations

import re
from itertools import accumulate

MAX_DEPTH = 100
"""Levels of nested lists and tables; real documents have far fewer."""
MAX_KEY_PARTS = 10
"""Parts of a dotted key in TOML: the parser keeps a copy of every prefix of every key."""
MAX_JSON_VALUES = 3_000_000
"""Values in a JSON document. The largest package of notices has two million. Each takes up to 250 bytes."""

# Each alternative matches to the end of the text or line at the latest, and the possessive `++` and `*+` never
# backtrack, so the time is linear in any text, also a hostile one.
_JSON = re.compile(rb'"[^"\\]*+(?:\\.?[^"\\]*+)*+"?', re.DOTALL)
_TOML = re.compile(
    rb'"""(?:[^"\\]++|\\[\s\S]?|"(?!""))*+(?:"{3,5}|\Z)'  # two more quotes may precede the closing three
    rb"|'''(?:[^']++|'(?!''))*+(?:'{3,5}|\Z)"
    rb'|"(?:[^"\\\n]++|\\[^\n]?)*+"?'
    rb"|'[^'\n]*+'?"
    rb"|#[^\n]*+"
)
_NO_KEY = re.compile(rb"[^\w. \t-]+")
_NO_BRACKET = bytes(set(range(256)) - set(b"[]{}"))
_STEP = bytes.maketrans(b"[{]}", b"\2\2\0\0")


def check_json(raw: bytes) -> None:
    """Raise ``ValueError`` if JSON is nested too deeply or has too many values."""
    if (
        _openings(raw) > MAX_DEPTH or _openings(raw) + raw.count(b",") > MAX_JSON_VALUES
    ):  # cheap bounds that most files pass
        bare = _JSON.sub(b"", raw)
        if _openings(bare) + bare.count(b",") > MAX_JSON_VALUES:
            raise ValueError(f"it has over {MAX_JSON_VALUES} values")
        _check_depth(bare)


def check_toml(raw: bytes) -> None:
    """Raise ``ValueError`` if TOML is nested too deeply, by brackets or by the dots in a key."""
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
