"""Nothing of the language is left out of the random rules: a new node, operator or function fails here until it is drawn."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import get_args, get_type_hints

import pytest

from tests.engines.answers import Answer
from tests.generative.session import Drawn
from workbook_gen.definition import nodes
from workbook_gen.definition.bind import COUNTS, SETTINGS
from workbook_gen.definition.expression import FUNCTIONS
from workbook_gen.definition.nodes import Block, Call, Cell, Count, Name, Node, Reference, Setting, walk
from workbook_gen.definition.values import CellError

AS_WRITTEN = (Name, Reference)
"""Nodes that binding replaces."""
LEAST = 5


def drawn_nodes(drawn: Drawn) -> Iterator[Node]:
    """Every node of every rule drawn."""
    for batch in drawn.batches:
        for trial in batch.trials:
            for question in trial.questions:
                yield from walk(question.node)


@pytest.fixture(scope="module")
def counted(drawn: Drawn) -> Counter[str]:
    """How often each node, operator, function, count and named cell was drawn."""
    return Counter(name for node in drawn_nodes(drawn) for name in names_of(node))


def names_of(node: Node) -> list[str]:
    """The node's kind, and what it is called."""
    kind = type(node).__name__
    own = [getattr(node, name) for name in ("operator", "function", "kind", "name") if hasattr(node, name)]
    return [kind, *(f"{kind} {name}" for name in own)]


def operators() -> list[str]:
    """Every operator that a node may have, from its type."""
    kinds = [kind for kind in get_args(Node) if "operator" in {field.name for field in fields(kind)}]
    hints = {kind.__name__: get_args(get_type_hints(kind, vars(nodes))["operator"]) for kind in kinds}
    return [f"{kind} {operator}" for kind, names in hints.items() for operator in names]


EVERYTHING = [
    *(kind.__name__ for kind in get_args(Node) if kind not in AS_WRITTEN),
    *operators(),
    *(f"Call {function}" for function in FUNCTIONS),
    *(f"Count {kind}" for kind in COUNTS),
    *(f"Setting {name}" for name in SETTINGS),
]


def test_the_list_is_whole() -> None:
    assert len(EVERYTHING) >= 13 + 10 + 9 + 4 + 4
    assert {"Arithmetic /", "Compare >=", "Call iff", "Count blank", "Or"} <= set(EVERYTHING)


@pytest.mark.parametrize("name", EVERYTHING)
def test_it_is_drawn(name: str, counted: Counter[str]) -> None:
    assert counted[name] >= LEAST, f"{name} was drawn {counted[name]} times"


def test_every_verdict_occurs(drawn: Drawn) -> None:
    answers = [answer for ours in drawn.ours for trial in ours for answer in trial.questions]
    kinds = Counter(kind_of(answer) for answer in answers)
    assert min(kinds["true"], kinds["false"], kinds["number"], kinds["error"]) >= len(answers) / 20, kinds


def kind_of(answer: Answer) -> str:
    """What sort of answer it is."""
    if isinstance(answer, CellError):
        return "error"
    return str(answer).lower() if isinstance(answer, bool) else "number"


def test_every_cell_is_read(drawn: Drawn) -> None:
    cells = {node.key for node in drawn_nodes(drawn) if isinstance(node, Cell)}
    blocks = {node.keys for node in drawn_nodes(drawn) if isinstance(node, Block)}
    form = drawn.batches[0].layout.form
    shown = {key for key, cell in form.cells.items() if cell.role != "not_applicable"}
    assert cells == shown
    assert () in blocks
    assert max(map(len, blocks)) >= 9


def test_totals_are_numbers_and_errors(drawn: Drawn) -> None:
    totals = [total for ours in drawn.ours for trial in ours for total in trial.totals.values()]
    assert {kind_of(total) for total in totals} == {"number", "error"}


def test_names_of_a_node() -> None:
    assert names_of(Call("abs", (Setting("issued"),))) == ["Call", "Call abs"]
    assert names_of(Count("staff", "blank")) == ["Count", "Count blank"]
