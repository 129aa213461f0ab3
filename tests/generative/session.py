"""A run of random rules: drawn, written to a few workbooks, answered by the engines, and what came of it in a sentence."""

from dataclasses import dataclass
from pathlib import Path

from tests.engines.compare import (
    FORMUALIZER,
    LIBREOFFICE,
    OURS,
    Answers,
    Batch,
    disagreements,
    formualizer_answers,
    libreoffice_answers,
    on_an_edge,
    our_answers,
    our_careful_answers,
    write_batch,
)
from tests.engines.trial import trial_layout
from tests.generative.draw import draw_trials, parted

BOOKS = 4
SHOWN = 10


@dataclass(frozen=True)
class Drawn:
    """The seed, the workbooks, and our own answers: as the reference adds, and carefully."""

    seed: int
    folder: Path
    batches: list[Batch]
    ours: list[list[Answers]]
    careful: list[list[Answers]]

    @property
    def rules(self) -> int:
        """How many rules were drawn."""
        return sum(len(trial.questions) for batch in self.batches for trial in batch.trials)

    @property
    def totals(self) -> int:
        """How many totals stand in the workbooks, each a formula as well."""
        return sum(len(trial.totals) for batch in self.batches for trial in batch.trials)

    @property
    def edges(self) -> int:
        """On how many rules the two ways of adding differ."""
        return sum(on_an_edge(plain, care) for plain, care in zip(self.ours, self.careful, strict=True))


def draw_batches(seed: int, rules: int, forms: int, folder: Path) -> Drawn:
    """Draw the rules, write the workbooks and answer them ourselves."""
    parts = parted(draw_trials(seed, rules, forms), BOOKS)
    layout = trial_layout()
    batches = [write_batch(layout, part, folder / f"rules_{n}.xlsx") for n, part in enumerate(parts, 1)]
    ours = [our_answers(batch) for batch in batches]
    return Drawn(seed, folder, batches, ours, [our_careful_answers(batch) for batch in batches])


def compare_with_formualizer(drawn: Drawn) -> list[str]:
    """Where formualizer, which adds as we do, says what the reference does not."""
    return [
        found
        for batch, ours in zip(drawn.batches, drawn.ours, strict=True)
        for found in disagreements(batch, FORMUALIZER, formualizer_answers(batch), ours)
    ]


def compare_with_libreoffice(drawn: Drawn) -> list[str]:
    """Where LibreOffice says what the reference says neither as it is nor adding carefully."""
    answers = libreoffice_answers(drawn.batches, drawn.folder / "recalculated")
    return [
        found
        for batch, theirs, ours, careful in zip(drawn.batches, answers, drawn.ours, drawn.careful, strict=True)
        for found in disagreements(batch, LIBREOFFICE, theirs, ours, careful)
    ]


def sentence(drawn: Drawn, engine: str, found: list[str]) -> str:
    """What was compared and what came of it, with the first disagreements."""
    told = [
        f"{drawn.rules:,} rules and {drawn.totals:,} totals, {OURS} and {engine}: {len(found)} disagreements"
        f" (seed {drawn.seed}; {drawn.edges} rules depend on how numbers are added)",
        *found[:SHOWN],
    ]
    return "\n  ".join(told)
