"""The timetable of the sessions: working days, regions together, and a calendar that another library reads."""

import io
import json
import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import icalendar
import pandas as pd
import pytest

from tests.desk.at_the_desk import run
from tests.report.round import Round
from tests.returns import TEMPLATE, collection, listing, national, systems
from workbook_gen.definition.brief import Timetable
from workbook_gen.definition.load_picture import load_picture
from workbook_gen.definition.model import Organisation
from workbook_gen.report.brief.timetable import as_calendar, as_csv, escaped, folded, sessions

BOARDS = [system.icb for system in national().systems]


def timetable() -> Timetable:
    """The timetable shipped."""
    found = load_picture(TEMPLATE, collection()).brief.timetable
    assert found is not None
    return found


def test_every_system_has_its_session_from_27_november_on_working_days() -> None:
    found = sessions(BOARDS, timetable())
    assert sorted(one.organisation.code for one in found) == sorted(systems())
    assert found[0].start.isoformat() == "2023-11-27T09:30:00+00:00"
    assert len({one.start for one in found}) == len(found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        assert one.start.weekday() < 5
        assert one.start.time() in timetable().times
        assert (one.end - one.start).total_seconds() == 3600


def test_a_region_has_its_sessions_one_after_the_other() -> None:
    regions = [one.organisation.region_code for one in sessions(BOARDS, timetable())]
    blocks = [code for at, code in enumerate(regions) if at == 0 or regions[at - 1] != code]
    assert len(blocks) == len(set(regions)) > 5


def test_days_that_are_closed_and_weekends_are_left_out() -> None:
    one = Timetable(first=date(2023, 12, 22), times=(time(9, 0),), minutes=60, closed=(date(2023, 12, 25), date(2023, 12, 26)))
    days = [session.start.date().day for session in sessions(BOARDS[:4], one)]
    assert days == [22, 27, 28, 29]


def test_times_of_day_are_those_of_the_zone_in_summer_too() -> None:
    one = Timetable(first=date(2024, 3, 28), times=(time(9, 30),), minutes=60, closed=(date(2024, 3, 29), date(2024, 4, 1)))
    before, after = sessions(BOARDS[:2], one)
    assert [session.start.astimezone(UTC).strftime("%d %H:%M") for session in (before, after)] == ["28 09:30", "02 08:30"]


def test_the_table_reads_back() -> None:
    frame = pd.read_csv(io.BytesIO(as_csv(sessions(BOARDS, timetable()), timetable())))
    assert len(frame) == len(systems())
    assert list(frame.loc[0, ["organisation", "date", "day", "start", "end"]]) == [
        "QHG",
        "2023-11-27",
        "Monday",
        "09:30",
        "10:30",
    ]


def test_another_library_reads_the_calendar() -> None:
    found = sessions(BOARDS, timetable())
    data = as_calendar(found, timetable(), collection())
    read = icalendar.Calendar.from_ical(data)
    events = list(read.walk("VEVENT"))
    assert len(events) == len(found)
    for event, one in zip(events, found, strict=True):
        assert event.decoded("DTSTART") == one.start.astimezone(UTC)
        assert event.decoded("DTEND") == one.end.astimezone(UTC)
        assert str(event["SUMMARY"]) == f"H2 2023/24 session: {one.organisation.name} ({one.organisation.code})"
        assert not event.errors
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert as_calendar(found, timetable(), collection()) == data


def test_the_calendar_keeps_to_the_letter_of_rfc_5545() -> None:
    data = as_calendar(sessions(BOARDS, timetable()), timetable(), collection())
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"[^\r]\n|\r[^\n]", data)
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    whole = data.replace(b"\r\n ", b"").decode().splitlines()
    names = {line.partition(":")[0] for line in whole}
    assert names == {
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE"),
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES"),
    }
    for line in whole:
        name, _, value = line.partition(":")
        if name.startswith("DT"):
            assert datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).year in (2023, 2024)


@pytest.mark.parametrize("name", ["Kent, Medway; and more", "back\\slash", "Łódź 東京 " * 12, "a\nb", "🚑" * 40])
def test_a_strange_name_is_read_as_it_is_written(name: str) -> None:
    board = Organisation(code="QX1", name=name, kind="icb", icb_code="QX1", region_code="Y1", region_name="R; S, T")
    data = as_calendar(sessions([board], timetable()), timetable(), collection())
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"H2 2023/24 session: {' '.join(name.split())} (QX1)"
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"".join(part.encode()[n > 0 :] for n, part in enumerate(folded(escaped(name)))).decode() == escaped(name)


def test_the_command_writes_the_timetable(small: Round) -> None:
    said = json.loads(run(small.workspace, "brief", "--schedule", "--json").stdout)
    assert said["files"] == ["timetable.csv", "timetable.ics"]
    assert sorted(listing(small.workspace.report / "briefs")) == said["files"]
    assert not small.workspace.report.joinpath("briefs", "QSL.html").exists()


def test_options_come_before_what_is_written(small: Round) -> None:
    options = ("--from", "2023-11-30", "--time", "10:00", "--time", "14:00", "--minutes", "90", "--org", "QSL", "--org", "QYG")
    run(small.workspace, "brief", "--schedule", *options)
    frame = pd.read_csv(small.workspace.report / "briefs" / "timetable.csv")
    assert list(zip(frame.organisation, frame.date, frame.start, frame.end, strict=True)) == [
        ("QYG", "2023-11-30", "10:00", "11:30"),
        ("QSL", "2023-11-30", "14:00", "15:30"),
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--schedule", "--minutes", "120"), "a session of 120 minutes at 09:30 has not ended when the next begins"),
        (("--schedule", "--time", "14:00", "--time", "10:00"), "stand in order"),
        (("--schedule", "--time", "23:30"), "or the day ends"),
        (("--schedule", "--from", "27/11/2023"), "does not match the format"),
        (("--minutes", "30"), "add --schedule"),
    ],
)
def test_what_cannot_be_is_said(options: tuple[str, ...], said: str, small: Round) -> None:
    result = run(small.workspace, "brief", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not small.workspace.report.exists()


def test_a_dry_run_writes_no_timetable(small: Round) -> None:
    before: dict[str, bytes] = listing(small.workspace.folder)
    run(small.workspace, "brief", "--schedule", "--dry-run")
    assert listing(small.workspace.folder) == before


def test_without_a_timetable_the_command_says_what_is_missing(tmp_path: Path) -> None:
    from tests.collections.winter import run as winter

    said = winter(tmp_path, "brief", "--schedule")
    assert said.code == 2
    assert "[brief.timetable]" in said.err
