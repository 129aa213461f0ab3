"""[brief] of picture.toml to a `Brief`: every name looked up in the form and among the national tables."""

import re
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workbook_gen.definition.brief import CHANGE, Brief, BriefSection, Timetable
from workbook_gen.definition.build import Place, build
from workbook_gen.definition.errors import nearest
from workbook_gen.definition.form import Form
from workbook_gen.definition.shape import Data, block, blocks, label, members, texts

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def brief_of(data: Data, sheets: Mapping[str, Sequence[str]], place: Place, form: Form) -> Brief:
    """The brief of the block `brief`; `sheets` are the columns of each national table. Raises `DefinitionError`."""
    place = place.within("brief")
    found = block(data, "brief", place)
    own = {name: value for name, value in found.items() if name not in ("section", "timetable", "passes")}
    sections = tuple(_section(one, sheets, place, form) for one in blocks(found, "section", place))
    timetable = timetable_of(block(found, "timetable", place), place) if "timetable" in found else None
    passes = _passes(block(found, "passes", place), place, form)
    return build(Brief, {**own, "passes": passes, "sections": sections, "timetable": timetable}, place)


def _passes(words: Data, place: Place, form: Form) -> Data:
    """The words of each headline: they say the change once, and have no other braces."""
    place = place.within("passes")
    known = [headline.key for headline in form.collection.headlines]
    for name, said in words.items():
        if name not in known:
            raise place.error(name, f"there is no headline '{name}'. {nearest(name, known)}")
        plain = said.replace(CHANGE, "", 1) if isinstance(said, str) and CHANGE in said else "{"
        if "{" in plain or "}" in plain:
            raise place.error(name, f"a sentence in which {CHANGE} stands once belongs here (found {said!r}).")
    return words


def _section(data: Data, sheets: Mapping[str, Sequence[str]], place: Place, form: Form) -> BriefSection:
    place = place.within(f"section {label(data, 'title')}")
    made = build(BriefSection, {**data, "columns": texts(data, "columns", place)}, place)
    if bool(made.sheet) is bool(made.table):
        raise place.error("sheet", "a section shows either a national table (sheet) or a table of the return (table).")
    if made.sheet:
        _known(made.sheet, "sheet", "national table", sheets, place)
        known: Sequence[str] = sheets[made.sheet]
        if made.only or made.bars:
            raise place.error("only" if made.only else "bars", "this belongs to a section that shows a table of the return.")
    else:
        _known(made.table, "table", "table", form.tables, place)
        known = [column.key for column in form.tables[made.table].table.columns]
        if not made.columns:
            raise place.error("columns", "a section that shows a table of the return names its columns.")
        numbers = [column.key for column in form.tables[made.table].table.columns if column.type == "number"]
        if made.bars and made.bars not in numbers:
            raise place.error("bars", f"'{made.bars}' is no column of numbers. {nearest(made.bars, numbers)}")
    for field, names in (("columns", made.columns), ("only", (made.only,)), ("bars", (made.bars,))):
        for name in filter(None, names):
            _known(name, field, "column", known, place)
    return made


def _known(name: str, field: str, what: str, names: Mapping[str, object] | Sequence[str], place: Place) -> None:
    if name not in names:
        raise place.error(field, f"there is no {what} '{name}'. {nearest(name, list(names))}")


def timetable_of(data: Data, place: Place) -> Timetable:
    """The timetable of a block. Raises `DefinitionError` where times are none, or overlap."""
    place = place.within("timetable")
    for one in members(data, "times", place):
        if not isinstance(one, str) or not _TIME.fullmatch(one):
            raise place.error("times", f'a time of day is written "09:30" (found {one!r}).')
    made = build(Timetable, data, place)
    try:
        ZoneInfo(made.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise place.error("zone", f"there is no time zone '{made.zone}'.") from error
    fault = overlap(made)
    if fault:
        raise place.error("times", fault)
    return made


def overlap(timetable: Timetable) -> str:
    """What is wrong with the times of a day, in a sentence; empty where a session ends before the next begins."""
    starts = [at.hour * 60 + at.minute for at in timetable.times]
    if starts != sorted(set(starts)):
        return "the times of a day stand in order, each once."
    for at, before, after in zip(timetable.times, starts, [*starts[1:], 24 * 60], strict=True):
        if before + timetable.minutes > after:
            return (
                f"a session of {timetable.minutes} minutes at {at:%H:%M} has not ended when the next begins, or the day ends."
            )
    return ""
