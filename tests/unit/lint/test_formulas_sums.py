"""Line 27: every SUM covers its whole block."""

from collections.abc import Callable

import pytest

from tests.unit.lint.breaking import exhibit_of, offences, with_book
from tests.unit.lint.written import address, formula, fresh, place, with_formula, without_formula
from workbook_gen.lint.addresses import at
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.sums import line_27_sums_cover_their_block


@pytest.mark.parametrize("code", ["QSL", "QYG"])
def test_an_issued_workbook_holds(code: str) -> None:
    assert offences(line_27_sums_cover_their_block, exhibit_of(code)) == []


def span(exhibit: Exhibit, first: str, last: str) -> str:
    return f"{address(place(exhibit, first))}:{address(place(exhibit, last))}"


def short_of_a_line(exhibit: Exhibit) -> tuple[Exhibit, str, str]:
    where, text = place(exhibit, "agency.total[nov]"), span(exhibit, "agency.nursing[nov]", "agency.admin_estates[nov]")
    return with_formula(exhibit, where, f"SUM({text})"), at(where), at(place(exhibit, "agency.other[nov]"))


def short_of_the_first_line(exhibit: Exhibit) -> tuple[Exhibit, str, str]:
    where, text = place(exhibit, "agency.total[nov]"), span(exhibit, "agency.medical[nov]", "agency.other[nov]")
    return with_formula(exhibit, where, f"SUM({text})"), at(where), at(place(exhibit, "agency.nursing[nov]"))


def short_of_a_month(exhibit: Exhibit) -> tuple[Exhibit, str, str]:
    where, text = place(exhibit, "agency.nursing[fot]"), span(exhibit, "agency.nursing[nov]", "agency.nursing[feb]")
    broken = with_formula(exhibit, where, f"{address(place(exhibit, 'agency.nursing[ytd]'))}+SUM({text})")
    return broken, at(where), at(place(exhibit, "agency.nursing[mar]"))


def of_another_column(exhibit: Exhibit) -> tuple[Exhibit, str, str]:
    where, text = place(exhibit, "agency.total[nov]"), span(exhibit, "agency.nursing[dec]", "agency.other[dec]")
    return with_formula(exhibit, where, f"SUM({text})"), at(where), at(place(exhibit, "agency.nursing[dec]"))


def with_one_too_many(exhibit: Exhibit) -> tuple[Exhibit, str, str]:
    where, last = place(exhibit, "agency.total[nov]"), place(exhibit, "agency.total[dec]")
    return with_formula(exhibit, where, f"{formula(exhibit, where)}+{address(last)}"), at(where), at(last)


def a_figure_for_a_sum(exhibit: Exhibit) -> tuple[Exhibit, str, str]:
    where = place(exhibit, "agency.total[nov]")
    return without_formula(exhibit, where), at(where), "no formula is found"


def a_part_of_a_section_on_checks(exhibit: Exhibit) -> tuple[Exhibit, str, str]:
    where = next(one for one, seen in exhibit.book.cells.items() if one[0] == "Checks" and seen.formula)
    text = span(exhibit, "agency.nursing[nov]", "agency.admin_estates[nov]")
    return with_formula(exhibit, where, f"SUM(Agency!{text})"), at(where), at(place(exhibit, "agency.other[nov]"))


def a_sheet_of_the_contents(exhibit: Exhibit) -> tuple[Exhibit, str, str]:
    where = next(one for one, seen in exhibit.book.cells.items() if one[0] == "Cover" and "SUM(" in (seen.formula or ""))
    first, last = formula(exhibit, where).removeprefix("SUM(").removesuffix(")").split(":")
    row = int(last.lstrip("ABCDEFGHIJK"))
    text = f"SUM({first}:{last.removesuffix(str(row))}{row - 1})"
    return with_formula(exhibit, where, text), at(where), f"Cover {last}"


@pytest.mark.parametrize(
    "spoil",
    [
        short_of_a_line,
        short_of_the_first_line,
        short_of_a_month,
        of_another_column,
        with_one_too_many,
        a_figure_for_a_sum,
        a_part_of_a_section_on_checks,
        a_sheet_of_the_contents,
    ],
)
def test_a_sum_that_is_not_its_block_s_is_found(spoil: Callable[[Exhibit], tuple[Exhibit, str, str]], exhibit: Exhibit) -> None:
    broken, where, said = spoil(exhibit)
    found = fresh(line_27_sums_cover_their_block, broken, exhibit)
    assert found != []
    assert all(one.startswith(where) for one in found)
    assert any(said in one for one in found)


def test_a_workbook_without_sums_does_not_pass(exhibit: Exhibit) -> None:
    changes = {
        name: text.replace("SUM(", "MAX(")
        for name, text in exhibit.book.parts.items()
        if name.startswith("xl/worksheets/sheet")
    }
    found = offences(line_27_sums_cover_their_block, with_book(exhibit, exhibit.book.changed(changes)))
    assert "no formula sums anything" in found
