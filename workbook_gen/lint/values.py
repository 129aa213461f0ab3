"""The values that stand in a workbook beside its formulas: no error among them, and those that the engines find."""

from collections.abc import Iterator

from workbook_gen.definition.rounding import round_half_away
from workbook_gen.definition.values import CellError
from workbook_gen.findings import Outcome
from workbook_gen.lint.addresses import at, formulas
from workbook_gen.lint.book import MAIN
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.rows import check_rows, expected_word
from workbook_gen.lint.verdict import NotTested

NEAR = 0.005
"""How far two engines may differ in a number."""

_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA")


def line_23_no_error(exhibit: Exhibit) -> Iterator[str]:
    """No cell holds an error or refers to one, as the file stands and (with a second engine) once it is recalculated."""
    book = exhibit.book
    for place, seen in book.cells.items():
        if seen.value in _ERRORS:
            yield f"{at(place)} holds {seen.value}"
        yield from (f"{at(place)} refers to {error}" for error in _ERRORS if error in (seen.formula or ""))
    for name in book.trees["xl/workbook.xml"].iter(f"{MAIN}definedName"):
        yield from (f"the defined name {name.get('name')} refers to {error}" for error in _ERRORS if error in (name.text or ""))
    for place, value in (exhibit.recalculated or {}).items():
        if isinstance(value, CellError) or value in _ERRORS:
            yield f"{at(place)} is {value} once recalculated"
    if all(seen.value is None for seen in book.cells.values()):
        yield "the workbook holds no value"


def line_24_values_agree(exhibit: Exhibit) -> Iterator[str]:
    """Totals and the figures of Checks are those of our engine, and every formula's value is that of the second engine.

    Numbers to 0.005, texts exactly; an empty text is as good as none.
    """
    ours = [*_totals(exhibit), *_checks(exhibit)]
    yield from ours
    if exhibit.recalculated is not None:
        yield from _second(exhibit)
    elif not ours:
        raise NotTested("There is no second engine: LibreOffice is needed (Debian: apt-get install libreoffice-calc).")


def _totals(exhibit: Exhibit) -> Iterator[str]:
    found = exhibit.found
    totals = [key for key, cell in exhibit.form.cells.items() if cell.role == "total"]
    for key in totals:
        if key not in found:
            yield f"the total {key} is not found by its codes"
            continue
        seen = exhibit.book.cells[found[key]]
        if seen.formula is None:
            yield f"{at(found[key])} is a total without a formula"
        elif not _alike(seen.value, exhibit.values.get(key)):
            yield f"{at(found[key])} holds {seen.value!r}; our engine finds {exhibit.values.get(key)!r}"


def _checks(exhibit: Exhibit) -> Iterator[str]:
    rows = check_rows(exhibit.book)
    if not rows or len(rows) != len(exhibit.results):
        yield f"Checks has {len(rows)} rows for {len(exhibit.results)} results"
        return
    for row, result in zip(rows, exhibit.results, strict=True):
        untold = result.outcome in (Outcome.TO_DO, Outcome.NOT_TESTED)
        found, expected = (None, None) if untold else (result.found, result.expected)
        difference = None if found is None or expected is None else round_half_away(found - expected, 2)
        ours = {"Result": expected_word(result), "Found": found, "Expected": expected, "Difference": difference}
        for heading, value in ours.items():
            if not _alike(row.values[heading], value):
                yield f"{at(row.places[heading])} holds {row.values[heading]!r}; our engine finds {value!r}"


def _second(exhibit: Exhibit) -> Iterator[str]:
    if not exhibit.recalculated:
        yield "the second engine could not open the workbook"
        return
    count = 0
    for place, _ in formulas(exhibit.book):
        count += 1
        held, found = exhibit.book.cells[place].value, exhibit.recalculated.get(place)
        if not _alike(held, found):
            yield f"{at(place)} holds {held!r}; the second engine finds {found!r}"
    if not count:
        yield "no sheet holds a formula"


def _alike(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= NEAR
    if one in (None, "") or other in (None, ""):
        return one in (None, "") and other in (None, "")
    return isinstance(one, bool) == isinstance(other, bool) and one == other


LINES = (
    Line(23, "No error value stands anywhere in an untouched workbook", line_23_no_error),
    Line(24, "The value of every formula is that of our engine and of a second one, to 0.005", line_24_values_agree),
)
