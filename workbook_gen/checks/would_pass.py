"""What would pass: the smallest change of the answers that turns a rule which is not met.

A rule that compares figures (or joins comparisons by `and` and `or`) is taken as a distance from holding. Its levers are the
answers that it rests on, through however many totals, and that shorten the distance when they move. They are moved in steps
of their last decimal, the steepest first, no further than their sign and limits allow; how far is found by bisection on the
evaluator. What is found is then proved by running the rule: with the change it passes, with one step less it does not. For one
comparison of sums nothing smaller would do; several that must hold together are brought to hold in turn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbook_gen.checks.distance import NotArithmetic
from workbook_gen.checks.levers import NOISE, Lever, Trial, moved, step_of, steps_of
from workbook_gen.checks.run import complete, facts_of, run_rule
from workbook_gen.definition.form import Form
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.nodes import Key, Node
from workbook_gen.definition.values import Values
from workbook_gen.findings import Outcome

_ROUNDS = 100
"""How often the levers are gone through: once for a comparison, more often where several must hold together."""


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
        trial = Trial.of(instance, form, completed)
    except NotArithmetic:
        return NoChange("It is about words or counts, not about how large a figure is.")
    unmet = next(part for part in trial.parts if not trial.holds(part, {}))
    groups = _groups(trial.levers(unmet, {}), instance, form)
    for levers in groups:
        found = _moved(trial, _measure(form, levers[0]))
        if found is not None:
            return _proved(instance, form, completed, levers, *found) or NoChange(
                "Its figures move in jumps: try it in the return."
            )
    if not groups:
        return NoChange(
            "No answer in the return moves it: it rests on the centre's figures, or its answers are at their limits."
        )
    return NoChange("No change of the answers it reads is enough, however far their signs and limits let them move.")


def _groups(levers: Sequence[Lever], instance: Instance, form: Form) -> list[list[Lever]]:
    """Levers whose figures can be added up, in one unit: those of the rule's own table first, then the steepest."""
    found: dict[tuple[str, int], list[Lever]] = {}
    for lever in levers:
        found.setdefault(_measure(form, lever), []).append(lever)
    return sorted(found.values(), key=lambda group: not any(lever.key.table == instance.table for lever in group))


def _measure(form: Form, lever: Lever) -> tuple[str, int]:
    """The unit and decimals of an answer."""
    return form.cells[lever.key].unit, form.cells[lever.key].dp


def _moved(trial: Trial, measure: tuple[str, int]) -> tuple[dict[Key, int], dict[Key, int]] | None:
    """The steps by which each answer moves until every part holds, and the same with one step less; None where that never is.

    Only answers of one unit move. The parts are brought to hold one after the other.
    """
    moves: dict[Key, int] = {}
    short: dict[Key, int] = {}
    for _ in range(_ROUNDS):
        unmet = [part for part in trial.parts if not trial.holds(part, moves)]
        if not unmet:
            return moves, short
        before = dict(moves)
        for lever in trial.levers(unmet[0], moves):
            if _measure(trial.form, lever) == measure and not trial.holds(unmet[0], moves):
                at, steps = moves.get(lever.key, 0), _enough(trial, unmet[0], lever, moves)
                moves[lever.key] = at + lever.direction * steps
                short = {**moves, lever.key: moves[lever.key] - lever.direction}
        if moves == before:
            return None
    return None


def _enough(trial: Trial, part: Node, lever: Lever, moves: Mapping[Key, int]) -> int:
    """The fewest steps of one answer after which a part holds, or is as near as this answer brings it."""

    def at(steps: int) -> dict[Key, int]:
        return {**moves, lever.key: moves.get(lever.key, 0) + lever.direction * steps}

    last, nearest = 0, trial.distance(part, moves)
    for steps in _doubled(steps_of(lever.room, trial.form.cells[lever.key])):
        found, holds = trial.distance(part, at(steps)), trial.holds(part, at(steps))
        if holds or found < nearest - NOISE * max(1.0, abs(found)):
            last, nearest = steps, found
        elif last:
            break  # it has come as near as it does
        if holds:
            break
    held, noise = trial.holds(part, at(last)), NOISE * max(1.0, abs(nearest))
    low, high = 0, last
    while high - low > 1:
        middle = (low + high) // 2
        if trial.holds(part, at(middle)) or (not held and trial.distance(part, at(middle)) <= nearest + noise):
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
