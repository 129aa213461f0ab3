"""Where everything of a brief stands: two A4 pages on their side, in millimetres, before anything is written.

The pages in HTML and the slides are both written from this, so that they hold the same. A side that is too full loses lines
from its longest tables, and says how many and where they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from workbook_gen.report.brief.facts import Block, BriefFacts, Line
from workbook_gen.report.brief.measure import BOLD, fitting, height_of, lines_of

WIDTH, HEIGHT = 297.0, 210.0
MARGIN, GAP = 11.0, 7.0
TITLE_TOP, SUBTITLE_TOP, TOP, BOTTOM, FOOT = 7.0, 15.5, 23.0, 199.0, 200.5
ACROSS_ALL = WIDTH - 2 * MARGIN
SIDE = (ACROSS_ALL - GAP) / 2
TEXT, HEAD, TITLE, NAME, SMALL = 8.5, 8.0, 10.5, 16.0, 7.5
"""Sizes in points: text, headings of columns, titles of tables, the name of the system, notes."""
ACROSS, DOWN, RULE = 1.0, 0.45, 0.2
"""What is left free inside a cell, at each side, and above and below; the line below it."""
TITLE_HEIGHT, BETWEEN = 6.0, 3.0
PAGES = 2
_SHRINKS_TO = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its place: the top and left of its title, the width of each column and the height of each row.

    The first row is that of the headings; `remark_height` is 0 where there is no remark.
    """

    block: Block
    left: float
    top: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    remark_height: float

    @property
    def table_top(self) -> float:
        """Where the table begins, below its title."""
        return self.top + TITLE_HEIGHT

    @property
    def remark_top(self) -> float:
        """Where the remark stands, below the table."""
        return self.table_top + sum(self.heights)

    @property
    def bottom(self) -> float:
        """Where the block ends."""
        return self.remark_top + self.remark_height


@dataclass(frozen=True, slots=True)
class PlacedBrief:
    """A brief laid out: the blocks of each page, and the titles of those for which there is no room."""

    facts: BriefFacts
    pages: tuple[tuple[Placed, ...], ...]
    without: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Whose brief it is, on one line."""
        return fitting(self.facts.title, ACROSS_ALL, NAME * BOLD)

    @property
    def subtitle(self) -> str:
        """What it is about, on one line."""
        return fitting(self.facts.subtitle, ACROSS_ALL, TITLE)

    def foot(self, page: int) -> str:
        """What stands at the foot of a page."""
        left = f" No room here for: {', '.join(self.without)}." if self.without else ""
        end = f" Page {page} of {PAGES}."
        return fitting(self.facts.notes + left, ACROSS_ALL - 30, SMALL) + end


def placed(facts: BriefFacts) -> PlacedBrief:
    """The brief laid out on its pages."""
    pages, without = [], []
    for page in range(1, PAGES + 1):
        found: list[Placed] = []
        for side, left in (("left", MARGIN), ("right", MARGIN + SIDE + GAP)):
            blocks = [block for block in facts.blocks if (block.page, block.side) == (page, side)]
            fitted, dropped = _fitted(blocks)
            without += dropped
            found += _stacked(fitted, left)
        pages.append(tuple(found))
    return PlacedBrief(facts, tuple(pages), tuple(without))


def _fitted(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """The blocks of a side, shortened until they fit; those for which not even one line has room are named."""
    fitted, dropped = list(blocks), list[str]()
    while fitted and _height(fitted) > BOTTOM - TOP:
        free = [n for n, block in enumerate(fitted) if not block.keep and len(block.lines) > _SHRINKS_TO]
        if free:
            longest = max(free, key=lambda n: (_block_height(fitted[n]), n))
            fitted[longest] = shorter(fitted[longest])
        else:
            dropped.append(fitted.pop().title)
    return fitted, dropped


def shorter(block: Block) -> Block:
    """The block without its last line."""
    return replace(block, lines=block.lines[:-1], left_out=block.left_out + 1)


def _height(blocks: Sequence[Block]) -> float:
    return sum(map(_block_height, blocks)) + BETWEEN * (len(blocks) - 1)


def _block_height(block: Block) -> float:
    return TITLE_HEIGHT + sum(_heights(block)) + _remark_height(block)


def _stacked(blocks: Sequence[Block], left: float) -> list[Placed]:
    found, top = list[Placed](), TOP
    for block in blocks:
        widths = tuple(SIDE * column.part for column in block.columns)
        found.append(Placed(block, left, top, widths, tuple(_heights(block)), _remark_height(block)))
        top = found[-1].bottom + BETWEEN
    return found


def _heights(block: Block) -> list[float]:
    if not block.lines:
        return []
    headings = Line(tuple(column.heading for column in block.columns))
    return [_row_height(block, headings, HEAD * BOLD), *(_row_height(block, line, TEXT) for line in block.lines)]


def _row_height(block: Block, line: Line, points: float) -> float:
    widths = [SIDE * column.part - 2 * ACROSS for column in block.columns]
    most = max(lines_of(cell, width, points) for cell, width in zip(line.cells, widths, strict=False))
    return height_of(most, points) + 2 * DOWN + RULE


def _remark_height(block: Block) -> float:
    if not block.remark:
        return 0.0
    return height_of(lines_of(block.remark, SIDE - 2 * ACROSS, TEXT), TEXT) + 2 * DOWN


class PlacedBar(NamedTuple):
    """The bar of a line: whether it is of less than nothing, where it begins, how long and how high it is."""

    line: Line
    is_minus: bool
    left: float
    top: float
    length: float
    height: float


def bars(placed: Placed) -> Iterator[PlacedBar]:
    """The bars of a block, over its last column, from the middle of that; none where it draws none."""
    if not placed.block.bars:
        return
    width = placed.widths[-1]
    middle = placed.left + sum(placed.widths[:-1]) + width / 2
    top = placed.table_top + placed.heights[0]
    for line, height in zip(placed.block.lines, placed.heights[1:], strict=True):
        if line.share:
            length, is_minus = abs(line.share) * (width / 2 - ACROSS), line.share < 0
            yield PlacedBar(line, is_minus, middle - (length if is_minus else 0.0), top + 0.8, length, height - 1.6)
        top += height
