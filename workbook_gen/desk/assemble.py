"""From a layout and figures to what a workbook shows: totals completed, rules run, status of the figures in words."""

from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256

from workbook_gen.checks.counts import line_words
from workbook_gen.checks.evaluate import Facts
from workbook_gen.checks.run import Result, complete, facts_of, run_rules, settings_of
from workbook_gen.checks.statement import statement
from workbook_gen.definition.compiled import Compiled
from workbook_gen.definition.layout import Layout, layout_digest
from workbook_gen.definition.model import Collection, System
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.excel.contents import Contents, Shown, Stamp
from workbook_gen.excel.guidance import defined_names
from workbook_gen.excel.issued import IssuedSheets, issued_cells
from workbook_gen.findings import Outcome, word
from workbook_gen.national.data import NationalData
from workbook_gen.national.items import Item
from workbook_gen.national.prefill import item_of, prefill


class Issuable:
    """One system's return as it stands before anything is filled in: layout, national figures, and what marks them.

    Made for several systems, it is given the collection compiled, so that what they have in common is worked out once.
    """

    def __init__(
        self, collection: Collection, national: NationalData, system: System, compiled: Compiled | None = None
    ) -> None:
        self.collection = collection
        self.system = system
        self.layout: Layout = (compiled or Compiled(collection)).layout(system)
        self.prefill: dict[Key, float] = prefill(collection, national, system)
        items = {key: self._item(national, key) for key in self.prefill}
        self.illustrative = frozenset(key for key, item in items.items() if item.status == "illustrative")
        self.sources = self._sources(items)
        self._drawn: tuple[Stamp, IssuedSheets] | None = None

    def _item(self, national: NationalData, key: Key) -> Item:
        cell = self.layout.form.cells[key]
        return item_of(national, self.layout.form.tables[key.table].table, cell.line, cell.column)

    @cached_property
    def national_digest(self) -> str:
        """A digest of the figures that this system is issued with."""
        lines = [f"{key}={value!r}{'*' if key in self.illustrative else ''}" for key, value in self.prefill.items()]
        return sha256("\n".join(lines).encode()).hexdigest()

    @cached_property
    def layout_digest(self) -> str:
        """A digest of where everything stands."""
        return layout_digest(self.layout)

    @cached_property
    def names(self) -> dict[str, str]:
        """The defined names of the workbook, and what each stands for."""
        return defined_names(self.layout)

    def stamp(self, issue: int) -> Stamp:
        """The stamp of an issue, not yet sealed."""
        collection = self.collection
        return Stamp(collection.key, collection.version, self.system.code, issue, self.national_digest, self.layout_digest)

    def contents(self, inputs: Mapping[Key, Value], stamp: Stamp) -> Contents:
        """What the workbook shows with these inputs."""
        values = complete(self.layout.form, {**self.prefill, **inputs})
        facts = facts_of(self.layout.form, values)
        return Contents(
            values=values,
            counts=facts.counts,
            words=line_words(self.layout.form, values),
            shown=[shown(result, self.layout, facts) for result in run_rules(self.layout.instances, facts)],
            prefill=self.prefill,
            illustrative=self.illustrative,
            sources=self.sources,
            stamp=stamp,
        )

    def issued(self, stamp: Stamp) -> IssuedSheets:
        """Every cell of the untouched workbook under a stamp; the last one drawn is kept."""
        if self._drawn is None or self._drawn[0] != stamp:
            self._drawn = stamp, issued_cells(self.layout, self.contents({}, stamp), settings_of(self.collection))
        return self._drawn[1]

    def _sources(self, items: Mapping[Key, Item]) -> tuple[str, ...]:
        """What the figures are, in words: a summary, then the published ones by source, then the illustrative ones."""
        published: dict[str, list[str]] = {}
        for item in dict.fromkeys(items.values()):
            if item.status == "published":
                published.setdefault(item.source, []).append(item.label)
        count = len(items) - len(self.illustrative)
        if not self.illustrative:
            return (f"All {count} figures filled in by the centre are published.", *_published(published))
        summary = (
            f"{len(self.illustrative)} of the {len(items)} figures filled in by the centre are illustrative, in italics on "
            f"their sheets, until the centre replaces them; {count} are published."
        )
        derived = "Illustrative figures are derived from published England totals, because none by system has been published."
        return (summary, *_published(published), derived)


def _published(sources: Mapping[str, list[str]]) -> list[str]:
    return [f"Published – {source}: {'; '.join(labels)}." for source, labels in sources.items()]


def shown(result: Result, layout: Layout, facts: Facts) -> Shown:
    """A rule's result as Checks shows it: no figures while it cannot be tested."""
    says = statement(result, layout, facts)
    result_word = word(result.outcome, result.instance.rule.severity)
    if result.outcome in (Outcome.TO_DO, Outcome.NOT_TESTED):
        return Shown(result_word, says)
    return Shown(result_word, says, result.found, result.expected)
