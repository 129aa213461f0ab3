"""What is amiss with the way a mangled return was read, in words; nothing where all that is owed was done and no more."""

from collections.abc import Iterator

from tests.acceptance.manglings.kind import Kind
from tests.cells_in_xml import cells_in_xml
from tests.returns import answers, check, completed, fingerprints, issuable, sound
from workbook_gen.codes import ENTRIES
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.desk.check import CheckedReturn
from workbook_gen.excel.compare import KINDS, UNEXPECTED
from workbook_gen.findings import Outcome, Severity, State

STALE = "STR-304"


def amiss(kind: Kind, code: str) -> list[str]:
    """Everything that is not as owed for this kind and system."""
    return amiss_in(kind.change(completed(code), code), kind, code)


def amiss_in(data: bytes, kind: Kind, code: str) -> list[str]:
    """Everything that is not as owed in a file of this kind."""
    after = check(data, kind.name(code))
    found = [*told_otherwise(kind, code, after)]
    if kind.refused:
        found += ["it is not refused"] if after.state is not State.REFUSED else []
        found += ["values are read all the same"] if after.values else []
        return found
    found += [*read_otherwise(kind, code, after), *weighed_otherwise(kind, code, after)]
    return [*found, *accounted_otherwise(data, after)]


def told_otherwise(kind: Kind, code: str, after: CheckedReturn) -> Iterator[str]:
    """Findings that are owed and missing, or told and not owed, beside those of the return as it was."""
    before = set() if kind.refused else fingerprints(sound(code))
    known = {one[:-2] for one in before}
    now = fingerprints(after)
    told = sorted((one[0], *one[-2:]) for one in now if one[0][:4] == "STR-" or one[:-2] not in known)
    owed: list[tuple[str, ...]] = sorted(kind.told(code))
    yield from (f"not told: {one}" for one in owed if told.count(one) < owed.count(one))
    yield from (f"told and not owed: {one}" for one in told if told.count(one) > owed.count(one))
    stale = [one for one in after.findings if one.code == STALE]
    if len(stale) != kind.stale:
        yield f"not worked out again: told {len(stale)} times"
    words = " ".join(one.message for one in after.findings)
    yield from (f"no message says {one!r}" for one in kind.says if one not in words)
    if not (kind.lost or kind.read(code) or kind.refused):
        yield from (f"no longer told: {one}" for one in known - {one[:-2] for one in now})


def expected(kind: Kind, code: str) -> dict[Key, Value]:
    """Every input as it is to be read."""
    read = {**answers(code), **kind.read(code)}
    return {key: None if is_lost(key, kind.lost) else value for key, value in read.items()}


def is_lost(key: Key, patterns: tuple[str, ...]) -> bool:
    """Whether a cell is among those that cannot be read: `table.`, `table.line[` or `table.*[column]`."""
    names = (str(key), f"{key.table}.*[{key.column}]")
    return any(name.startswith(pattern) for name in names for pattern in patterns)


def read_otherwise(kind: Kind, code: str, after: CheckedReturn) -> Iterator[str]:
    """Inputs that are not read as they should be; with them figures and, where no input changed, totals and results."""
    owed = expected(kind, code)
    yield from (f"{key} is read as {after.values.get(key)!r}" for key, value in owed.items() if after.values.get(key) != value)
    issued = issuable(code).prefill
    yield from (f"{key} is not the figure issued" for key, figure in issued.items() if after.values.get(key) != figure)
    if kind.lost and not any(is_lost(key, kind.lost) for key in answers(code)):
        yield "nothing is lost"
    if owed == answers(code):
        before = sound(code)
        yield from ["totals differ"] if after.values != before.values else []
        yield from ["results differ"] if after.results != before.results else []


def weighed_otherwise(kind: Kind, code: str, after: CheckedReturn) -> Iterator[str]:
    """What is not read is no pass: the return is to be corrected, and what would read an answer that is lost is To do."""
    weighs = any(one[:4] != "STR-" or ENTRIES[one].severity is Severity.FIX for one, _, _ in kind.told(code))
    if after.state is not (State.FIX if weighs else sound(code).state):
        yield f"the state is {after.state.name}"
    if kind.lost:
        required = [cell.key for cell in issuable(code).layout.form.inputs() if cell.required]
        tables = {key.table for key in required if after.values[key] is None}
        reading = {result.outcome for result in after.results if tables.intersection(result.tables)}
        yield from [] if reading == {Outcome.TO_DO} else [f"what reads the lost is {sorted(reading)}"]


def accounted_otherwise(data: bytes, after: CheckedReturn) -> Iterator[str]:
    """Whether the account of cells sums to the cells in the file."""
    counted, account = cells_in_xml(data), sum(after.account.values())
    if counted != account or not account:
        yield f"{account} cells are accounted for of {counted}"
    unexpected, told = after.account[UNEXPECTED], {one.code for one in after.findings}
    if tuple(after.account) != KINDS or (unexpected and told.isdisjoint(("STR-203", "STR-308"))):
        yield f"unexpected content is counted and not told: {after.account}"
    if "STR-308" in told and not unexpected:
        yield "unexpected content is told and not counted"
