"""The author's mistakes: where in the definition, what, and which name was perhaps meant."""

from collections.abc import Iterable
from difflib import get_close_matches


class ExpressionError(ValueError):
    """A text of the rule language that cannot be read or bound; `load` adds where it stands."""


class DefinitionError(Exception):
    """A collection that cannot be used. Names file, block and field; nothing is issued."""

    def __init__(self, file: str, block: str, field: str, problem: str) -> None:
        self.file, self.block, self.field, self.problem = file, block, field, problem
        place = ", ".join(part for part in (file, block, field) if part)
        super().__init__(f"{place}: {problem}")


def nearest(name: str, known: Iterable[str]) -> str:
    """A closing sentence that names the nearest known name, or lists a few."""
    names = sorted(set(known))
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"Known: {', '.join(names[:8])}{', …' if len(names) > 8 else ''}." if names else "None is known here."
