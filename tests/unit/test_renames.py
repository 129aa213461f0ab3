"""Renames: how they are written, what is refused, and where the key of a cell leads from one version to the next."""

from pathlib import Path

import pytest

from tests.returns import collection
from workbook_gen.definition.errors import DefinitionError
from workbook_gen.definition.model import Change, Collection, Rename
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.renames import Named, check_renames, named, renaming, version_order

LOG = ("1.0", "1.1", "1.2")


def with_renames(*renames: tuple[str, str, str]) -> Collection:
    """The collection shipped at version 1.2, with these renames."""
    changes = tuple(Change(version=version, date=collection().issued, text="x") for version in LOG)
    found = tuple(Rename.model_validate({"version": version, "from": source, "to": to}) for version, source, to in renames)
    return collection().model_copy(update={"version": LOG[-1], "changes": changes, "renames": found})


def test_versions_are_ordered_by_their_numbers() -> None:
    assert sorted(["1.10", "1.9", "1.0", "2.0"], key=version_order) == ["1.0", "1.9", "1.10", "2.0"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("agency", Named("agency")),
        ("agency.nursing", Named("agency", "nursing")),
        ("agency[fot]", Named("agency", None, "fot")),
        ("agency.nursing[fot]", None),
        ("Agency", None),
        ("agency.", None),
        ("", None),
    ],
)
def test_a_name_is_a_table_a_line_or_a_column(text: str, expected: Named | None) -> None:
    assert named(text) == expected
    assert expected is None or str(expected) == text


@pytest.mark.parametrize(
    ("renames", "key", "now"),
    [
        ([], "agency.nursing[nov]", "agency.nursing[nov]"),
        ([("1.1", "staffing", "agency")], "staffing.nursing[nov]", "agency.nursing[nov]"),
        ([("1.1", "agency.nurses", "agency.nursing")], "agency.nurses[nov]", "agency.nursing[nov]"),
        ([("1.1", "agency.nurses", "agency.nursing")], "agency.medical[nov]", "agency.medical[nov]"),
        ([("1.1", "agency[forecast]", "agency[fot]")], "agency.medical[forecast]", "agency.medical[fot]"),
        ([("1.1", "erf[now]", "erf[restated]")], "erf.rx1[now_mar]", "erf.rx1[restated_mar]"),
        ([("1.1", "erf[now]", "erf[restated]")], "erf.rx1[now_total]", "erf.rx1[now_total]"),
        (
            [
                ("1.1", "staffing", "agency"),
                ("1.1", "staffing.nurses", "agency.nursing"),
                ("1.1", "staffing[f]", "agency[fot]"),
            ],
            "staffing.nurses[f]",
            "agency.nursing[fot]",
        ),
        (
            [("1.2", "agency.nurses", "agency.nursing"), ("1.1", "agency.n", "agency.nurses")],
            "agency.n[nov]",
            "agency.nursing[nov]",
        ),
        ([("1.1", "agency.bank", "pay_bill.bank")], "agency.bank[nov]", "pay_bill.bank[nov]"),
    ],
)
def test_a_key_leads_to_its_name_of_today(renames: list[tuple[str, str, str]], key: str, now: str) -> None:
    table, rest = key.split(".")
    line, column = rest.removesuffix("]").split("[")
    way = renaming(with_renames(*renames), "1.0")
    assert str(way.key(Key(table, line, column))) == now


def test_only_what_came_later_is_renamed() -> None:
    one = with_renames(("1.1", "agency.n", "agency.nurses"), ("1.2", "agency.nurses", "agency.nursing"))
    assert renaming(one, "1.1").line("agency", "nurses") == ("agency", "nursing")
    assert renaming(one, "1.1").line("agency", "n") == ("agency", "n")
    assert renaming(one, "1.2").steps == ()


@pytest.mark.parametrize(
    ("renames", "field", "says"),
    [
        ([("1.3", "agency.n", "agency.nursing")], "version", "the change log has no version 1.3. Did you mean"),
        ([("1.1", "agency/n", "agency.nursing")], "from", "is written table, table.line or table[column] (found 'agency/n')"),
        ([("1.1", "agency.n", "agency.nursing[fot]")], "to", "is written table, table.line or table[column]"),
        ([("1.1", "agency.n", "agency[fot]")], "to", "'agency.n' is a line and 'agency[fot]' a column."),
        ([("1.1", "agency.n", "agency.nurses")], "to", "there is no line 'agency.nurses' in this definition"),
        ([("1.1", "agency[f]", "agency[forecast]")], "to", "there is no column 'agency[forecast]'"),
        ([("1.1", "staff", "staffing")], "to", "there is no table 'staffing'"),
        ([("1.1", "position.rx1", "position.rx2")], "to", "there is no line 'position.rx2'"),
        ([("1.1", "agency.n", "agency.nursing"), ("1.1", "agency.n", "agency.other")], "from", "'agency.n' is renamed twice"),
        ([("1.1", "agency.n", "agency.nursing"), ("1.1", "agency.m", "agency.nursing")], "to", "'agency.nursing' is renamed"),
    ],
)
def test_a_rename_that_leads_nowhere_is_refused(renames: list[tuple[str, str, str]], field: str, says: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        check_renames(with_renames(*renames))
    assert caught.value.field == field
    assert says in caught.value.problem


def test_what_a_later_version_renames_again_need_not_be_there() -> None:
    check_renames(with_renames(("1.1", "agency.n", "agency.nurses"), ("1.2", "agency.nurses", "agency.nursing")))
    check_renames(with_renames(("1.1", "staff.n", "staffing.nursing"), ("1.2", "staffing", "agency")))


def test_a_rename_is_read_from_the_definition_and_an_unknown_field_refused(tmp_path: Path) -> None:
    assert Rename.model_validate({"version": "1.1", "from": "agency", "to": "staff"}).source == "agency"
    with pytest.raises(ValueError, match="extra"):
        Rename.model_validate({"version": "1.1", "from": "agency", "to": "staff", "why": "x"})
