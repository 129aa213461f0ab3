"""The answers that a rule rests on, and how far it is from holding when they move."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, inf

from workbook_gen.checks.distance import NotArithmetic, directed, distance, parts_of
from workbook_gen.checks.evaluate import Facts, Undefined, number, truth
from workbook_gen.checks.run import settings_of
from workbook_gen.definition.form import Form, FormCell, read_keys
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.nodes import Count, Key, Node, walk
from workbook_gen.definition.values import Value, Values

NOISE = 1e-9
"""What part of a distance is no more than the noise of its arithmetic."""
_TRIED = (1, 1_000, 1_000_000)
"""The steps that an answer is moved by to see whether the rule minds: one, and more where one is too small to tell."""
_FURTHEST = 2**50


@dataclass(frozen=True, slots=True)
class Lever:
    """An answer that brings a rule nearer to passing when it moves: up (1) or down (-1).

    `slope` is what the distance loses for one more of its unit; `room` is how far its sign and limits let it move, infinite
    where nothing bounds it; `size` is the figure that stands there now, without its sign.
    """

    key: Key
    direction: int
    slope: float
    room: float
    size: float

    @property
    def contribution(self) -> float:
        """How much of the distance this answer alone could take away."""
        return self.slope * self.room


@dataclass(frozen=True)
class Trial:
    """A rule with all that it rests on, to be worked out again and again with some answers moved."""

    form: Form
    parts: tuple[Node, ...]
    known: Mapping[Key, Value]
    order: tuple[Key, ...]
    settings: Mapping[str, float]

    @classmethod
    def of(cls, instance: Instance, form: Form, completed: Values) -> "Trial":
        """Raises `NotArithmetic`."""
        if any(isinstance(part, Count) for part in walk(instance.check)):
            raise NotArithmetic
        rests = rests_on(form, instance.check)
        known = {key: completed.get(key) for key in form.cells if key in rests}
        settings = settings_of(form.collection)
        parts = parts_of(directed(instance.check, Facts(known, settings, {})))
        return cls(form, parts, known, tuple(key for key in form.order if key in rests), settings)

    def facts(self, moves: Mapping[Key, int]) -> Facts:
        """What the rule reads once answers have moved by so many steps."""
        known = {**self.known, **self.figures(moves)}
        facts = Facts(known, self.settings, {})
        for key in self.order:
            formula = self.form.cells[key].formula
            assert formula is not None, key
            known[key] = number(formula, facts)
        return facts

    def figures(self, moves: Mapping[Key, int]) -> dict[Key, float]:
        """The answers moved."""
        return {key: moved(self.form.cells[key], self.known[key], steps) for key, steps in moves.items()}

    def distance(self, part: Node, moves: Mapping[Key, int]) -> float:
        """How far a part is from holding; infinitely, where it cannot be worked out."""
        try:
            return distance(part, self.facts(moves))
        except Undefined:
            return inf

    def holds(self, part: Node, moves: Mapping[Key, int]) -> bool:
        """Whether a part holds."""
        try:
            return truth(part, self.facts(moves))
        except Undefined:
            return False

    def levers(self, part: Node, moves: Mapping[Key, int]) -> list[Lever]:
        """The answers that bring a part nearer: those that set no other back, the steepest, by contribution and by size."""
        now = [self.distance(one, moves) for one in (part, *self.parts)]
        standing = {**self.known, **self.figures(moves)}
        found = []
        for key, value in standing.items():
            cell = self.form.cells[key]
            if cell.role == "input" and cell.column.type == "number" and isinstance(value, float | int):
                sides = [one for way in (1, -1) if (one := self._lever(part, cell, float(value), way, moves, now[0]))]
                found += sorted(sides, key=lambda one: -one.slope)[:1]

        def sets_back(lever: Lever) -> bool:
            then = {**moves, lever.key: moves.get(lever.key, 0) + lever.direction}
            return any(self.distance(one, then) > before for one, before in zip(self.parts, now[1:], strict=True))

        several = len(self.parts) > 1
        return sorted(found, key=lambda one: (several and sets_back(one), -round(one.slope, 12), -one.contribution, -one.size))

    def _lever(self, part: Node, cell: FormCell, value: float, way: int, moves: Mapping[Key, int], now: float) -> Lever | None:
        room = room_of(cell, value, way)
        most = steps_of(room, cell)
        for steps in (min(tried, most) for tried in _TRIED if most):
            then = self.distance(part, {**moves, cell.key: moves.get(cell.key, 0) + way * steps})
            if now - then > NOISE * max(1.0, abs(now)):
                return Lever(cell.key, way, (now - then) / (steps * step_of(cell)), room, abs(value))
        return None


def rests_on(form: Form, node: Node) -> set[Key]:
    """Every cell that an expression reads, itself or through totals."""
    seen: set[Key] = set()
    pending = list(read_keys(node))
    while pending:
        key = pending.pop()
        if key not in seen:
            seen.add(key)
            formula = form.cells[key].formula
            pending.extend(read_keys(formula) if formula is not None else ())
    return seen


def step_of(cell: FormCell) -> float:
    """One in the last decimal that a cell shows."""
    return float(10.0**-cell.dp)


def moved(cell: FormCell, value: Value, steps: int) -> float:
    """An answer moved by so many steps, without the noise of adding decimals."""
    return round((value if isinstance(value, float | int) else 0.0) + steps * step_of(cell), 9)


def room_of(cell: FormCell, value: float, way: int) -> float:
    """How far an answer may move up or down before it has the wrong sign or leaves its limits."""
    low, high = cell.column.minimum, cell.column.maximum
    lowest = max(-inf if low is None else low, 0.0 if cell.signed and cell.sign == "+" else -inf)
    highest = min(inf if high is None else high, 0.0 if cell.signed and cell.sign == "-" else inf)
    return max(0.0, highest - value if way > 0 else value - lowest)


def steps_of(room: float, cell: FormCell) -> int:
    """How many steps a room has."""
    return _FURTHEST if room == inf else floor(room / step_of(cell) + 1e-6)
