"""Trials answered by each engine, and where the answers differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.engines.answers import Answer, recalculated, same
from tests.engines.careful import adding_carefully
from tests.engines.libreoffice import Cells, libreoffice_values, recalculate_with_libreoffice
from tests.engines.second_engine import formualizer_values
from tests.engines.trial import Question, Trial
from tests.engines.workbook import copy_of, place_of_answer, write_trials
from workbook_gen.checks.evaluate import Facts, Undefined, number, truth
from workbook_gen.checks.run import complete, facts_of
from workbook_gen.definition.form import read_keys
from workbook_gen.definition.layout import Layout
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value

OURS, FORMUALIZER, LIBREOFFICE = "ours", "formualizer", "libreoffice"
ENGINES = (OURS, FORMUALIZER, LIBREOFFICE)


@dataclass(frozen=True)
class Answers:
    """What an engine says of one trial: its answers in the order of the questions, and the totals."""

    questions: tuple[Answer, ...]
    totals: Mapping[Key, Answer]


@dataclass(frozen=True)
class Batch:
    """Trials, and the workbook that they were written to."""

    layout: Layout
    trials: Sequence[Trial]
    path: Path


def write_batch(layout: Layout, trials: Sequence[Trial], path: Path) -> Batch:
    """The trials, written to a workbook for the engines that read one."""
    write_trials(path, layout, trials)
    return Batch(layout, trials, path)


def our_answers(batch: Batch) -> list[Answers]:
    """What the reference says."""
    return [_our_answers(batch.layout, trial) for trial in batch.trials]


def our_careful_answers(batch: Batch) -> list[Answers]:
    """What the reference says when it adds as LibreOffice does: see `careful`."""
    with adding_carefully():
        return our_answers(batch)


def _our_answers(layout: Layout, trial: Trial) -> Answers:
    completed = complete(layout.form, trial.values)
    facts = facts_of(layout.form, completed)
    totals = {key: _total(completed[key]) for key in trial.totals}
    return Answers(tuple(our_answer(question, facts) for question in trial.questions), totals)


def _total(value: Value) -> Answer:
    return value if isinstance(value, CellError) else float(value or 0.0)


def our_answer(question: Question, facts: Facts) -> Answer:
    """What the reference says to one question."""
    try:
        return truth(question.node, facts) if question.asks_truth else number(question.node, facts)
    except Undefined as undefined:
        return undefined.error


def formualizer_answers(batch: Batch) -> list[Answers]:
    """What formualizer makes of the workbook."""
    return read_answers(batch, formualizer_values(batch.path))


def libreoffice_answers(batches: Sequence[Batch], out: Path) -> list[list[Answers]]:
    """What LibreOffice makes of several workbooks, opened by one process."""
    saved = recalculate_with_libreoffice([batch.path for batch in batches], out)
    return [read_answers(batch, libreoffice_values(path)) for batch, path in zip(batches, saved, strict=True)]


def read_answers(batch: Batch, cells: Cells) -> list[Answers]:
    """The answers and totals that stand in a workbook of trials. Raises `EngineError` where nothing was recalculated."""
    found = []
    for count, trial in enumerate(batch.trials):
        places = copy_of(batch.layout, count).cells
        answers = [cells.get(place_of_answer(count, position), "") for position in range(len(trial.questions))]
        totals = {key: recalculated(cells.get(places[key], "")) for key in trial.totals}
        found.append(Answers(tuple(map(recalculated, answers)), totals))
    return found


def disagreements(batch: Batch, engine: str, theirs: Sequence[Answers], *ours: Sequence[Answers]) -> list[str]:
    """One sentence for each question and total on which an engine says what the reference does not.

    The reference may be given twice, as it is and adding carefully; an answer is to be that of one of them.
    """
    found = []
    for trial, said, *mine in zip(batch.trials, theirs, *ours, strict=True):
        for question, answer, *own in zip(trial.questions, said.questions, *(m.questions for m in mine), strict=True):
            if not any(same(answer, one) for one in own):
                read = {str(key): trial.values.get(key) for key in read_keys(question.node)}
                found.append(f"{question}: ours {own[0]!r}, {engine} {answer!r}; inputs {read}")
        for key, total in said.totals.items():
            if not any(same(total, one.totals[key]) for one in mine):
                found.append(f"total {key}: ours {mine[0].totals[key]!r}, {engine} {total!r}")
    return found


def on_an_edge(ours: Sequence[Answers], careful: Sequence[Answers]) -> int:
    """On how many questions the reference differs from itself when it adds carefully."""
    return sum(
        not same(answer, other)
        for plain, care in zip(ours, careful, strict=True)
        for answer, other in zip(plain.questions, care.questions, strict=True)
    )
