"""Findings as people are told them: grouped by rule and sheet, cells merged, causes first, consequences left out."""

from dataclasses import replace

import pytest

from workbook_gen.catalogue import structural
from workbook_gen.definition.layout import merged
from workbook_gen.desk.grouping import Message, messages
from workbook_gen.findings import Finding, Outcome, Severity, mending


def finding(
    cell: str,
    what: str = "£5k is planned.",
    *,
    code: str = "AGY-007",
    severity: Severity = Severity.LOOK,
    outcome: Outcome = Outcome.FAIL,
    sheet: str = "Agency",
    box: str = "M19",
    follows: str = "",
) -> Finding:
    """A finding at a cell of a sheet."""
    label = f"AGY0500, Administration, {cell}"
    place = f"{sheet} {cell} ({label})"
    cells = (cell,)
    title = "No agency staff in administration"
    return Finding(
        code,
        severity,
        outcome,
        title,
        what,
        "End it, or explain.",
        place,
        box,
        sheet=sheet,
        cells=cells,
        label=label,
        follows=follows,
    )


def only(*findings: Finding) -> Message:
    """The one message that these findings make."""
    (message,) = messages(findings)
    return message


def test_one_finding_is_said_with_its_cell_its_label_and_its_box() -> None:
    message = only(finding("F19"))
    assert message.text == "Agency F19 (AGY0500, Administration, F19): £5k is planned. End it, or explain in M19."
    assert (message.details, message.left_out, message.cells) == ((), (), "F19")


def test_findings_that_say_the_same_are_one_with_their_cells_merged() -> None:
    message = only(finding("F19"), finding("G19"), finding("I19"))
    assert message.text == "Agency F19:G19, I19: £5k is planned. End it, or explain in M19."
    assert message.details == ()
    assert len(message.findings) == 3


def test_findings_with_figures_of_their_own_are_told_apart_below_the_title() -> None:
    message = only(finding("F19"), finding("G19", "£7k is planned.", box="M20"))
    assert message.text == "Agency F19:G19: “No agency staff in administration” fails 2 times. End it, or explain in M19:M20."
    assert message.details == (
        "F19 (AGY0500, Administration, F19): £5k is planned.",
        "G19 (AGY0500, Administration, G19): £7k is planned.",
    )


@pytest.mark.parametrize(
    "other",
    [
        finding("F20", sheet="Position"),
        finding("F20", code="AGY-006"),
        finding("F20", outcome=Outcome.EXPLAINED),
        finding("F20", severity=Severity.NOTE),
    ],
    ids=["sheet", "rule", "outcome", "severity"],
)
def test_another_sheet_rule_outcome_or_weight_is_another_message(other: Finding) -> None:
    assert len(messages([finding("F19"), other])) == 2


def test_an_explained_finding_asks_for_nothing() -> None:
    said = only(finding("F19", outcome=Outcome.EXPLAINED), finding("G19", outcome=Outcome.EXPLAINED))
    assert said.text == "Agency F19:G19: £5k is planned."


def test_the_heaviest_stands_first_and_equals_keep_their_order() -> None:
    found = [
        finding("A1", code="NOT-001", severity=Severity.NOTE),
        finding("A2", code="LOK-001"),
        finding("A3", code="FIX-001", severity=Severity.FIX),
        finding("A4", code="LOK-002"),
    ]
    assert [message.first.code for message in messages(found)] == ["FIX-001", "LOK-001", "LOK-002", "NOT-001"]


def test_what_follows_from_a_cause_is_left_out_and_named_with_it() -> None:
    found = [finding("J36", code="IE-001", follows="IE-002"), finding("G36", code="IE-002")]
    message = only(*found)
    assert (message.first.code, message.left_out) == ("IE-002", ("IE-001",))


def test_findings_about_the_file_are_told_each_by_itself_unless_they_say_the_same() -> None:
    first, second = structural("STR-201", found="a", expected="Agency"), structural("STR-201", found="b", expected="Position")
    assert [message.text for message in messages([first, second])] == [f"{one.message} {one.fix}" for one in (first, second)]
    assert len(messages([first, first])) == 1


def test_no_finding_no_message() -> None:
    assert messages([]) == ()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["F12"], "F12"),
        (["F12", "G12", "H12"], "F12:H12"),
        (["F13", "F12"], "F12:F13"),
        (["F12", "G12", "F13", "G13"], "F12:G13"),
        (["F12", "H12", "F14"], "F12, H12, F14"),
        (["Z9", "AA9", "AB10"], "Z9:AA9, AB10"),
        (["F12", "F12"], "F12"),
        ([], ""),
    ],
)
def test_cells_are_merged_to_as_few_areas_as_they_make(cells: list[str], words: str) -> None:
    assert merged(cells) == words


@pytest.mark.parametrize(
    ("remedy", "box", "said"),
    [
        ("Correct it.", "", "Correct it."),
        ("Lower it, or explain.", "J12", "Lower it, or explain in J12."),
        ("Lower it, or explain why it rises.", "J12", "Lower it, or explain why it rises, in J12."),
        ("Lower it, or explain the rise.", "Risks C40", "Lower it, or explain the rise, in Risks C40."),
    ],
)
def test_the_box_stands_at_the_end_of_what_mends_it(remedy: str, box: str, said: str) -> None:
    assert mending(remedy, box) == said


def test_boxes_on_another_sheet_are_all_named() -> None:
    message = only(finding("F19", "a.", box="Risks M1"), finding("G19", "b.", box="Risks M2"))
    assert message.text.endswith("End it, or explain in Risks M1:M2.")


def test_fixes_with_figures_of_their_own_stand_with_each_cell() -> None:
    message = only(finding("F19", "a."), replace(finding("G19", "b."), remedy="Lower it to £5k, or explain."))
    assert message.text == "Agency F19:G19: “No agency staff in administration” fails 2 times."
    assert [detail.partition(": ")[2] for detail in message.details] == [
        "a. End it, or explain in M19.",
        "b. Lower it to £5k, or explain in M19.",
    ]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.EXPLAINED, "is explained"),
        (Outcome.TO_DO, "is to do"),
        (Outcome.NOT_TESTED, "is not tested"),
        (Outcome.FAIL, "fails"),
    ],
)
def test_a_rule_in_several_cells_says_what_became_of_it(outcome: Outcome, words: str) -> None:
    message = only(finding("F19", "a.", outcome=outcome), finding("G19", "b.", outcome=outcome))
    assert f"“No agency staff in administration” {words} 2 times." in message.text


def test_what_follows_from_a_finding_that_is_not_said_is_said() -> None:
    found = [finding("J36", code="IE-001", follows="IE-002"), finding("G36", code="IE-002", follows="IE-001")]
    assert [message.first.code for message in messages(found)] == ["IE-001", "IE-002"]
