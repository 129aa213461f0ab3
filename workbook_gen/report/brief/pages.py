"""A brief as HTML: one file that opens offline and prints as two A4 pages on their side."""

from collections.abc import Iterator
from html import escape

from workbook_gen.report.brief.facts import Line
from workbook_gen.report.brief.measure import LEADING
from workbook_gen.report.brief.place import (
    ACROSS,
    DOWN,
    FOOT,
    HEAD,
    HEIGHT,
    MARGIN,
    NAME,
    PAGES,
    RULE,
    SIDE,
    SMALL,
    SUBTITLE_TOP,
    TEXT,
    TITLE,
    TITLE_TOP,
    WIDTH,
    Placed,
    PlacedBrief,
    bars,
)

_STYLE = f"""
@page {{ size: {WIDTH:g}mm {HEIGHT:g}mm; margin: 0 }}
* {{ box-sizing: border-box }}
body {{ margin: 0; background: #e8edee; color: #212b32; line-height: {LEADING:g};
  font-family: "Liberation Sans", Arial, Helvetica, sans-serif }}
.page {{ position: relative; width: {WIDTH:g}mm; height: {HEIGHT:g}mm; margin: 0 auto 6mm; background: #fff; overflow: hidden }}
.page > * {{ position: absolute; margin: 0 }}
h1, .name {{ left: {MARGIN:g}mm; right: {MARGIN:g}mm; top: {TITLE_TOP:g}mm; font-size: {NAME:g}pt; font-weight: bold;
  color: #003087; white-space: nowrap }}
.under {{ left: {MARGIN:g}mm; right: {MARGIN:g}mm; top: {SUBTITLE_TOP:g}mm; font-size: {TITLE:g}pt; white-space: nowrap }}
.foot {{ left: {MARGIN:g}mm; right: {MARGIN:g}mm; top: {FOOT:g}mm; font-size: {SMALL:g}pt; color: #425563 }}
h2 {{ font-size: {TITLE:g}pt; color: #003087 }}
table {{ border-collapse: collapse; table-layout: fixed; width: {SIDE:g}mm; font-size: {TEXT:g}pt }}
th, td {{ padding: {DOWN:g}mm {ACROSS:g}mm; text-align: left; vertical-align: top;
  font-weight: normal; overflow-wrap: anywhere }}
tr {{ border-bottom: {RULE:g}mm solid #c8d0d4 }}
thead th {{ font-size: {HEAD:g}pt; font-weight: bold; color: #425563 }}
.figure {{ text-align: right; font-variant-numeric: tabular-nums }}
.remark {{ font-size: {TEXT:g}pt; width: {SIDE:g}mm; padding: {DOWN:g}mm {ACROSS:g}mm }}
.good {{ color: #00662f; font-weight: bold }}
.warn {{ color: #7a5200; font-weight: bold }}
.bad {{ color: #a4170d; font-weight: bold }}
.bar {{ position: absolute; background: #005eb8 }}
.bar.minus {{ background: #a4170d }}
@media print {{ body {{ background: #fff }} .page {{ margin: 0; break-after: page }}
  .page:last-child {{ break-after: avoid }} }}
"""


def as_html(found: PlacedBrief) -> bytes:
    """The brief as a page for a browser."""
    return "\n".join(_document(found)).encode()


def _document(found: PlacedBrief) -> Iterator[str]:
    title = escape(f"{found.facts.title}: brief")
    yield f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    for number, blocks in enumerate(found.pages, 1):
        yield f'<section class="page" aria-label="Page {number} of {PAGES}">'
        name = escape(found.name)
        yield f"<h1>{name}</h1>" if number == 1 else f'<p class="name">{name}</p>'
        yield f'<p class="under">{escape(found.subtitle)}</p>'
        for block in blocks:
            yield from _block(block)
        yield f'<p class="foot">{escape(found.foot(number))}</p>'
        yield "</section>"
    yield "</main>\n</body>\n</html>\n"


def _block(placed: Placed) -> Iterator[str]:
    block = placed.block
    yield f'<h2 style="{_at(placed.left, placed.top)}">{escape(block.title)}</h2>'
    if block.lines:
        yield f'<table style="{_at(placed.left, placed.table_top)}"><colgroup>'
        yield "".join(f'<col style="width:{width:.2f}mm">' for width in placed.widths) + "</colgroup>"
        headings = (
            f'<th scope="col"{" class=figure" if one.figures else ""}>{escape(one.heading)}</th>' for one in block.columns
        )
        yield f'<thead><tr style="height:{placed.heights[0]:.2f}mm">{"".join(headings)}</tr></thead><tbody>'
        for line, height in zip(block.lines, placed.heights[1:], strict=True):
            yield f'<tr style="height:{height:.2f}mm">{"".join(_cells(placed, line))}</tr>'
        yield "</tbody></table>"
        yield from _bars(placed)
    if block.remark:
        yield f'<p class="remark" style="{_at(placed.left, placed.remark_top)}">{escape(block.remark)}</p>'


def _cells(placed: Placed, line: Line) -> Iterator[str]:
    for position, column in enumerate(placed.block.columns):
        text = escape(line.cells[position]) if position < len(line.cells) else ""
        if position == 0:
            yield f'<th scope="row"{" class=figure" if column.figures else ""}>{text}</th>'
        else:
            tone = line.tone if position == 1 else ""
            kind = " ".join(filter(None, ("figure" if column.figures else "", tone)))
            yield f'<td class="{kind}">{text}</td>' if kind else f"<td>{text}</td>"


def _bars(placed: Placed) -> Iterator[str]:
    """The bars, over the last column; the figures beside them say the same."""
    for one in bars(placed):
        kind = "bar minus" if one.is_minus else "bar"
        size = f"width:{one.length:.2f}mm;height:{one.height:.2f}mm"
        yield f'<div class="{kind}" aria-hidden="true" style="{_at(one.left, one.top)};{size}"></div>'


def _at(left: float, top: float) -> str:
    return f"left:{left:.2f}mm;top:{top:.2f}mm"
