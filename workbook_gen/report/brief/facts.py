"""What a brief holds, whatever it is written as: blocks of lines, each on a side of one of two pages."""

import re
from dataclasses import dataclass
from typing import Literal

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEADLINES = "Headlines"
"""The title of the first block."""
Tone = Literal["", "good", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: its cells, and the part of the longest bar (-1 to 1) where the block has bars."""

    cells: tuple[str, ...]
    share: float | None = None
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block: its heading, its part of the width, and whether figures stand in it, to the right."""

    heading: str
    part: float
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A table of the brief. `empty` is said where it has no line; `more` says where the `left_out` lines are to be found.

    With `bars` the last column holds bars. `keep` says that no line may be left out for want of room.
    """

    title: str
    page: int
    side: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    empty: str = ""
    more: str = ""
    bars: bool = False
    keep: bool = False
    left_out: int = 0

    @property
    def remark(self) -> str:
        """What stands below the lines: that there are none, or that there are more."""
        if not self.lines:
            return self.empty
        lines = "line" if self.left_out == 1 else "lines"
        return f"And {self.left_out} more {lines}: {self.more}." if self.left_out else ""


@dataclass(frozen=True, slots=True)
class BriefFacts:
    """A brief: whose it is, what it is about, its blocks and the notes at the foot."""

    code: str
    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    notes: str


def headlines_as_json(brief: BriefFacts) -> list[dict[str, str]]:
    """The headlines of a brief for programs."""
    block = next(block for block in brief.blocks if block.title == HEADLINES)
    return [dict(zip(("headline", "met", "says"), line.cells, strict=True)) for line in block.lines]


def plain(text: str, longest: int = 0) -> str:
    """A text on one line, without characters that no page can hold; of one that is longer, as much as fits with an ellipsis."""
    words = " ".join(_UNWRITABLE.sub(" ", text).split())
    if not longest or len(words) <= longest:
        return words
    cut = words[: longest - 1]
    return (cut.rpartition(" ")[0] if " " in cut[longest // 2 :] else cut).rstrip(" ,;.") + "…"


def money_or_number(value: float, unit: str, decimals: int) -> str:
    """A figure in its column: 1,234; money that is negative in brackets."""
    shown = f"{abs(value):,.{decimals}f}"
    if not shown.strip("0.,"):
        return shown
    return f"({shown})" if value < 0 and unit.startswith("£") else f"-{shown}" if value < 0 else shown


def amount(value: float, unit: str, decimals: int) -> str:
    """A change in a sentence, with its unit: £1,400k, £0.5m, 1.0 percentage points, 12 patients."""
    return figure_said(value, unit, decimals).replace("%", " percentage points")


def figure_said(value: float, unit: str, decimals: int) -> str:
    """A figure in a sentence, with its unit: -£1,400k, 103.0%, 12 patients."""
    shown = f"{abs(value):,.{decimals}f}"
    minus = "-" if value < 0 and shown.strip("0.,") else ""
    if unit.startswith("£"):
        return f"{minus}£{shown}{'k' if unit == '£000' else unit[1:]}"
    return f"{minus}{shown}%" if unit == "%" else f"{minus}{shown} {unit}".strip()
