"""Charts: each with a text for those who cannot see it, titles, units, and the table that it is drawn from."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workbook_gen.definition.model import Chart, Sheet
from workbook_gen.lint.addresses import Area, area, at
from workbook_gen.lint.book import Book
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import Exhibit

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FRAME = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_COMMA = re.compile(r",(?=(?:[^']*'[^']*')*[^']*$)")


def line_35_charts(exhibit: Exhibit) -> Iterator[str]:
    """Every chart of the definition is there, and each has alt text, a title, titles on both axes, a unit, and its table.

    The unit is the one that the definition gives for the value axis. The table: all that a chart draws are cells of tables on
    the same sheet, and its categories are texts of theirs. A chart about lines that this system does not have is not asked for.
    """
    for sheet in exhibit.form.collection.sheets:
        asked = [one for one in sheet.charts if any(exhibit.form.tables[line.table].lines for line in one.series)]
        drawn = list(_frames(exhibit.book, sheet.title))
        if len(asked) != len(drawn):
            yield f"{sheet.title} has {len(drawn)} charts; the definition has {len(asked)}"
        for (alt, part), chart in zip(drawn, asked, strict=False):
            name = f"{sheet.title}, {part}"
            yield from (f"{name}: {fault}" for fault in _faults(exhibit, sheet, chart, alt, exhibit.book.trees[part]))
    others = [name for name in exhibit.book.sheets if name not in exhibit.own_sheets]
    yield from (f"{name} has a chart, and no table behind it" for name in others for _ in _frames(exhibit.book, name))


def _frames(book: Book, sheet: str) -> Iterator[tuple[str, str]]:
    """The alt text and the part of every chart of a sheet, in order; alt text that is said to be decorative is none."""
    for drawing in book.relations:
        if drawing.part == book.part_of(sheet) and drawing.kind == "drawing":
            targets = {one.id: one.target for one in book.relations if one.part == drawing.target}
            for frame in book.trees[drawing.target].iter(f"{_FRAME}graphicFrame"):
                properties = next(frame.iter(f"{_FRAME}cNvPr"))
                chart = next(frame.iter(f"{_C}chart"))
                decorative = any(one.tag.endswith("}decorative") and one.get("val") == "1" for one in frame.iter())
                yield "" if decorative else properties.get("descr", ""), targets[chart.get(_ID, "")]


def _faults(exhibit: Exhibit, sheet: Sheet, chart: Chart, alt: str, tree: Element) -> Iterator[str]:
    if alt != chart.alt:
        yield f"its alt text is {alt!r}, not {chart.alt!r}"
    title = _words(tree.find(f"{_C}chart/{_C}title"))
    if title != chart.title:
        yield f"its title is {title!r}, not {chart.title!r}"
    axes = [axis for kind in ("catAx", "dateAx", "valAx") for axis in tree.iter(f"{_C}{kind}")]
    if len(axes) < 2:
        yield f"it has {len(axes)} axes"
    for axis in axes:
        yield from _axis_faults(axis, chart)
    series = list(tree.iter(f"{_C}ser"))
    if not series:
        yield "it draws nothing"
    for one in series:
        yield from _series_faults(exhibit, sheet.title, one)


def _words(title: Element | None) -> str:
    return "" if title is None else "".join(part.text or "" for part in title.iter(f"{_A}t"))


def _axis_faults(axis: Element, chart: Chart) -> Iterator[str]:
    title, kind = _words(axis.find(f"{_C}title")), axis.tag.removeprefix(_C)
    deleted = axis.find(f"{_C}delete")
    if not title.strip():
        yield f"its {kind} has no title"
    elif kind == "valAx" and chart.y not in title:
        yield f"its {kind} is named {title!r}, without the unit {chart.y!r}"
    if deleted is not None and deleted.get("val") != "0":
        yield f"its {kind} is not shown"


def _series_faults(exhibit: Exhibit, sheet: str, series: Element) -> Iterator[str]:
    if not "".join(series.find(f"{_C}tx").itertext() if series.find(f"{_C}tx") is not None else ()).strip():  # type: ignore[union-attr]
        yield "a series has no name"
    keys = {place: key for key, place in exhibit.found.items()}
    drawn, named = list(_areas(series, "val")), list(_areas(series, "cat"))
    if not drawn or not named:
        yield "a series has no table behind it"
    for one in (*drawn, *named):
        if one is None or one.sheet != sheet:
            yield f"a series refers to {one.sheet if one else 'what is no cell'}, not to a table of its sheet"
    for one in filter(None, drawn):
        for place in one.places():
            if place not in keys or not exhibit.form.cells[keys[place]].column.numeric:
                yield f"a series draws {at(place)}, which is no figure of a table"
    for one in filter(None, named):
        yield from (
            f"a category is {at(place)}, which shows no text" for place in one.places() if not exhibit.book.text(*place)
        )


def _areas(series: Element, part: str) -> Iterator[Area | None]:
    """The areas that a part of a series refers to; None for what is no reference to cells."""
    for found in series.findall(f"{_C}{part}//{_C}f"):
        yield from (area(reference) for reference in _COMMA.split((found.text or "").removeprefix("(").removesuffix(")")))


LINES = (Line(35, "Charts have alt text, titles, axis titles and units, and a table behind them", line_35_charts),)
