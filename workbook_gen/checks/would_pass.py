"""What would pass: the smallest change of the answers that turns a rule which is not met.

A rule that compares figures (or joins comparisons by `and` and `or`) is taken as a distance from holding. Its levers are the
answers that it rests on, through however many totals, and that shorten the distance when they move. They are moved in steps
of their last decimal, the steepest first, no further than their sign and limits allow; how far is found by bisection on the
evaluator. What is found is then proved by running the rule: with the change it passes, with one step less it does not. For one
comparison of sums nothing smaller would do; several that must hold together are brought to hold in turn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, inf

from workbook_gen.checks.distance import NotArithmetic, directed, distance
from workbook_gen.checks.evaluate import Facts, Undefined, number, truth
from workbook_gen.checks.run import complete, facts_of, run_rule, settings_of
from workbook_gen.definition.form import Form, FormCell, read_keys
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.nodes import Count, Key, Node, walk
from workbook_gen.definition.values import Value, Values
from workbook_gen.findings import Outcome

_SHARE = 1e-9
"""What part of a distance is no more than the noise of its arithmetic."""
_TRIED = (1, 1_000, 1_000_000)
"""The steps that an answer is moved by to see whether the rule minds: one, and more where one is too small to tell."""
_FURTHEST = 2**50
_ROUNDS = 100
"""How often the levers are gone through: once for a comparison, more often where several must hold together."""


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


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change that makes a rule pass: `amount` in all, in steps of `step`.

    `direction` is 1 where answers rise, -1 where they fall, 0 where some do either. `answers` holds the new figure of each
    answer that is moved, `short` the same with one step less, which does not pass. `levers` are ranked by contribution, then by
    size. `before` and `after` are the figure that the rule finds, None where it shows none.
    """

    amount: float
    step: float
    unit: str
    direction: int
    answers: Mapping[Key, float]
    short: Mapping[Key, float]
    levers: tuple[Lever, ...]
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class NoChange:
    """That no change of the answers makes a rule pass, or none can be worked out, and why, in a sentence."""

    why: str


def would_pass(instance: Instance, form: Form, values: Values) -> Change | NoChange:
    """The smallest change that turns a rule which is not met; `values` are the prefills and answers, totals or not."""
    completed = complete(form, values)
    result = run_rule(instance, facts_of(form, completed))
    if result.outcome is Outcome.PASS:
        return NoChange("It passes as it is.")
    if result.outcome in (Outcome.TO_DO, Outcome.NOT_TESTED):
        return NoChange("It cannot be tested until what is blank, or no number, has been answered.")
    try:
        trial = _Trial.of(instance, form, completed)
    except NotArithmetic:
        return NoChange("It is about words or counts, not about how large a figure is.")
    groups = _groups(trial.levers({}), instance, form)
    for levers in groups:
        found = _moved(trial, levers)
        if found is not None:
            return _proved(instance, form, completed, levers, *found) or NoChange(
                "Its figures move in jumps: try it in the return."
            )
    if not groups:
        return NoChange(
            "No answer in the return moves it: it rests on the centre's figures, or its answers are at their limits."
        )
    return NoChange("No change of the answers it reads is enough, however far their signs and limits let them move.")


@dataclass(frozen=True)
class _Trial:
    """A rule with all that it rests on, to be worked out again and again with some answers moved."""

    form: Form
    check: Node
    known: Mapping[Key, Value]
    order: tuple[Key, ...]
    settings: Mapping[str, float]

    @classmethod
    def of(cls, instance: Instance, form: Form, completed: Values) -> "_Trial":
        """Raises `NotArithmetic`."""
        if any(isinstance(part, Count) for part in walk(instance.check)):
            raise NotArithmetic
        rests = rests_on(form, instance.check)
        known = {key: completed.get(key) for key in form.cells if key in rests}
        settings = settings_of(form.collection)
        check = directed(instance.check, Facts(known, settings, {}))
        return cls(form, check, known, tuple(key for key in form.order if key in rests), settings)

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

    def distance(self, moves: Mapping[Key, int]) -> float:
        """How far the rule is from holding; infinitely, where it cannot be worked out."""
        try:
            return distance(self.check, self.facts(moves))
        except Undefined:
            return inf

    def holds(self, moves: Mapping[Key, int]) -> bool:
        """Whether the rule holds."""
        try:
            return truth(self.check, self.facts(moves))
        except Undefined:
            return False

    def levers(self, moves: Mapping[Key, int]) -> list[Lever]:
        """The answers that bring the rule nearer from where it is, the steepest first, then by contribution and size."""
        now = self.distance(moves)
        standing = {**self.known, **self.figures(moves)}
        found = []
        for key, value in standing.items():
            cell = self.form.cells[key]
            if cell.role == "input" and cell.column.type == "number" and isinstance(value, float | int):
                sides = [one for way in (1, -1) if (one := self._lever(cell, float(value), way, moves, now))]
                found += sorted(sides, key=lambda one: -one.slope)[:1]
        return sorted(found, key=lambda one: (-round(one.slope, 12), -one.contribution, -one.size))

    def _lever(self, cell: FormCell, value: float, way: int, moves: Mapping[Key, int], now: float) -> Lever | None:
        room = room_of(cell, value, way)
        most = _steps(room, cell)
        for steps in (min(tried, most) for tried in _TRIED if most):
            then = self.distance({**moves, cell.key: moves.get(cell.key, 0) + way * steps})
            if now - then > _SHARE * max(1.0, abs(now)):
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


def _steps(room: float, cell: FormCell) -> int:
    return _FURTHEST if room == inf else floor(room / step_of(cell) + 1e-6)


def _groups(levers: Sequence[Lever], instance: Instance, form: Form) -> list[list[Lever]]:
    """Levers whose figures can be added up, in one unit: those of the rule's own table first, then the steepest."""
    found: dict[tuple[str, int], list[Lever]] = {}
    for lever in levers:
        found.setdefault(_measure(form, lever), []).append(lever)
    return sorted(found.values(), key=lambda group: not any(lever.key.table == instance.table for lever in group))


def _measure(form: Form, lever: Lever) -> tuple[str, int]:
    """The unit and decimals of an answer."""
    return form.cells[lever.key].unit, form.cells[lever.key].dp


def _moved(trial: _Trial, levers: Sequence[Lever]) -> tuple[dict[Key, int], dict[Key, int]] | None:
    """The steps by which each answer moves until the rule holds, and the same with one step less; None where it never does."""
    measure = _measure(trial.form, levers[0])
    moves: dict[Key, int] = {}
    for _ in range(_ROUNDS):
        before = dict(moves)
        for lever in levers:
            steps = _enough(trial, lever, moves)
            at = moves.get(lever.key, 0)
            if steps:
                moves[lever.key] = at + lever.direction * steps
            if trial.holds(moves):
                return moves, {**moves, lever.key: moves.get(lever.key, 0) - lever.direction}
        if moves == before:
            return None
        levers = [lever for lever in trial.levers(moves) if _measure(trial.form, lever) == measure]
    return None


def _enough(trial: _Trial, lever: Lever, moves: Mapping[Key, int]) -> int:
    """The fewest steps of one answer after which the rule holds, or is as near as this answer brings it."""

    def at(steps: int) -> dict[Key, int]:
        return {**moves, lever.key: moves.get(lever.key, 0) + lever.direction * steps}

    most = _steps(lever.room, trial.form.cells[lever.key])
    last, nearest = 0, trial.distance(moves)
    for steps in _doubled(most):
        found = trial.distance(at(steps))
        noise = _SHARE * max(1.0, abs(found))
        if found > nearest - noise and not trial.holds(at(steps)):
            break
        last, nearest = steps, min(found, nearest)
        if trial.holds(at(steps)):
            break
    low, high = 0, last
    noise = _SHARE * max(1.0, abs(nearest))
    while high - low > 1:
        middle = (low + high) // 2
        if trial.holds(at(middle)) or (not trial.holds(at(last)) and trial.distance(at(middle)) <= nearest + noise):
            high = middle
        else:
            low = middle
    return high


def _doubled(most: int) -> Iterator[int]:
    """1, 2, 4 … and the most."""
    steps = 1
    while steps < most:
        yield steps
        steps *= 2
    if most:
        yield most


def _proved(
    instance: Instance,
    form: Form,
    completed: Values,
    levers: Sequence[Lever],
    moves: Mapping[Key, int],
    short: Mapping[Key, int],
) -> Change | None:
    """The change, once the rule itself has been run with it and with one step less; None where it says otherwise."""
    answers, less = ({key: moved(form.cells[key], completed[key], n) for key, n in one.items()} for one in (moves, short))
    results = [run_rule(instance, facts_of(form, complete(form, {**completed, **one}))) for one in ({}, less, answers)]
    if [one.outcome is Outcome.PASS for one in results] != [False, False, True]:
        return None
    cell = form.cells[levers[0].key]
    ways = {1 if steps > 0 else -1 for steps in moves.values() if steps}
    return Change(
        amount=round(sum(map(abs, moves.values())) * step_of(cell), 9),
        step=step_of(cell),
        unit=cell.unit,
        direction=ways.pop() if len(ways) == 1 else 0,
        answers=answers,
        short=less,
        levers=tuple(sorted(levers, key=lambda one: (-one.contribution, -one.size))),
        before=results[0].found,
        after=results[2].found,
    )
