"""Whose return is it? Another's name, a broken seal, another version or collection, no seal, no key, other national figures."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.returns import (
    SEAL_KEY,
    SYSTEMS,
    TEMPLATE,
    answers,
    check,
    collection,
    completed,
    copied_collection,
    desk,
    file_name,
    fingerprints,
    issuable,
    national,
    place_of,
    sound,
    structural_codes,
    systems,
    written,
)
from tests.spoil import Spoiled, sheet_of, with_openpyxl
from workbook_gen.catalogue import catalogue
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import serial
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.check import CheckedReturn, Desk
from workbook_gen.desk.receipt import exit_code
from workbook_gen.excel.about import MEANINGS
from workbook_gen.findings import State

COVERED = {f"STR-{number}" for number in range(102, 111)}
"""What is met here; STR-101, a file that is not ours, is met in test_check.py."""


@pytest.fixture(params=SYSTEMS)
def code(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def other(code: str) -> str:
    """Another system."""
    return next(one for one in systems() if one != code)


def refused(checked: CheckedReturn, code: str) -> bool:
    """Whether the file is refused for just this, nothing in it is read, and it counts as not ours."""
    return (
        [one.code for one in checked.findings] == [code]
        and checked.state is State.REFUSED
        and not checked.values
        and exit_code(checked, "never") == 4
    )


def reads_as_before(checked: CheckedReturn, code: str) -> bool:
    """Whether every answer is read, and the rules say what they said."""
    before = sound(code)
    same = [one.outcome for one in checked.results] == [one.outcome for one in before.results]
    return same and {key: checked.values[key] for key in answers(code)} == answers(code)


def test_the_file_name_of_another_organisation(code: str) -> None:
    checked = check(completed(code), file_name(other(code)))
    assert structural_codes(checked) == ["STR-106"]
    (finding,) = [one for one in checked.findings if one.code == "STR-106"]
    assert (finding.found, finding.expected) == (other(code), code)
    assert checked.identity is not None
    assert checked.identity.organisation == code
    assert reads_as_before(checked, code)
    assert exit_code(checked, "fix") == exit_code(checked, "never") == 4


@pytest.mark.parametrize("name", ["return.xlsx", "qyg.xlsx", "XYZ_return.xlsx", "{other}X_plan.xlsx", "{code} final (2).xlsx"])
def test_a_file_name_that_is_nobody_elses_says_nothing(name: str) -> None:
    assert structural_codes(check(completed("QYG"), name.format(code="QYG", other=other("QYG")))) == []


def about_cell(book: Workbook, fact: str) -> str:
    """The cell of About that holds a fact."""
    (found,) = [row[0].row for row in sheet_of(book, "About").iter_rows(max_col=1) if row[0].value == MEANINGS[fact]]
    return f"B{found}"


def say_about(fact: str, text: str) -> Callable[[Workbook], None]:
    """Another text for a fact on About."""

    def change(book: Workbook) -> None:
        sheet_of(book, "About")[about_cell(book, fact)] = text

    return change


@pytest.mark.parametrize(("fact", "old", "new"), [("organisation", "{code}", "{other}"), ("issue", "1", "2")])
def test_the_facts_changed_under_the_seal(code: str, fact: str, old: str, new: str) -> None:
    texts = {"code": code, "other": other(code)}
    opened = Spoiled(with_openpyxl(completed(code), say_about(fact, new.format(**texts))))
    opened.members["docProps/custom.xml"] = Spoiled(completed(code)).members["docProps/custom.xml"]
    opened.say_property(fact, old.format(**texts), new.format(**texts))
    assert refused(check(opened.data(), file_name(code)), "STR-102")


def test_a_seal_made_with_another_key(code: str) -> None:
    foreign = written(issuable(code), answers(code), bytes(32))
    assert refused(check(foreign, file_name(code)), "STR-102")
    assert structural_codes(check(foreign, file_name(code), desk(bytes(32)))) == []


@cache
def changed_collection(folder: Path, old: str, new: str) -> Issuable:
    """QSL's return of a collection of which collection.toml says something else."""
    copy = copied_collection(folder)
    path = copy / "collection.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    other_collection = load_collection(copy)
    return Issuable(other_collection, national(), national().system("QSL"))


@pytest.mark.parametrize(
    ("version", "told"), [("0.9", "STR-104"), ("1.0.1", "STR-105"), ("1.1", "STR-105"), ("1.10", "STR-105")]
)
def test_another_version(version: str, told: str, tmp_path: Path) -> None:
    one = changed_collection(tmp_path, '= "1.0"', f'= "{version}"')
    checked = check(written(one, answers("QSL")), f"QSL_h2_2023_24_v{version}.xlsx")
    assert refused(checked, told)
    assert (checked.findings[0].found, checked.findings[0].expected) == (version, "1.0")


def test_another_collection(tmp_path: Path) -> None:
    one = changed_collection(tmp_path, '"h2_2023_24"', '"plan_2024_25"')
    checked = check(written(one, answers("QSL")), "QSL_plan_2024_25_v1.0.xlsx")
    assert refused(checked, "STR-103")
    assert collection().title in checked.findings[0].message


def test_an_organisation_that_is_no_longer_there(code: str) -> None:
    fewer = replace(national(), systems=tuple(one for one in national().systems if one.code != code))
    checked = check(completed(code), "return.xlsx", Desk(collection(), fewer, SEAL_KEY))
    assert refused(checked, "STR-109")


def without_about(book: Workbook) -> None:
    del book["About"]


def test_no_seal_at_all(code: str) -> None:
    opened = Spoiled(completed(code))
    opened.drop_properties()
    checked = check(with_openpyxl(opened.data(), without_about), file_name(code))
    assert structural_codes(checked) == ["STR-110", "STR-214", "STR-304"]
    assert checked.identity is not None
    assert (checked.identity.organisation, checked.identity.version) == (code, "1.0")
    assert reads_as_before(checked, code)


def test_without_properties_the_about_sheet_is_believed(code: str) -> None:
    opened = Spoiled(completed(code))
    opened.drop_properties()
    checked = check(opened.data(), file_name(code))
    assert fingerprints(checked) == fingerprints(sound(code))
    assert checked.identity is not None
    assert checked.identity.stamp is not None
    assert reads_as_before(checked, code)


def test_without_the_key_the_seal_is_not_verified(code: str) -> None:
    checked = check(completed(code), file_name(code), desk(None))
    assert structural_codes(checked) == ["STR-107"]
    assert reads_as_before(checked, code)
    assert checked.state is sound(code).state


def test_other_national_figures(code: str) -> None:
    """The file was issued with other figures than those here: they are not compared, and it is said."""
    spend = national().tables["agency_ytd"]
    tables = {
        **national().tables,
        "agency_ytd": {**spend, "medical": {code: figure + 10 for code, figure in spend["medical"].items()}},
    }
    other_figures = replace(national(), tables=tables)
    here = Desk(collection(), other_figures, SEAL_KEY)
    checked = check(completed(code), file_name(code), here)
    assert [one for one in structural_codes(checked) if one != "STR-304"] == ["STR-108"]
    assert {key: checked.values[key] for key in answers(code)} == answers(code)
    key = Key("agency", "medical", "ytd")
    spoiled = Spoiled(completed(code))
    spoiled.put(*place_of(code, key), 1.0)
    assert "STR-301" not in structural_codes(check(spoiled.data(), file_name(code), here))


def test_a_workbook_that_counts_its_days_from_1904(code: str) -> None:
    opened = Spoiled(completed(code))
    workbook = opened.members["xl/workbook.xml"].decode()
    assert workbook.count("<workbookPr ") == 1
    opened.members["xl/workbook.xml"] = workbook.replace("<workbookPr ", '<workbookPr date1904="1" ').encode()
    days = [cell.key for cell in issuable(code).layout.form.inputs() if cell.column.type == "date"]
    assert len(days) == 2
    for key in days:
        day = answers(code)[key]
        assert isinstance(day, float)
        assert day > serial(collection().issued)
        opened.put(*place_of(code, key), day - 1462)
    checked = check(opened.data(), file_name(code))
    assert fingerprints(checked) == fingerprints(sound(code))
    assert reads_as_before(checked, code)


def test_every_code_of_identity_is_met() -> None:
    assert {entry.code for entry in catalogue() if entry.code.startswith("STR-1")} - COVERED == {"STR-101"}
    assert (TEMPLATE / "collection.toml").read_text(encoding="utf-8").count('= "1.0"') == 2
