"""What is true of a return's figures: its totals, and what each rule says of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbook_gen.checks.counts import count_inputs
from workbook_gen.checks.evaluate import Facts, Undefined, number, truth
from workbook_gen.definition.calendar import months_done, months_left
from workbook_gen.definition.form import Form
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.model import Collection
from workbook_gen.definition.nodes import Call, Cell, Key, Node
from workbook_gen.definition.values import Value, Values, serial
from workbook_gen.findings import Outcome


@dataclass(frozen=True, slots=True)
class Result:
    """What one rule instance says: its outcome, and the figures found and expected where the rule compares two."""

    instance: Instance
    outcome: Outcome
    found: float | None = None
    expected: float | None = None


def settings_of(collection: Collection) -> dict[str, float]:
    """The named cells: parameters, months done and left, the dates of issue and deadline as serial days."""
    return {
        **{parameter.key: parameter.value for parameter in collection.parameters},
        "months_done": float(months_done(collection)),
        "months_left": float(months_left(collection)),
        "issued": serial(collection.issued),
        "deadline": serial(collection.deadline),
    }


def complete(form: Form, values: Values) -> dict[Key, Value]:
    """The values with every total computed from prefills and inputs, in dependency order; totals given are ignored.

    A total that divides by zero, or reads an Excel error, is that error.
    """
    known: dict[Key, Value] = {key: values.get(key) for key, cell in form.cells.items() if cell.role in ("prefill", "input")}
    facts = Facts(known, settings_of(form.collection), {})
    for key in form.order:
        formula = form.cells[key].formula
        assert formula is not None, key
        try:
            known[key] = number(formula, facts)
        except Undefined as undefined:
            known[key] = undefined.error
    return known


def facts_of(form: Form, completed: Values) -> Facts:
    """Everything that a rule may read, from completed values."""
    return Facts(completed, settings_of(form.collection), count_inputs(form, completed))


def run_rules(instances: Iterable[Instance], facts: Facts) -> tuple[Result, ...]:
    """What every rule instance says, in order."""
    return tuple(run_rule(instance, facts) for instance in instances)


def run_rule(instance: Instance, facts: Facts) -> Result:
    """What one rule instance says. Precedence: Not tested, To do, verdict."""
    outcome = _outcome(instance, facts)
    return Result(instance, outcome, _figure(instance.found, facts), _figure(instance.expected, facts))


def _outcome(instance: Instance, facts: Facts) -> Outcome:
    if instance.rule.completeness:
        return Outcome.PASS if truth(instance.check, facts) else Outcome.TO_DO
    for table in instance.tables:
        if facts.counts[table, "not_numeric"]:
            return Outcome.NOT_TESTED
    for table in instance.tables:
        if facts.counts[table, "blank"]:
            return Outcome.TO_DO
    try:
        if truth(instance.check, facts):
            return Outcome.PASS
    except Undefined:
        return Outcome.NOT_TESTED
    return Outcome.EXPLAINED if _explained(instance, facts) else Outcome.FAIL


def _explained(instance: Instance, facts: Facts) -> bool:
    if instance.explain is None:
        return False
    try:
        return truth(Call("filled", (Cell(instance.explain),)), facts)
    except Undefined:
        return False


def _figure(node: Node | None, facts: Facts) -> float | None:
    try:
        return None if node is None else number(node, facts)
    except Undefined:
        return None
