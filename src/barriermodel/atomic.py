"""Files and folders that are written: each appears whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

import attrs

from .errors import BarrierModelError
from .files import reason


@attrs.frozen
class AtomicFile:
    """A file that will replace another once it is committed."""

    path: Path
    target: Path
    temporary: Path
    file: BinaryIO

    def commit(self, *, new: bool = False) -> None:
        """Move it to its path.

        Args:
            new: refuse to replace a file.

        Raises:
            BarrierModelError: it cannot be written.

        """
        try:
            self.file.close()
            (_put_new if new else os.replace)(self.temporary, self.target)
        except FileExistsError as error:
            raise _taken(self.path) if new else unwritable(self.path, error) from None
        except OSError as error:
            raise unwritable(self.path, error) from None


def _put_new(draft: Path, target: Path) -> None:
    """Give a file this name unless it is taken: a link is then refused, while a rename is not."""
    try:
        os.link(draft, target)
        return
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        pass
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))  # then the name is ours
    os.replace(draft, target)


def _taken(path: Path) -> BarrierModelError:
    return BarrierModelError(f"{path} exists already; it is not overwritten, so name another")


@contextmanager
def drafting(path: Path) -> Iterator[AtomicFile]:
    """A file to write to, of which nothing remains unless it is committed, however the block ends.

    A link stays, and the file that it leads to is replaced. What replaces a file has its mode, and its owner
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
        yield AtomicFile(path, target, draft, file)
    finally:
        with suppress(OSError):  # that it cannot be written was reported
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
        mode &= 0o707  # another group does not get the rights of the old one
    with suppress(OSError):  # a file system that has no modes
        os.chmod(draft, mode)
    return file


def _owned_as(before: os.stat_result, file: BinaryIO) -> bool:
    """Give a file the owner and group of another; return whether its group is now the same."""
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
        new: refuse to replace a file.

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
    """Open what is not a file to replace: a pipe, a device, or what the shell has opened already."""
    named = _DESCRIPTOR.fullmatch(str(path))
    number = int(named[1]) if named else _NAMED.get(str(path))
    if number is not None:
        return os.fdopen(os.dup(number), "wb")  # opened by its name, a file would be written from its beginning
    if not os.path.exists(path) or os.path.isfile(path) or os.path.isdir(path):
        return None
    return open(path, "wb")


def write_folder(target: Path, contents: Mapping[str, str | bytes]) -> None:
    """Write a folder of texts and other files that appears whole or not at all; what is there is never overwritten.

    Raises:
        BarrierModelError: it cannot be written.

    """
    if os.path.lexists(target):
        raise _taken(target)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name[:40]}.") as beside:
            made = Path(beside) / target.name
            for path, content in contents.items():
                file = made / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content.encode() if isinstance(content, str) else content)
            made.rename(target)
    except OSError as error:
        raise unwritable(target, error) from None


def unwritable(path: str | PathLike[str], error: OSError) -> BarrierModelError:
    """The error that a file cannot be written, and why."""
    return BarrierModelError(f"{path} cannot be written: {reason(error)}")
