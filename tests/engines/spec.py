"""What the language means, as cases: an expression, the figures it reads, and the answer that every engine gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.engines.answers import Answer, EngineError, same
from tests.engines.compare import (
    ENGINES,
    FORMUALIZER,
    LIBREOFFICE,
    OURS,
    Answers,
    Batch,
    formualizer_answers,
    libreoffice_answers,
    our_answers,
    write_batch,
)
from tests.engines.trial import TABLE, Trial, ask, key, trial_layout
from workbook_gen.definition.errors import ExpressionError
from workbook_gen.definition.values import CellError, Value

DIVISION, OVERFLOW = CellError("#DIV/0!"), CellError("#NUM!")


@dataclass(frozen=True)
class Case:
    """An expression where it stands, the cells filled in before it is asked, and the answer expected."""

    text: str
    expected: Answer
    cells: tuple[tuple[str, Value], ...]
    table: str
    line: str | None
    month: str | None
    wrong: tuple[tuple[str, str], ...]

    @property
    def trial(self) -> Trial:
        """The case as a trial of one question."""
        values = {key(name): value for name, value in self.cells}
        return Trial(values, (ask(self.text, self.table, self.line, self.month),))

    def __str__(self) -> str:
        filled = ", ".join(f"{name}={value!r}" for name, value in self.cells)
        return f"{self.text} | {filled}" if filled else self.text


def case(
    text: str,
    expected: Answer,
    cells: Mapping[str, Value] | None = None,
    *,
    table: str = TABLE,
    line: str | None = None,
    month: str | None = None,
    wrong: Mapping[str, str] | None = None,
) -> Case:
    """A case; `wrong` names an engine that is known to answer otherwise, and says why. All other cells are blank."""
    given = tuple((cells or {}).items())
    return Case(text, expected, given, table, line, month, tuple((wrong or {}).items()))


def on_every_engine(*cases: Case) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A test of these cases, once on each engine. An engine that is known to be wrong has to stay so, strictly."""
    assert cases, "a spec has cases"
    return pytest.mark.parametrize(("engine", "case"), [_param(engine, each) for engine in ENGINES for each in cases])


def _param(engine: str, each: Case) -> object:
    marks = [pytest.mark.libreoffice] if engine == LIBREOFFICE else []
    reasons = dict(each.wrong)
    if engine in reasons:
        marks.append(pytest.mark.xfail(reason=reasons[engine], strict=True))
    return pytest.param(engine, each, id=f"{engine}-{each}", marks=marks)


class Spoken:
    """Every case of a session in one workbook, answered by each engine when it is first asked."""

    def __init__(self, cases: list[Case], folder: Path) -> None:
        self._cases = [each for each in cases if _can_be_asked(each)]
        self._position = {each: number for number, each in enumerate(self._cases)}
        self._batch = write_batch(trial_layout(), [each.trial for each in self._cases], folder / "spec.xlsx")
        self._said: dict[str, list[Answers] | EngineError] = {}

    def check(self, engine: str, each: Case) -> None:
        """Assert that an engine answers a case as expected."""
        assert each.trial.questions, f"{each} asks nothing"
        answers = self._answers(engine)
        said = answers[self._position[each]].questions[0]
        assert same(said, each.expected), f"{engine}: {each} is {said!r}, not {each.expected!r}"

    def _answers(self, engine: str) -> list[Answers]:
        """The engine's answers; an engine that fails does so once, and every case says how."""
        if engine not in self._said:
            self._said[engine] = _asked(engine, self._batch)
        answers = self._said[engine]
        if isinstance(answers, EngineError):
            raise answers
        return answers


def _asked(engine: str, batch: Batch) -> list[Answers] | EngineError:
    try:
        if engine == LIBREOFFICE:
            return libreoffice_answers([batch], batch.path.parent / "recalculated")[0]
        return {OURS: our_answers, FORMUALIZER: formualizer_answers}[engine](batch)
    except EngineError as error:
        return error


def _can_be_asked(each: Case) -> bool:
    """Whether a case can be bound; one that cannot fails by itself and leaves the others their workbook."""
    try:
        return bool(each.trial.questions)
    except ExpressionError:
        return False
