"""Lines 37 to 40: status, rules with their links, blanks that are not zero, and what stands beside what."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.unit.lint.breaking import edited, exhibit_of, matched, offences, on_sheet
from tests.unit.lint.written import (
    address,
    cell_of,
    formula,
    fresh,
    on_checks,
    place,
    with_formula,
    with_value,
    without_formula,
)
from workbook_gen.definition.nodes import Key
from workbook_gen.lint.addresses import at
from workbook_gen.lint.checklist import Check
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.living import (
    line_37_status_line,
    line_38_rows_and_links,
    line_39_blank_is_not_zero,
    line_40_side_by_side,
    reads,
)
from workbook_gen.lint.status import status_of

CHECKS = (line_37_status_line, line_38_rows_and_links, line_39_blank_is_not_zero, line_40_side_by_side)
Spoil = Callable[[Exhibit], tuple[Exhibit, str]]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("code", ["QSL", "QYG"])
def test_an_issued_workbook_holds(check: Check, code: str) -> None:
    assert offences(check, exhibit_of(code)) == []


@pytest.mark.parametrize("check", CHECKS[:3])
def test_checks_without_its_rows_does_not_pass(check: Check, exhibit: Exhibit) -> None:
    broken = edited(exhibit, lambda workbook: workbook["Checks"].delete_rows(1, 7))
    assert any("Checks has 0 rows" in one for one in offences(check, broken))


def test_a_sheet_without_a_status_line_is_found(exhibit: Exhibit) -> None:
    for sheet in exhibit.all_sheets:
        where = status_of(exhibit.book, sheet)
        if sheet == "PlanData":
            assert where is None
            continue
        assert where is not None
        told = fresh(line_37_status_line, without_formula(exhibit, where), exhibit)
        assert told == [f"{sheet} has no status line in its first 5 rows"]


def silent(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = status_of(exhibit.book, "Agency")
    assert where is not None
    return with_value(exhibit, where, ""), f"{at(where)} shows no status"


def of_another_sheet(exhibit: Exhibit) -> tuple[Exhibit, str]:
    own, other = status_of(exhibit.book, "Agency"), status_of(exhibit.book, "Bridge")
    assert own is not None
    assert other is not None
    return with_formula(exhibit, own, formula(exhibit, other)), f"{at(own)} does not count"


def not_from_checks(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = status_of(exhibit.book, "Agency")
    assert where is not None
    return with_formula(exhibit, where, '"All is well."'), f"{at(where)} does not count"


def a_row_left_out(exhibit: Exhibit) -> tuple[Exhibit, str]:
    first = on_checks(exhibit, "AGY-001", "Result")
    part = exhibit.book.part_of("Cover")
    broken = exhibit.book.changed({part: exhibit.book.parts[part].replace(f"$D${first[1]}:", f"$D${first[1] + 1}:")})
    return replace(exhibit, book=broken), f"Agency A4 does not count 1 results, the first at {at(first)}"


def a_row_too_many(exhibit: Exhibit) -> tuple[Exhibit, str]:
    first = on_checks(exhibit, "AGY-001", "Result")
    part = exhibit.book.part_of("Cover")
    broken = exhibit.book.changed({part: exhibit.book.parts[part].replace(f"$D${first[1]}:", f"$D${first[1] - 1}:")})
    return replace(exhibit, book=broken), "Agency A4 counts 1 cells that are no results of its rules"


@pytest.mark.parametrize("spoil", [silent, of_another_sheet, not_from_checks, a_row_left_out, a_row_too_many])
def test_a_status_line_that_says_something_else_is_found(spoil: Spoil, exhibit: Exhibit) -> None:
    broken, said = spoil(exhibit)
    assert any(one.startswith(said) for one in fresh(line_37_status_line, broken, exhibit))


def link_to(exhibit: Exhibit, rule: str, target: str) -> tuple[Exhibit, str]:
    where = on_checks(exhibit, rule, "Cell")
    pattern = rf'(<hyperlink ref="{address(where)}" location=")[^"]*'
    return matched(exhibit, exhibit.book.part_of("Checks"), pattern, rf"\g<1>{target}"), at(where)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("Nowhere!A1", "links to Nowhere A1, which is not there"),
        ("Agency!ZZ999", "links to Agency ZZ999, which is not there"),
        ("Agency!A1", "links to Agency A1; the rule is about Agency "),
        ("agency_share", "has no link to a cell"),
    ],
)
def test_a_link_that_does_not_work_is_found(target: str, said: str, exhibit: Exhibit) -> None:
    broken, where = link_to(exhibit, "AGY-001", target)
    assert any(one.startswith(f"{where} {said}") for one in fresh(line_38_rows_and_links, broken, exhibit))


def test_a_rule_about_no_cell_links_to_its_sheet(exhibit: Exhibit) -> None:
    about = [result.instance for result in exhibit.results if result.instance.rule.id == "CMP-001"]
    assert about[0].at is None
    broken, where = link_to(exhibit, "CMP-001", "Risks!B2")
    assert f"{where} links to Risks B2; the rule is about another sheet" in fresh(line_38_rows_and_links, broken, exhibit)


def no_link(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = on_checks(exhibit, "AGY-001", "Cell")
    pattern = rf'<hyperlink ref="{address(where)}"[^>]*/>'
    return matched(exhibit, exhibit.book.part_of("Checks"), pattern, ""), f"{at(where)} has no link to a cell"


def another_address(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = on_checks(exhibit, "AGY-001", "Cell")
    broken = edited(exhibit, lambda workbook: cell_of(workbook, where).__setattr__("value", "Go to B2"))
    return broken, f"{at(where)} shows 'Go to B2', and leads to"


def another_rule(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = on_checks(exhibit, "AGY-001", "Rule")
    broken = edited(exhibit, lambda workbook: cell_of(workbook, where).__setattr__("value", "AGY-099"))
    return broken, f"{at(where)} is AGY-099"


def another_title(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = on_checks(exhibit, "AGY-001", "What should hold")
    broken = edited(exhibit, lambda workbook: cell_of(workbook, where).__setattr__("value", "All is well"))
    return broken, f"{at(on_checks(exhibit, 'AGY-001', 'Rule'))} is AGY-001, All is well"


def a_row_less(exhibit: Exhibit) -> tuple[Exhibit, str]:
    last = max(where[1] for where in exhibit.book.cells if where[0] == "Checks")
    broken = edited(exhibit, lambda workbook: workbook["Checks"].delete_rows(last))
    return broken, f"Checks has {len(exhibit.results) - 1} rows for {len(exhibit.results)} rule instances"


@pytest.mark.parametrize("spoil", [no_link, another_address, another_rule, another_title, a_row_less])
def test_a_row_that_is_not_its_rule_s_is_found(spoil: Spoil, exhibit: Exhibit) -> None:
    broken, said = spoil(exhibit)
    assert any(one.startswith(said) for one in fresh(line_38_rows_and_links, broken, exhibit))


def passing(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = on_checks(exhibit, "AGY-002", "Result")
    return with_value(exhibit, where, "Pass"), f"{at(where)} (AGY-002) says Pass, though"


def still_to_do(exhibit: Exhibit) -> tuple[Exhibit, str]:
    number = next(n for n, result in enumerate(exhibit.results) if result.instance.rule.id == "AGY-002")
    answered = (*exhibit.answered[:number], "To do", *exhibit.answered[number + 1 :])
    where = on_checks(exhibit, "AGY-002", "Result")
    return replace(exhibit, answered=answered), f"{at(where)} (AGY-002) says To do when every input is answered"


def zero_in_an_input(exhibit: Exhibit) -> tuple[Exhibit, str]:
    where = place(exhibit, "agency.nursing[nov]")
    broken = edited(exhibit, lambda workbook: cell_of(workbook, where).__setattr__("value", 0))
    return broken, f"the input {at(where)} is not blank"


def unread(exhibit: Exhibit) -> tuple[Exhibit, str]:
    kept = [n for n, result in enumerate(exhibit.results) if result.instance.table != "capacity"]
    assert len(kept) < len(exhibit.results)
    number = next(n for n, result in enumerate(exhibit.results) if result.instance.table == "agency_control")
    whole = exhibit.results[kept[0]]
    results = tuple(whole if result.instance.table == "agency_control" else result for result in exhibit.results)
    where = place(exhibit, "agency_control.off_framework[nov]")
    assert exhibit.results[number] not in results
    return replace(exhibit, results=results), f"no rule reads {at(where)}, which must be answered"


def fewer_answers(exhibit: Exhibit) -> tuple[Exhibit, str]:
    return replace(exhibit, answered=exhibit.answered[1:]), "Checks has"


@pytest.mark.parametrize("spoil", [passing, still_to_do, zero_in_an_input, unread, fewer_answers])
def test_a_blank_that_counts_as_zero_is_found(spoil: Spoil, exhibit: Exhibit) -> None:
    broken, said = spoil(exhibit)
    assert any(one.startswith(said) for one in fresh(line_39_blank_is_not_zero, broken, exhibit))


def test_what_a_rule_reads_through_totals_and_counts(exhibit: Exhibit) -> None:
    by_rule = {result.instance.rule.id: result.instance for result in exhibit.results}
    read = reads(exhibit.form, by_rule["AGY-001"].check)
    assert {Key("agency", "total", "fot"), Key("agency", "nursing", "mar"), Key("agency_limit", "ceiling", "value")} <= read
    assert all(key.table in ("agency", "agency_limit") for key in read)
    complete = next(result.instance for result in exhibit.results if result.instance.name == "CMP-001")
    inputs = {cell.key for cell in exhibit.form.inputs(complete.table)}
    assert reads(exhibit.form, complete.check) == inputs


def swapped(exhibit: Exhibit, table: str, line: str, one: str, other: str) -> Exhibit:
    """Two columns of a table, each with the other's main code and so standing for the other."""
    codes = {
        name: exhibit.form.tables[table].table.code + exhibit.form.tables[table].column_by_key[name].code
        for name in (one, other)
    }
    strings = exhibit.book.parts["xl/sharedStrings.xml"]
    for old, new in ((codes[one], "SWAP"), (codes[other], codes[one]), ("SWAP", codes[other])):
        assert strings.count(f"<t>{old}</t>") == 1, old
        strings = strings.replace(f"<t>{old}</t>", f"<t>{new}</t>")
    return replace(exhibit, book=exhibit.book.changed({"xl/sharedStrings.xml": strings}))


@pytest.mark.parametrize(
    ("table", "one", "other", "said"),
    [
        ("position", "plan", "jan", "the reference stands after the input that it is for"),
        ("position", "variance", "nov", "the variance stands before what it compares"),
        ("position", "variance", "explanation", "the variance stands after the explanation"),
        ("position", "fot", "explanation", "the explanation is not the last column"),
        ("allocation", "national", "ledger", "the reference stands after the input that it is for"),
        ("allocation", "difference", "ledger", "the variance stands before what it compares"),
    ],
)
def test_columns_in_another_order_are_found(table: str, one: str, other: str, said: str, exhibit: Exhibit) -> None:
    told = fresh(line_40_side_by_side, swapped(exhibit, table, "total", one, other), exhibit)
    title = exhibit.form.tables[table].table.title
    assert any(title in offence and said in offence for offence in told), told


def test_columns_that_stand_apart_are_found(exhibit: Exhibit) -> None:
    sheet, row, column = place(exhibit, "position.total[explanation]")
    codes = row - len(exhibit.form.tables["position"].lines) - 1

    def change(workbook: object) -> None:
        for one in range(codes, row + 1):
            cell_of(workbook, (sheet, one, column + 3)).value = cell_of(workbook, (sheet, one, column)).value  # type: ignore[arg-type]
            cell_of(workbook, (sheet, one, column)).value = None  # type: ignore[arg-type]

    told = fresh(line_40_side_by_side, edited(exhibit, change), exhibit)
    assert any("columns stand apart" in one for one in told)


def test_a_column_that_no_code_names_is_found(exhibit: Exhibit) -> None:
    strings = exhibit.book.parts["xl/sharedStrings.xml"].replace("<t>POS1VAR</t>", "<t>ELSE</t>")
    broken = replace(exhibit, book=exhibit.book.changed({"xl/sharedStrings.xml": strings}))
    assert any("columns are not found: variance" in one for one in fresh(line_40_side_by_side, broken, exhibit))


def name_elsewhere(exhibit: Exhibit) -> tuple[Exhibit, str]:
    pattern = r'(<definedName name="agency_share">)[^<]*'
    return matched(
        exhibit, "xl/workbook.xml", pattern, r"\g<1>Guidance!$C$60"
    ), "the threshold agency_share is not a named cell on Agency"


def no_name(exhibit: Exhibit) -> tuple[Exhibit, str]:
    pattern = r'<definedName name="agency_share">[^<]*</definedName>'
    return matched(exhibit, "xl/workbook.xml", pattern, ""), "the threshold agency_share is not a named cell on Agency"


def another_threshold(exhibit: Exhibit) -> tuple[Exhibit, str]:
    return on_sheet(exhibit, "Agency", "<v>3.7</v>", "<v>4.7</v>"), "Agency C8 does not show the threshold agency_share of 3.7"


def no_label(exhibit: Exhibit) -> tuple[Exhibit, str]:
    broken = edited(exhibit, lambda workbook: workbook["Agency"]["B8"].__setattr__("value", None))
    return broken, "Agency C8 has no label 'Agency share of total pay, at most' before it"


@pytest.mark.parametrize("spoil", [name_elsewhere, no_name, another_threshold, no_label])
def test_a_threshold_that_the_sheet_does_not_show_is_found(spoil: Spoil, exhibit: Exhibit) -> None:
    broken, said = spoil(exhibit)
    assert said in fresh(line_40_side_by_side, broken, exhibit)
