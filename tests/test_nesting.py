"""How deep and how large a text is, told before it is parsed: strings and comments do not count, and time is linear."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import DossierError
from barriermodel.reading import nesting, parsing
from barriermodel.reading.nesting import MAX_DEPTH, MAX_KEY_PARTS, check_json, check_toml
from barriermodel.reading.parsing import parse_json, parse_toml, parse_xml


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 100 + b"]" * 100,
        b'{"a":' * 100 + b"1" + b"}" * 100,
        b'"' + b"[" * 500 + b'"',
        b'["\\"", "' + b"[{" * 500 + b'"]',
        b'["\\\\", "' + b"[" * 500 + b'"]',
        b"[" + b"[]," * 500 + b"[]]",
    ],
)
def test_json_that_is_not_deep_is_read(raw: bytes) -> None:
    assert parse_json(raw, "x") == json.loads(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 101 + b"]" * 101,
        b'{"a":' * 101 + b"1" + b"}" * 101,
        b"[" * 500,
        b'["\\"", ' + b"[" * 101,
        b'["\\\\", ' + b"[" * 101,
        b"\xef\xbb\xbf" + b"[" * 101,
    ],
)
def test_json_that_is_too_deep_is_refused(raw: bytes) -> None:
    with pytest.raises(DossierError, match="x: the file is not read: it is nested too deeply, over 100 levels"):
        parse_json(raw, "x")


BRACKETS = "[" * 500
DOTS = "a" + ".a" * 500


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 100 + "]" * 100,
        f"x = '{BRACKETS}'",
        f'x = "{BRACKETS}"',
        f"x = 1 # {BRACKETS} {DOTS}",
        f"x = '''\n{BRACKETS}\n'{DOTS}''''",
        f'x = """\n{BRACKETS}\\"""" # {BRACKETS}',
        f'x = """{DOTS}"""""\ny = "{DOTS}"',
        f'x = "\\"{BRACKETS}" # "',
        f"x = ['#', 1]\ny = '{DOTS}'",
        f'"{DOTS}" = 1',
        "a" + ".a" * 9 + " = 1",
        "x = [" + "1.5, " * 500 + "]",
        "x = [\n" + "  2026-01-01T10:00:00.5Z,\n" * 200 + "]",
        "[a.b]\n" * 1 + "".join(f"c{n}.d = 1.5\n" for n in range(200)),
    ],
)
def test_toml_that_is_not_deep_is_read(text: str) -> None:
    tomllib.loads(text)

    assert parse_toml(text.encode(), "x")


@pytest.mark.parametrize(
    "text",
    [
        "a" + ".a" * 20_000 + "=1",
        "a" + ".a" * 10 + " = 1",
        "a" + " . a" * 10 + " = 1",
        "a" + "\t.\ta" * 10 + " = 1",
        '"a"' + ".'a'" * 10 + " = 1",
        '"a.b"' + '."é"' * 10 + " = 1",
        "[a" + ".a" * 10 + "]",
        "[[a" + ".a" * 10 + "]]",
        "x = { a" + ".a" * 10 + " = 1 }",
        "x = '#'\na" + ".a" * 10 + " = 1",
        "x = '''''''\na" + ".a" * 10 + " = 1",
        "x = " + "[" * 101 + "]" * 101,
        "x = " + "{ a = " * 101 + "1" + "}" * 101,
        f'x = """"""\ny = {BRACKETS}',
        f'x = """\\\\"""\ny = {BRACKETS}',
        f"x = '\\'\ny = {BRACKETS}",
    ],
)
def test_toml_that_is_too_deep_is_refused(text: str) -> None:
    with pytest.raises(DossierError, match=r"the file is not read: it is nested too deeply|a key has over 10 parts"):
        parse_toml(text.encode(), "x")


def test_xml_is_not_read_on_where_it_is_too_deep() -> None:
    """It goes in by parts: read on, each of these would take a hundred bytes."""
    tracemalloc.start()
    try:
        with pytest.raises(DossierError, match="over 100 deep"):
            parse_xml(b"<a>" * 2**22, "x")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 100 * 2**20


LOOKING = """
import sys
from contextlib import suppress
from barriermodel.reading.nesting import check_json, check_toml
N = 10**6
for raw in (b'"\\\\"' * N, b'"' + b'\\\\"' * N, b'"' * N, b"'''" * N, (b'"' * 3 + b'\\\\"') * N, b"''''" * N,
            b" " * N + b"." * 200, b"a" * N + b"." * 200, b"#" * N + b"[" * 200, b"\\\\" * N + b"[" * 200):
    for check in (check_json, check_toml):
        with suppress(ValueError):
            check(raw + b"\\n[" * 200)
    print(len(raw))
"""


def test_looking_takes_no_more_time_than_the_text_is_long() -> None:
    """Were it the square of that, this would take an hour."""
    ran = subprocess.run(
        [sys.executable, "-c", LOOKING], capture_output=True, text=True, check=False,
        timeout=60,  # one that looks again and again fails here
    )  # fmt: skip

    assert (ran.returncode, ran.stderr) == (0, "")
    assert [int(length) for length in ran.stdout.split()] == [
        3_000_000, 2_000_001, 1_000_000, 3_000_000, 5_000_000, 4_000_000, 1_000_200, 1_000_200, 1_000_200, 1_000_200,
    ]  # fmt: skip


def test_more_values_or_attributes_than_anybody_sends_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nesting, "MAX_JSON_VALUES", 20)
    monkeypatch.setattr(nesting, "MAX_DEPTH", 15)
    assert parse_json(b'["' + b"," * 50 + b'"' + b",1" * 19 + b"]", "x")
    for raw in (b"[" + b"1," * 20 + b"1]", b"[" + b"[]," * 20 + b"[]]", b'{"a":' * 21 + b"1" + b"}" * 21):
        with pytest.raises(DossierError, match="x: the file is not read: it has over 20 values"):
            parse_json(raw, "x")

    monkeypatch.setattr(parsing, "MAX_ATTRIBUTES", 20)
    assert parse_xml(b"<a" + b"".join(b" a%d=''" % n for n in range(20)) + b"/>", "x").attrib
    with pytest.raises(DossierError, match="x: the file is not read: it may have over 20 attributes"):
        parse_xml(b"<a" + b"".join(b" a%d=''" % n for n in range(21)) + b"/>", "x")


def depth(data: Any) -> int:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


DATA = st.recursive(
    st.text(alphabet="[]{}\"\\,\n#.'a") | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet='[]{}"\\.'), inner, max_size=3),
    max_leaves=20,
)


@given(DATA, st.integers(90, 110))
def test_json_is_refused_exactly_where_it_is_deeper(data: Any, levels: int) -> None:
    for _ in range(levels):
        data = [data]
    raw = json.dumps(data).encode()
    if depth(data) > MAX_DEPTH:
        with pytest.raises(ValueError, match="too deeply"):
            check_json(raw)
    else:
        check_json(raw)


@given(st.lists(st.text(alphabet="[].#'\\ a\t", max_size=9), min_size=1, max_size=4), st.integers(5, 15))
def test_toml_strings_hide_whatever_is_in_them(texts: list[str], parts: int) -> None:
    values = [json.dumps(text) for text in texts] + [f'"""{text}"""' for text in texts if "\\" not in text]
    lines = [f"k{n} = {value} # {value}" for n, value in enumerate(values)]
    text = "\n".join([*lines, ".".join("p" * parts) + " = 1"])
    tomllib.loads(text)
    if parts > MAX_KEY_PARTS:
        with pytest.raises(ValueError, match="parts"):
            check_toml(text.encode())
    else:
        check_toml(text.encode())


def test_toml_is_what_people_write_and_so_not_large() -> None:
    line = b"# one more line of a comment\n"
    assert parse_toml(b"a = 1\n" + line * (2 * 2**20 // len(line) - 1), "x") == {"a": 1}

    with pytest.raises(DossierError, match=r"x: the file has \d+ bytes; at most 2097152 are read"):
        parse_toml(b"a = 1\n" + line * (2 * 2**20 // len(line) + 1), "x")
