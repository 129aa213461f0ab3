"""LibreOffice, made to recalculate, finds in every formula of every workbook what our engine has written there.

It is fed copies in which every cached value is wrong, so that what it finds is what it has worked out.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from math import isclose
from pathlib import Path

import pytest

from tests.engines.answers import NOT_RECALCULATED
from tests.engines.libreoffice import Cells, libreoffice_values, recalculate_with_libreoffice
from tests.returns import answers, issuable, written
from tests.workbooks import CODES, Book, Value
from workbook_gen.desk.workspace import Workspace
from workbook_gen.excel import formula

STALE = "Not recalculated"
RELATIVE, ABSOLUTE = 1e-9, 1e-6
BATCHES = 2
SMALL = "QSL"
FORMULA_CELL = re.compile(
    r"<c (?P<at>r=\"[A-Z]+\d+\")(?P<style>[^>]*?)(?: t=\"(?P<type>\w+)\")?>(?P<f><f>.*?</f>)<v>(?P<v>.*?)</v></c>"
)

pytestmark = pytest.mark.libreoffice


def with_wrong_values(book: Book) -> Book:
    """A copy in which every formula has a wrong cached value: a number where it is a number, a text where it is a text."""
    changes, count = {}, 0
    for part, text in book.parts.items():
        if part.startswith("xl/worksheets/sheet"):
            changes[part], replaced = FORMULA_CELL.subn(_wrong, text)
            count += replaced
    assert count == sum(text.count("<f>") for text in changes.values()) > 1_000
    return book.changed(changes)


def _wrong(cell: re.Match[str]) -> str:
    kind, value = ('t="str"', STALE) if cell["type"] == "str" else ('t="n"', str(NOT_RECALCULATED))
    return f"<c {cell['at']}{cell['style']} {kind}>{cell['f']}<v>{value}</v></c>"


def formulas(book: Book) -> Iterator[tuple[tuple[str, int, int], Value]]:
    """Every formula's cell, counted from 0, and the value that our engine gave it."""
    for (sheet, row, column), seen in book.cells.items():
        if seen.formula is not None:
            yield (sheet, row - 1, column - 1), seen.value


def differences(book: Book, theirs: Cells) -> list[str]:
    """One sentence for each formula whose value is another in their reading of the workbook."""
    return [
        f"{at[0]} row {at[1] + 1} column {at[2] + 1}: ours {ours!r}, theirs {theirs.get(at)!r}"
        for at, ours in formulas(book)
        if not same(ours, theirs.get(at))
    ]


def same(ours: Value, theirs: Value) -> bool:
    if isinstance(ours, float) and isinstance(theirs, float):
        return isclose(ours, theirs, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    return ours == theirs


def recalculated(files: dict[str, bytes], folder: Path) -> Iterator[tuple[Book, Cells]]:
    """The workbooks, and what LibreOffice finds in copies of them whose cached values are all wrong; one process for all."""
    wrong = [folder / "wrong" / f"{name}.xlsx" for name in files]
    wrong[0].parent.mkdir()
    for path, data in zip(wrong, files.values(), strict=True):
        path.write_bytes(with_wrong_values(Book(data)).data)
    saved = recalculate_with_libreoffice(wrong, folder / "recalculated")
    return ((Book(data), libreoffice_values(path)) for data, path in zip(files.values(), saved, strict=True))


def batch_of(batch: int, workspace: Workspace, practised: dict[int, Path]) -> dict[str, bytes]:
    """Every second system's workbook as issued, and its practice return of each seed."""
    folders = {"issued": workspace.issued, **{f"practice{seed}": folder for seed, folder in practised.items()}}
    return {
        f"{code}_{kind}": (folder / workspace.file_name(code)).read_bytes()
        for code in CODES[batch::BATCHES]
        for kind, folder in folders.items()
    }


@pytest.mark.parametrize(
    "batch", [pytest.param(number, marks=pytest.mark.xdist_group(f"recalculation-{number}")) for number in range(BATCHES)]
)
def test_libreoffice_finds_what_we_have_written(
    batch: int,
    workspace: Workspace,
    practised: dict[int, Path],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    files = batch_of(batch, workspace, practised)
    assert len(files) == len(CODES[batch::BATCHES]) * (1 + len(practised))
    compared, found, words = 0, list[str](), Counter[Value]()
    for book, theirs in recalculated(files, tmp_path):
        found += differences(book, theirs)
        compared += sum(1 for _ in formulas(book))
        words.update(value for (sheet, _, _), value in formulas(book) if sheet == "Checks" and isinstance(value, str))
    record_property("formula cells compared", compared)
    sys.stdout.write(f"{compared:,} formula cells of {len(files)} workbooks compared, {len(found)} differences\n")
    assert found == []
    assert compared > 100_000 / BATCHES
    assert {"Pass", "Fix", "Look", "Note", "Explained", "To do", "Not tested"} <= set(words)


@pytest.fixture
def returned() -> bytes:
    """A completed return of a small system, whose restated beds equal the original plan: the edge of `>=`."""
    return written(issuable(SMALL), answers(SMALL))


def test_wrong_cached_values_are_seen_where_nothing_recalculates(returned: bytes, tmp_path: Path) -> None:
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(with_wrong_values(Book(returned)).data)
    book = Book(returned)
    assert len(differences(book, libreoffice_values(path))) == sum(1 for _ in formulas(book)) > 1_000


def test_an_operator_compiled_wrongly_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, returned: bytes) -> None:
    monkeypatch.setitem(formula._COMPARISONS, ">=", ">")
    spoilt = written(issuable(SMALL), answers(SMALL))
    assert (len(list(formulas(Book(spoilt)))), spoilt == returned) == (len(list(formulas(Book(returned)))), False)
    (right, their_right), (wrong, their_wrong) = recalculated({"right": returned, "wrong": spoilt}, tmp_path)
    assert differences(right, their_right) == []
    assert len(differences(wrong, their_wrong)) > 5
    assert {"Cover", "Checks"} <= {one.split(" row ")[0] for one in differences(wrong, their_wrong)}
