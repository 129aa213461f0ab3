"""The rule book and the status of the data, as views."""

from collections.abc import Mapping, Sequence

from workbook_gen.desk.hit_rates import HitRate
from workbook_gen.findings import Outcome
from workbook_gen.report.caveats import illustrative_said
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.page.figures import Shown, plural, shown
from workbook_gen.report.page.tables import system_key
from workbook_gen.report.page.views import Cell, Heading, RulesView, StatusView, Table
from workbook_gen.report.rulebook import rule_pages
from workbook_gen.report.tidy import records

STATUSES = ("published", "illustrative", "submitted", "computed", "missing")
MEANING = {
    "published": "the centre's, published for each system",
    "illustrative": "the centre's, derived from published England totals until it has figures for each system",
    "submitted": "answers that came back",
    "computed": "totals and shares, worked out again from the others",
    "missing": "answers that have not come back, and totals that rest on one",
}
_SAID = (Outcome.PASS, Outcome.FAIL, Outcome.EXPLAINED)


def rules_view(found: Consolidation, rates: Sequence[HitRate]) -> RulesView:
    """How often each rule speaks, and what each asks."""
    headings = (
        *(Heading(label) for label in ("Rule", "Title", "Weight")),
        *(
            Heading(label, figures=True)
            for label in ("Asked", "Pass", "Fail", "Explained", "Not tested or to do", "Systems where it speaks")
        ),
        Heading("Hit rate", "%", True),
    )
    lead = (
        f"What the rules said of the {plural(found.returned, 'return')} that count, when they came. The hit rate is the share "
        "of the tested places in which a rule fails or is explained. A rule on trial is asked of no system yet."
    )
    rows = tuple(_rate_row(one) for one in rates)
    return RulesView(
        lead, Table("rules-table", "How often each rule speaks", headings, rows, sortable=True), rule_pages(found.collection)
    )


def _rate_row(one: HitRate) -> tuple[Cell, ...]:
    counts = [one.outcomes.get(outcome, 0) for outcome in _SAID]
    figures = [one.asked, *counts, one.asked - sum(counts), one.organisations]
    rate = Shown("not tested") if one.rate is None else shown(one.rate * 100, "%", 1)
    weight = f"{one.rule.severity}, on trial" if one.rule.trial else one.rule.severity
    cells = (Cell(f"{count:,}", count) for count in figures)
    return (Cell(one.rule.id, link=f"rule-{one.rule.id}"), Cell(one.rule.title), Cell(weight), *cells, Cell.of(rate))


def status_view(found: Consolidation, names: Mapping[str, str]) -> StatusView:
    """How many figures are published, illustrative, submitted or missing, and what is answered; `names` are the systems'."""
    counted = found.figures.status.value_counts()
    counts = Table(
        "status-counts",
        "Figures of all systems by status",
        (Heading("Status"), Heading("What they are"), Heading("Figures", figures=True)),
        tuple(
            (Cell(status.capitalize()), Cell(MEANING[status]), Cell(f"{number:,}", number))
            for status in STATUSES
            for number in (int(counted.get(status, 0)),)
        ),
    )
    notes = (
        f"{found.said} are counted. What has not come back is missing, never zero, and so is every total that rests on it.",
        f"{illustrative_said(found)} Charts with such figures say so.",
        "Totals are worked out again from the answers; those that stand in the files are not used. An area's figures in a "
        "table are of the systems that have every figure of that table.",
        "A negative figure stands in brackets.",
    )
    return StatusView(notes, counts, _national(found), _completeness(found, names))


def _national(found: Consolidation) -> Table:
    headings = (
        *(Heading(label) for label in ("Figure", "National table", "Status", "Unit")),
        *(Heading(label, figures=True) for label in ("England total", "Added up", "Difference")),
    )
    rows = []
    for row in records(found.controls):
        total = row["england_total"] == row["england_total"]  # a share has none, which pandas holds as NaN
        figures = (row[name] for name in ("england_total", "consolidated", "difference"))
        cells = (Cell.of(shown(float(figure), "", 0)) if total else Cell("no total", kind="absent") for figure in figures)
        rows.append(
            (Cell(row["label"]), Cell(row["table"]), Cell(row["status"], kind=row["status"]), Cell(row["unit"]), *cells)
        )
    return Table("status-national", "The figures that the centre fills in", headings, tuple(rows), sortable=True)


def _completeness(found: Consolidation, names: Mapping[str, str]) -> Table:
    frame = found.completeness
    sheets = [sheet for sheet in found.collection.sheets if sheet.key in set(frame.sheet)]
    share = {(row["system"], row["sheet"]): row["answered"] / row["asked"] * 100 for row in records(frame)}
    rows = []
    for one in sorted(found.systems, key=lambda one: names[one.system.code]):
        held = (share.get((one.system.code, sheet.key)) for sheet in sheets)
        cells = (
            Cell.of(
                Shown("not returned") if not one.returned else Shown("does not apply") if part is None else shown(part, "%", 0)
            )
            for part in held
        )
        rows.append((Cell(names[one.system.code], link=system_key(one.system.code)), *cells))
    headings = (Heading("System"), *(Heading(sheet.title, "%", True) for sheet in sheets))
    return Table("status-completeness", "Required answers given, by sheet", headings, tuple(rows), sortable=True)
