"""Random rules: texts of the language, each part of the right kind, over every sort of cell of the trial return."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hypothesis import strategies as st

from tests.engines.trial import Question, ask, trial_form
from workbook_gen.definition.bind import COUNTS, SETTINGS
from workbook_gen.definition.form import FormTable

Texts = st.SearchStrategy[str]

NUMBERS = ("0", "1", "2", "12", "100", "1000", "0.5", "0.01", "0.005", "1.005", "2.675", "0.1", "3.14159", "1250499")
LITERALS = ('"yes"', '"NO"', '"slip"', '"stop"', '"été"', '"low"', '"abc"', '"12,5"', '"5"', "'say \"x\"'", "' low'")
COMPARISONS = ("<", "<=", "==", "!=", ">=", ">")
NEARLY = ("0.004", "0.005", "0.0049", "0.006", "0.01")
DIGITS = ("", ", 0", ", 1", ", 2", ", 3")
DEPTH = 3


@dataclass(frozen=True)
class Stand:
    """Where a rule stands: its table, and the line and month at hand."""

    table: str
    line: str | None
    month: str | None


@dataclass(frozen=True)
class Words:
    """The names that a rule may use where it stands, by what they mean there."""

    numbers: tuple[str, ...]
    number_cells: tuple[str, ...]
    text_cells: tuple[str, ...]
    ranges: tuple[str, ...]


def stands() -> list[Stand]:
    """Places that a rule of the trial return may stand in: every table and line, a month at hand on every other."""
    months = (None, *trial_form().collection.months)
    lines = [(name, line) for name, table in trial_form().tables.items() if table.lines for line in (None, *table.line_by_key)]
    return [Stand(name, line, months[n % len(months)]) for n, (name, line) in enumerate(lines)]


def words_of(stand: Stand) -> Words:
    """The words of a place."""
    form = trial_form()
    names = [*SETTINGS, *(parameter.key for parameter in form.collection.parameters)]
    names += ["direction"] if stand.line else []
    names += [f"{table}[{kind}]" for table in ("table", *form.tables) for kind in COUNTS]
    numbers: list[str] = []
    texts: list[str] = []
    ranges: list[str] = []
    for name, table in form.tables.items():
        prefix = "" if name == stand.table else f"{name}."
        numbers += [prefix + cell for cell in _number_cells(stand, table)]
        texts += [prefix + cell for cell in _text_cells(table)]
        ranges += [prefix + cells for cells in _ranges(stand, table)]
    return Words(tuple(names), tuple(numbers), tuple(texts), tuple(ranges))


def _lines(stand: Stand, table: FormTable) -> Iterator[str]:
    """The lines of a table by name, the line at hand, and the one above it."""
    yield from sorted(table.line_names)
    if stand.line in table.line_by_key:
        yield "line"
    if stand.line in table.line_by_key and table.table.key == stand.table:
        yield "previous"


def _number_cells(stand: Stand, table: FormTable) -> Iterator[str]:
    for line in _lines(stand, table):
        yield from (f"{line}[{column}]" for column in _number_columns(stand, table))
        if stand.month and "months" in table.groups:
            yield f"{line}[month]"


def _number_columns(stand: Stand, table: FormTable) -> list[str]:
    plain = [column.key for column in table.table.columns if column.numeric]
    return plain + [f"{group}, {'month' if stand.month else 'dec'}" for group in table.groups]


def _text_cells(table: FormTable) -> Iterator[str]:
    columns = [column.key for column in table.table.columns if not column.numeric]
    return (f"{line}[{column}]" for line in sorted(table.line_names) for column in columns)


def _ranges(stand: Stand, table: FormTable) -> Iterator[str]:
    columns = [*_number_columns(stand, table), *table.groups]
    yield from (f"{section}[{column}]" for section in table.sections for column in columns)
    yield from (f"{line}[{group}]" for line in _lines(stand, table) for group in table.groups)


def _of(shapes: Sequence[Texts]) -> Texts:
    """One of the shapes, each as often as it is named."""
    return st.sampled_from(shapes).flatmap(lambda shape: shape)


def _shape(pattern: str, *parts: Texts) -> Texts:
    return st.tuples(*parts).map(lambda given: pattern.format(*given))


def _several(parts: Texts, by: str, fewest: int = 1) -> Texts:
    return st.lists(parts, min_size=fewest, max_size=3).map(by.join)


@lru_cache(maxsize=1024)
def numbers(stand: Stand, depth: int) -> Texts:
    """A text that means a number."""
    words = words_of(stand)
    cells = st.sampled_from(words.number_cells)
    leaves = [cells, cells, st.sampled_from(words.numbers), st.sampled_from(NUMBERS)]
    if depth == 0:
        return _of(leaves)
    below = numbers(stand, depth - 1)
    ranges = st.sampled_from(words.ranges)
    any_cells = st.sampled_from(words.number_cells + words.text_cells + words.ranges)
    operators = st.sampled_from("+-*/")
    return _of([
        *leaves,
        *[_shape("{} {} {}", below, operators, below)] * 4,
        _shape("-{}", below),
        _shape("({})", below),
        _shape("abs({})", below),
        _shape("round({}{})", below, st.sampled_from(DIGITS)),
        _shape("iff({}, {}, {})", truths(stand, depth - 1), below, below),
        *[_shape("{}({})", st.sampled_from(("sum", "min", "max")), _several(ranges | below, ", "))] * 2,
        _shape("count_filled({})", _several(any_cells, ", ")),
    ])  # fmt: skip


@lru_cache(maxsize=1024)
def truths(stand: Stand, depth: int) -> Texts:
    """A text that holds or does not."""
    words = words_of(stand)
    number = numbers(stand, max(depth - 1, 0))
    comparisons, equality = st.sampled_from(COMPARISONS), st.sampled_from(("==", "!="))
    leaves = [
        *[_shape("{} {} {}", number, comparisons, number)] * 3,
        _shape("{0} {1} {0} {2} {3}", number, comparisons, st.sampled_from("+-"), st.sampled_from(NEARLY)),
        _shape("{} {} {} {} {}", number, comparisons, number, comparisons, number),
        _shape("{} {} {}", st.sampled_from(words.text_cells), equality, st.sampled_from(LITERALS)),
        _shape("filled({})", st.sampled_from(words.number_cells) | st.sampled_from(words.text_cells)),
        _shape("within({}, {}, {})", number, number, number),
    ]
    if depth == 0:
        return _of(leaves)
    below = truths(stand, depth - 1)
    both, either = _several(below, " and ", fewest=2), _several(below, " or ", fewest=2)
    return _of([*leaves, both, either, both, either, _shape("not {}", below), _shape("({})", below)])


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A rule's check or a total's formula, bound where it stands."""
    stand = draw(st.sampled_from(stands()))
    text = draw(truths(stand, DEPTH) if draw(st.booleans()) else numbers(stand, DEPTH))
    return ask(text, stand.table, stand.line, stand.month)
