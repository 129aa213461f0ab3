"""The checklist of a good workbook: its lines by number, each with what must hold and the function that finds what offends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workbook_gen.lint.exhibit import Exhibit

Check = Callable[[Exhibit], Iterator[str]]
"""Finds what offends against one line in one workbook: each offence says where and what. May raise `NotTested`."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the checklist."""

    number: int
    title: str
    check: Check
