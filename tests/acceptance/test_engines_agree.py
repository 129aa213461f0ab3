"""LibreOffice, made to recalculate, finds in every formula of every workbook what our engine has written there.

It is fed copies in which every cached value is wrong, so that what it finds is what it has worked out.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from math import isclose
from pathlib import Path

import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from tests.engines.answers import NOT_RECALCULATED
from tests.engines.libreoffice import Cells, libreoffice_values, recalculate_with_libreoffice
from tests.returns import answers, issuable, written
from tests.workbooks import CODES, Book, Value, plain
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import serial
from workbook_gen.desk.workspace import Workspace
from workbook_gen.excel import formula

STALE = "Not recalculated"
RELATIVE, ABSOLUTE = 1e-9, 1e-6
BATCHES = 2
SMALL = "QSL"
FORMULA_CELL = re.compile(
    r"<c r=\"(?P<at>[A-Z]+\d+)\"(?P<style>[^>]*?)(?: t=\"(?P<type>\w+)\")?>(?P<f><f>.*?</f>)<v>(?P<v>.*?)</v></c>"
)

pytestmark = pytest.mark.libreoffice


def with_wrong_values(book: Book) -> Book:
    """A copy in which every formula has a wrong cached value: a number where it is a number, a text where it is a text."""
    changes, count = {}, 0
    for part in parts_of_sheets(book).values():
        changes[part], replaced = FORMULA_CELL.subn(_wrong, book.parts[part])
        count += replaced
    assert count == how_many_formulas(book)
    return book.changed(changes)


def parts_of_sheets(book: Book) -> dict[str, str]:
    """The part of each worksheet by its name; they are numbered in the order of the tabs."""
    names = re.findall(r'<sheet name="([^"]*)"', book.parts["xl/workbook.xml"])
    return {html.unescape(name): f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names, 1)}


def how_many_formulas(book: Book) -> int:
    count = sum(text.count("<f>") + text.count("<f ") for text in book.parts.values())
    assert count > 1_000
    return count


def _wrong(cell: re.Match[str]) -> str:
    kind, value = ('t="str"', STALE) if cell["type"] == "str" else ('t="n"', str(NOT_RECALCULATED))
    return f'<c r="{cell["at"]}"{cell["style"]} {kind}>{cell["f"]}<v>{value}</v></c>'


def formulas(book: Book) -> dict[tuple[str, int, int], Value]:
    """Every formula's cell, counted from 0, and the value that our engine gave it, as they stand in the sheet's part."""
    found: dict[tuple[str, int, int], Value] = {}
    for sheet, part in parts_of_sheets(book).items():
        for cell in FORMULA_CELL.finditer(book.parts[part]):
            row, column = coordinate_to_tuple(cell["at"])
            text = html.unescape(cell["v"])
            found[sheet, row - 1, column - 1] = plain(float(text) if text and cell["type"] is None else text)
    assert len(found) == how_many_formulas(book)
    return found


def differences(book: Book, theirs: Cells) -> list[str]:
    """One sentence for each formula whose value is another in their reading of the workbook."""
    return [
        f"{at[0]} row {at[1] + 1} column {at[2] + 1}: ours {ours!r}, theirs {theirs.get(at)!r}"
        for at, ours in formulas(book).items()
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


def odd_return() -> bytes:
    """A return with what no practice return holds: signed late, a wrong sign, half a thousand, a word, nothing but spaces."""
    one = issuable(SMALL)
    odd: dict[Key, float | str] = {
        Key("signoff", "chief_executive", "date"): serial(one.collection.deadline) + 30,
        Key("bridge", "strike_cost", "value"): 5.0,
        Key("bridge", "inflation", "value"): -1.5,
        Key("agency_control", "off_framework", "mar"): "twelve",
        Key("allocation", "covid", "ledger"): 1.0,
        Key("allocation", "covid", "explanation"): "   ",
    }
    assert set(odd) <= set(answers(SMALL))
    return written(one, {**answers(SMALL), **odd})


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
    compared, blank, found, words = 0, 0, list[str](), Counter[Value]()
    files |= {"odd": odd_return()}
    for book, theirs in recalculated(files, tmp_path):
        found += differences(book, theirs)
        ours = formulas(book)
        compared += sum(value is not None for value in ours.values())
        blank += sum(value is None for value in ours.values())
        words.update(value for (sheet, _, _), value in ours.items() if sheet == "Checks" and isinstance(value, str))
    told = (
        f"{compared:,} formula cells with a value and {blank:,} without one in {len(files)} workbooks, {len(found)} differences"
    )
    record_property(f"LibreOffice, batch {batch + 1}", told)
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
    assert len(differences(book, libreoffice_values(path))) == len(formulas(book))


def test_an_operator_compiled_wrongly_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, returned: bytes) -> None:
    monkeypatch.setitem(formula._COMPARISONS, ">=", ">")
    spoilt = written(issuable(SMALL), answers(SMALL))
    assert formulas(Book(spoilt)) == formulas(Book(returned))
    assert spoilt != returned
    (right, their_right), (wrong, their_wrong) = recalculated({"right": returned, "wrong": spoilt}, tmp_path)
    assert differences(right, their_right) == []
    assert len(differences(wrong, their_wrong)) > 5
    assert {"Cover", "Checks"} <= {one.split(" row ")[0] for one in differences(wrong, their_wrong)}
