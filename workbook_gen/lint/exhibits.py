"""Exhibits: each issued workbook laid beside what the definition and the national data say that it should hold."""

from dataclasses import dataclass
from pathlib import Path

from workbook_gen.checks.run import complete, facts_of, run_rules
from workbook_gen.definition.cases import plain_inputs
from workbook_gen.definition.model import Collection
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.check import CheckedReturn
from workbook_gen.desk.issue import written_again
from workbook_gen.findings import word
from workbook_gen.lint.book import Book
from workbook_gen.lint.exhibit import Exhibit, Recalculated
from workbook_gen.lint.own_numbers import own_numbers
from workbook_gen.lint.strangers import strangers_of
from workbook_gen.national.data import NationalData


@dataclass(frozen=True, slots=True)
class Listed:
    """A workbook to look at: its file, whose it is, and the number that it was issued under."""

    path: Path
    organisation: str
    issue: int


def listed_by_its_seal(path: Path, checked: CheckedReturn, national: NationalData) -> Listed | None:
    """Whose workbook a file is, by its seal or, where that says nothing, by the code that its name begins with.

    None where neither says so.
    """
    identity = checked.identity
    number = identity.stamp.issue if identity and identity.stamp else 1
    if identity and identity.organisation:
        return Listed(path, identity.organisation, number)
    code = path.name.partition("_")[0].upper()
    return Listed(path, code, number) if code in {system.code for system in national.systems} else None


@dataclass(frozen=True)
class Collector:
    """Makes exhibits. `key` seals a second issue; None where it is not here."""

    collection: Collection
    national: NationalData
    key: bytes | None

    def exhibit(self, listed: Listed, recalculated: Recalculated | None = None) -> Exhibit:
        """The exhibit of a listed file. Raises `OSError` where the file cannot be read."""
        issuable = Issuable(self.collection, self.national, self.national.system(listed.organisation))
        again = None if self.key is None else written_again(issuable, listed.issue, self.key)
        return make_exhibit(listed.path.name, listed.path.read_bytes(), issuable, self.national, again, recalculated)


def make_exhibit(
    file: str,
    data: bytes,
    issuable: Issuable,
    national: NationalData,
    again: bytes | None,
    recalculated: Recalculated | None = None,
) -> Exhibit:
    """The exhibit of a workbook's bytes, issued for a system."""
    form, instances = issuable.layout.form, issuable.layout.instances
    values = complete(form, issuable.prefill)
    results = run_rules(instances, facts_of(form, values))
    numbers = own_numbers(form, values, results, len(issuable.prefill), len(issuable.illustrative))
    return Exhibit(
        file=file,
        book=Book(data),
        form=form,
        values=values,
        results=results,
        answered=_answered(issuable),
        strangers=strangers_of(issuable.system, national.organisations, numbers),
        again=again,
        recalculated=recalculated,
    )


def _answered(issuable: Issuable) -> tuple[str, ...]:
    """What every rule says once each number is 0 and everything else has an answer."""
    form = issuable.layout.form
    completed = complete(form, {**issuable.prefill, **plain_inputs(form)})
    results = run_rules(issuable.layout.instances, facts_of(form, completed))
    return tuple(word(result.outcome, result.instance.rule.severity) for result in results)
