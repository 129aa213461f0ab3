"""Completed returns for training and demonstration: seeded, plausible, and wrong in the ways that returns go wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from random import Random

from workbook_gen.checks.evaluate import Facts, Undefined, number
from workbook_gen.checks.run import complete, facts_of, run_rules, settings_of
from workbook_gen.definition.form import FormCell, read_keys
from workbook_gen.definition.nodes import Key, Node
from workbook_gen.definition.practice import Practice, Recipe, Way, bound_value, cells_of
from workbook_gen.definition.rounding import round_half_away
from workbook_gen.definition.values import Value, serial
from workbook_gen.desk.assemble import Issuable
from workbook_gen.excel.validation import choices_of
from workbook_gen.findings import Outcome

PLAIN_TEXT = "Practice return"


@dataclass(frozen=True, slots=True)
class _Fill:
    """What one input is to hold."""

    cell: FormCell
    recipe: Recipe
    value: Node | None


def choose_ways(practice: Practice, codes: tuple[str, ...], seed: int) -> dict[str, Way]:
    """A way for each organisation, every way about as often as its weight says; the seed decides who gets which."""
    chance = Random(f"ways {seed}")
    lots = [way for way in practice.ways for _ in range(way.weight)]
    if len(codes) < len(lots):
        chance.shuffle(lots)
    dealt = [lots[position % len(lots)] for position in range(len(codes))]
    chance.shuffle(dealt)
    return dict(zip(codes, dealt, strict=True))


@dataclass(frozen=True, slots=True)
class Plan:
    """How one system's return is filled in in one way: what each input is to hold, and all that is worked out, in order."""

    issuable: Issuable
    way: Way
    fills: Mapping[Key, _Fill]
    order: tuple[Key, ...]

    @classmethod
    def of(cls, issuable: Issuable, practice: Practice, way: Way) -> "Plan":
        """The plan, which is the same for every seed."""
        fills = _fills(issuable, practice, way)
        return cls(issuable, way, fills, _order(issuable, fills))

    def fill_in(self, seed: int) -> dict[Key, Value]:
        """The inputs: recipes in dependency order, then explanations, then what the way leaves blank."""
        form = self.issuable.layout.form
        known: dict[Key, Value] = dict(self.issuable.prefill)
        facts = Facts(known, settings_of(form.collection), {})
        for key in self.order:
            if key in self.fills:
                known[key] = _answer(self.fills[key], self.issuable, facts, seed)
            else:
                formula = form.cells[key].formula
                assert formula is not None, key
                known[key] = number(formula, facts)
        inputs = {cell.key: known.get(cell.key) for cell in form.inputs()}
        if self.way.explain:
            explain(self.issuable, inputs, self.way)
        for target in self.way.blank:
            inputs |= {cell.key: None for cell in cells_of(target, form)}
        return inputs


def fill_in(issuable: Issuable, practice: Practice, way: Way, seed: int) -> dict[Key, Value]:
    """The inputs of one practice return."""
    return Plan.of(issuable, practice, way).fill_in(seed)


def _fills(issuable: Issuable, practice: Practice, way: Way) -> dict[Key, _Fill]:
    form = issuable.layout.form
    fills: dict[Key, _Fill] = {}
    for cell in form.inputs():
        if cell.required:
            fills[cell.key] = _Fill(cell, _plain(cell, issuable), None)
    for recipe in (*practice.inputs, *way.inputs):
        for target in recipe.cells:
            for cell in cells_of(target, form):
                fills[cell.key] = _Fill(cell, recipe, bound_value(recipe, cell, form))
    return fills


def _plain(cell: FormCell, issuable: Issuable) -> Recipe:
    """The answer to an input that no recipe names."""
    match cell.column.type:
        case "number":
            return Recipe(cells=(), number=0)
        case "date":
            return Recipe(cells=(), date=issuable.collection.deadline)
        case "text":
            return Recipe(cells=(), text=PLAIN_TEXT)
        case _:
            return Recipe(cells=(), option=1)


def _order(issuable: Issuable, fills: Mapping[Key, _Fill]) -> tuple[Key, ...]:
    """Inputs and totals, each after those it reads."""
    graph: dict[Key, list[Key]] = {}
    for key, cell in issuable.layout.form.cells.items():
        node = fills[key].value if key in fills else cell.formula
        if key in fills or cell.role == "total":
            graph[key] = list(read_keys(node)) if node is not None else []
    return tuple(key for key in TopologicalSorter(graph).static_order() if key in graph)


def _answer(fill: _Fill, issuable: Issuable, facts: Facts, seed: int) -> Value:
    recipe, cell = fill.recipe, fill.cell
    if recipe.text is not None:
        return recipe.text
    if recipe.day is not None:
        return serial(recipe.day)
    if recipe.option is not None:
        options = choices_of(cell)
        names = tuple(one.name for one in issuable.system.organisations) if isinstance(options, str) else options
        return names[(recipe.option - 1) % len(names)]
    try:
        value = recipe.number if fill.value is None else number(fill.value, facts)
    except Undefined:
        value = 0.0
    moved = (value or 0.0) * (1 + _spread(recipe, issuable, cell.key, seed))
    return round_half_away(moved, cell.dp)


def _spread(recipe: Recipe, issuable: Issuable, key: Key, seed: int) -> float:
    if not recipe.spread:
        return 0.0
    return Random(f"{seed} {issuable.system.code} {key}").uniform(-recipe.spread, recipe.spread) / 100


def explain(issuable: Issuable, inputs: dict[Key, Value], way: Way) -> None:
    """Explain every failing look in its box, but for the rules that the way leaves."""
    values = complete(issuable.layout.form, {**issuable.prefill, **inputs})
    for result in run_rules(issuable.layout.instances, facts_of(issuable.layout.form, values)):
        box = result.instance.explain
        if box is not None and result.outcome is Outcome.FAIL and result.instance.rule.id not in way.leave:
            inputs[box] = way.explanation
