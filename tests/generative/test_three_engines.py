"""Thousands of random rules and totals mean the same to our engine, to formualizer and to LibreOffice."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engines.compare import FORMUALIZER, LIBREOFFICE
from tests.generative.session import Drawn, compare_with_formualizer, compare_with_libreoffice, draw_batches, sentence

COMPARISONS = [
    pytest.param(FORMUALIZER, compare_with_formualizer, id=FORMUALIZER),
    pytest.param(LIBREOFFICE, compare_with_libreoffice, id=LIBREOFFICE, marks=pytest.mark.libreoffice),
]
LEAST_RULES = 3000
MOST_ON_AN_EDGE = 0.002
LONG_RULES, LONG_FORMS = 20_000, 240

Comparison = Callable[[Drawn], list[str]]


@pytest.mark.parametrize(("engine", "compare"), COMPARISONS)
def test_the_engines_agree(
    engine: str, compare: Comparison, drawn: Drawn, record_property: Callable[[str, object], None]
) -> None:
    found = compare(drawn)
    told = sentence(drawn, engine, found)
    assert drawn.rules >= LEAST_RULES, told
    assert not found, told
    record_property("Random rules", told)


def test_few_rules_depend_on_how_numbers_are_added(drawn: Drawn) -> None:
    assert drawn.edges <= MOST_ON_AN_EDGE * drawn.rules


@pytest.mark.soak
@pytest.mark.libreoffice
def test_the_engines_agree_on_other_rules(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    drawn = draw_batches(random.SystemRandom().randrange(2**32), LONG_RULES, LONG_FORMS, tmp_path)
    for engine, compare in ((FORMUALIZER, compare_with_formualizer), (LIBREOFFICE, compare_with_libreoffice)):
        found = compare(drawn)
        assert not found, sentence(drawn, engine, found)
        record_property("Random rules", sentence(drawn, engine, found))
