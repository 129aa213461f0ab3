"""What a hostile file is: how it is made, and what it is owed."""

from collections.abc import Callable
from dataclasses import dataclass

UNREADABLE, NOT_OURS = 3, 4
"""Exit codes of `check`: nothing in the file was read; it was read and is none of ours."""


@dataclass(frozen=True)
class Hostile:
    """A file, by the name of the function that makes it; the code that it is owed, and the exit code of a check of it alone."""

    name: str
    what: str
    code: str
    exit: int
    make: Callable[[], bytes]


def hostile(what: str, code: str, exit: int = UNREADABLE) -> Callable[[Callable[[], bytes]], Hostile]:
    """The function that follows makes such a file."""
    return lambda make: Hostile(make.__name__, what, code, exit, make)
