"""Nothing of another system stands in a workbook: no code, no name and no figure, in any part of the package."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import pytest

from tests.shipped import issuable
from tests.workbooks import CODES, TEMPLATE, Book, asked, collection, figures, members, organisations, prefilled
from workbook_gen.checks.run import complete, facts_of, run_rules
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
CODE_LIKE = re.compile(r"\b[A-Z][A-Z0-9]{2}\b")
CELL_ADDRESS = re.compile(r' (?:r|ref|sqref)="[A-Z]+\d+(?:[: ][A-Z]+\d+)*"')
FORMULA = re.compile(r"<f>.*?</f>")
ADDRESS = re.compile(r"\b[A-Z]\d+\b")
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


@dataclass(frozen=True)
class Strangers:
    """Codes and names (small letters) of other systems, their organisations and regions; and the names that are one's own."""

    codes: frozenset[str]
    names: tuple[str, ...]
    own_names: tuple[str, ...]


@lru_cache(maxsize=4)
def strangers(code: str) -> Strangers:
    own, others = members(code), [row for row in organisations() if row["icb_code"] != code]
    codes = values(others, "org_code", "icb_code", "region_code") - values(own, "org_code", "icb_code", "region_code")
    own_names = {name.casefold() for name in values(own, "name", "region_name")}
    names = {name.casefold() for name in values(others, "name", "region_name")} - own_names
    assert min(len(codes), len(names)) > 100
    return Strangers(frozenset(codes), tuple(sorted(names)), tuple(sorted(own_names, key=len, reverse=True)))


def values(rows: list[dict[str, str]], *columns: str) -> set[str]:
    return {row[column] for row in rows for column in columns}


def foreign_names(book: Book, code: str) -> list[str]:
    """Where the code or the name of another system, of its organisations or of another region stands."""
    other = strangers(code)
    found = []
    for part, markup in book.parts.items():
        text = html.unescape(without_addresses(markup)).replace("&&", "&")
        for read in (text, TAG.sub("", text)):
            found += [f"{part}: {hit}" for hit in sorted(other.codes & set(CODE_LIKE.findall(read)))]
            rest = read.casefold()
            for name in other.own_names:
                rest = rest.replace(name, " ")
            found += [f"{part}: {name}" for name in other.names if name in rest]
    return found


def without_addresses(markup: str) -> str:
    """A part without the addresses of its cells, which may look like the code of a region (Y59)."""
    return FORMULA.sub(lambda found: ADDRESS.sub("", found[0]), CELL_ADDRESS.sub(" ", markup))


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
    numbers = chain(totals, counts, map(required.count, set(required)), [len(required), len(given)])
    return frozenset(round(number, 6) for number in chain(numbers, counted(code), settings(), fractions(code)))


def counted(code: str) -> Iterator[float]:
    """How many of the system's figures are illustrative or published; how many rules say what, in all and on each sheet."""
    illustrative = len(issuable(code).illustrative)
    yield from (illustrative, len(prefilled(code)) - illustrative)
    layout = issuable(code).layout
    results = run_rules(layout.instances, facts_of(layout.form, complete(layout.form, issuable(code).prefill)))
    yield from Counter(result.outcome for result in results).values()
    yield from Counter((layout.form.tables[one.instance.table].sheet, one.outcome) for one in results).values()


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
            if not (is_own(number, code) or is_own(-number, code) or number in written_numbers()):
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
