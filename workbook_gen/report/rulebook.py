"""The rules and structural codes, explained: what is asked, why, how it is worked out, and how to mend it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbook_gen.catalogue import Entry, catalogue
from workbook_gen.definition.errors import nearest
from workbook_gen.definition.expand import specimen_form
from workbook_gen.definition.form import Form
from workbook_gen.definition.model import Collection, Rule
from workbook_gen.definition.nodes import Node
from workbook_gen.definition.speech import Speaker, said
from workbook_gen.definition.words import text_of
from workbook_gen.report.examples import Example

WEIGHTS = {
    "fix": "Fix: the return contradicts itself or is incomplete; it must be corrected.",
    "look": "Look: the plan misses something that was asked; change it, or explain it in the box beside it.",
    "note": "Note: worth knowing; asks nothing.",
}


WHY = {
    "good practice": "Good practice in planning returns.",
    "consistency": "The return must be complete and agree with itself.",
}
"""What the short words for a rule's basis mean; any other basis is said as it is written."""

Examples = Callable[[str], Sequence[Example]]
"""The examples of a rule, by its id."""


@dataclass(frozen=True)
class Page:
    """A rule or code as `explain` shows it: its name, and labelled paragraphs."""

    code: str
    title: str
    paragraphs: tuple[tuple[str, str], ...]


class UnknownRule(Exception):
    """No rule or structural code of that name; the message names the nearest."""


def page(collection: Collection, code: str, examples: Examples) -> Page:
    """The page of a rule or a structural code. `examples` gives those of a rule. Raises `UnknownRule`."""
    rules = all_rules(collection)
    entries = {entry.code: entry for entry in catalogue()}
    wanted = code.upper()
    if wanted in rules:
        return _rule_page(*rules[wanted], specimen_form(collection), examples(wanted))
    if wanted in entries:
        return _entry_page(entries[wanted])
    raise UnknownRule(f"There is no rule or code '{code}'. {nearest(wanted, [*rules, *entries])}")


def rule_pages(collection: Collection) -> tuple[Page, ...]:
    """The page of every rule, without examples, in the order of the return."""
    form = specimen_form(collection)
    return tuple(_rule_page(rule, sheet, form, ()) for rule, sheet in all_rules(collection).values())


def contents(collection: Collection) -> list[tuple[str, str]]:
    """Every rule and structural code with its title, in order."""
    rules = [(code, rule.title) for code, (rule, _) in all_rules(collection).items()]
    return rules + [(entry.code, entry.title) for entry in catalogue()]


def all_rules(collection: Collection) -> dict[str, tuple[Rule, str]]:
    """Every rule by id, with the title of its sheet, in the order of the return."""
    own = {rule.id: (rule, sheet.title) for sheet in collection.sheets for rule in sheet.rules}
    return own | {rule.id: (rule, "every table") for rule in collection.rules}


def _rule_page(rule: Rule, sheet: str, form: Form, examples: Sequence[Example]) -> Page:
    speaker = Speaker(form, rule.table)
    asked = " and ".join(rule.for_each)
    table = f", {form.tables[rule.table].table.title}" if rule.table else ""
    paragraphs = [
        ("Where", f"{sheet}{table}{f', each {asked}' if asked and rule.table else ''}"),
        ("Weight", WEIGHTS[rule.severity]),
        ("Why", WHY.get(rule.basis, rule.basis)),
        ("Holds if", _sentence(said(rule.check, speaker))),
        ("Written", text_of(rule.check)),
        ("Says", _with_gaps(rule.message)),
        ("Mend", _with_gaps(rule.fix)),
    ]
    if rule.follows:
        paragraphs.append(("Follows", f"Not said while {' or '.join(rule.follows)} fails."))
    if rule.explain is not None:
        paragraphs.append(("Explain in", _sentence(said(rule.explain, speaker))))
    if rule.headline:
        labels = {headline.key: headline.label for headline in form.collection.headlines}
        paragraphs.append(("Headline", labels[rule.headline]))
    paragraphs += [(example.kind, f"{example.name}: {example.text}") for example in examples]
    return Page(rule.id, rule.title, tuple(paragraphs))


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _with_gaps(parts: tuple[str | Node, ...]) -> str:
    """A message with dots where its figures go."""
    return "".join(part if isinstance(part, str) else "…" for part in parts)


def _entry_page(entry: Entry) -> Page:
    weight = "Refused: nothing in the file is read." if entry.refuses else WEIGHTS[entry.severity.value]
    return Page(entry.code, entry.title, (("Weight", weight), ("Says", gaps(entry.message)), ("Mend", gaps(entry.fix))))


def gaps(text: str) -> str:
    """The message of a structural code with dots where its values go."""
    for name in ("where", "found", "expected", "label", "count"):
        text = text.replace(f"{{{name}}}", "…")
    return text.removeprefix("…: ")
