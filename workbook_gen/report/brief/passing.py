"""The headlines of one system in words: what each says, and what would pass where it is not met."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from math import fsum, inf

from workbook_gen.checks.evaluate import Facts, Undefined, number
from workbook_gen.checks.levers import Lever
from workbook_gen.checks.run import complete, facts_of, run_rule
from workbook_gen.checks.would_pass import Change, would_pass
from workbook_gen.definition.brief import CHANGE
from workbook_gen.definition.figures import decimals_of
from workbook_gen.definition.form import Form, read_keys
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.layout import merged
from workbook_gen.definition.model import Headline
from workbook_gen.definition.nodes import Key, Node, Setting, walk
from workbook_gen.definition.rounding import round_half_away
from workbook_gen.definition.values import Value
from workbook_gen.desk.receipt import SAYS
from workbook_gen.findings import Outcome, listed
from workbook_gen.report.brief.facts import Line, Tone, amount, figure_said, plain
from workbook_gen.report.returned import SystemFigures

_NAMED = 3
"""How many of the lines that could bring a change are named."""
_LABEL, _EXPLANATION = 48, 130
_NOT_ASKED = "Not asked: this system has none of the lines that the rule reads."
_TONES: dict[Outcome, Tone] = {Outcome.PASS: "good", Outcome.FAIL: "bad"}


class Headlines:
    """One system's headlines, from the answers that count."""

    def __init__(self, one: SystemFigures, words: Mapping[str, str]) -> None:
        self.one = one
        self.words = words

    @property
    def form(self) -> Form:
        """The system's form."""
        return self.one.form

    @cached_property
    def values(self) -> dict[Key, Value]:
        """Every figure, totals worked out again."""
        return complete(self.form, self.one.values)

    @cached_property
    def facts(self) -> Facts:
        """What the rules read."""
        return facts_of(self.form, self.values)

    def lines(self) -> Iterator[Line]:
        """A line for each headline: what it is called, its outcome, and what would pass."""
        entry = self.one.standing.entry
        for headline in self.form.collection.headlines:
            outcome = entry.headlines.get(headline.key, Outcome.NOT_TESTED) if entry else Outcome.NOT_TESTED
            asked = self._instances(headline)
            said = " ".join(self._said(instance) for instance in asked) if asked else _NOT_ASKED
            yield Line((headline.label, SAYS[outcome], said), tone=_TONES.get(outcome, "warn"))

    def _instances(self, headline: Headline) -> list[Instance]:
        """The rules of a headline that are not met, or else all of them."""
        asked = [one for one in self.one.issuable.layout.instances if one.rule.headline == headline.key]
        unmet = [one for one in asked if run_rule(one, self.facts).outcome is not Outcome.PASS]
        return unmet or asked

    def _said(self, instance: Instance) -> str:
        found = would_pass(instance, self.form, self.values)
        if isinstance(found, Change):
            return " ".join(filter(None, self._change(instance, found)))
        if run_rule(instance, self.facts).outcome is Outcome.PASS:
            return self._figures(instance.found, self.facts, "against", instance.expected, self.facts)
        return found.why

    def _figures(self, first: Node | None, before: Facts, joint: str, second: Node | None, after: Facts) -> str:
        """Two figures of a rule in a sentence; nothing where the rule shows none."""
        said = [self._figure(node, facts) for node, facts in ((first, before), (second, after)) if node is not None]
        return f"{f' {joint} '.join(said)}." if len(said) == 2 and "" not in said else ""

    def _figure(self, node: Node, facts: Facts) -> str:
        """A figure with the unit and decimals of the first cell that it reads, or else of its threshold."""
        decimals = decimals_of(node, self.form)
        try:
            value = round_half_away(number(node, facts), decimals)
        except Undefined:
            return ""
        names = {part.name for part in walk(node) if isinstance(part, Setting)}
        thresholds = (one.unit for one in self.form.collection.parameters if one.key in names)
        cells = (self.form.cells[key].unit for key in read_keys(node))
        return figure_said(value, next(chain(cells, thresholds), ""), decimals)

    def _change(self, instance: Instance, change: Change) -> Iterator[str]:
        decimals = self.form.cells[change.levers[0].key].dp
        more = {1: "more", -1: "less", 0: "moved"}[change.direction]
        words = self.words.get(instance.rule.headline or "", f"Passes with {CHANGE} {more}.")
        yield words.replace(CHANGE, amount(change.amount, change.unit, decimals))
        after = facts_of(self.form, complete(self.form, {**self.values, **change.answers}))
        if change.before != change.after:
            yield self._figures(instance.found, self.facts, "becomes", instance.found, after)
        yield f"The rule reads {self.places(change.levers)}."
        yield self._ranking(change.levers)
        along = self._along(after)
        yield f"To follow it: {along}." if along else ""
        box = self.values.get(instance.explain) if instance.explain else None
        yield f"Explained: {plain(str(box), _EXPLANATION)}" if box else ""

    def places(self, levers: Sequence[Lever]) -> str:
        """Where the answers stand in the return: `Position I5:I20`."""
        sheets: dict[str, list[str]] = {}
        for lever in levers:
            sheet, _, cell = self.one.place(lever.key).rpartition(" ")
            sheets.setdefault(sheet, []).append(cell)
        return listed(f"{sheet} {merged(cells)}" for sheet, cells in sheets.items())

    def _ranking(self, levers: Sequence[Lever]) -> str:
        """The lines that could bring most of it: by how much each could, or by size where nothing bounds them."""
        lines: dict[str, list[Lever]] = {}
        for lever in levers:
            lines.setdefault(plain(self.form.cells[lever.key].line.label, _LABEL), []).append(lever)
        bounded = all(lever.room < inf for lever in levers)

        def weight(label: str) -> float:
            return fsum(one.contribution if bounded else one.size for one in lines[label])

        ranked = sorted(lines, key=lambda label: -weight(label))[:_NAMED]
        if not bounded:
            return f"Largest: {'; '.join(ranked)}.".replace("….", "…")
        cell = self.form.cells[levers[0].key]
        room = (f"{label} ({amount(fsum(one.room for one in lines[label]), cell.unit, cell.dp)})" for label in ranked)
        return f"Most room: {'; '.join(room)}."

    def _along(self, after: Facts) -> str:
        """The sheets on which figures no longer agree once the change is made: they have to follow it."""
        sheets = {
            self.one.issuable.layout.sheet_title(one.table): None
            for one in self.one.issuable.layout.instances
            if one.rule.severity == "fix"
            and run_rule(one, self.facts).outcome is Outcome.PASS
            and run_rule(one, after).outcome is Outcome.FAIL
        }
        return listed(sheets) if sheets else ""
