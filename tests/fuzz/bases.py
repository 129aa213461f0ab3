"""The files that are mutated: workbooks issued and filled in, of the small and the shipped collection, and who checks them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import returns
from tests.collections import winter
from tests.engines.libreoffice import recalculate_with_libreoffice
from tests.fuzz.plain import PlainBook, read_plainly
from workbook_gen.definition.form import FormCell
from workbook_gen.definition.layout import address
from workbook_gen.definition.load_practice import load_practice
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.check import CheckedReturn, Desk
from workbook_gen.desk.practice import fill_in


@dataclass(frozen=True)
class Base:
    """A sound file, the desk that checks it, how it is read plainly and what is said of it."""

    name: str
    data: bytes
    desk: Desk
    issuable: Issuable
    plain: PlainBook
    checked: CheckedReturn

    @cached_property
    def cells(self) -> dict[tuple[str, str], FormCell]:
        """The cells of tables by sheet and address."""
        layout = self.issuable.layout
        return {(sheet, address(row, column)): layout.form.cells[key] for key, (sheet, row, column) in layout.cells.items()}

    @cached_property
    def inputs(self) -> dict[str, list[str]]:
        """The addresses of the inputs on each sheet."""
        found: dict[str, list[str]] = {}
        for (sheet, place), cell in self.cells.items():
            if cell.role == "input":
                found.setdefault(sheet, []).append(place)
        return found

    @property
    def file_name(self) -> str:
        """A name that agrees with the seal."""
        return f"{self.issuable.system.code}_return.xlsx"


def _winter(code: str, way: str | None) -> tuple[bytes, Desk, Issuable]:
    one = winter.issuable(code)
    recipes = load_practice(winter.FOLDER, winter.collection())
    inputs = fill_in(one, recipes, winter.ways()[way], 1) if way else {}
    return returns.written(one, inputs, winter.KEY), _winter_desk(), one


@cache
def _winter_desk() -> Desk:
    return Desk(winter.collection(), winter.national(), winter.KEY)


def _shipped(code: str, way: str | None) -> tuple[bytes, Desk, Issuable]:
    one = returns.issuable(code)
    return returns.completed(code, way) if way else returns.written(one, {}), returns.desk(), one


SMALL: dict[str, tuple[str, str | None]] = {
    "small, as issued": ("SOLE7", None),
    "small, filled in": ("N1B", "clean"),
    "small, to explain": ("N1B", "explained"),
}
SHIPPED: dict[str, tuple[str, str | None]] = {
    "shipped, as issued": ("QUE", None),
    "shipped, filled in": ("QSL", "clean"),
    "shipped, with deficits": ("QSL", "deficit_explained"),
    "shipped, large": ("QYG", "clean"),
}
SAVED = {"small, saved by LibreOffice": "small, filled in", "shipped, saved by LibreOffice": "shipped, filled in"}
"""Files that LibreOffice has opened and saved, and which they were."""


@cache
def base(name: str) -> Base:
    """The file of that name, made once a process."""
    if name in SAVED:
        original = base(SAVED[name])
        return _checked(name, _saved(original), original.desk, original.issuable)
    make: Callable[[str, str | None], tuple[bytes, Desk, Issuable]] = _winter if name in SMALL else _shipped
    data, desk, one = make(*{**SMALL, **SHIPPED}[name])
    return _checked(name, data, desk, one)


def _checked(name: str, data: bytes, desk: Desk, one: Issuable) -> Base:
    checked = returns.check(data, f"{one.system.code}_return.xlsx", desk)
    return Base(name, data, desk, one, read_plainly(data), checked)


def _saved(original: Base) -> bytes:
    with TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / original.file_name
        path.write_bytes(original.data)
        saved = Path(folder) / "saved"
        saved.mkdir()
        (done,) = recalculate_with_libreoffice([path], saved)
        return done.read_bytes()
