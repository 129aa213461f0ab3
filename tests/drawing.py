"""Answers drawn over a clean practice return: odd and legal, each of its own kind, and the return stays clean.

What a rule to fix reads by itself keeps its value, or its sum; a look that then fails is explained.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from workbook_gen.definition.form import Form, FormCell, read_keys
from workbook_gen.definition.nodes import Key, Node
from workbook_gen.definition.practice import Way
from workbook_gen.definition.values import Value, serial
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.practice import explain
from workbook_gen.excel.validation import LIMIT, choices_of

KEPT = {"UEC-004", "ASR-003"}
"""Rules to fix that every answer drawn keeps: per cent lie between 0 and 100, and nobody signs before the issue."""

SUMMED = (
    ("allocation", "opening_lines"),
    ("position", "organisations"),
    ("agency", "groups"),
    ("erf", "organisations"),
    ("income_expenditure", ("pay_substantive", "pay_bank")),
    ("bridge", ("strike_cost", "lost_income", "other_pressures")),
)
"""Lines of which rules to fix read no more than the sum in each column: what one loses another gains."""

FLEXIBILITY = "flexibility"
"""The table of programmes, which asks for words and answers where money is asked for."""

RISKS = "risks"
"""The table of records: each is filled in altogether or not at all."""

LAST_DAY = date(2100, 12, 31)
"""The last day that a date's cell takes."""

LONGEST = 2_000
"""The characters that a text may have."""

TEXTS = (
    "Practice return",
    "=SUM(A1:A3)",
    "+44 20 7946 0000",
    "-",
    "@finance",
    "'quoted' and \"quoted\" and “quoted”",
    "first line\nsecond line\n\nfourth line",
    "  begins and ends with blanks  ",
    "Beds 🛏️ and ambulances 🚑, for 76% of £1,234",
    "<b>&amp;</b> ]]> <!-- -->",
    "_x000D_ and _x0041_",
    "naïve Łódź 東京 עברית",
    "1,234",
    "TRUE",
    "#N/A",
    "01/02/2024",
    "n/a",
    "0",
)
"""Texts as people type and paste them where words belong; all of them are read as they stand."""


@dataclass(frozen=True)
class Drawing:
    """What may be drawn in one system's return."""

    one: Issuable
    free: frozenset[Key]
    summed: tuple[tuple[FormCell, ...], ...]

    @classmethod
    def of(cls, one: Issuable) -> "Drawing":
        """What the rules of this system's return leave free."""
        form, held = one.layout.form, held_by_rules(one)
        free = frozenset(cell.key for cell in form.inputs() if cell.key not in held)
        return cls(one, free, tuple(_summed(form)))

    def over(self, inputs: dict[Key, Value], way: Way, seed: int) -> dict[Key, Value]:
        """A copy of the inputs with answers of our own among them."""
        chance = Random(f"drawing {self.one.system.code} {seed}")
        drawn = dict(inputs)
        for cell in self.one.layout.form.inputs():
            if cell.key in self.free and drawn[cell.key] is not None and (cell.column.type == "date" or chance.random() < 0.4):
                drawn[cell.key] = self._answer(cell, drawn[cell.key], chance)
        for cells in self.summed:
            _shift(cells, drawn, chance)
        self._risk(drawn, chance)
        self._request(drawn, chance)
        explain(self.one, drawn, way)
        for cell in self.one.layout.form.inputs():
            if cell.column.type == "text" and _may_be_text(cell, drawn) and chance.random() < 0.4:
                drawn[cell.key] = _text(chance, cell.column.length)
        return drawn

    def _answer(self, cell: FormCell, before: Value, chance: Random) -> Value:
        match cell.column.type:
            case "number":
                return _number(cell, before, chance)
            case "date":
                return serial(chance.choice(self._days()))
            case "choice" | "yesno":
                return chance.choice(self._options(cell))
            case _:
                return before

    def _days(self) -> tuple[date, ...]:
        """Days on which a return may be signed: at both ends, and between."""
        issued, deadline = self.one.collection.issued, self.one.collection.deadline
        return issued, deadline, issued + (deadline - issued) / 2, LAST_DAY

    def _options(self, cell: FormCell) -> tuple[str, ...]:
        options = choices_of(cell)
        return tuple(one.name for one in self.one.system.organisations) if isinstance(options, str) else options

    def _risk(self, drawn: dict[Key, Value], chance: Random) -> None:
        """Records filled in beyond those of practice, or all left blank."""
        lines = self.one.layout.form.tables[RISKS].lines
        wanted = chance.choice((0, 3, 5, 20))
        for position, line in enumerate(lines[:20]):
            for cell in self.one.layout.form.inputs(RISKS):
                if cell.key.line == line.key:
                    drawn[cell.key] = self._of_risk(cell, chance) if position < wanted else None

    def _request(self, drawn: dict[Key, Value], chance: Random) -> None:
        """Another programme is asked of for what one gives now, within what it has left; the effect is another, too."""
        lines = self.one.layout.form.tables[FLEXIBILITY].sections["programmes"]
        taker = chance.choice(lines)
        has, spent, asked = (Key(FLEXIBILITY, taker, column) for column in ("allocation", "committed", "request"))
        giver = chance.choice([key for line in lines if _figure(drawn[key := Key(FLEXIBILITY, line, "request")])])
        moved = min(_figure(drawn[giver]), int(self.one.prefill[has] - _figure(drawn[spent]) - _figure(drawn[asked])))
        drawn[giver] = _figure(drawn[giver]) - moved
        drawn[asked] = _figure(drawn[asked]) + moved
        for cell in self.one.layout.form.inputs(FLEXIBILITY):
            if cell.key.line == taker and cell.column.type in ("choice", "yesno"):
                drawn[cell.key] = chance.choice(self._options(cell))
        drawn[asked._replace(column="consequence")] = _text(chance, LONGEST)

    def _of_risk(self, cell: FormCell, chance: Random) -> Value:
        match cell.column.type:
            case "number":
                return 0.0 if cell.key.column == "mitigated" else float(chance.randint(1, 900))
            case "text":
                return _text(chance, cell.column.length)
            case _:
                return chance.choice(self._options(cell))


def held_by_rules(one: Issuable) -> set[Key]:
    """The inputs that a rule to fix reads, itself or through totals; counts over a whole table apart."""
    rules = ((one.rule, one.check) for one in one.layout.instances)
    checks = (check for rule, check in rules if rule.severity == "fix" and rule.id not in KEPT)
    return {key for check in checks for key in _read(one.layout.form, check)}


def _read(form: Form, node: Node) -> set[Key]:
    found: set[Key] = set()
    pending: list[Node] = [node]
    while pending:
        for key in set(read_keys(pending.pop())) - found:
            found.add(key)
            formula = form.cells[key].formula
            if formula is not None:
                pending.append(formula)
    return found


def _summed(form: Form) -> Iterator[tuple[FormCell, ...]]:
    """The cells of one column that are only summed, where there are two or more."""
    for name, wanted in SUMMED:
        table = form.tables[name]
        lines = table.sections.get(wanted, ()) if isinstance(wanted, str) else wanted
        columns: dict[str, list[FormCell]] = {}
        for cell in form.inputs(name):
            if cell.key.line in lines and cell.column.type == "number":
                columns.setdefault(cell.key.column, []).append(cell)
        yield from (tuple(cells) for cells in columns.values() if len(cells) > 1)


def _shift(cells: Iterable[FormCell], drawn: dict[Key, Value], chance: Random) -> None:
    """Take from one cell and give to another: all that it has, a part, or a deficit where it may have one."""
    giver, taker = chance.sample(tuple(cells), 2)
    has, holds = _figure(drawn[giver.key]), _figure(drawn[taker.key])
    if giver.sign == taker.sign == "+/-":
        moved = float(chance.choice((0, has, has - 1, 12_345, 9e8)))
    else:
        moved = float(int(has * chance.choice((0, 0.1, 0.5, 1))))
    drawn[giver.key], drawn[taker.key] = has - moved, holds + moved


def _number(cell: FormCell, before: Value, chance: Random) -> float:
    """Zero, the smallest, the largest that the cell takes, or another of its kind."""
    unit = 10.0**-cell.dp
    largest = 100.0 if cell.unit == "%" else LIMIT
    least = 1.0 if cell.unit == "%" else unit
    size = chance.choice(
        (0.0, least, largest, largest - unit, round(max(least, abs(_figure(before)) * chance.uniform(0.2, 3)), cell.dp))
    )
    size = min(size, largest)
    return {"+": size, "-": -size, "+/-": chance.choice((size, -size))}[cell.sign]


def _figure(value: Value) -> float:
    assert isinstance(value, float | int), value
    return value


def _may_be_text(cell: FormCell, drawn: dict[Key, Value]) -> bool:
    """Whether words may stand there: where some do already, and in any box for an explanation."""
    return drawn[cell.key] is not None or cell.key.column == "explanation"


def _text(chance: Random, length: int) -> str:
    """A text, short or as long as there is room for."""
    text = chance.choice(TEXTS)
    if chance.random() < 0.1:
        return (f"{text} " * length)[: length - 1] + "."
    return f"{text} {chance.randint(0, 999)}" if chance.random() < 0.5 else text
