"""What the return asks, as written down by hand in `contract.toml`, is what the definition and the workbook have."""

import io
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests import shipped
from tests.contract import described
from workbook_gen.checks.run import settings_of
from workbook_gen.definition.cases import all_rules
from workbook_gen.definition.model import EXPLANATION, Collection
from workbook_gen.excel.write import write_workbook

CONTRACT: dict[str, Any] = tomllib.loads(Path(__file__).with_name("contract.toml").read_text(encoding="utf-8"))
SECTIONS = {name: CONTRACT[name] for name in ("codes", "headlines", "thresholds", "charts", "rules", "tables")} | {
    "months": CONTRACT["plan_data"]["months"]
}
ORDERED = ("codes", "charts", "tables", "months")
"""The sections whose order is the workbook's."""
SAID = [(section, key) for section, entries in SECTIONS.items() for key in entries]


@pytest.mark.parametrize(("section", "key"), SAID, ids=lambda name: str(name))
def test_the_definition_has_what_the_return_asks(section: str, key: str) -> None:
    assert described(shipped.collection())[section].get(key) == SECTIONS[section][key]


@pytest.mark.parametrize("section", SECTIONS)
def test_the_definition_has_nothing_else_and_in_the_same_order(section: str) -> None:
    has, asked = list(described(shipped.collection())[section]), list(SECTIONS[section])
    assert (has if section in ORDERED else sorted(has)) == (asked if section in ORDERED else sorted(asked))


def test_the_contract_is_as_long_as_the_return() -> None:
    assert {name: len(entries) for name, entries in SECTIONS.items()} == {
        "codes": 14,
        "headlines": 4,
        "thresholds": 12,
        "charts": 3,
        "rules": 53,
        "tables": 30,
        "months": 6,
    }


def test_the_workbook_has_its_sheets_in_order_and_plan_data_its_headings() -> None:
    issuable = shipped.issuable("QSL")
    settings = settings_of(issuable.collection)
    data = write_workbook(issuable.layout, issuable.contents({}, issuable.stamp(1)), settings)
    book = load_workbook(io.BytesIO(data), read_only=True)
    assert book.sheetnames == CONTRACT["sheets"]
    assert len(CONTRACT["sheets"]) == 16
    headings = next(book["PlanData"].iter_rows(max_row=1, values_only=True))
    assert list(headings) == CONTRACT["plan_data"]["headings"]
    assert len(headings) == 26


def test_every_look_has_its_box_beside_it_or_in_the_answer_on_risks() -> None:
    tables = {table.key: table for sheet in shipped.collection().sheets for table in sheet.tables}
    looks = [rule for sheet in shipped.collection().sheets for rule in sheet.rules if rule.severity == "look"]
    without = [rule.id for rule in looks if EXPLANATION not in {column.key for column in tables[rule.table or ""].columns}]
    assert len(looks) > len(without)
    assert without == ["RSK-002"]


MAY_CITE = {
    "achieve financial balance": {"BAL-001", "BAL-002"},
    "reductions in agency staffing": {"EFF-005", "AGY-002", "AGY-005"},
    "elective target": {"ELE-001"},
    "core capacity": {"ELE-004", "ASR-002"},
    "capacity commitments, beds and ambulance services included": {"CAP-001", "CAP-002", "UEC-003"},
    "two-week exercise": {"ASR-004"},
}
"""What the letter says, and the rules that it is a basis for."""


def test_only_what_the_letter_says_cites_it() -> None:
    rules = [rule for rule in all_rules(shipped.collection()) if "letter" in rule.basis.lower()]
    assert len(rules) == sum(len(ids) for ids in MAY_CITE.values())
    for rule in rules:
        assert any(words in rule.basis and rule.id in ids for words, ids in MAY_CITE.items()), f"{rule.id}: {rule.basis}"


def _dropped(collection: Collection, part: str) -> Iterator[tuple[str, Collection]]:
    """The collection without each rule, table, column, line or chart of a sheet in turn, and what was dropped."""
    for position, sheet in enumerate(collection.sheets):
        for name, changed in DROP[part](sheet):
            sheets = (*collection.sheets[:position], changed, *collection.sheets[position + 1 :])
            yield name, collection.model_copy(update={"sheets": sheets})


def _without(parts: tuple[Any, ...], position: int) -> tuple[Any, ...]:
    return (*parts[:position], *parts[position + 1 :])


def _drop_part(field: str) -> Callable[[Any], Iterator[tuple[str, Any]]]:
    def drop(sheet: Any) -> Iterator[tuple[str, Any]]:
        parts = getattr(sheet, field)
        for position in range(len(parts)):
            yield f"{sheet.key} {field} {position}", sheet.model_copy(update={field: _without(parts, position)})

    return drop


def _drop_of_table(field: str) -> Callable[[Any], Iterator[tuple[str, Any]]]:
    def drop(sheet: Any) -> Iterator[tuple[str, Any]]:
        for position, table in enumerate(sheet.tables):
            if isinstance(getattr(table, field), tuple):
                for name, changed in _drop_part(field)(table):
                    tables = (*sheet.tables[:position], changed, *sheet.tables[position + 1 :])
                    yield name, sheet.model_copy(update={"tables": tables})

    return drop


DROP: dict[str, Callable[[Any], Iterator[tuple[str, Any]]]] = {
    "rules": _drop_part("rules"),
    "tables": _drop_part("tables"),
    "charts": _drop_part("charts"),
    "lines": _drop_of_table("lines"),
    "columns": _drop_of_table("columns"),
    "plan_data": _drop_of_table("plan_data"),
}


@pytest.mark.parametrize(
    ("part", "fewest"), [("rules", 50), ("tables", 29), ("charts", 3), ("lines", 120), ("columns", 130), ("plan_data", 7)]
)
def test_dropping_any_part_of_the_definition_is_noticed(part: str, fewest: int) -> None:
    dropped = list(_dropped(shipped.collection(), part))
    whole = described(shipped.collection())
    unnoticed = [name for name, collection in dropped if described(collection) == whole]
    assert len(dropped) >= fewest
    assert unnoticed == []
