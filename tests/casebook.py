"""One system's workbook as it is written, in which the second engine is asked about one case after another.

It is written with a plain answer everywhere and with wrong cached results, so that a word that it answers is a word that
it has worked out from the formulas as written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from formualizer import Workbook

from tests.engines.answers import NOT_RECALCULATED, EngineError
from workbook_gen.checks.run import Result, complete, facts_of, run_rules, settings_of
from workbook_gen.checks.statement import statement
from workbook_gen.definition.cases import plain_inputs
from workbook_gen.definition.layout import CHECKS, RESULT_COLUMN, SAYS_COLUMN
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.desk.assemble import Issuable
from workbook_gen.excel.contents import Contents, Shown
from workbook_gen.excel.write import write_workbook
from workbook_gen.findings import WORDS, Severity

STALE = "Stale"
"""The wrong word that every row of Checks is written with."""

WORDS_SHOWN = {*WORDS.values(), *(severity.capitalize() for severity in Severity)}


class CaseBook:
    """A system's written workbook, open in the second engine, beside what our engine says of the same figures."""

    def __init__(self, issuable: Issuable) -> None:
        self.issuable = issuable
        self.plain: dict[Key, Value] = {**issuable.prefill, **plain_inputs(issuable.layout.form)}
        self._book = Workbook.from_bytes(self._written(self.plain))

    def our_results(self, values: Mapping[Key, Value]) -> tuple[Result, ...]:
        """What our engine says, for every rule instance in order, of these values over the plain ones."""
        form = self.issuable.layout.form
        completed = complete(form, {**self.plain, **values})
        return run_rules(self.issuable.layout.instances, facts_of(form, completed))

    def their_words(self, values: Mapping[Key, Value]) -> list[str]:
        """The words that stand on Checks once the second engine holds these values; the plain ones are put back after."""
        self._put(values)
        words = self._words(self._book)
        self._put({key: self.plain.get(key) for key in values})
        return words

    def our_saying(self, values: Mapping[Key, Value], position: int) -> str:
        """What our engine says beside the result of one rule instance."""
        layout = self.issuable.layout
        facts = facts_of(layout.form, complete(layout.form, {**self.plain, **values}))
        return statement(run_rules(layout.instances, facts)[position], layout, facts)

    def their_saying(self, values: Mapping[Key, Value], position: int) -> str:
        """What stands beside that result once the second engine holds these values; the plain ones are put back after."""
        self._put(values)
        row = self.issuable.layout.check_row(position)
        (said,) = self._book.evaluate_cells([(CHECKS, row + 1, SAYS_COLUMN + 1)])
        self._put({key: self.plain.get(key) for key in values})
        return str(said)

    def their_words_when_written(self, values: Mapping[Key, Value]) -> list[str]:
        """The same of a workbook that is written with these values: what setting a cell must be as good as."""
        return self._words(Workbook.from_bytes(self._written({**self.plain, **values})))

    def _put(self, values: Mapping[Key, Value]) -> None:
        for key, value in values.items():
            sheet, row, column = self.issuable.layout.cells[key]
            self._book.set_value(sheet, row + 1, column + 1, value)

    def _words(self, book: Workbook) -> list[str]:
        layout = self.issuable.layout
        rows = range(len(layout.instances))
        found = book.evaluate_cells([(CHECKS, layout.check_row(row) + 1, RESULT_COLUMN + 1) for row in rows])
        strange = [word for word in found if word not in WORDS_SHOWN]
        if strange or len(found) != len(layout.instances):
            raise EngineError(f"{len(found)} words for {len(layout.instances)} rows, among them {strange[:3]}.")
        return [str(word) for word in found]

    def _written(self, values: Mapping[Key, Value]) -> bytes:
        issuable = self.issuable
        contents = issuable.contents(values, issuable.stamp(1))
        return write_workbook(issuable.layout, _stale(contents, issuable.layout.form.order), settings_of(issuable.collection))


def _stale(contents: Contents, totals: Sequence[Key]) -> Contents:
    """The same contents with every result of a formula wrong."""
    return replace(
        contents,
        values={**contents.values, **dict.fromkeys(totals, NOT_RECALCULATED)},
        counts=dict.fromkeys(contents.counts, -1),
        words=dict.fromkeys(contents.words, STALE),
        shown=[Shown(STALE, STALE, NOT_RECALCULATED, NOT_RECALCULATED) for _ in contents.shown],
    )
