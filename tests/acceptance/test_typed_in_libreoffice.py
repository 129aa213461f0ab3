"""An issued workbook filled in by LibreOffice: typed or pasted through its protection, saved by it, and read as answered."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.engines.answers import EngineError
from tests.engines.typing.work import Book, Pasted, Typed, work_in_libreoffice
from tests.returns import SYSTEMS, answers, collection, issuable, national, place_of, structural_codes
from workbook_gen.definition.form import FormCell
from workbook_gen.definition.layout import ABOUT, CHECKS, COVER, LABEL_COLUMN, PLAN_DATA, STATUS_ROW, address
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value, day_of, serial
from workbook_gen.desk.check import CheckedReturn, Desk, check_file
from workbook_gen.desk.workspace import Workspace
from workbook_gen.findings import Outcome, State

pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("typed in LibreOffice")]

SMALL = "QSL"
FOREIGN_FORMATS = ("@", "[$£-809]#,##0.00", "0.00E+00", "General", "#,##0;[RED](#,##0)", "YYYY-MM-DD", "0%")
"""Number formats that belong to none of the figures: text, pounds, a power of ten, a day, a hundredfold."""

FOREIGN_FILL = "FFFFC0CB"
"""The fill of what is pasted, which no cell of ours has."""

AS_TYPED: dict[str, float] = {
    "1,234": 1234,
    "£4,200": 4200,
    "-300": -300,
    "300-": -300,
    "(300)": -300,
    "(1300)": -1300,
    "(1,300)": -1300,
    "(£300)": -300,
    " 5": 5,
    "1e3": 1000,
    "12.5": 12.5,
}
"""Ways of typing a number, each allowed, and the number that is meant."""

STOPPED = {
    "number": ("abc", "4.2m", "n/a", "12,5", "1 234", "'12", "5e13"),
    "choice": ("Perhaps",),
    "yesno": ("Perhaps", "1"),
    "date": ("tomorrow", "31/12/1999"),
    "text": ("x" * 2001,),
}
"""What the validation of an input of each type stops."""


def done(workspace: Workspace, folder: Path, code: str, steps: list[Typed | Pasted]) -> tuple[list[str], CheckedReturn]:
    """The steps done in a system's workbook as issued: what their cells then hold, and the saved file as the centre sees it."""
    name = workspace.file_name(code)
    opened = folder / "issued" / name
    opened.parent.mkdir()
    shutil.copy(workspace.issued / name, opened)  # LibreOffice locks what it opens
    book = Book(opened, folder / name, tuple(steps))
    [seen] = work_in_libreoffice([book])
    assert len(seen) == len(steps)
    return seen, check_file(book.save, Desk(collection(), national(), workspace.key()))


def typed(cell: FormCell, value: Value) -> str:
    """An answer as a person types it."""
    if isinstance(value, str):
        return value
    assert value is not None
    return f"{day_of(value):%d/%m/%Y}" if cell.column.type == "date" else f"{value:.15g}"


def typing(code: str) -> Iterator[Typed]:
    """Every answer of a clean return, typed into its cell."""
    for key, value in answers(code).items():
        if value is not None:
            yield Typed(*place_of(code, key), typed(issuable(code).layout.form.cells[key], value))


def pasting(code: str, *, as_text: bool = False) -> Iterator[Pasted]:
    """The answers of a clean return as blocks, each covering inputs and nothing else."""
    layout = issuable(code).layout
    held: dict[tuple[str, int, int], str | float | None] = {
        layout.cells[key]: typed(layout.form.cells[key], value) if as_text and value is not None else value
        for key, value in answers(code).items()
    }
    for sheet, (top, left, bottom, right) in layout.rectangles(answers(code)):
        rows = tuple(tuple(held[sheet, row, column] for column in range(left, right + 1)) for row in range(top, bottom + 1))
        yield Pasted(sheet, address(top, left), rows, FOREIGN_FORMATS)


def read(checked: CheckedReturn, code: str) -> dict[Key, Value]:
    """What the centre has read in every input of a system."""
    return {key: checked.values.get(key) for key in answers(code)}


def inputs_of(kind: str) -> list[Key]:
    """The inputs of a type that the small system is asked."""
    return [cell.key for cell in issuable(SMALL).layout.form.inputs() if cell.column.type == kind]


def asks_nothing(checked: CheckedReturn) -> bool:
    """Whether a return is clean: no fix, no unexplained look, no structural finding."""
    return checked.state in (State.CLEAN, State.EXPLAINED) and structural_codes(checked) == []


@pytest.mark.parametrize("code", SYSTEMS)
def test_a_return_typed_through_the_protection_is_clean(code: str, workspace: Workspace, tmp_path: Path) -> None:
    _, checked = done(workspace, tmp_path, code, list(typing(code)))
    assert read(checked, code) == answers(code)
    assert [finding.message for finding in checked.findings if finding.outcome is not Outcome.EXPLAINED] == []
    assert asks_nothing(checked)


@pytest.mark.parametrize("code", SYSTEMS)
def test_a_return_pasted_with_foreign_formats_is_clean(code: str, workspace: Workspace, tmp_path: Path) -> None:
    steps: list[Typed | Pasted] = list(pasting(code))
    _, checked = done(workspace, tmp_path, code, steps)
    saved = load_workbook(tmp_path / workspace.file_name(code))
    assert {saved[step.sheet][step.cell].fill.start_color.rgb for step in steps} == {FOREIGN_FILL}
    assert read(checked, code) == answers(code)
    assert [finding.message for finding in checked.findings if finding.outcome is not Outcome.EXPLAINED] == []
    assert asks_nothing(checked)


def test_figures_pasted_as_text_are_read_with_a_word(workspace: Workspace, tmp_path: Path) -> None:
    _, checked = done(workspace, tmp_path, SMALL, list(pasting(SMALL, as_text=True)))
    assert read(checked, SMALL) == answers(SMALL)
    figures = [key for key in inputs_of("number") if answers(SMALL)[key] is not None]
    told = [Key(one.table, one.line, one.column) for one in checked.findings if one.code == "STR-402"]
    assert sorted(told) == sorted(figures)
    assert checked.state in (State.CLEAN, State.EXPLAINED)


def test_a_number_is_taken_however_it_is_typed(workspace: Workspace, tmp_path: Path) -> None:
    cells = dict(zip(inputs_of("number")[: len(AS_TYPED)], AS_TYPED.items(), strict=True))
    days = dict(zip(inputs_of("date"), ("20/11/2023", "20 November 2023"), strict=True))
    texts = {key: text for key, (text, _) in cells.items()} | days
    _, checked = done(workspace, tmp_path, SMALL, [Typed(*place_of(SMALL, key), text) for key, text in texts.items()])
    assert {text: checked.values[key] for key, (text, _) in cells.items()} == AS_TYPED
    assert [checked.values[key] for key in days] == [serial(date(2023, 11, 20))] * 2
    assert structural_codes(checked) == []


def locked() -> list[tuple[str, str]]:
    """A locked cell of each kind: prefilled, total, label, status, threshold, and one of each sheet of our own."""
    layout = issuable(SMALL).layout
    table = layout.table("agency")
    places = [
        next(layout.cells[cell.key] for cell in layout.form.cells.values() if cell.role == role)
        for role in ("prefill", "total")
    ]
    sheet = layout.sheet_title("agency")
    places += [(sheet, table.header_row + 1, LABEL_COLUMN), (sheet, STATUS_ROW, 0), layout.settings["agency_share"]]
    places += [(own, row, 0) for own, row in ((COVER, 0), (CHECKS, layout.check_row(0)), (PLAN_DATA, 1), (ABOUT, 0))]
    return [(sheet, address(row, column)) for sheet, row, column in places]


def test_what_is_locked_or_of_another_type_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    overlapping = issuable(SMALL).layout.table("agency").columns["mar"]
    row = issuable(SMALL).layout.table("agency").rows["nursing"]
    steps: list[Typed | Pasted] = [Typed(*place, "987654") for place in locked()]
    for kind, texts in STOPPED.items():
        steps += [Typed(*place_of(SMALL, key), text) for key, text in zip(inputs_of(kind)[: len(texts)], texts, strict=True)]
    steps += [Pasted("Agency", address(row, overlapping), ((1.0, 2.0),), ("General",))]
    taken = inputs_of("number")[-1]
    seen, checked = done(workspace, tmp_path, SMALL, [*steps, Typed(*place_of(SMALL, taken), "987654")])
    assert seen.pop() == "987654"
    assert "987654" not in seen
    assert {key: value for key, value in read(checked, SMALL).items() if value is not None} == {taken: 987654}
    assert structural_codes(checked) == []


def test_what_cannot_be_done_is_an_error(workspace: Workspace, tmp_path: Path) -> None:
    book = Book(tmp_path / "none.xlsx", tmp_path / "saved.xlsx", (Typed("Agency", "D15", "1"),))
    with pytest.raises(EngineError):
        work_in_libreoffice([book])
