"""The timetable of the sessions: one a system, regions together, on working days; as a table and as iCalendar (RFC 5545)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pandas as pd

from workbook_gen.definition.brief import Timetable
from workbook_gen.definition.model import Collection, Organisation
from workbook_gen.report.brief.facts import plain
from workbook_gen.report.flat import to_csv
from workbook_gen.report.tidy import framed

COLUMNS = {
    "region_code": "str",
    "region": "str",
    "organisation": "str",
    "name": "str",
    "date": "str",
    "day": "str",
    "start": "str",
    "end": "str",
    "time_zone": "str",
}
"""The columns of the timetable as a table: dates as 2023-11-27, times of day as 09:30."""
_SATURDAY = 5
_OCTETS = 75
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Session:
    """The session with one system: from when to when, in the time zone of the timetable."""

    organisation: Organisation
    start: datetime
    end: datetime


def sessions(organisations: Sequence[Organisation], timetable: Timetable) -> tuple[Session, ...]:
    """A session for each organisation: by region, then by name."""
    ordered = sorted(organisations, key=lambda one: (one.region_name, one.name, one.code))
    starts = islice(_starts(timetable), len(ordered))
    return tuple(Session(one, start, _later(start, timetable.minutes)) for one, start in zip(ordered, starts, strict=True))


def _starts(timetable: Timetable) -> Iterator[datetime]:
    """Every time at which a session may begin, in order."""
    zone = ZoneInfo(timetable.zone)
    for day in working_days(timetable.first, timetable.closed):
        yield from (datetime.combine(day, at, zone) for at in timetable.times)


def _later(start: datetime, minutes: int) -> datetime:
    """So many minutes later by the clock that runs, also where the time of day is put forward or back."""
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)


def working_days(first: date, closed: Sequence[date]) -> Iterator[date]:
    """The days from the first on that are neither Saturdays, Sundays nor closed."""
    day = first
    while True:
        if day.weekday() < _SATURDAY and day not in closed:
            yield day
        day += timedelta(days=1)


def with_options(timetable: Timetable, first: date | None, times: Sequence[time], minutes: int | None) -> Timetable:
    """The timetable with what is asked otherwise."""
    asked = {"first": first, "times": tuple(times), "minutes": minutes}
    return timetable.model_copy(update={name: value for name, value in asked.items() if value})


def as_csv(found: Sequence[Session], timetable: Timetable) -> bytes:
    """The timetable as CSV, a session a row."""
    return to_csv(timetable_table(found, timetable))


def timetable_table(found: Sequence[Session], timetable: Timetable) -> pd.DataFrame:
    """The timetable as a table with the columns `COLUMNS`."""
    return framed((_row(one, timetable) for one in found), COLUMNS)


def _row(one: Session, timetable: Timetable) -> tuple[object, ...]:
    board = one.organisation
    day = one.start.date()
    named = (board.region_code, board.region_name, board.code, board.name, day.isoformat(), _DAYS[day.weekday()])
    return (*named, f"{one.start:%H:%M}", f"{one.end:%H:%M}", timetable.zone)


def as_calendar(found: Sequence[Session], timetable: Timetable, collection: Collection) -> bytes:
    """The timetable as iCalendar, times in UTC. A session keeps its UID, so that a calendar that reads it again moves it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//workbook-gen//timetable//EN", "CALSCALE:GREGORIAN"]
    for one in found:
        lines += _event(one, timetable, collection)
    return "".join(f"{part}\r\n" for line in (*lines, "END:VCALENDAR") for part in folded(line)).encode()


def _event(one: Session, timetable: Timetable, collection: Collection) -> tuple[str, ...]:
    board = one.organisation
    return (
        "BEGIN:VEVENT",
        f"UID:{board.code.lower()}.{collection.key}@workbook-gen",
        f"DTSTAMP:{collection.issued:%Y%m%d}T000000Z",
        f"DTSTART:{one.start.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTEND:{one.end.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{escaped(f'{timetable.title}: {board.name} ({board.code})')}",
        f"DESCRIPTION:{escaped(f'{collection.title}. The brief is {board.code}.html.')}",
        f"CATEGORIES:{escaped(board.region_name)}",
        "END:VEVENT",
    )


def escaped(text: str) -> str:
    """A text as iCalendar writes it, on one line."""
    words = plain(text)
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words


def folded(line: str) -> Iterator[str]:
    """A line as lines of at most 75 octets, each but the first begun with a blank; no letter is taken apart."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
