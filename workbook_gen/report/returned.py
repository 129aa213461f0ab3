"""One system's figures as they stand: what it returned, the national figures, and every total worked out again.

What has not come back is missing, never zero; and so is a total that rests, itself or through others, on a required answer
that is blank or is no number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbook_gen.checks.run import complete
from workbook_gen.definition.form import Form, FormCell
from workbook_gen.definition.layout import address
from workbook_gen.definition.model import System
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value, Values
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.check import Answer
from workbook_gen.desk.status import Standing


@dataclass(frozen=True)
class SystemFigures:
    """What is known of one system. `values` holds a figure or text for each cell that has one; what is not there is missing.

    `places` says where each answer stood in the file that came back; `unknown` the answers that today's definition has no
    cell for.
    """

    standing: Standing
    issuable: Issuable
    values: Mapping[Key, float | str]
    places: Mapping[Key, str] = field(default_factory=dict)
    unknown: tuple[Key, ...] = ()

    @property
    def system(self) -> System:
        """The ICB and its providers."""
        return self.issuable.system

    @property
    def form(self) -> Form:
        """The system's form."""
        return self.issuable.layout.form

    @property
    def returned(self) -> bool:
        """Whether a return of this system counts."""
        return self.standing.entry is not None and self.standing.entry.counts_as_return

    @property
    def submission(self) -> int | None:
        """The number of the submission that counts, None where there is none."""
        return self.standing.entry.number if self.standing.entry and self.returned else None

    def number(self, key: Key) -> float | None:
        """The figure of a cell; None where it is missing, or holds a text."""
        value = self.values.get(key)
        return float(value) if isinstance(value, float | int) else None

    def place(self, key: Key) -> str:
        """Where a figure stands: in the file that came back for an answer, else in the workbook as issued."""
        sheet, row, column = self.issuable.layout.cells[key]
        return self.places.get(key) or f"{sheet} {address(row, column)}"


def figures_of(issuable: Issuable, standing: Standing, answers: Sequence[Answer]) -> SystemFigures:
    """The figures of a system from the answers of the submission that counts; without one, the national figures alone."""
    form = issuable.layout.form
    known = {answer.key: answer for answer in answers if form.role(answer.key) == "input"}
    inputs: dict[Key, Value] = {key: answer.value for key, answer in known.items()}
    completed = complete(form, {**issuable.prefill, **inputs})
    missing = missing_of(form, completed)
    return SystemFigures(
        standing=standing,
        issuable=issuable,
        values={key: value for key, value in completed.items() if value is not None and key not in missing},
        places={key: f"{answer.sheet} {answer.cell}" for key, answer in known.items()},
        unknown=tuple(answer.key for answer in answers if answer.key not in known),
    )


def missing_of(form: Form, completed: Values) -> set[Key]:
    """The required answers that are not there or are no number, and every total that rests on one of them."""
    missing = {cell.key for cell in form.inputs() if cell.required and not _answered(cell, completed.get(cell.key))}
    for key in form.order:
        reads = form.cells[key].reads
        if isinstance(completed.get(key), CellError) or not missing.isdisjoint(reads):
            missing.add(key)
    return missing


def _answered(cell: FormCell, value: Value) -> bool:
    if cell.column.numeric:
        return isinstance(value, float | int)
    return value is not None and not isinstance(value, CellError)
