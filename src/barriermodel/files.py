"""Files: the one place in this project where any is opened, read or written.

What lies in a folder or dossier was put there by somebody else, so only an ordinary file is opened there, after a look
at its type and size. What a person names on the command line may be a pipe as well; ``-`` is standard input or output.
"""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

import attrs

from .errors import BarrierModelError, DossierError, InputError

LARGEST_FILE = 64 * 2**20
"""Bytes of the largest document that is read whole: a guard against a mistake, not a limit of the format."""


# Reading ----------------------------------------------------------------------------------------------


def read_ordinary(path: Path, where: str, error: type[InputError] = DossierError) -> bytes:
    """All bytes of an ordinary file, whose type and size are looked at before it is read.

    Args:
        where: what errors call it.

    Raises:
        InputError: it cannot be read, is no ordinary file, or has over 64 MiB.

    """
    try:
        with open_ordinary(path) as file:
            return _bounded(file, where, error)
    except OSError as wrong:
        raise error.one(where, f"the file cannot be read: {reason(wrong)}") from None


def read_inside(path: Path, folder: Path, where: str, error: type[InputError] = DossierError) -> bytes:
    """The same of a file in a folder that somebody else filled: no link or name there leads out of it."""
    if leads_outside(path, folder):
        raise error.one(where, "it leads outside the folder; put the file itself there")
    return read_ordinary(path, where, error)


def read_given(path: str | PathLike[str], where: str, error: type[InputError] = DossierError) -> bytes:
    """The same of what a person named: it may be a pipe, and ``-`` is standard input."""
    try:
        with _opened(path) as file:
            raw = _bounded(file, where, error)
    except OSError as wrong:
        raise error.one(where, f"the file cannot be read: {reason(wrong)}") from None
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
        _check_ordinary(os.fstat(handle))  # it may be another by now
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
    """Of what a name leads to; 0 where that is nothing."""
    try:
        return os.stat(path).st_mode
    except OSError:
        return 0


def _bounded(file: BinaryIO, where: str, error: type[InputError]) -> bytes:
    size = 0
    with suppress(io.UnsupportedOperation):  # a stream that is no file of the system
        size = os.fstat(file.fileno()).st_size
    if size > LARGEST_FILE:
        raise error.one(where, f"the file has {size} bytes; at most {LARGEST_FILE} are read")
    raw = file.read(LARGEST_FILE + 1) or b""
    if len(raw) > LARGEST_FILE:
        raise error.one(where, f"it has more than {LARGEST_FILE} bytes, and no more are read")
    return raw


def check_ordinary(path: Path) -> None:
    """Raise ``InputError`` where a file that another file names is no ordinary one."""
    try:
        open_ordinary(path).close()
    except OSError as wrong:
        raise InputError.one(str(path), f"the file cannot be read: {reason(wrong)}") from None


def reason(error: OSError) -> str:
    """Why something could not be done with a file, without its name."""
    return error.strerror or str(error)


# Names ------------------------------------------------------------------------------------------------


def is_stdin(path: str | PathLike[str]) -> bool:
    """Whether a person means standard input by it."""
    return os.fspath(path) in ("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")


def is_stdout(path: str | PathLike[str]) -> bool:
    """Whether a person means standard output by it."""
    return os.fspath(path) in ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def is_there(path: str | PathLike[str]) -> bool:
    """Whether a person can mean a file by it: ``-``, or anything that is there and is no folder."""
    return is_stdin(path) or (os.path.exists(path) and not os.path.isdir(path))


def is_same(one: str | PathLike[str], other: str | PathLike[str]) -> bool:
    """Whether two names are of one file; standard input and output are none, also where both are a terminal."""
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


# Writing ----------------------------------------------------------------------------------------------


@attrs.frozen
class Draft:
    """A file on its way to take the place of another."""

    path: Path
    target: Path
    draft: Path
    file: BinaryIO

    def commit(self, *, new: bool = False) -> None:
        """Let it take its place.

        Args:
            new: refuse to take the place of another.

        Raises:
            BarrierModelError: it cannot be written.

        """
        try:
            self.file.close()
            (_put_new if new else os.replace)(self.draft, self.target)
        except FileExistsError as error:
            raise _taken(self.path) if new else unwritable(self.path, error) from None
        except OSError as error:
            raise unwritable(self.path, error) from None


def _put_new(draft: Path, target: Path) -> None:
    """Name a file so unless the name is taken: a link is refused then, where a rename is not."""
    try:
        os.link(draft, target)
        return
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        pass
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))  # the name is ours then
    os.replace(draft, target)


def _taken(path: Path) -> BarrierModelError:
    return BarrierModelError(f"{path} exists already; it is not overwritten, so name another file")


@contextmanager
def drafting(path: Path) -> Iterator[Draft]:
    """A file to write to, of which nothing is left unless it is committed, however the block ends.

    A link stays, and the file that it leads to is replaced. What takes the place of a file has its mode, and its owner
    and group where the system allows that; a new file has the mode that the umask gives.

    Raises:
        BarrierModelError: it cannot be written.

    """
    target = Path(os.path.realpath(path))
    draft = target.parent / f".{target.name[:40]}.{token_hex(8)}"
    file: BinaryIO | None = None
    try:
        try:
            file = _create(draft, target)
        except OSError as error:
            raise unwritable(path, error) from None
        yield Draft(path, target, draft, file)
    finally:
        with suppress(OSError):  # what cannot be written was told
            if file is not None:
                file.close()
        with suppress(OSError):
            draft.unlink()


def _create(draft: Path, target: Path) -> BinaryIO:
    try:
        before = os.stat(target)
    except FileNotFoundError:
        return open(draft, "xb")
    if stat.S_ISDIR(before.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    file = os.fdopen(os.open(draft, flags, 0o600), "wb")  # until it has its owner, nobody else reads it
    mode = stat.S_IMODE(before.st_mode) & 0o777
    if not _owned_as(before, file):
        mode &= 0o707  # what its group might do is not for another group
    with suppress(OSError):  # a file system that has no modes
        os.chmod(draft, mode)
    return file


def _owned_as(before: os.stat_result, file: BinaryIO) -> bool:
    """Give a file the owner and group of another; whether its group is the same now."""
    if not hasattr(os, "fchown"):
        return True  # Windows has neither
    for owner in (before.st_uid, -1):
        with suppress(OSError):
            os.fchown(file.fileno(), owner, before.st_gid)
            break
    return os.fstat(file.fileno()).st_gid == before.st_gid


def write_file(path: Path, content: bytes, *, new: bool = False) -> None:
    """Write a file that appears whole or not at all; a pipe or device is written to, never replaced.

    Args:
        new: refuse what is there already.

    Raises:
        BarrierModelError: it cannot be written.

    """
    if new and os.path.lexists(path):
        raise _taken(path)
    try:
        stream = _stream(path)
        if stream is not None:
            with stream:
                stream.write(content)
            return
        with drafting(path) as draft:
            draft.file.write(content)
            draft.commit(new=new)
    except BrokenPipeError:
        pass  # its reader has gone, and nothing is left to say
    except OSError as error:
        raise unwritable(path, error) from None


_DESCRIPTOR = re.compile("/(?:dev|proc/self)/fd/([0-9]+)")
_NAMED = {"/dev/stdout": 1, "/dev/stderr": 2}


def _stream(path: Path) -> BinaryIO | None:
    """What is no file to replace, opened: a pipe, a device, or what the shell has opened already."""
    named = _DESCRIPTOR.fullmatch(str(path))
    number = int(named[1]) if named else _NAMED.get(str(path))
    if number is not None:
        return os.fdopen(os.dup(number), "wb")  # opened by its name, a file would be written from its beginning
    if not os.path.exists(path) or os.path.isfile(path) or os.path.isdir(path):
        return None
    return open(path, "wb")


def write_folder(target: Path, contents: Mapping[str, str]) -> None:
    """Write a folder of texts that appears whole or not at all.

    Raises:
        BarrierModelError: it cannot be written.

    """
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name[:40]}.") as beside:
            made = Path(beside) / target.name
            for path, text in contents.items():
                file = made / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8", newline="\n")
            made.rename(target)
    except OSError as error:
        raise unwritable(target, error) from None


def unwritable(path: str | PathLike[str], error: OSError) -> BarrierModelError:
    """That a file cannot be written, and why."""
    return BarrierModelError(f"{path} cannot be written: {reason(error)}")


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
