"""What the brief for a session with one system shows, as data: its sections, how a headline passes in words, the timetable."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field

from workbook_gen.definition.base import Model
from workbook_gen.definition.model import Identifier, Words

CHANGE = "{change}"
"""What stands in the words of a headline for the change that makes it pass."""


class BriefSection(Model):
    """A block of the brief: the figures of a national table (`sheet`), or the lines of a table of the return (`table`).

    Of a sheet `columns` narrow the figures. Of a table they are the columns shown beside the line's label; `only` leaves
    out the lines that have nothing in that column, and `bars` draws one of the columns as bars.
    """

    title: Words
    page: Literal[1, 2]
    side: Literal["left", "right"]
    sheet: str = ""
    table: str = ""
    columns: tuple[Identifier, ...] = ()
    only: str = ""
    bars: str = ""


class Timetable(Model):
    """When sessions are held: from `first` on, on working days, each day at these `times`, so many `minutes` each.

    `closed` are days on which there is none, beside Saturdays and Sundays; `zone` is the time zone of the times of day.
    """

    first: date
    times: Annotated[tuple[time, ...], Field(min_length=1)]
    minutes: int = Field(ge=5, le=600)
    zone: str = "Europe/London"
    title: Words = "Planning session"
    closed: tuple[date, ...] = ()


class Brief(Model):
    """The brief of a collection; without sections it shows the headlines and the queries alone."""

    passes: dict[str, str] = Field(default_factory=dict)
    sections: tuple[BriefSection, ...] = ()
    timetable: Timetable | None = None
