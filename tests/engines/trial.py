"""The small return on which the rule language is tried, and questions about it: an expression bound where it stands."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from workbook_gen.definition.bind import Scope, bind
from workbook_gen.definition.expand import make_form
from workbook_gen.definition.expression import parse
from workbook_gen.definition.form import Form, read_keys
from workbook_gen.definition.layout import Layout, make_layout
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.model import Organisation, System
from workbook_gen.definition.nodes import And, Call, Compare, Key, Node, Not, Or
from workbook_gen.definition.values import Values

COLLECTION = Path(__file__).parent / "collection"
TABLE = "figures"
"""The table that an expression stands in, unless told otherwise."""

_KEY = re.compile(r"(?:(\w+)\.)?(\w+)\[(\w+)\]")


@lru_cache(maxsize=1)
def trial_form() -> Form:
    """The form of a system with two providers, none of which runs ambulances."""
    board = Organisation(code="QX1", name="Board", kind="icb", icb_code="QX1", region_code="Y1", region_name="Region")
    trusts = [
        board.model_copy(update={"code": f"RX{n}", "name": f"Trust {n}", "kind": "provider", "sector": "acute"}) for n in (1, 2)
    ]
    return make_form(load_collection(COLLECTION), System(icb=board, providers=tuple(trusts)))


@lru_cache(maxsize=1)
def trial_layout() -> Layout:
    """Where everything of that form stands."""
    return make_layout(trial_form())


def key(text: str) -> Key:
    """`apples[nov]` or `staff.r01[pay]` as a key. Raises `ValueError` for a cell that is not filled in or prefilled."""
    found = _KEY.fullmatch(text)
    named = Key(found[1] or TABLE, found[2], found[3]) if found else Key("", "", "")
    if trial_form().role(named) not in ("prefill", "input"):
        raise ValueError(f"{text} is no cell that the trial can fill in.")
    return named


@dataclass(frozen=True)
class Question:
    """An expression, where it stands, and the tree it is bound to."""

    text: str
    table: str
    line: str | None
    month: str | None
    node: Node

    @property
    def asks_truth(self) -> bool:
        """Whether the answer is a truth; else it is a number."""
        return isinstance(self.node, Compare | And | Or | Not) or (
            isinstance(self.node, Call) and self.node.function in ("filled", "within")
        )

    def __str__(self) -> str:
        place = " ".join(part for part in (self.table, self.line, self.month) if part)
        return f"{self.text}  (in {place})"


def ask(text: str, table: str = TABLE, line: str | None = None, month: str | None = None) -> Question:
    """A question of the trial return. Raises `ExpressionError` where the text is not in the language."""
    scope = Scope(trial_form(), table, line, None, month)
    return Question(text, table, line, month, bind(parse(text), scope))


@dataclass(frozen=True)
class Trial:
    """One filling-in of the return, and what is asked about it."""

    values: Values
    questions: tuple[Question, ...]

    @cached_property
    def totals(self) -> tuple[Key, ...]:
        """The totals that the questions read, directly or through others, in dependency order."""
        form = trial_form()
        pending = [read for question in self.questions for read in read_keys(question.node)]
        seen: set[Key] = set()
        while pending:
            reading = pending.pop()
            formula = form.cells[reading].formula
            if reading not in seen and formula is not None:
                pending.extend(read_keys(formula))
            seen.add(reading)
        return tuple(total for total in form.order if total in seen)
