"""Files that are read, and their names; :mod:`barriermodel.atomic` writes them, and nothing else opens any.

What is in a folder or dossier was put there by somebody else, so only an ordinary file is opened there, after a check
of its type and size. What a person names on the command line may be a pipe as well; ``-`` is standard input or output.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from .errors import DossierError, InputError

LARGEST_FILE = 64 * 2**20
"""Bytes of the largest document that is read whole: a guard against a mistake, not a limit of the format."""


# Reading ----------------------------------------------------------------------------------------------


def read_ordinary(path: Path, where: str, error: type[InputError] = DossierError) -> bytes:
    """All bytes of an ordinary file, whose type and size are checked before it is read.

    Args:
        where: what errors call it.

    Raises:
        InputError: it cannot be read, is not an ordinary file, or has over 64 MiB.

    """
    try:
        with open_ordinary(path) as file:
            return _bounded(file, where, error)
    except OSError as wrong:
        raise error.one(where, f"the file cannot be read: {reason(wrong)}") from None


def read_inside(path: Path, folder: Path, where: str, error: type[InputError] = DossierError) -> bytes:
    """The same for a file in a folder that somebody else filled: no link or name there leads out of it."""
    if leads_outside(path, folder):
        raise error.one(where, "it leads outside the folder; put the file itself there")
    return read_ordinary(path, where, error)


def read_given(path: str | PathLike[str], where: str, error: type[InputError] = DossierError) -> bytes:
    """The same for what a person named: it may be a pipe, and ``-`` is standard input."""
    try:
        with _opened(path) as file:
            raw = _bounded(file, where, error)
    except (OSError, ValueError) as wrong:  # a name with a zero byte
        told = reason(wrong) if isinstance(wrong, OSError) else str(wrong)
        raise error.one(where, f"the file cannot be read: {told}") from None
    if not raw and is_stdin(path):
        raise error.one(where, "standard input is empty, or was read for something else already")
    return raw


def open_ordinary(path: str | PathLike[str]) -> BinaryIO:
    """An ordinary file to read from: never a pipe, which may never answer, or a device, which may never end.

    Raises:
        OSError: it cannot be opened, or is something else.

    """
    _check_ordinary(os.stat(path))  # before it is opened: opening a device may do something
    flags = [getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY")]  # as far as this system has them
    handle = os.open(path, os.O_RDONLY | sum(flags))
    try:
        _check_ordinary(os.fstat(handle))  # by now it may be another file
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


_OTHERS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}


def _check_ordinary(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        what = _OTHERS.get(stat.S_IFMT(found.st_mode), "a device")
        raise OSError(errno.EINVAL, f"it is {what}, and only an ordinary file is read")


@contextmanager
def _opened(path: str | PathLike[str]) -> Iterator[BinaryIO]:
    if is_stdin(path):
        if sys.stdin is None:
            raise OSError(errno.EBADF, "standard input is closed")
        yield sys.stdin.buffer
        return
    mode = _mode(path)
    with open(path, "rb") if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode) else open_ordinary(path) as file:
        yield file


def _mode(path: str | PathLike[str]) -> int:
    """The mode of what a name leads to; 0 if that is nothing."""
    try:
        return os.stat(path).st_mode
    except (OSError, ValueError):
        return 0


def _bounded(file: BinaryIO, where: str, error: type[InputError]) -> bytes:
    size = 0
    with suppress(io.UnsupportedOperation):  # a stream that is not a file of the system
        size = os.fstat(file.fileno()).st_size
    if size > LARGEST_FILE:
        raise error.one(where, f"the file has {size} bytes; at most {LARGEST_FILE} are read")
    raw = file.read(LARGEST_FILE + 1) or b""
    if len(raw) > LARGEST_FILE:
        raise error.one(where, f"it has more than {LARGEST_FILE} bytes, and no more are read")
    return raw


def check_ordinary(path: Path) -> None:
    """Raise ``InputError`` if a file that another file names is not an ordinary one."""
    try:
        open_ordinary(path).close()
    except OSError as wrong:
        raise InputError.one(str(path), f"the file cannot be read: {reason(wrong)}") from None


def reason(error: OSError) -> str:
    """Why something could not be done with a file, without its name."""
    return error.strerror or str(error)


# Names ------------------------------------------------------------------------------------------------


def is_stdin(path: str | PathLike[str]) -> bool:
    """Whether a person means standard input by this name."""
    return os.fspath(path) in ("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")


def is_stdout(path: str | PathLike[str]) -> bool:
    """Whether a person means standard output by this name."""
    return os.fspath(path) in ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def is_path(name: str | PathLike[str]) -> bool:
    """Whether a name is that of a profile's file, and not an id: a path has a separator or ends in ``.toml``.

    What is in the working directory does not matter, so that an id means the same wherever a program runs.
    """
    if not isinstance(name, str):
        return True
    return is_stdin(name) or name.endswith(".toml") or any(one in name for one in (os.sep, os.altsep) if one)


def is_same(one: str | PathLike[str], other: str | PathLike[str]) -> bool:
    """Whether two names are those of one file; standard input and output never are, even on one terminal."""
    if any(is_stdin(path) or is_stdout(path) for path in (one, other)):
        return False
    with suppress(OSError):
        return os.path.samefile(one, other)
    return os.path.realpath(one) == os.path.realpath(other)


def leads_outside(path: str | PathLike[str], folder: str | PathLike[str]) -> bool:
    """Whether a name in a folder is, after every link is followed, of something outside it."""
    try:
        return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
    except ValueError:  # a name with a zero byte
        return True


# Streams as files -------------------------------------------------------------------------------------


@contextmanager
def kept(path: Path) -> Iterator[Path]:
    """What a person named, as an ordinary file that can be read more than once: a copy of a stream, or the file itself.

    Raises:
        InputError: the stream cannot be read or kept.

    """
    if not is_stdin(path) and not stat.S_ISFIFO(_mode(path)):  # a device such as /dev/zero would never be kept
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="barriermodel-") as folder:
        copy = Path(folder) / path.name
        try:
            with _opened(path) as stream, open(copy, "xb") as file:
                shutil.copyfileobj(stream, file, 2**20)
        except OSError as wrong:
            raise InputError.one(str(path), f"it cannot be read: {reason(wrong)}") from None
        yield copy
