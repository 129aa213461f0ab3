"""Nothing of another system stands in a workbook: no code, no name and no figure, in any part of the package."""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

import pytest

from tests.shipped import issuable
from tests.workbooks import CODES, TEMPLATE, Book, asked, collection, figures, members, organisations, prefilled
from workbook_gen.checks.run import complete
from workbook_gen.definition.calendar import month_date
from workbook_gen.definition.values import serial

SMALL = 100.0
"""Whole numbers from 0 to this are anyone's."""
CONSTANTS = {1000.0, 1440.0}
"""Numbers that formulas may hold beside the small ones."""

TAG = re.compile(r"<[^>]*>")
NUMBER = re.compile(r"(?<![\w.#$])\d[\d,]*(?:\.\d+)?(?!\w)")
LITERAL = re.compile(r"(?<![\w$.])\d+(?:\.\d+)?(?![\w(!])")
QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'!')
WORDS = re.compile(r"sharedStrings|charts/chart|docProps/")
"""Parts whose every text is shown to somebody; of a worksheet these are the footers, prompts and links."""
SHOWN = re.compile(
    r"<(?:odd|even|first)(?:Header|Footer)>.*?<|(?:prompt|promptTitle|error|errorTitle|tooltip|display)=\"[^\"]*\""
)


def test_nothing_of_another_system_stands_in_any_part(book: Book, code: str) -> None:
    assert len(book.parts) > 30
    assert {name for name in book.parts if not name.endswith((".xml", ".rels"))} == set()
    assert foreign_names(book, code) == []
    assert list(foreign_cells(book, code)) == []
    assert list(foreign_texts(book, code)) == []


@lru_cache(maxsize=4)
def others(code: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Codes and names of other systems and their regions, and the names that are this system's own."""
    own = members(code)
    strangers = [row for row in organisations() if row["icb_code"] != code]
    own_codes = {row[key] for row in own for key in ("org_code", "icb_code", "region_code")}
    codes = {row[key] for row in strangers for key in ("org_code", "icb_code", "region_code")} - own_codes
    own_names = {row[key] for row in own for key in ("name", "region_name")}
    names = {row[key] for row in strangers for key in ("name", "region_name")} - own_names
    assert len(codes) > len(names) > 100
    longest = sorted(own_names, key=len, reverse=True)
    return (
        re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(codes)))})\b"),
        re.compile("|".join(map(re.escape, sorted(names))), re.IGNORECASE),
        re.compile("|".join(map(re.escape, longest)), re.IGNORECASE),
    )


def foreign_names(book: Book, code: str) -> list[str]:
    """Where the code or the name of another system, of its organisations or of another region stands."""
    codes, names, own = others(code)
    found = []
    for part, markup in book.parts.items():
        text = html.unescape(markup).replace("&&", "&")
        for read in (text, TAG.sub("", text)):
            rest = own.sub(" ", read)
            found += [f"{part}: {hit}" for hit in (*codes.findall(rest), *names.findall(rest))]
    return found


@lru_cache(maxsize=4)
def own_numbers(code: str) -> frozenset[float]:
    """Every number above 100 that a workbook may show: the system's figures, their totals, thresholds, dates and counts."""
    form = issuable(code).layout.form
    places = {(cell.key.table, cell.line.sub_code, cell.column.code): key for key, cell in form.cells.items()}
    codes = {table.code: key for key, table in ((name, one.table) for name, one in form.tables.items())}
    given = {places[codes[at.table], at.sub, at.main.removeprefix(at.table)]: value for at, value in prefilled(code).items()}
    totals = [value for value in complete(form, given).values() if isinstance(value, float)]
    required = [at.table for at, column in asked(code).items() if not column.optional]
    sheets = [[table.code for table in sheet.tables] for sheet in collection().sheets]
    counts = [sum(required.count(one) for one in sheet) for sheet in sheets]
    numbers = chain(totals, counts, map(required.count, set(required)), [len(required), len(given)], *statuses(code))
    return frozenset(round(number, 6) for number in chain(numbers, settings(), fractions(code)))


def statuses(code: str) -> Iterator[list[float]]:
    """How many of the system's figures are illustrative, and how many published."""
    illustrative = len(issuable(code).illustrative)
    yield [illustrative, len(prefilled(code)) - illustrative]


def settings() -> Iterator[float]:
    """Thresholds, and the dates of the collection as serial days."""
    yield from (parameter.value for parameter in collection().parameters)
    yield from (serial(day) for day in (collection().issued, collection().deadline))
    for month in (collection().actual_to, *collection().months):
        yield serial(month_date(collection().year_start, month))


def fractions(code: str) -> Iterator[float]:
    """The system's figures as PlanData holds percentages and minutes; they are small, but not whole."""
    yield from (figure / divisor for figure in prefilled(code).values() for divisor in (100, 1440))
    attendances = figures("ae_actual")
    own = [attendances[row["org_code"]] for row in members(code) if row["org_code"] in attendances]
    yield from (row["within_4h"] / row["attendances"] for row in own)


def is_own(number: float, code: str) -> bool:
    return (0 <= number <= SMALL and number.is_integer()) or round(number, 6) in own_numbers(code)


def foreign_cells(book: Book, code: str) -> Iterator[str]:
    """Cells whose number is nobody's in this workbook, and formulas with a constant of their own."""
    for (sheet, _, _), seen in book.cells.items():
        place = f"{sheet}!{seen.cell.coordinate}"
        if isinstance(seen.value, float) and not is_own(seen.value, code):
            yield f"{place} holds {seen.value}"
        for literal in LITERAL.findall(QUOTED.sub("", seen.formula or "")):
            if float(literal) > SMALL and float(literal) not in CONSTANTS:
                yield f"{place} reckons with {literal}"


@lru_cache(maxsize=1)
def written_numbers() -> frozenset[float]:
    """Every number that stands in the text of the definition, and the years of its months."""
    texts = [path.read_text(encoding="utf-8") for path in (*TEMPLATE.glob("*.toml"), *TEMPLATE.glob("*/*.toml"))]
    texts += [path.read_text(encoding="utf-8") for path in TEMPLATE.glob("lines/*.csv")]
    years = [collection().year_start.year, collection().year_start.year + 1]
    return frozenset(chain((as_number(text) for one in texts for text in NUMBER.findall(one)), years))


def as_number(text: str) -> float:
    return float(text.replace(",", ""))


def foreign_texts(book: Book, code: str) -> Iterator[str]:
    """Numbers in texts, charts, properties, defined names, footers, prompts and links that are not this system's."""
    for part, markup in book.parts.items():
        if WORDS.search(part):
            text = TAG.sub(" ", markup)
        elif part == "xl/workbook.xml":
            text = TAG.sub(" ", "".join(re.findall(r"<definedName .*?</definedName>", markup)))
        else:
            text = " ".join(SHOWN.findall(markup)) if "worksheets/sheet" in part else ""
        for token in NUMBER.findall(html.unescape(text)):
            number = as_number(token)
            if not is_own(number, code) and number not in written_numbers():
                yield f"{part}: {token}"


STRANGER = next(row for row in organisations() if row["icb_code"] == CODES[1] and row["kind"] == "provider")
FIGURE = next(figure for row in figures("income_expenditure_plan").items() if row[0] == CODES[1] for figure in row[1].values())


@pytest.mark.parametrize("planted", [STRANGER["org_code"], STRANGER["name"], CODES[1], f"{FIGURE:,.0f}"])
@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/sharedStrings.xml", "</t>", " {}</t>"),
        ("xl/workbook.xml", "</definedName>", " {}</definedName>"),
        ("docProps/core.xml", "</dc:subject>", " {}</dc:subject>"),
        ("docProps/custom.xml", "</vt:lpwstr>", " {}</vt:lpwstr>"),
        ("xl/charts/chart1.xml", "<c:v>", "<c:v>{} "),
        ("xl/worksheets/sheet4.xml", "</oddFooter>", " {}</oddFooter>"),
        ("xl/worksheets/sheet4.xml", ' prompt="', ' prompt="{} '),
        ("xl/worksheets/sheet1.xml", ' display="', ' display="{} '),
    ],
)
def test_a_code_a_name_or_a_figure_planted_in_a_part_is_found(
    sample: Book, part: str, old: str, new: str, planted: str
) -> None:
    spoilt = sample.replaced(part, old, new.format(html.escape(planted)))
    assert [*foreign_names(spoilt, CODES[0]), *foreign_texts(spoilt, CODES[0])] != []


@pytest.mark.parametrize("number", [FIGURE, figures("position")[CODES[1]]["ytd"]])
def test_a_figure_planted_in_a_cell_or_a_formula_is_found(sample: Book, number: float) -> None:
    at = sample.coded[next(iter(prefilled(CODES[0])))]
    part, own = sample.part_of(at[0]), sample.cells[at].value
    assert isinstance(own, float)
    in_cell = sample.replaced(part, f"<v>{own:.0f}</v>", f"<v>{number}</v>")
    assert list(foreign_cells(in_cell, CODES[0])) == [f"{at[0]}!{in_cell.cells[at].cell.coordinate} holds {number}"]
    in_formula = sample.replaced(part, "<f>SUM(", f"<f>{abs(number):.0f}+SUM(")
    assert len(list(foreign_cells(in_formula, CODES[0]))) == 1
