"""What stands in the national workbook: its words, and every table as rows."""

from collections.abc import Iterator, Sequence

from workbook_gen.definition.layout import merged
from workbook_gen.desk.receipt import SAYS
from workbook_gen.report.caveats import illustrative_said
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.exports import slips_table
from workbook_gen.report.headlines import LABELS, members_of, outcome_of, tallies
from workbook_gen.report.national import MISSING, NationalTable, origins
from workbook_gen.report.pack.sheet import Cell, Heading, TableSheet
from workbook_gen.report.tidy import records

COUNT = "returns"
_DATE = "%-d %B %Y"


def notes_of(found: Consolidation) -> tuple[str, ...]:
    """The notes, in order: note 1 is the first."""
    return (
        f"{found.said} are counted. An area's figures in a table are of the systems that have every figure of that table; the "
        "table says how many that are. What has not come back is missing, never zero.",
        illustrative_said(found),
        "Money is in £000, whole thousands; a surplus is positive, a deficit negative and in brackets. Percentages are 0 to "
        "100.",
        "Totals are sums of the systems' figures. Shares and changes in % are worked out from these sums; where systems answer "
        "a share, an area has a weighted mean or none.",
        "Totals are worked out again from the answers that came back; those that stand in the files are not used.",
        f"{MISSING} stands for a figure that has not come back, or rests on one; [z] for one that does not apply.",
        "Sources names, for every figure of a system, the sheet and cells of its return that the figure is worked out from.",
    )


def headlines_sheet(found: Consolidation) -> TableSheet:
    """How many systems meet each headline, in England and each region."""
    rows: list[tuple[Cell, ...]] = [
        (area.name, tally.headline.label, *tally.counts, tally.systems)
        for area in found.areas
        for tally in tallies(found, members_of(found, area.code))
    ]
    return TableSheet(
        "Headlines",
        "Headlines: how many systems meet each",
        ("Number of systems by what their return says of each headline [note 1].",),
        "headlines",
        (Heading("Area"), Heading("Headline"), *(Heading(label, "systems") for label in (*LABELS, "Systems"))),
        tuple(rows),
    )


def systems_sheet(found: Consolidation) -> TableSheet:
    """Every system: what has come, in which state, and its headlines."""
    rows = []
    for one in sorted(found.systems, key=lambda one: (one.system.icb.region_name, one.system.code)):
        board, entry = one.system.icb, one.standing.entry if one.returned else None
        said = [
            SAYS[outcome] if (outcome := outcome_of(one, headline.key)) else MISSING for headline in found.collection.headlines
        ]
        came = f"{entry.moment:{_DATE}}" if entry else MISSING
        submission = str(one.submission) if entry else MISSING
        rows.append((board.region_name, board.code, board.name, one.standing.state, submission, came, *said))
    headings = (
        "Region",
        "Code",
        "System",
        "State",
        "Submission",
        "Received",
        *(one.label for one in found.collection.headlines),
    )
    return TableSheet(
        "Systems",
        "Systems: the state of every return",
        ("What has come back from every system, and what it says of the headlines [note 1] [note 6].",),
        "systems",
        tuple(Heading(label) for label in headings),
        tuple(rows),
    )


def figures_sheet(found: Consolidation, table: NationalTable) -> TableSheet:
    """A national table: England, its regions, every system."""
    rows = tuple((row.level, row.region, row.code, row.name, row.systems, row.expected, *row.figures) for row in table.rows)
    first = table.rows[0]
    missing = f" Not counted: {', '.join(first.missing)}." if first.missing else ""
    return TableSheet(
        table.sheet.title,
        f"{table.sheet.title}: {found.collection.title}",
        (
            f"{table.sheet.description} [note 2] [note 3] [note 4] [note 5] [note 6]",
            f"Areas count {first.systems} of {first.expected} systems [note 1].{missing}",
        ),
        f"national_{table.sheet.key}",
        (
            *(Heading(label) for label in ("Level", "Region", "Code", "Name")),
            Heading("Counted", COUNT),
            Heading("Expected", COUNT),
            *(Heading(column.label, column.unit, column.dp) for column in table.sheet.columns),
        ),
        rows,
        totals=len(rows) - len(table.of("System")),
    )


def comparison_sheet(found: Consolidation) -> TableSheet:
    """England against plan, line by line."""
    frame = found.comparisons[found.comparisons.area_code == "England"]
    form = found.systems[0].form
    labels = {one.key: one.label for one in found.picture.comparisons}
    rows: list[tuple[Cell, ...]] = []
    for row in records(frame):
        table = form.tables[row["table"]]
        line = table.line_by_key.get(row["line"])
        words = (labels[row["comparison"]], form.sheet_of(row["table"]).title, table.table.title)
        figures = (row["before"], row["after"], row["difference"], row["systems"])
        rows.append((*words, line.label if line else row["line"], row["month"] or "year", row["unit"], *figures))
    headings = ("Comparison", "Sheet", "Table", "Line", "Month", "Unit")
    return TableSheet(
        "Comparison",
        "Comparison with plan, England",
        ("Each line of every system with both figures, added up; the difference is after less before [note 1] [note 2].",),
        "comparison",
        (
            *(Heading(label) for label in headings),
            *(Heading(label, "in its unit") for label in ("Before", "After", "Difference")),
            Heading("Counted", COUNT),
        ),
        tuple(rows),
    )


def completeness_sheet(found: Consolidation) -> TableSheet:
    """The share of each sheet's answers that every system has given."""
    frame = found.completeness
    sheets = [sheet for sheet in found.collection.sheets if sheet.key in set(frame.sheet)]
    share = {(row["system"], row["sheet"]): row["answered"] / row["asked"] * 100 for row in records(frame)}
    rows = [
        (
            one.system.icb.region_name,
            one.system.code,
            one.system.icb.name,
            *(share.get((one.system.code, sheet.key), "[z]") if one.returned else MISSING for sheet in sheets),
        )
        for one in sorted(found.systems, key=lambda one: (one.system.icb.region_name, one.system.code))
    ]
    return TableSheet(
        "Completeness",
        "Completeness: answers given, by system and sheet",
        ("Share of the required answers of each sheet that the return gives [note 6].",),
        "completeness",
        (*(Heading(label) for label in ("Region", "Code", "System")), *(Heading(sheet.title, "%", 1) for sheet in sheets)),
        tuple(rows),
    )


def controls_sheet(found: Consolidation) -> TableSheet:
    """The national figures, consolidated and as the centre gives them."""
    names = ("table", "column", "label", "status", "unit", "england_total", "consolidated", "difference")
    held = found.controls[found.controls.england_total.notna()]
    rows = tuple(tuple(row[name] for name in names) for row in records(held))
    return TableSheet(
        "Controls",
        "Control totals: national figures as consolidated",
        ("The figures that the centre filled in, added up over all systems, against their England totals [note 2].",),
        "controls",
        (
            *(Heading(label) for label in ("National table", "Column", "Figure", "Status", "Unit")),
            *(Heading(label, "in its unit") for label in ("England total", "Consolidated", "Difference")),
        ),
        rows,
    )


def slips_sheet(found: Consolidation) -> TableSheet:
    """What looks like a slip of the hand."""
    rows = tuple((row["system"], row["cells"], row["says"]) for row in records(slips_table(found)))
    return TableSheet(
        "To ask about",
        "To ask about: figures that look like slips of the hand",
        ("Likely slips, found by comparing a figure with its neighbours and with what is expected of it. Ask the system.",),
        "to_ask_about",
        (Heading("System"), Heading("Cells of the return", width=40), Heading("What is suspected", width=100)),
        rows,
    )


def sources_sheet(found: Consolidation, tables: Sequence[NationalTable]) -> TableSheet:
    """Where every figure of every system comes from."""
    return TableSheet(
        "Sources",
        "Sources: where every figure comes from",
        ("The sheet and cells of the return behind each figure of a system; national figures stand there too [note 7].",),
        "sources",
        (
            *(Heading(label) for label in ("Table", "Figure", "Code", "System", "Submission")),
            Heading("Cells of the return", width=60),
        ),
        tuple(_source_rows(found, tables)),
    )


def _source_rows(found: Consolidation, tables: Sequence[NationalTable]) -> Iterator[tuple[Cell, ...]]:
    for table in tables:
        for one, column, keys in origins(table, found.systems):
            places: dict[str, list[str]] = {}
            for key in keys:
                sheet, _, cell = one.place(key).rpartition(" ")
                places.setdefault(sheet, []).append(cell)
            cells = "; ".join(f"{sheet} {merged(addresses)}" for sheet, addresses in places.items())
            board = one.system.icb
            submission = MISSING if one.submission is None else str(one.submission)
            yield (table.sheet.title, column.label, board.code, board.name, submission, cells)
