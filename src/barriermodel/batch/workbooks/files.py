"""Workbooks as files: what is no workbook, or a hostile one, is refused before its cells are read."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from barriermodel import InputError
from barriermodel.analysis.files import open_ordinary, reason

from .marks import Marks
from .ods_marks import CONTENT, ods_marks
from .xlsx_marks import WORKBOOK, xlsx_marks

MAX_UNPACKED = 512 * 2**20
"""Bytes of the largest workbook, unpacked: a small file can unpack to more than there is memory."""
_OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_EXCEL = "EncryptedPackage".encode("utf-16-le")
_SAVE = "open it in a spreadsheet, and save it as .xlsx or .ods"
_NO_WORKBOOK = f"it is no workbook, whatever its name; {_SAVE}"
_OLD = f"it is an old workbook (.xls), whatever its name; {_SAVE}"
_PASSWORD = "it is protected with a password; save it without one"


def marks_by_sheet(path: Path) -> dict[str, Marks]:
    """The marks of the cells of each sheet, in the order of the workbook.

    Raises:
        InputError: it is no workbook, is damaged, too large, or protected with a password.

    """
    where = str(path)
    with _archive(path, where) as archive:
        names = archive.namelist()
        if WORKBOOK in names:
            return dict(xlsx_marks(archive, where))
        if CONTENT in names:
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise InputError.one(where, _PASSWORD)
            return ods_marks(archive, where)
        raise InputError.one(where, _NO_WORKBOOK)


@contextmanager
def _archive(path: Path, where: str) -> Iterator[zipfile.ZipFile]:
    """A workbook as the zip file that it is, whose parts are as large as they say and not too large together."""
    start = b""
    try:
        with open_ordinary(path) as file:
            start = file.read(len(_OLD_EXCEL))
            if start == _OLD_EXCEL:
                raise InputError.one(where, _PASSWORD if _ENCRYPTED_EXCEL in file.read(2**20) else _OLD)
            file.seek(0)
            with zipfile.ZipFile(file) as archive:
                if sum(one.file_size for one in archive.infolist()) > MAX_UNPACKED:
                    message = f"it unpacks to over {MAX_UNPACKED // 2**20} MiB; save the table alone, or as CSV"
                    raise InputError.one(where, message)
                if archive.testzip() is not None:  # a part is damaged, or larger than it says
                    raise zipfile.BadZipFile
                yield archive
    except OSError as error:
        raise InputError.one(where, f"the file cannot be read: {reason(error)}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        message = f"the workbook is damaged; {_SAVE}" if start[:2] == b"PK" else _NO_WORKBOOK
        raise InputError.one(where, message) from None
