"""The laws and contract of readers of documents: bytes in, items out, or one error that a person understands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import attrs
from hypothesis import strategies as st

from barriermodel import Absent, DossierError, Evidence, Registry, Requested
from barriermodel.analysis.expressions import describe_error
from barriermodel.analysis.files import read_given
from barriermodel.analysis.source_code import python_function
from barriermodel.plugin import Reader

from .call_guard import forbid_side_effects
from .law_checking import LawBroken, check_examples, law_test

LINES = frozenset({"csv", "tsv", "jsonl", "ndjson"})
"""Formats in which each line is a row of its own."""
_ODD = ("", "0", "-1", "1e999", "NaN", "null", "true", "é", "\x00", "9" * 500, "2025-02-30", "<", "[", "{", '"', "x")


@attrs.define(eq=False, slots=False)
class ReaderUnderTest:
    """A reader under test.

    Args:
        given: the reader, or its id.
        samples: documents that it reads, by name.
        registry: the plugins in which it is looked up; None for those that are installed.
        max_examples: the number of documents tried for each law.

    """

    given: Reader | str
    samples: Mapping[str, bytes]
    registry: Registry | None = None
    max_examples: int = 100

    @cached_property
    def reader(self) -> Reader:
        """The reader."""
        if isinstance(self.given, Reader):
            return self.given
        registry = self.registry or Registry.discover()
        if self.given not in registry.readers:
            raise LawBroken(f"reader {self.given}: {registry.why_missing('reader', self.given)}")
        return registry.readers[self.given]

    def broken(self, reason: str, document: bytes | None = None) -> LawBroken:
        """The error to raise: the reason, and the document that shows it."""
        shown = "" if document is None else f"\nThe document: {document[:300]!r}{'…' if len(document) > 300 else ''}"
        return LawBroken(f"reader {self.reader.id}: {reason}.{shown}")

    def read(self, document: bytes) -> list[Any] | DossierError:
        """The items in a document, or the error that says what is wrong with it.

        Raises:
            LawBroken: it raises another error, or gives something that is not an item.

        """
        try:
            found = list(self.reader.read(document))
        except DossierError as error:
            return error
        except Exception as error:
            raise self.broken(f"it raises {describe_error(error)}; raise DossierError", document) from None
        wrong = next((one for one in found if not isinstance(one, (Evidence, Absent, Requested))), None)
        if wrong is not None:
            raise self.broken(f"it gives a {type(wrong).__name__}; give Evidence, Absent or Requested", document)
        return found

    def for_all(self, check: Callable[[bytes], None], documents: st.SearchStrategy[bytes]) -> None:
        """Try a check on many documents, and raise the error for the smallest that breaks it."""

        def check_raw(document: _Document) -> None:
            check(document.raw)

        found = documents.map(_Document)
        check_examples(check_raw, found, about=f"reader {self.reader.id}", max_examples=self.max_examples)

    def for_all_documents(self, check: Callable[[bytes], None], *first: bytes) -> None:
        """Try a check on some documents first, and then on arbitrary and damaged ones."""
        for document in first:
            check(document)
        self.for_all(check, self._documents)

    @cached_property
    def _documents(self) -> st.SearchStrategy[bytes]:
        """Arbitrary bytes, and samples that are damaged in a few places."""
        samples = st.sampled_from(sorted(self.samples)).map(lambda name: self.samples[name])
        damaged = st.tuples(samples, st.lists(_damage, min_size=1, max_size=3)).map(_damaged)
        return st.one_of(damaged, damaged, st.binary(max_size=100), st.text(max_size=100).map(str.encode))


@attrs.frozen(repr=False)
class _Document:
    raw: bytes

    def __repr__(self) -> str:
        return f"a document of {len(self.raw)} bytes"  # its bytes are in the message of the law


# Damage -----------------------------------------------------------------------------------------------

_damage = st.tuples(
    st.sampled_from(("cut", "word", "line away", "line twice", "bytes")), st.integers(0, 10_000), st.sampled_from(_ODD)
)


def _damaged(drawn: tuple[bytes, Iterable[tuple[str, int, str]]]) -> bytes:
    document, damage = drawn
    for how, where, odd in damage:
        lines, words = document.splitlines(keepends=True), list(re.finditer(rb"[\w.+-]+", document))
        if how == "cut":
            document = document[: where % (len(document) + 1)]
        elif how == "bytes":
            at = where % (len(document) + 1)
            document = document[:at] + odd.encode() + document[at + 1 :]
        elif how == "word" and words:
            start, end = words[where % len(words)].span()
            document = document[:start] + odd.encode() + document[end:]
        elif lines:
            at = where % len(lines)
            lines[at : at + 1] = [] if how == "line away" else [lines[at], lines[at]]
            document = b"".join(lines)
    return document


# Laws -------------------------------------------------------------------------------------------------


def reads_its_samples(subject: ReaderUnderTest) -> None:
    """Every sample can be read, and holds at least one item."""
    for name, document in subject.samples.items():
        found = subject.read(document)
        if isinstance(found, DossierError):
            raise subject.broken(f"it refuses the sample {name}: {found}")
        if not found:
            raise subject.broken(f"the sample {name} gives nothing; a document without evidence is an error")


def tells_what_it_cannot_read(subject: ReaderUnderTest) -> None:
    """Any bytes give items, or a DossierError in which each problem is one sentence."""

    def check(document: bytes) -> None:
        found = subject.read(document)
        for problem in found.problems if isinstance(found, DossierError) else ():
            if not problem.message.strip() or "\n" in str(problem) or len(problem.message) > 2000:
                raise subject.broken(f"a problem is not one sentence: {str(problem)[:200]!r}", document)

    subject.for_all_documents(check, b"")


def says_in_which_line(subject: ReaderUnderTest) -> None:
    """Where each line is a row, the error about a wrong cell, quote or byte names its line."""
    if not LINES & set(subject.reader.formats):
        return
    for document in subject.samples.values():
        lines = document.splitlines(keepends=True)
        for at, line in enumerate(lines):
            for word in list(re.finditer(rb"[\w.+-]+", line))[:20]:
                start, end = word.span()
                for odd in (b"?!", b'"', b"\xff"):
                    damaged = b"".join([*lines[:at], line[:start] + odd + line[end:], *lines[at + 1 :]])
                    found = subject.read(damaged)
                    if isinstance(found, DossierError) and not re.search(rf"\b{at + 1}\b", str(found)):
                        raise subject.broken(f"line {at + 1} is wrong, and it says {str(found)!r}", damaged)


def the_same_each_time(subject: ReaderUnderTest) -> None:
    """One document is always read in the same way."""

    def check(document: bytes) -> None:
        one, other = (_comparable(subject.read(document)) for _ in range(2))
        if one != other:
            raise subject.broken(f"it gives {_told(one)} at first, and then {_told(other)}", document)

    subject.for_all_documents(check, *subject.samples.values())


def _comparable(found: list[Any] | DossierError) -> list[Any] | str:
    return str(found) if isinstance(found, DossierError) else found


def _told(found: list[Any] | str) -> str:
    """What was read, with the facts in it: the short ``repr`` of two different items may be the same."""
    if isinstance(found, str):
        return found[:200]
    return f"{found}"[:200] + " stating " + f"{[item.facts for item in found if isinstance(item, Evidence)]}"[:200]


def reads_nothing_else(subject: ReaderUnderTest) -> None:
    """It reads the bytes that it is given, and no clock, network, file, environment or random number."""
    function = python_function(subject.reader.read)
    package = function.__module__.partition(".")[0] if function else ""

    def check(document: bytes) -> None:
        with forbid_side_effects({package}) as seen:
            subject.read(document)
        if seen:
            raise subject.broken(seen[0], document)

    subject.for_all_documents(check, *subject.samples.values())


def leaves_the_rest_to_the_dossier(subject: ReaderUnderTest) -> None:
    """It fills in no digest, and no id for a single item: the dossier takes those from the file."""
    for name, document in subject.samples.items():
        found = subject.read(document)
        items = [one for one in found if isinstance(one, Evidence)] if isinstance(found, list) else []
        if any(one.source is not None and one.source.sha256 is not None for one in items):
            raise subject.broken(f"it fills in a digest for the sample {name}")
        if len(items) == 1 and items[0].id:
            raise subject.broken(f"it gives the one item of the sample {name} the id {items[0].id!r}; leave it empty")
        ids = [one.id for one in items]
        if len(set(ids)) < len(ids):
            raise subject.broken(f"two items of the sample {name} have one id")


READER_LAWS: Mapping[str, Callable[[ReaderUnderTest], None]] = {
    law.__name__: law
    for law in (
        reads_its_samples, tells_what_it_cannot_read, says_in_which_line, the_same_each_time, reads_nothing_else,
        leaves_the_rest_to_the_dossier,
    )
}  # fmt: skip
"""The laws that every reader keeps, by name."""


def reader_contract(
    reader: Reader | str,
    samples: Mapping[str, bytes] | Sequence[Path],
    *,
    registry: Registry | None = None,
    max_examples: int = 100,
) -> type:
    """A class for pytest with one test for each law that readers keep.

    Assign it to a name that begins with ``Test``: ``TestRents = reader_contract("rents", {"one year": b"..."})``.

    Args:
        reader: the reader, or its id.
        samples: documents that it reads, by name; or their paths.
        registry: the plugins in which it is looked up; by default those that are installed.
        max_examples: the number of damaged documents tried for each law.

    Raises:
        ValueError: there is no sample.

    >>> reader_contract("quality_certificate", {})
    Traceback (most recent call last):
    ...
    ValueError: give reader_contract() a document that the reader reads

    """
    files = () if isinstance(samples, Mapping) else samples
    known = samples if isinstance(samples, Mapping) else {path.name: read_given(path, str(path)) for path in files}
    if not known:
        raise ValueError("give reader_contract() a document that the reader reads")
    subject = ReaderUnderTest(reader, known, registry, max_examples)
    about = reader if isinstance(reader, str) else reader.id
    tests = {f"test_{name}": law_test(name, law.__doc__, partial(law, subject)) for name, law in READER_LAWS.items()}
    return type(f"Contract of {about}", (), {"__doc__": f"The laws of the reader {about}.", **tests})
