"""A brief as PowerPoint: two slides with tables that can be edited, the same as the pages."""

import io
import zipfile
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from workbook_gen.report.brief.facts import Line
from workbook_gen.report.brief.place import (
    ACROSS,
    ACROSS_ALL,
    DOWN,
    FOOT,
    HEAD,
    HEIGHT,
    MARGIN,
    NAME,
    SIDE,
    SMALL,
    SUBTITLE_TOP,
    TEXT,
    TITLE,
    TITLE_HEIGHT,
    TITLE_TOP,
    WIDTH,
    Placed,
    PlacedBrief,
    bars,
)

if TYPE_CHECKING:
    from pptx.dml.color import RGBColor
    from pptx.slide import Slide

FONT = "Arial"
_BLUE, _INK, _GREY, _RULE, _GAIN = "003087", "212B32", "425563", "C8D0D4", "005EB8"
_TONES = {"good": "00662F", "warn": "7A5200", "bad": "A4170D"}
_TITLE_ONLY = 5
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def has_slides() -> bool:
    """Whether what writes PowerPoint is installed."""
    return find_spec("pptx") is not None


def as_slides(found: PlacedBrief) -> bytes:
    """The brief as a presentation; the same brief gives the same bytes."""
    from pptx import Presentation
    from pptx.util import Mm

    deck = Presentation()
    deck.slide_width, deck.slide_height = Mm(WIDTH), Mm(HEIGHT)
    deck.core_properties.title = f"{found.facts.title}: brief"
    deck.core_properties.author = ""
    for number, blocks in enumerate(found.pages, 1):
        slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
        _put(slide.shapes.title, TITLE_TOP, 8.0)
        _say(slide.shapes.title.text_frame, found.name, NAME, _BLUE, bold=True)
        _text(slide, found.subtitle, MARGIN, SUBTITLE_TOP, ACROSS_ALL, 5.5, TITLE, _INK)
        for block in blocks:
            _block(slide, block)
        _text(slide, found.foot(number), MARGIN, FOOT, ACROSS_ALL, 4.0, SMALL, _GREY)
    stream = io.BytesIO()
    deck.save(stream)
    return undated(stream.getvalue())


def undated(data: bytes) -> bytes:
    """The package with the times of its parts taken away."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            member = zipfile.ZipInfo(part.filename, _FIRST_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(member, before.read(part))
    return stream.getvalue()


def _block(slide: "Slide", placed: Placed) -> None:
    block = placed.block
    _text(slide, block.title, placed.left, placed.top, SIDE, TITLE_HEIGHT - 0.5, TITLE, _BLUE, bold=True)
    if block.lines:
        _table(slide, placed)
        _bars(slide, placed)
    if block.remark:
        _text(slide, block.remark, placed.left + ACROSS, placed.remark_top + DOWN, SIDE - 2 * ACROSS, 4.0, TEXT, _INK)


def _table(slide: "Slide", placed: Placed) -> None:
    """A table without the stripes of the theme, each row as high as it was measured."""
    from pptx.util import Mm

    block = placed.block
    place = (Mm(placed.left), Mm(placed.table_top), Mm(SIDE), Mm(sum(placed.heights)))
    shape = slide.shapes.add_table(len(block.lines) + 1, len(block.columns), *place)
    shape.name = block.title
    table = shape.table
    table.horz_banding = False
    for at, width in enumerate(placed.widths):
        table.columns[at].width = Mm(width)
    headings = Line(tuple(column.heading for column in block.columns))
    for position, (line, height) in enumerate(zip((headings, *block.lines), placed.heights, strict=True)):
        table.rows[position].height = Mm(height)
        for at, column in enumerate(block.columns):
            text = line.cells[at] if at < len(line.cells) else ""
            colour = _GREY if position == 0 else _TONES.get(line.tone, _INK) if at == 1 else _INK
            bold = position == 0 or (at == 1 and line.tone != "")
            _cell(table.cell(position, at), text, HEAD if position == 0 else TEXT, colour, bold=bold, right=column.figures)


def _cell(cell: Any, text: str, points: float, colour: str, *, bold: bool, right: bool) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Mm

    cell.margin_left = cell.margin_right = Mm(ACROSS)
    cell.margin_top = cell.margin_bottom = Mm(DOWN)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    cell.fill.background()
    _rule_below(cell)
    _say(cell.text_frame, text, points, colour, bold=bold)
    if right:
        cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _rule_below(cell: Any) -> None:
    """A thin line below a cell, and none elsewhere."""
    from pptx.oxml.xmlchemy import OxmlElement

    properties = cell._tc.get_or_add_tcPr()
    for name, width in (("a:lnL", 0), ("a:lnR", 0), ("a:lnT", 0), ("a:lnB", 6350)):
        line = OxmlElement(name)
        line.set("w", str(width))
        filling = OxmlElement("a:solidFill" if width else "a:noFill")
        if width:
            colour = OxmlElement("a:srgbClr")
            colour.set("val", _RULE)
            filling.append(colour)
        line.append(filling)
        properties.insert(0 if name == "a:lnL" else len(properties) - 1, line)


def _bars(slide: "Slide", placed: Placed) -> None:
    """The bars, over the last column; the figures beside them say the same."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.oxml.ns import qn
    from pptx.util import Mm

    for one in bars(placed):
        sides = Mm(one.left), Mm(one.top), Mm(max(one.length, 0.1)), Mm(one.height)
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *sides)
        shape.name = f"Bar: {one.line.cells[0]}"
        shape._element.remove(shape._element.find(qn("p:style")))  # the theme's shadow
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(_TONES["bad"] if one.is_minus else _GAIN)
        shape.line.fill.background()


def _text(
    slide: "Slide",
    text: str,
    left: float,
    top: float,
    width: float,
    height: float,
    points: float,
    colour: str,
    *,
    bold: bool = False,
) -> None:
    from pptx.util import Mm

    box = slide.shapes.add_textbox(Mm(left), Mm(top), Mm(width), Mm(height))
    _frame(box.text_frame)
    _say(box.text_frame, text, points, colour, bold=bold)


def _frame(frame: Any) -> None:
    """A frame without margins that neither grows nor shrinks."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP


def _put(shape: Any, top: float, height: float) -> None:
    """A placeholder across the page."""
    from pptx.util import Mm

    shape.left, shape.top, shape.width, shape.height = Mm(MARGIN), Mm(top), Mm(ACROSS_ALL), Mm(height)
    _frame(shape.text_frame)


def _say(frame: Any, text: str, points: float, colour: str, *, bold: bool) -> None:
    """A text in a frame or cell."""
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    if not text:
        paragraph.font.size = Pt(points)  # else a row is as high as the theme's text
        return
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.name = Pt(points), bold, FONT
    run.font.color.rgb = _rgb(colour)


def _rgb(colour: str) -> "RGBColor":
    """A colour from its six digits."""
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(colour))  # type: ignore[no-untyped-call]
