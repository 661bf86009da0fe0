"""The canonical form of JSON (RFC 8785), over which digests are made."""

from __future__ import annotations

import json
from typing import Any


def canonical(data: Any) -> bytes:
    """Data in canonical form.

    The standard encoder writes it, sorted and without spaces, where it writes what RFC 8785 does; numbers
    that the two write differently are left to the rfc8785 library, which is much slower. Keys are ASCII.
    """
    try:
        plain = _plain(data)
    except _Odd:
        import rfc8785

        return rfc8785.dumps(data)
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()


class _Odd(Exception):
    """A number is written with an exponent."""


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is dict:
        return {key: _plain(member) for key, member in value.items()}
    if kind is list:
        return [_plain(member) for member in value]
    if kind is float:
        if value.is_integer() and abs(value) < 2**53:
            return int(value)  # as ECMAScript writes it: 1250000.0 is 1250000
        if value.is_integer() or "e" in repr(value):
            raise _Odd
    return value


def sha256(data: Any) -> str:
    """SHA-256 over the canonical form, in hexadecimal."""
    import hashlib  # slow to import, and needed only here

    return hashlib.sha256(canonical(data)).hexdigest()
