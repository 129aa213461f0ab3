"""A rule seen at work: one of its cases that passes and one that does not, with what the workbook then says."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from workbook_gen.checks.messages import figure_in_words
from workbook_gen.checks.run import complete, facts_of, run_rule
from workbook_gen.checks.statement import statement
from workbook_gen.definition.cases import RuleCase, instance_at, plain_inputs
from workbook_gen.desk.assemble import Issuable
from workbook_gen.findings import Outcome

KINDS = {Outcome.PASS: "Passes", Outcome.FAIL: "Fails", Outcome.TO_DO: "To do"}
"""The outcomes that an example is shown of."""


@dataclass(frozen=True)
class Example:
    """One case: `Passes`, `Fails` or `To do`; its name; and what is found, or said, of it."""

    kind: str
    name: str
    text: str


def examples_of(rule: str, cases: Iterable[RuleCase], issuable: Callable[[str], Issuable]) -> Sequence[Example]:
    """The first case that passes, and the first that fails; of a rule that cannot fail, the first To do.

    `issuable` gives a system's return, by its code.
    """
    own = [case for case in cases if case.rule == rule]
    firsts = [next((case for case in own if case.outcome is outcome), None) for outcome in KINDS]
    return tuple(_example(case, issuable(case.organisation)) for case in firsts if case is not None)[:2]


def _example(case: RuleCase, issuable: Issuable) -> Example:
    layout, form = issuable.layout, issuable.layout.form
    facts = facts_of(form, complete(form, {**issuable.prefill, **plain_inputs(form), **case.values}))
    instance = layout.instances[instance_at(layout.instances, case)]
    text = statement(run_rule(instance, facts), layout, facts)
    if not text:
        sides = [figure_in_words(node, form, facts) for node in (instance.found, instance.expected) if node is not None]
        text = " against ".join(sides)
    return Example(KINDS[case.outcome], case.name, f"{text.rstrip('.') or 'nothing is said'}.")
