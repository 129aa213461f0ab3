"""The rules and structural codes, explained: what is asked, why, how it is worked out, and how to mend it."""

from dataclasses import dataclass

from workbook_gen.catalogue import Entry, catalogue
from workbook_gen.definition.errors import nearest
from workbook_gen.definition.model import Collection, Rule
from workbook_gen.definition.words import text_of, written

WEIGHTS = {
    "fix": "Fix: the return contradicts itself or is incomplete; it must be corrected.",
    "look": "Look: the plan misses something that was asked; change it, or explain it in the box beside it.",
    "note": "Note: worth knowing; asks nothing.",
}


@dataclass(frozen=True)
class Page:
    """A rule or code as `explain` shows it: its name, and labelled paragraphs."""

    code: str
    title: str
    paragraphs: tuple[tuple[str, str], ...]


class UnknownRule(Exception):
    """No rule or structural code of that name; the message names the nearest."""


def page(collection: Collection, code: str) -> Page:
    """The page of a rule or a structural code. Raises `UnknownRule`."""
    rules = all_rules(collection)
    entries = {entry.code: entry for entry in catalogue()}
    wanted = code.upper()
    if wanted in rules:
        return _rule_page(*rules[wanted])
    if wanted in entries:
        return _entry_page(entries[wanted])
    raise UnknownRule(f"There is no rule or code '{code}'. {nearest(wanted, [*rules, *entries])}")


def contents(collection: Collection) -> list[tuple[str, str]]:
    """Every rule and structural code with its title, in order."""
    rules = [(code, rule.title) for code, (rule, _) in all_rules(collection).items()]
    return rules + [(entry.code, entry.title) for entry in catalogue()]


def all_rules(collection: Collection) -> dict[str, tuple[Rule, str]]:
    """Every rule by id, with the title of its sheet, in the order of the return."""
    own = {rule.id: (rule, sheet.title) for sheet in collection.sheets for rule in sheet.rules}
    return own | {rule.id: (rule, "every table") for rule in collection.rules}


def _rule_page(rule: Rule, sheet: str) -> Page:
    asked = " and ".join(rule.for_each)
    paragraphs = [
        ("Where", f"{sheet}{f', table {rule.table}' if rule.table else ''}{f', each {asked}' if asked else ''}"),
        ("Weight", WEIGHTS[rule.severity]),
        ("Why", rule.basis),
        ("Holds if", text_of(rule.check)),
        ("Says", written(rule.message)),
        ("Mend", written(rule.fix)),
    ]
    if rule.explain is not None:
        paragraphs.append(("Explain in", text_of(rule.explain)))
    if rule.headline:
        paragraphs.append(("Headline", rule.headline))
    return Page(rule.id, rule.title, tuple(paragraphs))


def _entry_page(entry: Entry) -> Page:
    weight = "Refused: nothing in the file is read." if entry.refuses else WEIGHTS[entry.severity.value]
    return Page(entry.code, entry.title, (("Weight", weight), ("Says", entry.message), ("Mend", entry.fix)))
