"""Status: every organisation expected, what counts of what it sent, how late it is, and what to ask of it."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise

import pytest

from tests.desk.stand_in import COLLECTION, moment, stand_in
from tests.desk.test_register import submit
from tests.returns import collection, desk, national, systems
from workbook_gen.desk.received import Received
from workbook_gen.desk.register.decisions import dockets
from workbook_gen.desk.register.records import Arrival
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.status import Standing, as_csv_rows, as_rows, as_table, chase, of_nobody, standings

NOON = datetime(2023, 11, 22, 12, tzinfo=UTC)
"""The day of the deadline."""
DAY = 24 * 60


@pytest.fixture
def empty(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """A register in a file; what status says does not depend on where the register is."""
    return Register.at(tmp_path_factory.mktemp("status") / "register.sqlite", COLLECTION)


def stand(register: Register, now: datetime = NOON) -> dict[str, Standing]:
    """Where every organisation stands, by code."""
    found = standings(national(), register.entries(), dockets(register, now.date()), collection(), now)
    return {one.organisation.code: one for one in found}


def test_every_organisation_is_there_by_code_though_nothing_has_come(empty: Register) -> None:
    found = stand(empty)
    assert list(found) == sorted(systems())
    assert len(found) == 42
    assert {(one.state, one.late, one.days, one.submissions) for one in found.values()} == {("not received", False, None, 0)}
    assert {one.ask for one in found.values()} == {"not received"}


@pytest.mark.parametrize(
    ("text", "state", "ask"),
    [
        ("QYG clean 1", "clean", ""),
        ("QYG explained 1", "explained", ""),
        ("QYG look 1", "look", "1 query to answer"),
        ("QYG fix 1", "fix", "1 to fix"),
        ("QYG", "refused", "its file could not be read as its return"),
    ],
)
def test_each_state(text: str, state: str, ask: str, empty: Register) -> None:
    submit_to(empty, text)
    one = stand(empty)["QYG"]
    assert (one.state, one.ask, one.days, one.submissions) == (state, ask, 2, 1)


def submit_to(register: Register, *texts: str, every: int = 10) -> None:
    """Enter small files, one after another; a refused one is QYG's."""
    for number, text in enumerate(texts):
        file = Received("QYG.xlsx", sha256(text.encode()).hexdigest(), text.encode())
        checked = stand_in(file, desk())
        code = checked.identity.organisation if checked.identity else "QYG"
        register.submit(Arrival(code or "", len(text), checked), moment(number * every))


def test_the_latest_that_could_be_read_counts(empty: Register) -> None:
    submit_to(empty, "QYG fix 1", "QYG clean 2", "QYG", "QYG ")
    one = stand(empty)["QYG"]
    assert one.entry is not None
    assert (one.state, one.entry.number, one.submissions, one.refused_since) == ("clean", 2, 4, 2)
    table = [line for line, _ in as_table([one], collection())]
    assert "clean* " in table[-2]
    assert table[-1] == "* QYG: 2 later refused, and not counted"


def test_of_refused_files_alone_the_last_is_shown(empty: Register) -> None:
    submit_to(empty, "QYG", "QYG ")
    one = stand(empty)["QYG"]
    assert one.entry is not None
    assert (one.state, one.entry.number, one.refused_since) == ("refused", 2, 0)


@pytest.mark.parametrize(
    ("texts", "every", "now", "late", "overdue"),
    [
        ((), 1, NOON, False, 0),
        ((), 1, datetime(2023, 11, 22, 23, 59, tzinfo=UTC), False, 0),
        ((), 1, datetime(2023, 11, 23, 0, 1, tzinfo=UTC), True, 1),
        ((), 1, NOON + timedelta(days=3), True, 3),
        (("QYG",), 1, NOON + timedelta(days=3), True, 3),
        (("QYG fix 1",), 1, NOON + timedelta(days=3), False, 0),
        (("QYG fix 1", "QYG clean 2"), 5 * DAY, NOON + timedelta(days=9), False, 0),
        (("QYG", "QYG clean 2"), 5 * DAY, NOON + timedelta(days=9), True, 0),
    ],
)
def test_late_is_what_had_not_come_by_the_end_of_the_day(
    texts: tuple[str, ...], every: int, now: datetime, late: bool, overdue: int, empty: Register
) -> None:
    submit_to(empty, *texts, every=every)
    one = stand(empty, now)["QYG"]
    assert (one.late, one.overdue) == (late, overdue)
    assert ("days late" in one.ask) is (overdue > 0)


def test_files_of_nobody_are_told_apart(empty: Register) -> None:
    submit(empty, "nothing")
    submit(empty, "QYG clean 1")
    found = standings(national(), empty.entries(), dockets(empty, NOON.date()), collection(), NOON)
    assert [entry.number for entry in of_nobody(empty.entries(), found)] == [1]
    assert sum(one.submissions for one in found) == 1


def test_the_table_is_aligned_and_narrow(empty: Register) -> None:
    submit_to(empty, "QYG explained 1", "QSL fix 2", "QOP look 3")
    lines = [line for line, _ in as_table(tuple(stand(empty, NOON + timedelta(days=400)).values()), collection())]
    heading, rows = lines[2], lines[3:]
    assert max(map(len, lines)) <= 114
    assert len(rows) == 42
    assert [row[:3] for row in rows] == sorted(systems())
    starts = [heading.index(word) for word in ("State", "Ver", "Received", "Late", "balances", "falls", "ceiling", "target")]
    row = next(row for row in rows if row.startswith("QYG"))
    cells = [row[start:end].strip() for start, end in pairwise([*starts, 200])]
    assert cells[0] == "explained      1"
    assert cells[1:3] == ["1.0", "20 Nov 23"]
    assert cells[4:] == ["not tested", "not tested", "explained", "not tested"]


def test_the_states_are_told_for_colour(empty: Register) -> None:
    submit_to(empty, "QYG look 1")
    told = {line[:3]: state for line, state in as_table(tuple(stand(empty).values()), collection())}
    assert (told["QYG"], told["QSL"], told["Org"]) == ("look", "not received", "heading")


def test_the_chase_list_is_by_region_and_leaves_out_whoever_is_done(empty: Register) -> None:
    submit_to(empty, "QYG clean 1", "QOP look 2", "QE1 fix 3")
    lines = list(chase(tuple(stand(empty, NOON + timedelta(days=2)).values())))
    regions = [line for line in lines if not line.startswith(" ")]
    assert regions == sorted({system.icb.region_name for system in national().systems})
    assert len(lines) == len(regions) + 41
    assert not any("QYG" in line for line in lines)
    north_west = lines[lines.index("North West") + 1 :]
    assert [line.split()[0] for line in north_west[:2]] == ["QE1", "QOP"]
    assert north_west[0].startswith("  QE1  1 to fix  ")
    assert north_west[1].startswith("  QOP  1 query to answer  ")
    assert sum("  not received, 2 days late  NHS " in line for line in lines) == 39
    assert max(map(len, lines)) <= 110


def test_rows_for_programs_and_for_a_spreadsheet(empty: Register) -> None:
    submit_to(empty, "QYG look 1")
    rows = as_rows(tuple(stand(empty).values()), collection())
    one = next(row for row in rows if row["organisation"] == "QYG")
    assert (one["state"], one["submission"], one["received_at"]) == ("look", 1, "2023-11-20T09:30:00Z")
    assert (one["counts"]["look"], one["headlines"]["agency_within_ceiling"]) == (1, "fail")
    assert one["region"] == "North West"
    other = next(row for row in rows if row["organisation"] == "QSL")
    assert (other["state"], other["submission"], other["counts"], other["headlines"]) == ("not_received", None, {}, {})
    heading, *lines = as_csv_rows(rows, collection())
    assert len(lines) == 42
    assert {len(line) for line in lines} == {len(heading)}
    flat = dict(zip(heading, lines[[row["organisation"] for row in rows].index("QYG")], strict=True))
    assert (flat["look"], flat["agency_within_ceiling"], flat["ask"], flat["late"]) == (1, "fail", "1 query to answer", False)
