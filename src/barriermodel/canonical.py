"""Canonical JSON (RFC 8785), the form over which digests are computed."""

from __future__ import annotations

import json
from typing import Any


def canonical(data: Any) -> bytes:
    """Encode data in canonical form. Keys must be ASCII.

    The standard encoder does it, sorted and without spaces, wherever its output equals RFC 8785's. Data with a
    number that the two write differently goes to the rfc8785 library, which is much slower.

    >>> canonical({"b": 1250000.0, "a": [None, "é"]}).decode()
    '{"a":[null,"é"],"b":1250000}'

    """
    try:
        prepared = _prepare(data)
    except _NeedsExponent:
        import rfc8785

        return rfc8785.dumps(data)
    return json.dumps(prepared, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()


class _NeedsExponent(Exception):
    """RFC 8785 writes a number with an exponent, differently from Python."""


def _prepare(value: Any) -> Any:
    kind = type(value)
    if kind is dict:
        return {key: _prepare(member) for key, member in value.items()}
    if kind is list:
        return [_prepare(member) for member in value]
    if kind is float:
        if value.is_integer() and abs(value) < 2**53:
            return int(value)  # as ECMAScript writes it: 1250000.0 is 1250000
        if value.is_integer() or "e" in repr(value):
            raise _NeedsExponent
    return value


def sha256(data: Any) -> str:
    """Return the SHA-256 of data in canonical form, in hexadecimal."""
    import hashlib  # slow to import, and needed only here

    return hashlib.sha256(canonical(data)).hexdigest()
