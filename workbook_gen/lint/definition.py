"""Before any workbook: whether every rule of the definition can be said, mended, justified, and is seen passing and failing."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from workbook_gen.definition.cases import all_rules
from workbook_gen.definition.model import Collection, Rule
from workbook_gen.desk.versions import Versions
from workbook_gen.lint.verdict import Said, Verdict
from workbook_gen.national.data import NationalData

CASES = "cases"
"""The folder of a collection that holds a file of cases for each rule."""


def definition_verdict(collection: Collection, folder: Path) -> Verdict:
    """That the definition in a folder binds, rules have words and cases, and versions are as issued; no rule is an offence."""
    found = (*_offences(collection, folder / CASES), *map(str, Versions(folder).faults(collection)))
    title = "The definition loads and binds; every rule has its title, message, fix, basis, a passing and a failing case"
    return Verdict(0, title, Said.FAIL if found else Said.PASS, found)


def national_verdict(national: NationalData) -> Verdict:
    """That the national data reconcile: data that do not are never loaded."""
    lacking = () if national.systems and national.tables else ("There are no systems or no figures",)
    return Verdict(0, "The national data reconcile", Said.FAIL if lacking else Said.PASS, lacking)


def _offences(collection: Collection, folder: Path) -> Iterator[str]:
    rules = {rule.id: rule for rule in all_rules(collection)}
    if not rules:
        yield "The definition has no rules"
    for rule in rules.values():
        yield from (f"{rule.id} has no {name}" for name in ("title", "message", "fix", "basis") if not _says(rule, name))
        yield from _without_cases(rule, folder / f"{rule.id}.toml")
    for path in sorted(folder.glob("*.toml")):
        if path.stem not in rules:
            yield f"{CASES}/{path.name} has cases of no rule"


def _says(rule: Rule, name: str) -> bool:
    """Whether there are words in a field, which is a text or a template."""
    held = getattr(rule, name)
    return any(part.strip() for part in ((held,) if isinstance(held, str) else held) if isinstance(part, str))


def _without_cases(rule: Rule, path: Path) -> Iterator[str]:
    """The outcomes that a rule's file lacks a case of; a completeness rule cannot fail: it says To do."""
    if not path.exists():
        yield f"{rule.id} has no {CASES}/{path.name}"
        return
    try:
        cases = tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])
        outcomes = {case.get("outcome") for case in cases}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError, TypeError) as error:
        yield f"{CASES}/{path.name} cannot be read: {error}"
        return
    wanted = ("pass", "to_do" if rule.completeness else "fail")
    yield from (f"{rule.id} has no case in {CASES}/{path.name} that says {one}" for one in wanted if one not in outcomes)
