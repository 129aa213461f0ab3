"""Rules and figures drawn by Hypothesis from a seed, as one large batch that every engine answers at once."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.engines.trial import Trial
from tests.generative.figures import returns
from tests.generative.rules import questions

T = TypeVar("T")

QUIETLY = settings(phases=(Phase.generate,), database=None, deadline=None, suppress_health_check=list(HealthCheck))
"""Nothing is tested while drawing, so there is nothing to shrink, to remember or to be slow at."""


def draw_trials(number: int, rules: int, forms: int) -> list[Trial]:
    """So many rules, spread over so many filled-in returns.

    The same seed draws the same while the same modules are loaded: Hypothesis also tries numbers that it finds in them.
    """
    asked = draw(questions(), rules, number)
    figures = draw(returns(), forms, number)
    return [Trial(values, tuple(asked[first::forms])) for first, values in enumerate(figures)]


def draw(strategy: st.SearchStrategy[T], count: int, number: int) -> list[T]:
    """That many examples of a strategy."""
    drawn: list[T] = []

    @seed(number)
    @settings(QUIETLY, max_examples=count)
    @given(strategy)
    def collect(example: T) -> None:
        drawn.append(example)

    collect()
    return drawn


def parted(trials: Sequence[Trial], into: int) -> list[Sequence[Trial]]:
    """The trials in so many parts."""
    return [trials[first::into] for first in range(into)]
