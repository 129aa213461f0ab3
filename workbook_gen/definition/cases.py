"""The cases of a collection's rules: what is filled in over a plain answer everywhere, and what the rule then says."""

import re
import tomllib
from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from workbook_gen.definition.form import Form, FormCell
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.model import Collection, Rule
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value, serial
from workbook_gen.findings import Outcome

PLAIN_TEXT = "Plain answer"

_KEY = re.compile(r"(\w+)\.(\w+)\[(\w+)\]")
_FIELDS = {"name", "outcome", "organisation", "at", "values"}
_PLACES = {"table", "line", "month"}


class CaseError(Exception):
    """A case that cannot be asked as it is written."""


@dataclass(frozen=True)
class RuleCase:
    """What is filled in, at which instance of which rule one looks, and what it says."""

    rule: str
    name: str
    outcome: Outcome
    organisation: str
    at: Mapping[str, str]
    values: Mapping[Key, Value]

    def __str__(self) -> str:
        return f"{self.rule} {self.name}"


def load_cases(folder: Path) -> tuple[RuleCase, ...]:
    """The cases of the collection in a folder, by rule and in order. Raises `CaseError`; no case at all is one."""
    cases = tuple(case for path in sorted((folder / "cases").glob("*.toml")) for case in _cases(path))
    if not cases:
        raise CaseError(f"There are no cases in {folder / 'cases'}.")
    return cases


def _cases(path: Path) -> Iterator[RuleCase]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    names = [block.get("name") for block in data.get("case", ())]
    if data.get("rule") != path.stem or set(data) != {"rule", "case"} or len(set(names)) < len(names):
        raise CaseError(f"{path.name}: its rule is {path.stem}, its cases differ in name, and it holds nothing else.")
    for block in data["case"]:
        yield _case(path.stem, block)


def _case(rule: str, block: Mapping[str, Any]) -> RuleCase:
    at = block.get("at", {})
    if set(block) | {"at"} != _FIELDS or not set(at) <= _PLACES:
        raise CaseError(f"{rule} {block.get('name')}: a case has {', '.join(sorted(_FIELDS))}; at has {', '.join(_PLACES)}.")
    values = {_key(name): _value(value) for name, value in block["values"].items()}
    return RuleCase(rule, block["name"], Outcome(block["outcome"]), block["organisation"], at, values)


def _key(name: str) -> Key:
    found = _KEY.fullmatch(name)
    if found is None:
        raise CaseError(f"'{name}' is not written table.line[column].")
    return Key(*found.groups())


def _value(written: object) -> Value:
    """An empty text is a blank; a date its serial day."""
    match written:
        case date():
            return serial(written)
        case str():
            return written or None
        case int() | float() if not isinstance(written, bool):
            return float(written)
    raise CaseError(f"{written!r} is no value of a cell.")


def without_cases(collection: Collection, cases: Iterable[RuleCase]) -> list[str]:
    """One sentence for each outcome that a rule owes a case of, and for each rule of the cases that is not there.

    Every rule owes a pass and a fail, a look an explained one too; a completeness rule cannot fail, it says To do.
    """
    asked: dict[str, set[Outcome]] = {}
    for case in cases:
        asked.setdefault(case.rule, set()).add(case.outcome)
    rules = {rule.id: rule for rule in all_rules(collection)}
    owing = [f"{id} has no case that is {one}" for id, rule in rules.items() for one in _owes(rule, asked.get(id, ()))]
    return owing + [f"{id} has cases but is no rule" for id in asked if id not in rules]


def _owes(rule: Rule, asked: Names[Outcome]) -> list[str]:
    owed = [Outcome.PASS, Outcome.TO_DO if rule.completeness else Outcome.FAIL]
    if rule.severity == "look":
        owed.append(Outcome.EXPLAINED)
    return [one.value for one in owed if one not in asked]


def all_rules(collection: Collection) -> list[Rule]:
    """The rules of the sheets in order, then those asked of every table."""
    return [*(rule for sheet in collection.sheets for rule in sheet.rules), *collection.rules]


def plain_inputs(form: Form) -> dict[Key, Value]:
    """0 for every number, and an answer wherever one is required: the first option, Yes, a text, the day of issue."""
    return {cell.key: _plain(cell, form) for cell in form.inputs() if cell.required or cell.column.type == "number"}


def _plain(cell: FormCell, form: Form) -> Value:
    match cell.column.type:
        case "number":
            return 0.0
        case "date":
            return serial(form.collection.issued)
        case "yesno":
            return "Yes"
        case "choice" if isinstance(cell.column.options, tuple):
            return cell.column.options[0]
        case "choice":
            return form.system.icb.name
        case "text":
            return PLAIN_TEXT


def checked_values(form: Form, case: RuleCase) -> Mapping[Key, Value]:
    """The case's values. Raises `CaseError` for a cell that is neither prefilled nor an input of this system."""
    strange = [str(key) for key in case.values if form.role(key) not in ("prefill", "input")]
    if strange:
        raise CaseError(f"{case}: nothing is filled in at {', '.join(strange)}.")
    return case.values


def instance_at(instances: Iterable[Instance], case: RuleCase) -> int:
    """The position of the one instance that the case looks at. Raises `CaseError` where there are none or several."""
    found = [position for position, one in enumerate(instances) if one.rule.id == case.rule and _is_at(one, case)]
    if len(found) != 1:
        raise CaseError(f"{case}: {len(found)} instances of the rule stand at {dict(case.at)}.")
    return found[0]


def _is_at(instance: Instance, case: RuleCase) -> bool:
    return all(getattr(instance, name) == place for name, place in case.at.items())
