"""One worksheet in one streaming pass: every cell's value, formula and lock, and what the sheet says beside its cells."""

from dataclasses import dataclass

from workbook_gen.excel.beside import BESIDE, Beside
from workbook_gen.excel.book import MAXIMUM_FORMULA, Book, Formulas, Unreadable, number
from workbook_gen.excel.cells import Cells, Scanned
from workbook_gen.excel.markup import MainNames, check_depth, truth, whole_number
from workbook_gen.excel.members import Members
from workbook_gen.excel.plain import NotPlain, split_part, take_cells
from workbook_gen.excel.plain_cells import read_cells
from workbook_gen.excel.refusal import PackageRefused, damaged, too_large
from workbook_gen.excel.shared import LAST_COLUMN, LAST_ROW, column_letters, column_number
from workbook_gen.excel.strings import check_length, counted

_IN_A_ROW = 3
"""How many elements are open around a cell: the worksheet, its data and its row."""
_AROUND = ("c", "row", "sheetData")
_TEXTS = ("v", "f", "t")
MAXIMUM_INSIDE = 100_000
"""Elements inside one cell: a text of 32,767 characters, each in a font of its own, would have more."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a worksheet part holds: its cells, hidden rows and columns by number, areas merged."""

    cells: Cells
    protected: bool
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[str, ...] = ()


class _Columns(dict[str, int]):
    """The number of each column met, by its letters; 0 for what is none."""

    def __missing__(self, letters: str) -> int:
        sound = letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= 3
        number = column_number(letters) if sound else 0
        self[letters] = number if number <= LAST_COLUMN else 0
        return self[letters]


class _Pass:
    """The pass over one sheet: called by expat several times a cell, so the common cases come first."""

    def __init__(self, sheet: str, book: Book) -> None:
        self.sheet, self.book = sheet, book
        self.unlocked = book.unlocked
        self.kinds = MainNames()
        self.columns = _Columns()
        self.formulas = Formulas(book.room)
        self.beside = Beside(sheet, book.room)
        self.cells = Cells()
        self.cells_left = book.room.cells.limit - book.room.cells.met
        self.filled = self.row = self.column = self.depth = self.inside = 0
        self.filled_left = book.room.filled.limit - book.room.filled.met
        self.row_text = "0"
        self.cell: dict[str, str] | None = None
        self.formula_attributes: dict[str, str] = {}
        self.formula: str | None = None
        self.value: str | None = None
        self.phonetic = self.inside_text = self.has_table = self.in_table = self.in_row = False
        self.runs: list[str] = []
        self.pieces: list[str] = []
        self.text = self.pieces.append

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = self.kinds[name]
        if self.cell is not None:
            self.begin_inside(kind, attributes)
        elif kind == "c":
            if not self.in_row or self.depth != _IN_A_ROW:
                raise damaged(f"the sheet '{self.sheet}' has a cell outside its rows")
            self.cell = attributes
            self.column = self.place(attributes["r"]) if "r" in attributes else self.column + 1
        else:
            self.depth += 1
            check_depth(self.depth)
            if kind == "row":
                self.begin_row(attributes)
            elif kind == "sheetData":
                self.begin_table()
            elif kind in BESIDE:
                self.beside.meet(kind, attributes)

    def end(self, name: str) -> None:
        if self.cell is None:
            self.depth -= 1
            self.in_row = self.in_row and self.depth >= _IN_A_ROW
            self.in_table = self.in_table and self.depth >= _IN_A_ROW - 1
            return
        kind = self.kinds[name]
        self.inside_text = False
        if kind == "c":
            self.end_cell(self.cell)
        elif kind == "v":
            if self.value is not None:
                raise self.strange("holds two values")
            self.value = "".join(self.pieces)
        elif kind == "f":
            if self.formula is not None:
                raise self.strange("holds two formulas")
            self.end_formula("".join(self.pieces))
        elif kind == "t" and not self.phonetic:
            self.runs += self.pieces
        elif kind == "rPh":
            self.phonetic = False

    def pause(self) -> None:
        """Text between cells is nothing to keep, and what one cell holds must come to an end."""
        if self.cell is None:
            self.pieces.clear()
        check_length(self.pieces)
        check_length(self.runs)
        self.check_room()

    def begin_inside(self, kind: str, attributes: dict[str, str]) -> None:
        if self.inside_text:
            raise self.strange("holds something inside a value")
        self.pieces.clear()
        self.inside += 1
        self.inside_text = kind in _TEXTS
        if kind == "f":
            self.formula_attributes = attributes
        elif kind == "rPh":
            self.phonetic = True
        elif kind in _AROUND:
            raise self.strange("has a cell or a row inside")
        elif self.inside > MAXIMUM_INSIDE:
            raise too_large(self.inside, MAXIMUM_INSIDE, "elements in one cell")

    def begin_table(self) -> None:
        """The table of cells: one, right below the worksheet; Excel looks for rows nowhere else."""
        if self.has_table or self.depth != _IN_A_ROW - 1:
            raise damaged(f"the sheet '{self.sheet}' has a second table of cells, or one in the wrong place")
        self.has_table = self.in_table = True

    def begin_row(self, attributes: dict[str, str]) -> None:
        if not self.in_table or self.depth != _IN_A_ROW:
            raise damaged(f"the sheet '{self.sheet}' has a row outside its table of cells")
        self.in_row = True
        given = attributes.get("r")
        self.row = self.row + 1 if given is None else self.row_number(given)
        self.column = 0
        self.row_text = str(self.row)
        if not 1 <= self.row <= LAST_ROW:
            raise damaged(f"the sheet '{self.sheet}' has a row {self.row:,}; a sheet ends at {LAST_ROW:,}")
        if truth(attributes.get("hidden")):
            self.beside.hide_row(self.row)
        if len(self.cells) > self.cells_left or self.filled > self.filled_left:
            self.check_room()

    def check_room(self) -> None:
        """PackageRefused where this sheet's cells no longer fit in what is left."""
        room = self.book.room
        for count, met in ((room.cells, len(self.cells)), (room.filled, self.filled)):
            if met > count.limit - count.met:
                raise too_large(count.met + met, count.limit, count.what)

    def row_number(self, text: str) -> int:
        number = whole_number(text)
        if number is None:
            raise damaged(f"the sheet '{self.sheet}' has a row '{text[:20]}'")
        return number

    def place(self, address: str) -> int:
        """The column of an address, which must stand in the row at hand."""
        letters = address[: -len(self.row_text)]
        column = self.columns[letters]
        if not column or not address.endswith(self.row_text):
            raise damaged(f"the sheet '{self.sheet}' has a cell {address[:20]} in row {self.row:,}")
        return column

    def end_formula(self, text: str) -> None:
        formula = self.formulas.read(self.formula_attributes, text, self.row, self.column)
        length = max(len(text), len(formula))
        if length > MAXIMUM_FORMULA:
            raise self.strange(f"has a formula of {length:,} characters; Excel's longest has {MAXIMUM_FORMULA:,}")
        self.formula = formula

    def end_cell(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("t", "n")
        value: Scanned = None
        if kind == "inlineStr":
            value = counted("".join(self.runs), self.book.room)
        elif self.value is not None:
            try:
                value = number(self.value) if kind == "n" else self.book.value(kind, self.value)
            except Unreadable as error:
                raise self.strange(str(error)) from error
        place = (self.row, self.column)
        if place in self.cells.held or self.column > LAST_COLUMN or not self.row:
            raise self.strange("stands twice or outside the sheet")
        self.cells.held[place] = value
        if self.formula is not None:
            self.cells.formulas[place] = self.formula
        if attributes.get("s", "0") in self.unlocked:
            self.cells.unlocked.add(place)
        self.filled += value is not None or self.formula is not None
        self.cell = self.formula = self.value = None
        self.inside = 0
        if self.runs:
            self.runs.clear()

    def strange(self, what: str) -> PackageRefused:
        """The refusal that names the cell at hand."""
        address = f"{column_letters(self.column)}{self.row}" if self.row else "at the top"
        return damaged(f"the sheet '{self.sheet}', {address}, {what}")


def _plainly(sheet: str, members: Members, part: str, book: Book) -> _Pass:
    """The pass over a short part in which every cell is plain: it meets rows without cells. Raises `NotPlain`."""
    if book.room.counted:
        raise NotPlain
    written = split_part(members.read(part), b"sheetData")
    rest, cells = take_cells(written.content)
    reading = _Pass(sheet, book)
    reading.cells = read_cells(cells, book, reading.formulas)
    reading.filled = reading.cells.filled
    members.parse(part, reading, written.around(rest))
    if not reading.has_table:
        raise NotPlain
    return reading


def scan_worksheet(sheet: str, members: Members, part: str, book: Book) -> Contents:
    """Read a worksheet part. PackageRefused where it is damaged or passes a bound; `<dimension>` is not read."""
    met = book.room.met()
    try:
        reading = _plainly(sheet, members, part, book)
    except (NotPlain, PackageRefused):  # read from the beginning, so that what is refused is told as ever
        book.room.go_back(met)
        reading = _Pass(sheet, book)
        members.parse(part, reading)
    beside = reading.beside
    if not beside.recognised:
        raise damaged(f"the sheet '{sheet}' is no worksheet inside")
    book.room.cells.add(len(reading.cells))
    book.room.filled.add(reading.filled)
    return Contents(
        cells=reading.cells,
        protected=beside.protected,
        hidden_rows=frozenset(beside.hidden_rows),
        hidden_columns=frozenset(beside.hidden_columns),
        merged=tuple(beside.merged),
    )
