"""A derived fact that reads from outside is found however it does so, and one that does not is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from law_pages import installed
from variants import with_derived, with_rule

from barriermodel.testing import LAWS, LawBroken
from examples import by_turns

READS = {
    "the clock through getattr": (
        "return getattr(date, 'to' + 'day')() > extract.since",
        "",
        "the clock: date.today()",
    ),
    "the clock through eval": (
        "return eval('date.' + 'today()') > extract.since",
        "",
        "the clock: date.today()",
    ),
    "the clock in local time": (
        "import time\nreturn time.localtime().tm_year > extract.staff",
        "",
        "the clock: time.localtime()",
    ),
    "the clock in a helper": (
        "return later(extract)",
        "import time\ndef later(extract):\n    return time.localtime().tm_year > extract.staff",
        "later (line 4 of made.py) reads the clock: time.localtime()",
    ),
    "the clock in a method": (
        "return Helper().later(extract)",
        "import time\nclass Helper:\n    def later(self, extract):\n        return time.ctime() > extract.name",
        "Helper.later (line 5 of made.py) reads the clock: time.ctime()",
    ),
    "the clock where it is seldom read": (
        "return extract.staff > 987_654 and time.localtime().tm_year > extract.staff",
        "import time",
        "the clock: time.localtime()",
    ),
    "chance": ("return random.choice([True, extract.active])", "import random", "chance: random.choice()"),
    "chance by its own name": (
        "return random() > extract.staff",
        "from random import random",
        "chance: random.random()",
    ),
    "chance of the system": ("return os.urandom(1) > extract.name.encode()", "import os", "chance: os.urandom()"),
    "a new number": ("return str(uuid.uuid4()) > extract.name", "import uuid", "chance: uuid.uuid4()"),
    "secrets": ("return secrets.randbelow(2) > extract.staff", "import secrets", "chance: secrets.randbelow()"),
    "a file": ("return len(open('/dev/null').read()) > extract.staff", "", "files: open()"),
    "a file through a path": (
        "return len(Path('/dev/null').read_text()) > extract.staff",
        "from pathlib import Path",
        "files: open()",
    ),
    "a folder": ("return len(os.listdir('.')) > extract.staff", "import os", "the system: os.listdir()"),
    "the network": ("return socket.gethostname() > extract.name", "import socket", "the network: socket.gethostname()"),
    "an address on the network": (
        "return len(urlopen(extract.name).read()) > extract.staff",
        "from urllib.request import urlopen",
        "the network: urllib.request.urlopen()",
    ),
    "a database": (
        "import sqlite3\nreturn sqlite3.connect(':memory:').total_changes > extract.staff",
        "",
        "files: sqlite3.connect()",
    ),
    "a program": (
        "return subprocess.run(['true']).returncode > extract.staff",
        "import subprocess",
        "the system: subprocess.run()",
    ),
    "the environment": ("return extract.name in os.environ", "import os", "the environment: os.environ"),
    "a variable": ("return getenv('HOME', '') > extract.name", "from os import getenv", "the environment: os.getenv()"),
    "the arguments": ("return len(sys.argv) > extract.staff", "import sys", "the environment: sys.argv"),
    "the hash of a text": ("return hash(extract.name) > 0", "", "what differs from process to process: hash()"),
    "the identity of a text": ("return id(extract.name) > 0", "", "what differs from process to process: id()"),
}


@pytest.mark.parametrize("how", READS)
def test_what_reads_from_outside_is_told(how: str, tmp_path: Path) -> None:
    body, top, what = READS[how]

    with installed(with_derived(body, top=top), "made", tmp_path) as subject, pytest.raises(LawBroken) as broken:
        LAWS["deterministic"].check(subject)

    message = str(broken.value)
    assert message.startswith("voorbeeld.made")
    assert what in message.splitlines()[0]
    assert "of made.py)" in message


@pytest.mark.parametrize("law", ["deterministic", "pure"])
def test_a_clock_that_is_not_called_by_its_name_is_told(law: str, tmp_path: Path) -> None:
    source = with_derived("return getattr(date, 'to' + 'day')() > extract.since")

    with (
        installed(source, "made", tmp_path) as subject,
        pytest.raises(LawBroken, match=r"reads the clock: date\.today"),
    ):
        LAWS[law].check(subject)


def test_an_opaque_rule_that_reads_from_outside_is_told(tmp_path: Path) -> None:
    source = with_rule("return time.ctime() > extract.name", top="import time").replace("level=", "opaque=True, level=")

    with (
        installed(source, "made", tmp_path) as subject,
        pytest.raises(LawBroken, match=r"voorbeeld\.made\.rule: rule "),
    ):
        LAWS["deterministic"].check(subject)


DIFFERS = {
    "that counts its calls": (
        with_derived("SEEN.append(extract)\nreturn len(SEEN) % 2 == 0", top="SEEN = []"),
        "when it is asked again",
    ),
    "that remembers the first name": (
        with_derived("SEEN.append(extract.name)\nreturn SEEN[0] == extract.name", top="SEEN = []"),
        "in a new process that assesses the same dossiers in another order",
    ),
    "that follows the order of a set": (
        with_derived(
            "return ''.join({extract.name, 'a', 'b', 'c', 'd', 'e', 'f', 'g'})", type="str", hit_if="value == 'abc'"
        ),
        "in a new process that assesses the same dossiers in another order",
    ),
}


@pytest.mark.parametrize("what", DIFFERS)
def test_a_barrier_turns_out_otherwise(what: str, tmp_path: Path) -> None:
    source, when = DIFFERS[what]

    with installed(source, "made", tmp_path) as subject, pytest.raises(LawBroken, match=when):
        LAWS["deterministic"].check(subject)


READS_NOTHING = {
    "reads a date from a text": ("return datetime.strptime('2024', '%Y').date() > extract.since", ""),
    "writes a date": ("return extract.since.strftime('%Y') > extract.name", ""),
    "joins a path": ("return os.path.basename(extract.name) == extract.name", "import os"),
    "imports a module when it is called": ("import colorsys, this\nreturn bool(colorsys) and extract.active", ""),
    "logs": ("logging.getLogger('x').warning('%s', extract.staff)\nreturn extract.active", "import logging"),
    "remembers what it worked out": (
        "return double(extract.staff) > 0",
        "from functools import lru_cache\n@lru_cache\ndef double(number):\n    return number * 2",
    ),
    "puts amounts in a set": ("return len({extract.rent, euro(1)}) == 1", ""),
    "has a fact by the name of a module": (
        "time = extract.since\nreturn time.year > extract.staff",
        "import time",
    ),
    "hashes what is known": (
        "return sha256(extract.name.encode()).hexdigest() > extract.name",
        "from hashlib import sha256",
    ),
}


@pytest.mark.parametrize("how", by_turns(READS_NOTHING, by_day=[*READS_NOTHING][::3]))
def test_what_reads_nothing_is_left_alone(how: str, tmp_path: Path) -> None:
    body, top = READS_NOTHING[how]

    with installed(with_derived(body, top=top), "made", tmp_path) as subject:
        LAWS["deterministic"].check(subject)


def test_who_is_told_of_an_assessment_may_look_at_the_clock(tmp_path: Path) -> None:
    observer = "@hookimpl\ndef barriermodel_assessed(assessment):\n    print(datetime.now(), end='')"

    with installed(with_derived("return extract.active", middle=observer), "made", tmp_path) as subject:
        LAWS["deterministic"].check(subject)
