"""The CSV export: what is read, and what is refused with its line."""

from datetime import date, timedelta

import pytest

import barriermodel_supervision
from barriermodel import UNKNOWN, BarrierModel, DossierError, Registry, load_dossier
from barriermodel_supervision import CareLine
from barriermodel_supervision.adding_up import by_client, by_worker, most_alone
from barriermodel_supervision.reader import read_declared_care

HEADER = "client,day,minutes,individual,single_staffed,worker\n"
GOOD = HEADER + "c1,2025-11-03,90,true,true,m1\n"


def read(text):
    (item,) = read_declared_care(text.encode())
    return item.facts.lines


def problems(raw):
    with pytest.raises(DossierError) as error:
        read_declared_care(raw if isinstance(raw, bytes) else raw.encode())
    return {problem.path: problem.message for problem in error.value.problems}


def test_a_line_is_read_whole():
    assert read(GOOD) == (
        CareLine(
            client="c1",
            day=date(2025, 11, 3),
            minutes=90,
            individual=True,
            single_staffed=True,
            names_worker=True,
            worker="m1",
        ),
    )


@pytest.mark.parametrize(
    "same",
    [
        GOOD.replace(",", ";"),
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        GOOD + "\n\n",
        GOOD.replace("true", "ja"),
        "worker,day,minutes,individual,single_staffed,client\nm1,2025-11-03,90,true,true,c1\n",
    ],
)
def test_the_same_is_read_of_other_ways_to_write_it(same):
    assert read(same) == read(GOOD)


def test_an_empty_cell_is_unknown_and_an_empty_worker_names_nobody():
    assert read(HEADER + ",,,,,\n") == (CareLine(names_worker=False),)


def test_a_correction_and_no_are_read():
    (line,) = read(HEADER + "c1,2025-11-03,-90,false,nee,\n")
    assert (line.minutes, line.individual, line.single_staffed, line.worker) == (-90, False, False, UNKNOWN)


@pytest.mark.parametrize("nothing", [HEADER, HEADER + "\n", HEADER.replace(",", ";")])
def test_a_file_of_only_a_header_does_not_say_that_nothing_was_declared(nothing):
    ((path, message),) = problems(nothing).items()
    assert path == ""
    assert "has no lines. Export it again" in message


def test_a_last_line_without_an_end_was_cut_short():
    assert "cut short" in problems(GOOD.replace("90", "9000").removesuffix("\n"))["line 2"]
    assert "cut short" in problems(HEADER + "c1,2025-11-03,1500,true,true,m")["line 2"]
    assert "cut short" in problems("")["line 1"]


MUCH = HEADER + (
    "c1,2025-11-03,1500,true,true,m1\n"
    '"c2",2025-11-04,60,true,true,\n'
    "c1,2025-11-03,60,true,true,m1\n"
    "c3,2025-11-05,90,false,true,m2\n"
)


def most_hours(text):
    """Of a client and of a worker in a day; None where the file is refused."""
    try:
        (item,) = read_declared_care(text.encode())
    except DossierError:
        return None
    return [most_alone(lines, who) for lines, who in ((item.facts.lines, by_client), (item.facts.lines, by_worker))]


def test_no_file_that_is_cut_short_and_no_quote_hides_a_day_over_the_limit():
    cut = [MUCH[:end] for end in range(len(MUCH))]
    quoted = [f'{MUCH[:place]}"{MUCH[place:]}' for place in range(len(MUCH) + 1)]

    assert min(most_hours(MUCH)) > 24
    assert all(hours is None or min(hours) > 24 for hours in map(most_hours, cut))
    assert all(hours is None for hours in map(most_hours, quoted))


def test_a_quote_does_not_make_two_of_one_client():
    ((path, message),) = problems(MUCH.replace("c1,2025-11-03,60", 'c"1",2025-11-03,60')).items()
    assert (path, "has a quote" in message) == ("line 4, client", True)


def test_every_bad_line_is_told_with_its_number():
    text = GOOD + "c1,3-11-2025,een uur,x,Ja,m1\n\nc1,2025-11-03\nc1,2025-02-30,1.5,true,true,\n"
    assert list(problems(text)) == [
        "line 3, day",
        "line 3, minutes",
        "line 3, individual",
        "line 3, single_staffed",
        "line 5",
        "line 6, day",
        "line 6, minutes",
    ]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("2025-11-03", "20251103"),
        ("2025-11-03", "2025-W45-1"),
        ("2025-11-03", "2025-11-03T00:00"),
        ("2025-11-03", "٢٠٢٥-11-03"),
        (",90,", ",+90,"),
        (",90,", ",1e3,"),
        (",90,", ", 90,"),
        (",90,", ",1234567,"),
        ("true,true", "true,1"),
        ("true,true", "true,WAAR"),
    ],
)
def test_nothing_is_guessed(column, cell):
    assert [path[:6] for path in problems(GOOD.replace(column, cell))] == ["line 2"]


@pytest.mark.parametrize("header", ["", "client,day\n", HEADER.replace("worker", "name"), "bsn," + HEADER])
def test_other_columns_are_refused(header):
    assert list(problems(header + "c1,2025-11-03,90,true,true,m1\n")) == ["line 1"]


@pytest.mark.parametrize("raw", [b"\xff\xfe", GOOD.encode() + b'"c1', GOOD.encode() + b'"c"1,2025-11-03,90,ja,ja,\n'])
def test_what_is_no_csv_is_refused(raw):
    assert problems(raw)


@pytest.mark.parametrize("column", ["c1", "m1"])
def test_spaces_do_not_make_two_of_one_client_or_worker(column):
    ((path, message),) = problems(GOOD.replace(column, f"{column} ")).items()
    assert path.startswith("line 2, ")
    assert "spaces" in message


@pytest.mark.parametrize(
    "bsn", ["111222333", "111.222.333", "111 222 333", "111/222/333", "BSN111222333", "bsn: 111222333", "12345672"]
)
@pytest.mark.parametrize("column", ["c1", "m1"])
def test_what_looks_like_a_bsn_is_refused_and_not_repeated(bsn, column):
    ((path, message),) = problems(GOOD.replace(column, bsn)).items()
    assert path.startswith("line 2, ")
    assert "BSN" in message
    assert bsn not in message


def test_a_reference_of_nine_digits_that_is_no_bsn_is_taken():
    assert read(GOOD.replace("c1", "111222334"))[0].client == "111222334"


@pytest.mark.parametrize("number", ["12", "1234567", "12345673"])
def test_a_short_number_of_ones_own_is_taken(number):
    assert read(GOOD.replace("c1", number))[0].client == number


def test_a_dossier_folder_reads_it_and_the_finding_names_nobody(tmp_path):
    lines = GOOD.replace("90", "1500").replace("c1", "client-x").replace("m1", "worker-x")
    (tmp_path / "care.csv").write_text(lines, encoding="utf-8")
    (tmp_path / "dossier.toml").write_text(
        """
        as_of = 2026-01-15
        provider = { name = "X", identifiers = [{ scheme = "NL-KVK", value = "01234567" }] }
        [[documents]]
        file = "care.csv"
        reader = "declared_care"
        obtained_on = 2026-01-10
        """,
        encoding="utf-8",
    )
    (tmp_path / "region.toml").write_text(
        'id = "x"\ntitle = { nl = "Proef", en = "Test" }\nowner = "x"\nstatus = "reconstruction"\n'
        'valid_from = 2026-01-01\n[[stages]]\nid = "s"\ntitle = { nl = "Toezicht", en = "Supervision" }\n'
        'moment = "supervision"\nbarriers = ["nl.impossible_claims"]\n',
        encoding="utf-8",
    )
    registry = Registry()
    assert registry.add(barriermodel_supervision).message == ""

    assessment = BarrierModel.load(tmp_path / "region.toml", registry).assess(load_dossier(tmp_path, registry))

    assert assessment.advice.at_least.key == "orange"
    for shown in (assessment.explain(confidential=True, full=True), assessment.to_json(confidential=True)):
        assert "25" in shown
        assert "client-x" not in shown
        assert "worker-x" not in shown


def test_fifty_thousand_lines_are_read():
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(250)]
    rows = [f"c{n % 200},{days[n // 200]},{30 + n % 90},true,{('ja', 'nee')[n % 2]},m{n % 80}" for n in range(50_000)]

    assert len(read(HEADER + "\n".join(rows) + "\n")) == 50_000
