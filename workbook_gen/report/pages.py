"""The rule book and the guidance as Markdown pages, made from the definition."""

from collections.abc import Iterable, Iterator

from workbook_gen.catalogue import catalogue
from workbook_gen.definition.figures import parameter_decimals
from workbook_gen.definition.model import Collection
from workbook_gen.report.rulebook import Examples, Page, all_rules, gaps, page

MADE = "<!-- Made by `workbook-gen explain --pages`; change the definition, not this page. -->"
_CODES = {"STR-0": "The file", "STR-1": "Whose it is", "STR-2": "Structure", "STR-3": "Integrity", "STR-4": "Values"}


def pages(collection: Collection, examples: Examples) -> dict[str, str]:
    """Every page by its file name."""
    return {"rules.md": _joined(_rules(collection, examples)), "guidance.md": _joined(_guidance(collection))}


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def _rules(collection: Collection, examples: Examples) -> Iterator[str]:
    rules = all_rules(collection)
    yield from (MADE, f"# The rules of {collection.title}, version {collection.version}")
    yield (
        f"{len(rules)} rules. The workbook shows each on its Checks sheet; the centre runs the same ones on what comes back. "
        "A *fix* must be corrected, a *look* changed or explained, a *note* asks nothing."
    )
    sheet = ""
    for code, (_, where) in rules.items():
        if where != sheet:
            sheet = where
            yield f"## {sheet[0].upper()}{sheet[1:]}"
        yield from _page(page(collection, code, examples))
    yield "## What can be wrong with the file itself"
    for group, title in _CODES.items():
        rows = [
            f"| {one.code} | {one.title} | {gaps(one.message)} | {gaps(one.fix)} |"
            for one in catalogue()
            if one.code[:5] == group
        ]
        yield f"### {title}"
        yield "\n".join(["| code | title | says | mend |", "|---|---|---|---|", *rows])


def _page(found: Page) -> Iterator[str]:
    yield f"### {found.code} {found.title}"
    yield "\n".join(f"- **{name}**: {f'`{text}`' if name == 'Written' else text}" for name, text in found.paragraphs)


def _guidance(collection: Collection) -> Iterator[str]:
    guidance = collection.guidance
    yield from (MADE, f"# How to fill in {collection.title}", guidance.summary, "## What to do first")
    yield "\n".join(f"{position}. {step}" for position, step in enumerate(guidance.first, 1))
    for section in guidance.sections:
        yield from (f"## {section.title}", *section.text)
    yield "## The sheets"
    yield "\n".join(
        ["| sheet | why it is there |", "|---|---|", *(f"| {one.title} | {one.purpose} |" for one in collection.sheets)]
    )
    yield "## The thresholds"
    titles = {sheet.key: sheet.title for sheet in collection.sheets}
    rows = [
        f"| {titles[one.sheet]} | {one.label} | {one.value:,.{parameter_decimals(one)}f} {one.unit} |"
        for one in collection.parameters
    ]
    yield "\n".join(["| sheet | threshold | value |", "|---|---|---:|", *rows])
    yield "## Changes"
    yield "\n".join(f"- {one.version}, {one.date:%-d %B %Y}: {one.text}" for one in collection.changes)
