"""A compiler with one thing wrong is found out by the random rules: the comparison can fail."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.engines import workbook
from tests.engines.compare import FORMUALIZER, Batch, disagreements, formualizer_answers, our_answers, write_batch
from tests.generative.session import Drawn
from workbook_gen.definition.nodes import Node
from workbook_gen.excel.formula import Place, formula

MISTAKES = {
    "at least becomes more than": (r">=0", ">0"),
    "at most becomes less than": (r"<=0", "<0"),
    "not equal becomes equal": (r"<>0", "=0"),
    "comparison to one decimal": (r",2\)(?=[<>=])", ",1)"),
    "comparison without rounding": (r",2\)(?=[<>=])", ",15)"),
    "round to one digit less": (r",2\)(?![<>=])", ",1)"),
    "a text is no longer 0": (r"\bN\(", "("),
    "blanks count as filled": (r"TRIM\(", "("),
    "filled asks for two characters": (r"\)\)>0", "))>1"),
    "and becomes or": (r"\bAND\(", "OR("),
    "or becomes and": (r"\bOR\(", "AND("),
    "not is lost": (r"NOT\(", "("),
    "the smallest becomes the largest": (r"MIN\(", "MAX("),
    "the largest becomes a sum": (r"MAX\(", "SUM("),
    "a sum becomes the largest": (r"SUM\(", "MAX("),
    "the sign is kept": (r"ABS\(", "("),
    "plus becomes minus": (r"\+", "-"),
    "times becomes divided by": (r"\*", "/"),
    "divided by becomes times": (r"/", "*"),
    "brackets are lost": (r"([-*/])\(([^()]*)\)", r"\1\2"),
    "the slack is doubled": (r"/2,2\)<=0", ",2)<=0"),
    "another parameter": (r"\bshare\b", "ceiling"),
    "the column beside": (r"!E(?=\d)", "!D"),
    "a range loses its last column": (r"([A-F]\d+):G(?=\d)", r"\1:F"),
}


def broken(pattern: str, instead: str) -> Callable[[Node, Place], str]:
    """The compiler with one thing wrong."""
    return lambda node, place: re.sub(pattern, instead, formula(node, place))


def found_by_formualizer(batches: Sequence[Batch], folder: Path) -> list[str]:
    """What formualizer and our engine disagree on in the first workbook, written anew, in which they do."""
    for batch in batches:
        again = write_batch(batch.layout, batch.trials, folder / batch.path.name)
        if found := disagreements(again, FORMUALIZER, formualizer_answers(again), our_answers(again)):
            return found
    return []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_compiler_is_found(
    mistake: str, drawn: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "formula", broken(*MISTAKES[mistake]))
    assert found_by_formualizer(drawn.batches, tmp_path)


def test_without_a_mistake_nothing_is_found(drawn: Drawn, tmp_path: Path) -> None:
    assert found_by_formualizer(drawn.batches, tmp_path) == []
