"""Briefs for tests: of practice returns as they are received, and one that is fuller than any."""

from dataclasses import replace
from pathlib import Path

from tests.desk.stand_in import moment
from tests.report.round import Round
from tests.returns import TEMPLATE, answers, collection, file_name, issuable, systems, written
from workbook_gen.definition.load_picture import load_picture
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.desk.register.decisions import dockets
from workbook_gen.report.brief.content import brief_of
from workbook_gen.report.brief.facts import BriefFacts
from workbook_gen.report.returned import SystemFigures, figures_of

LARGEST = max(systems(), key=lambda code: len(issuable(code).layout.form.cells))
LONGEST = max(systems(), key=lambda code: len(issuable(code).system.icb.name))
LONG = "Sickness, vacancies and escalation beds in three hospitals are above plan; the recovery board meets weekly. " * 9


def figures(made: Round, code: str) -> SystemFigures:
    """A system's figures as they stand in a round."""
    standing = next(one for one in made.standings() if one.organisation.code == code)
    entry = standing.entry
    return figures_of(issuable(code), standing, made.register.answers([entry.id])[entry.id] if entry else ())


def brief(made: Round, code: str) -> BriefFacts:
    """A system's brief in a round."""
    known = dockets(made.register, moment(made.minutes).at.date())
    return brief_of(figures(made, code), known.get(code), load_picture(TEMPLATE, collection()))


def received(folder: Path, code: str, way: str, more: dict[Key, Value] | None = None) -> Round:
    """A round in which a practice return of one way has come, with some answers changed."""
    made = Round(folder)
    one = issuable(code)
    made.receive_file(written(one, {**answers(code, way), **(more or {})}), file_name(code), code)
    return made


def at_its_worst(folder: Path, code: str) -> BriefFacts:
    """The brief of a return in which every headline is missed, every text is long and much is asked."""
    one = issuable(code)
    worse: dict[Key, Value] = {}
    for cell in one.layout.form.inputs():
        key, before = cell.key, answers(code).get(cell.key)
        if cell.column.type == "text" and (key.table, key.line) != ("contact", "contact"):
            worse[key] = LONG[: cell.column.length]
        elif cell.column.type == "yesno":
            worse[key] = "No"
        elif key.table == "agency" and isinstance(before, float | int):
            worse[key] = before * 3 + 40
        elif key.table in ("position", "elective", "beds_core") and isinstance(before, float | int):
            worse[key] = before - (9_999 if key.table == "position" else before // 2)
        elif key.table == "flexibility" and key.column == "request":
            worse[key] = 100_000.0
        elif key.table == "flexibility" and key.column == "effect":
            worse[key] = "Repurpose"
    found = brief(received(folder, code, "clean", worse), code)
    return replace(found, title=f"{issuable(LONGEST).system.icb.name} ({code})")
