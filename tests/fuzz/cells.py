"""Mutations of cells and rows: what people, programs and bad luck do to them."""

import random
import re
from copy import deepcopy
from xml.etree import ElementTree as ET

from tests.fuzz.package import STRINGS, Opened, pick, q
from tests.fuzz.trees import NASTY

Cell = ET.Element


def _cells(root: ET.Element, inside: str = "") -> list[Cell]:
    """The cells of a sheet, those with an element inside."""
    return [cell for cell in root.iter(q("c")) if not inside or cell.find(q(inside)) is not None]


def _any_cell(file: Opened, rng: random.Random, inside: str = "") -> Cell:
    return pick(rng, _cells(file.any_sheet(rng), inside))


def _inside(cell: Cell, name: str) -> ET.Element:
    found = cell.find(q(name))
    return ET.SubElement(cell, q(name)) if found is None else found


def _digit(file: Opened, rng: random.Random) -> None:
    root = file.any_sheet(rng)
    value = _inside(pick(rng, [cell for cell in _cells(root, "v") if cell.get("t", "n") == "n"]), "v")
    at = pick(rng, [at for at, sign in enumerate(value.text or "") if sign.isdigit()])
    text = value.text or ""
    value.text = text[:at] + rng.choice([one for one in "0123456789" if one != text[at]]) + text[at + 1 :]


def _last_place(file: Opened, rng: random.Random) -> None:
    """The smallest change that a number can have, or one that rounding hides."""
    root = file.any_sheet(rng)
    value = _inside(pick(rng, [cell for cell in _cells(root, "v") if cell.get("t", "n") == "n"]), "v")
    value.text = repr(float(value.text or 0) * (1 + rng.choice((1e-15, 1e-9, 1e-6, -1e-12))) + rng.choice((0, 0.004)))


def _other_text(file: Opened, rng: random.Random) -> None:
    value = _inside(pick(rng, [cell for cell in _cells(file.any_sheet(rng), "v") if cell.get("t") == "s"]), "v")
    value.text = str(rng.randrange(-1, len(file.tree(STRINGS)) + 1))


def _value_lost(file: Opened, rng: random.Random) -> None:
    cell = _any_cell(file, rng, "v")
    cell.remove(_inside(cell, "v"))


def _value_twice(file: Opened, rng: random.Random) -> None:
    cell = _any_cell(file, rng, "v")
    ET.SubElement(cell, q("v")).text = rng.choice(("1", "2", "7.5"))


def _value_typed(file: Opened, rng: random.Random) -> None:
    """Something else typed into the cell."""
    cell = _any_cell(file, rng)
    cell[:] = []
    cell.attrib.pop("t", None)
    typed = rng.choice(("12", "-1.5", "n/a", "", " ", "0", *NASTY))
    if rng.random() < 0.5:
        cell.set("t", rng.choice(("str", "inlineStr")))
    if cell.get("t") == "inlineStr":
        ET.SubElement(ET.SubElement(cell, q("is")), q("t")).text = typed
    else:
        ET.SubElement(cell, q("v")).text = typed


def _formula_edited(file: Opened, rng: random.Random) -> None:
    formula = _inside(_any_cell(file, rng, "f"), "f")
    text = formula.text or ""
    found = pick(rng, list(re.finditer(r"\d+|[A-Z]+|[-+*/<>=,:!\"$ ]", text)))
    formula.text = text[: found.start()] + _instead(found[0], rng) + text[found.end() :]


def _instead(token: str, rng: random.Random) -> str:
    """Another row for a row, column for a column, sign for a sign."""
    if token.isdigit():
        return rng.choice((str(int(token) + 1), str(max(0, int(token) - 1)), "99", token + "0", f"${token}"))
    if token.isalpha():
        return rng.choice((chr(65 + rng.randrange(26)), token.lower(), f"${token}", f"X!{token}", f"_xlfn.{token}"))
    return rng.choice(("+", "-", "*", "/", " ", "", ",", ":", "!", "<", "&"))


def _formula_lost(file: Opened, rng: random.Random) -> None:
    cell = _any_cell(file, rng, "f")
    cell.remove(_inside(cell, "f"))


def _formula_emptied(file: Opened, rng: random.Random) -> None:
    _inside(_any_cell(file, rng, "f"), "f").text = rng.choice((None, "", " "))


def _formula_shared(file: Opened, rng: random.Random) -> None:
    """A formula marked as shared, as a master or as one that follows another."""
    root = file.any_sheet(rng)
    cells = _cells(root, "f")
    one, other = pick(rng, cells), pick(rng, cells)
    master, child = _inside(one, "f"), _inside(other, "f")
    master.attrib |= {"t": "shared", "si": "0", "ref": f"{one.get('r')}:{other.get('r')}"}
    child.attrib |= {"t": rng.choice(("shared", "array", "dataTable")), "si": rng.choice(("0", "1"))}
    if rng.random() < 0.7:
        child.text = None


def _formula_for_a_constant(file: Opened, rng: random.Random) -> None:
    """A formula that gives what stood there."""
    cell = _any_cell(file, rng, "v")
    formula = ET.Element(q("f"))
    formula.text = rng.choice(("A1", "1", '"text"', "SUM(A1:B2)"))
    cell.insert(0, formula)


def _address(file: Opened, rng: random.Random) -> None:
    cell = _any_cell(file, rng)
    letters, digits = re.sub(r"\d", "", cell.get("r", "")), re.sub(r"\D", "", cell.get("r", ""))
    column = chr(65 + rng.randrange(26))
    near = (column + digits, column + "A" + digits, f"{letters}{int(digits) + 1}", letters.lower() + digits)
    cell.set("r", rng.choice(near if rng.random() < 0.7 else NASTY))


def _addresses_lost(file: Opened, rng: random.Random) -> None:
    row = pick(rng, file.any_sheet(rng).iter(q("row")))
    for cell in row:
        cell.attrib.pop("r", None)


def _row_number(file: Opened, rng: random.Random) -> None:
    """One row elsewhere, its cells with it or not."""
    row = pick(rng, file.any_sheet(rng).iter(q("row")))
    near = (str(rng.randrange(1, 200)), str(rng.randrange(200, 1_100_000)))
    row.set("r", rng.choice(near if rng.random() < 0.8 else NASTY))
    if rng.random() < 0.8:
        _renumber(row)


def _renumber(row: ET.Element) -> None:
    for cell in row:
        cell.set("r", re.sub(r"\d", "", cell.get("r", "")) + row.get("r", ""))


def _rows_change_places(file: Opened, rng: random.Random) -> None:
    """Two rows, or what stands in them, with everything in them."""
    data = file.any_sheet(rng).find(q("sheetData"))
    rows = [] if data is None else list(data)
    one, other = pick(rng, rows), pick(rng, rows)
    numbers = one.get("r", ""), other.get("r", "")
    other.attrib["r"], one.attrib["r"] = numbers
    _renumber(one)
    _renumber(other)


def _rows_pushed(file: Opened, rng: random.Random) -> None:
    """Rows inserted, or one deleted; formulas as they were."""
    rows = list(file.any_sheet(rng).iter(q("row")))
    first, by = int(pick(rng, rows).get("r", "1")), rng.choice((1, 2, 5))
    for row in rows:
        if int(row.get("r", "1")) >= first:
            row.set("r", str(int(row.get("r", "1")) + by))
            _renumber(row)


def _cells_change_places(file: Opened, rng: random.Random) -> None:
    cells = _cells(file.any_sheet(rng), "v")
    one, other = pick(rng, cells), pick(rng, cells)
    if rng.random() < 0.5:
        column = re.sub(r"\d", "", one.get("r", ""))
        other = pick(rng, [cell for cell in cells if re.sub(r"\d", "", cell.get("r", "")) == column])
    inside, kinds = (list(one), list(other)), (one.get("t", "n"), other.get("t", "n"))
    one[:], other[:] = inside[1], inside[0]
    one.attrib["t"], other.attrib["t"] = kinds[1], kinds[0]


def _cell_copied(file: Opened, rng: random.Random) -> None:
    """What one cell holds in another too: a code twice, now and then."""
    root = file.any_sheet(rng)
    cells = _cells(root, "v")
    one = pick(rng, [cell for cell in cells if re.sub(r"\d", "", cell.get("r", "")) == "A"] if rng.random() < 0.5 else cells)
    other = pick(rng, _cells(root))
    if other is not one:
        other[:] = [deepcopy(child) for child in one]
        other.attrib["t"] = one.get("t", "n")


def _cell_inserted(file: Opened, rng: random.Random) -> None:
    row = pick(rng, file.any_sheet(rng).iter(q("row")))
    column = rng.choice(("A", "B", "C", "Z", "AB", "XFD", "XFE", "AAAA"))
    cell = ET.SubElement(row, q("c"), {"r": f"{column}{row.get('r')}"})
    ET.SubElement(cell, q("v")).text = rng.choice(("1", "", "x"))


def _cell_lost(file: Opened, rng: random.Random) -> None:
    row = pick(rng, [row for row in file.any_sheet(rng).iter(q("row")) if len(row)])
    row.remove(pick(rng, list(row)))


def _row_lost(file: Opened, rng: random.Random) -> None:
    data = pick(rng, file.any_sheet(rng).iter(q("sheetData")))
    data.remove(pick(rng, list(data)))


def _style(file: Opened, rng: random.Random) -> None:
    _any_cell(file, rng).set("s", rng.choice((str(rng.randrange(120)), *NASTY)))


def _type(file: Opened, rng: random.Random) -> None:
    cell = _any_cell(file, rng, "v")
    cell.set(
        "t", rng.choice([kind for kind in ("n", "s", "str", "b", "e", "d", "inlineStr", "x") if kind != cell.get("t", "n")])
    )


ON_CELLS = {
    "digit of a value": _digit,
    "last place of a value": _last_place,
    "another shared text": _other_text,
    "value lost": _value_lost,
    "value twice": _value_twice,
    "value typed": _value_typed,
    "formula edited": _formula_edited,
    "formula lost": _formula_lost,
    "formula emptied": _formula_emptied,
    "formula shared": _formula_shared,
    "formula for a constant": _formula_for_a_constant,
    "cell's address": _address,
    "cells' addresses lost": _addresses_lost,
    "row's number": _row_number,
    "rows change places": _rows_change_places,
    "rows pushed down": _rows_pushed,
    "cells change places": _cells_change_places,
    "cell copied over another": _cell_copied,
    "cell inserted": _cell_inserted,
    "cell lost": _cell_lost,
    "row lost": _row_lost,
    "cell's style": _style,
    "cell's type": _type,
}
