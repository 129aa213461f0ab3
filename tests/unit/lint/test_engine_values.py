"""Lines 23 and 24: no error among the values, and every one of them what our engine and a second one find."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.unit.lint.breaking import exhibit_of, matched, offences
from tests.unit.lint.written import address, fresh, on_checks, place, with_formula, with_value, without_formula
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError
from workbook_gen.lint.addresses import at
from workbook_gen.lint.engine import recalculate
from workbook_gen.lint.exhibit import Exhibit, Recalculated
from workbook_gen.lint.values import line_23_no_error, line_24_values_agree
from workbook_gen.lint.verdict import NotTested

SYSTEMS = ("QSL", "QYG")


def as_it_stands(exhibit: Exhibit) -> Recalculated:
    """What an engine finds that agrees with all that stands in a workbook."""
    return {where: seen.value for where, seen in exhibit.book.cells.items() if seen.value is not None}


def agreeing(exhibit: Exhibit) -> Exhibit:
    """The same exhibit with a second engine that agrees with the sound workbook."""
    return replace(exhibit, recalculated=as_it_stands(exhibit))


@cache
def recalculated() -> dict[str, Recalculated]:
    """What LibreOffice finds in the sound workbooks."""
    with TemporaryDirectory() as folder:
        files = [Path(folder) / exhibit_of(code).file for code in SYSTEMS]
        for code, path in zip(SYSTEMS, files, strict=True):
            path.write_bytes(exhibit_of(code).book.data)
        return recalculate(files)


@pytest.mark.libreoffice
@pytest.mark.parametrize("code", SYSTEMS)
def test_libreoffice_agrees_with_an_issued_workbook(code: str) -> None:
    exhibit = exhibit_of(code)
    one = replace(exhibit, recalculated=recalculated()[exhibit.file])
    assert offences(line_23_no_error, one) == []
    assert offences(line_24_values_agree, one) == []


@pytest.mark.libreoffice
def test_libreoffice_disagrees_with_a_formula_that_is_another(exhibit: Exhibit) -> None:
    where = place(exhibit, "agency.total[ytd]")
    broken = with_formula(exhibit, where, "1+1")
    with TemporaryDirectory() as folder:
        path = Path(folder) / exhibit.file
        path.write_bytes(broken.book.data)
        found = recalculate([path])[path.name]
    told = offences(line_24_values_agree, replace(broken, recalculated=found))
    assert any(one.startswith(f"{at(where)} holds") and "second engine finds 2.0" in one for one in told)


@pytest.mark.parametrize("code", SYSTEMS)
def test_an_issued_workbook_holds_as_far_as_our_engine_goes(code: str) -> None:
    assert offences(line_23_no_error, exhibit_of(code)) == []
    assert offences(line_24_values_agree, agreeing(exhibit_of(code))) == []


def test_without_a_second_engine_it_is_not_tested(exhibit: Exhibit) -> None:
    with pytest.raises(NotTested, match="second engine"):
        offences(line_24_values_agree, exhibit)


def test_what_our_engine_finds_is_said_without_a_second_one(exhibit: Exhibit) -> None:
    where = place(exhibit, "agency.total[ytd]")
    (told,) = offences(line_24_values_agree, with_value(exhibit, where, "1"))
    assert told.startswith(f"{at(where)} holds 1.0; our engine finds")


def error_value(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = place(exhibit, "agency.total[ytd]")
    pattern = rf'(<c r="{address(where)}" s="\d+")(>.*?<v>)[^<]*'
    return matched(exhibit, exhibit.book.part_of(where[0]), pattern, r'\g<1> t="e"\g<2>#DIV/0!'), f"{at(where)} holds #DIV/0!"


def error_text(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = place(exhibit, "agency.total[ytd]")
    pattern = rf'(<c r="{address(where)}" s="\d+")(>.*?<v>)[^<]*'
    return matched(exhibit, exhibit.book.part_of(where[0]), pattern, r'\g<1> t="str"\g<2>#N/A'), f"{at(where)} holds #N/A"


def broken_reference(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = place(exhibit, "agency.total[ytd]")
    return with_formula(exhibit, where, "#REF!+1"), f"{at(where)} refers to #REF!"


def broken_name(exhibit: Exhibit) -> tuple[Exhibit, str]:
    broken = matched(exhibit, "xl/workbook.xml", r'(<definedName name="agency_share">)[^<]*', r"\g<1>#REF!")
    return broken, "the defined name agency_share refers to #REF!"


def found_by_the_second(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = place(exhibit, "agency.total[ytd]")
    found = {**as_it_stands(exhibit), where: CellError("#VALUE!")}
    return replace(exhibit, recalculated=found), f"{at(where)} is #VALUE! once recalculated"


@pytest.mark.parametrize("spoil", [error_value, error_text, broken_reference, broken_name, found_by_the_second])
def test_an_error_is_found(spoil: Callable[[Exhibit], tuple[Exhibit, str]], exhibit: Exhibit) -> None:
    broken, said = spoil(exhibit)
    assert said in fresh(line_23_no_error, broken, exhibit)


def other_total(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = place(exhibit, "agency.total[ytd]")
    value = exhibit.book.cells[where].value
    assert isinstance(value, float)
    return with_value(exhibit, where, f"{value + 0.006}"), f"{at(where)} holds"


def other_word(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = on_checks(exhibit, "AGY-001", "Result")
    return with_value(exhibit, where, "Pass"), f"{at(where)} holds 'Pass'; our engine finds 'To do'"


def figure_while_to_do(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = on_checks(exhibit, "AGY-001", "Found")
    pattern = rf'(<c r="{address(where)}" s="\d+")[^>]*(>.*?<v>)[^<]*'
    return matched(
        exhibit, exhibit.book.part_of("Checks"), pattern, r"\g<1>\g<2>5"
    ), f"{at(where)} holds 5.0; our engine finds None"


def total_without_formula(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = place(exhibit, "agency.total[ytd]")
    return without_formula(exhibit, where), f"{at(where)} is a total without a formula"


def lost_total(exhibit: Exhibit) -> tuple[Exhibit, str]:
    codes = exhibit.book.parts["xl/sharedStrings.xml"]
    assert codes.count("<t>AGY0900</t>") == 1
    broken = exhibit.book.replaced("xl/sharedStrings.xml", "<t>AGY0900</t>", "<t>AGY0990</t>")
    return replace(exhibit, book=broken), "the total agency.total[ytd] is not found by its codes"


def lost_row_of_checks(exhibit: Exhibit) -> tuple[Exhibit, str]:
    fewer = exhibit.results[:-1]
    return replace(exhibit, results=fewer), f"Checks has {len(exhibit.results)} rows for {len(fewer)} results"


def found_otherwise(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = place(exhibit, "agency.total[fot]")
    value = exhibit.book.cells[where].value
    assert isinstance(value, float)
    return replace(exhibit, recalculated={**as_it_stands(exhibit), where: value - 0.006}), f"{at(where)} holds"


def another_text(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = ("Cover", 4, 1)
    return replace(exhibit, recalculated={**as_it_stands(exhibit), where: "Else"}), f"{at(where)} holds"


def nothing_found(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = ("Cover", 4, 1)
    found = {one: value for one, value in as_it_stands(exhibit).items() if one != where}
    return replace(exhibit, recalculated=found), f"{at(where)} holds"


def a_text_where_none_stands(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = on_checks(exhibit, "AGY-001", "Found")
    return replace(
        exhibit, recalculated={**as_it_stands(exhibit), where: "x"}
    ), f"{at(where)} holds None; the second engine finds 'x'"


def not_opened(exhibit: Exhibit) -> tuple[Exhibit, str]:
    return replace(exhibit, recalculated={}), "the second engine could not open the workbook"


@pytest.mark.parametrize(
    "spoil",
    [
        other_total,
        other_word,
        figure_while_to_do,
        total_without_formula,
        lost_total,
        lost_row_of_checks,
        found_otherwise,
        another_text,
        nothing_found,
        a_text_where_none_stands,
        not_opened,
    ],
)
def test_a_value_that_disagrees_is_found(spoil: Callable[[Exhibit], tuple[Exhibit, str]], exhibit: Exhibit) -> None:
    broken, said = spoil(agreeing(exhibit))
    told = fresh(line_24_values_agree, broken, agreeing(exhibit))
    assert any(one.startswith(said) for one in told), told


def test_a_little_less_than_half_a_hundredth_is_alike(exhibit: Exhibit) -> None:
    where = place(exhibit, "agency.total[ytd]")
    value = exhibit.values[Key("agency", "total", "ytd")]
    assert isinstance(value, float)
    found = {**as_it_stands(exhibit), where: value + 0.004}
    assert offences(line_24_values_agree, replace(exhibit, recalculated=found)) == []
