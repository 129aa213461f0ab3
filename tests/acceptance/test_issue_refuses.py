"""What does not reconcile, or is not defined soundly, is not issued: exit code 2, every fault named, nothing written."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.national_tables import Rows, rows, write
from tests.returns import TEMPLATE, copied_collection, listing, replace_text
from workbook_gen.cli import main

WHOLE = "QYG NHS Cheshire and Merseyside Integrated Care Board"


def issue(tmp_path: Path, *arguments: str) -> Result:
    """Issue into a workspace that is not there yet."""
    return CliRunner().invoke(main, ["issue", "--workspace", str(tmp_path / "workspace"), *arguments])


@dataclass(frozen=True)
class Fault:
    """A table with a fault; what is said of it, and of the figure if the table stands beside the one shipped."""

    name: str
    table: str
    spoil: Callable[[Rows], Rows]
    says: tuple[str, ...]
    beside: tuple[str, ...] = ()


def at(code: str, column: str, text: Callable[[str], str]) -> Callable[[Rows], Rows]:
    """Another text in one cell."""

    def work(content: Rows) -> Rows:
        (row,) = [row for row in content if row["org_code"] == code]
        row[column] = text(row[column])
        return content

    return work


def more(by: int) -> Callable[[str], str]:
    """A figure that much larger."""
    return lambda text: str(int(text) + by)


def without_column(column: str) -> Callable[[Rows], Rows]:
    """The table without a column."""
    return lambda content: [{name: text for name, text in row.items() if name != column} for row in content]


def figure(table: str, code: str, column: str) -> str:
    """A figure as shipped."""
    return next(row[column] for row in rows(TEMPLATE / "national", table) if row["org_code"] == code)


MEDICAL = figure("agency_ytd", "QYG", "medical")
FAULTS = (
    Fault(
        "an organisation missing",
        "agency_ytd",
        lambda content: [row for row in content if row["org_code"] != "QYG"],
        (f"agency_ytd: {WHOLE} is missing",),
    ),
    Fault(
        "one too many",
        "agency_ytd",
        lambda content: [*content, {**content[0], "org_code": "RBS", "medical": "4711"}],
        ("agency_ytd: RBS ", "one too many", "medical 4711"),
    ),
    Fault(
        "one too many providers",
        "beds_core_plan",
        lambda content: [*content, {**content[0], "org_code": "QYG", "nov": "1234"}],
        (f"beds_core_plan: {WHOLE} is one too many", "nov 1234"),
    ),
    Fault(
        "a duplicate",
        "agency_ytd",
        lambda content: [*content, *({**row, "medical": "815"} for row in content if row["org_code"] == "QYG")],
        (f"agency_ytd: {WHOLE} stands 2 times", f"medical {MEDICAL}", "medical 815"),
    ),
    Fault(
        "an unknown code",
        "agency_ytd",
        lambda content: [{**row, "org_code": "QYH"} if row["org_code"] == "QYG" else row for row in content],
        ("agency_ytd: QYH is no organisation", f"medical {MEDICAL}", "Did you mean 'QYG'?", f"{WHOLE} is missing"),
    ),
    Fault("a blank", "agency_ytd", at("QYG", "medical", lambda _: ""), (f"agency_ytd: {WHOLE}, medical is blank",)),
    Fault("a text", "agency_ytd", at("QYG", "medical", lambda _: "12.5m"), (f"agency_ytd: {WHOLE}, medical is '12.5m'",)),
    Fault(
        "a figure off by 25",
        "agency_ytd",
        at("QYG", "medical", more(25)),
        ("agency_ytd, medical: ", "25 above the England total of 562,501"),
        (f"{WHOLE} {int(MEDICAL):,} → {int(MEDICAL) + 25:,}",),
    ),
    Fault(
        "industrial action off by 1",
        "allocation",
        at("QYG", "industrial_action", more(1)),
        ("allocation, industrial_action: Industrial action funding is £800,001k", "£800,000k"),
        (WHOLE,),
    ),
    Fault(
        "a target that lifts the mean",
        "elective_target",
        at("QYG", "revised", lambda _: "120"),
        ("elective_target, revised: ", "gives 103%"),
        (f"{WHOLE} {figure('elective_target', 'QYG', 'revised')} → 120",),
    ),
    Fault("a column missing", "agency_ytd", without_column("medical"), ("agency_ytd: the column medical is missing",)),
    Fault(
        "a percentage beyond reason",
        "cancer_now",
        at("QYG", "fds", lambda _: "1,760"),
        (f"cancer_now: {WHOLE}, fds is '1,760', not a number",),
    ),
    Fault(
        "a percentage above 150",
        "cancer_now",
        at("QYG", "fds", lambda _: "151"),
        (f"cancer_now: {WHOLE}, fds is 151, not between 0 and 150",),
    ),
)


@pytest.fixture(params=FAULTS, ids=lambda fault: fault.name)
def fault(request: pytest.FixtureRequest) -> Fault:
    found: Fault = request.param
    return found


def spoiled(fault: Fault, folder: Path) -> str:
    """A folder of the centre's own tables that holds the faulty one alone."""
    write(folder, fault.table, fault.spoil(rows(TEMPLATE / "national", fault.table)))
    return str(folder)


def refused(result: Result, tmp_path: Path, says: tuple[str, ...]) -> bool:
    """Whether it ends with code 2, the words on stderr, nothing on stdout and nothing written."""
    assert [words for words in says if words not in result.stderr] == [], result.stderr
    assert not (tmp_path / "workspace").exists()
    return result.exit_code == 2 and result.stdout == "" and "Traceback" not in result.stderr


def test_a_faulty_table_is_named_with_organisation_and_figure(fault: Fault, tmp_path: Path) -> None:
    result = issue(tmp_path, "--national", spoiled(fault, tmp_path / "own"))
    assert refused(result, tmp_path, ("so nothing was written", *fault.says, *fault.beside))


def test_with_json_the_error_stands_on_stdout(fault: Fault, tmp_path: Path) -> None:
    result = issue(tmp_path, "--json", "--national", spoiled(fault, tmp_path / "own"))
    said = json.loads(result.stdout)
    assert (result.exit_code, said["schema"], said["error"]["kind"]) == (2, 1, "national data")
    assert [words for words in fault.says + fault.beside if words not in "\n".join(said["error"]["faults"])] == []
    assert not (tmp_path / "workspace").exists()


def test_so_is_one_in_a_copy_of_the_whole_collection(fault: Fault, tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    write(copy / "national", fault.table, fault.spoil(rows(copy / "national", fault.table)))
    assert refused(issue(tmp_path, "--collection", str(copy)), tmp_path, fault.says)


def test_a_table_that_is_missing(tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    (copy / "national" / "agency_ytd.csv").unlink()
    assert refused(issue(tmp_path, "--collection", str(copy)), tmp_path, ("agency_ytd", "agency_ytd.csv", "missing"))


def test_several_faults_are_told_at_once(tmp_path: Path) -> None:
    own = tmp_path / "own"
    said: list[str] = []
    for fault in FAULTS[:1] + FAULTS[8:10]:
        spoiled(fault, own)
        said += fault.says + fault.beside
    assert refused(issue(tmp_path, "--national", str(own)), tmp_path, tuple(said))


def test_what_has_been_issued_before_stays_as_it_was(tmp_path: Path) -> None:
    assert issue(tmp_path, "--org", "QSL").exit_code == 0
    before = listing(tmp_path / "workspace")
    assert len(before) == 4
    result = issue(tmp_path, "--national", spoiled(FAULTS[7], tmp_path / "own"))
    assert result.exit_code == 2
    assert listing(tmp_path / "workspace") == before


@dataclass(frozen=True)
class Slip:
    """A slip of the definition's author: the text that another takes the place of; what is said of it."""

    name: str
    file: Path
    old: str
    new: str
    says: tuple[str, ...]


AGENCY = Path("sheets/agency.toml")
SLIPS = (
    Slip(
        "an unknown column",
        AGENCY,
        'check = "total[average_to_come] < total[average_to_date]"',
        'check = "total[average_to_come] < total[average_to_dat]"',
        ("agency.toml", "AGY-002", "average_to_dat", "Did you mean 'average_to_date'?"),
    ),
    Slip(
        "an unknown line",
        AGENCY,
        'check = "total[average_to_come] < total[average_to_date]"',
        'check = "totl[average_to_come] < total[average_to_date]"',
        ("agency.toml", "AGY-002", "totl", "Did you mean 'total'?"),
    ),
    Slip(
        "an unknown table",
        AGENCY,
        'check = "total[fot] <= agency_limit.ceiling[value]"',
        'check = "total[fot] <= agency_limits.ceiling[value]"',
        ("agency.toml", "AGY-001", "agency_limits", "Did you mean 'agency_limit'?"),
    ),
    Slip(
        "an unknown parameter",
        AGENCY,
        'check = "share[fot] <= agency_share"',
        'check = "share[fot] <= agency_shares"',
        ("agency.toml", "AGY-003", "agency_shares", "Did you mean 'agency_share'?"),
    ),
    Slip(
        "a range for a number",
        AGENCY,
        'check = "total[fot] <= agency_limit.ceiling[value]"',
        'check = "groups[fot] <= agency_limit.ceiling[value]"',
        ("agency.toml", "AGY-001", "range"),
    ),
    Slip(
        "a cycle",
        Path("lines/agency.csv"),
        "sum(groups[column])",
        "sum(groups[column]) + total[column]",
        ("a cycle", "agency.total["),
    ),
    Slip(
        "no rule language",
        AGENCY,
        'check = "share[fot] <= agency_share"',
        'check = "share[fot] <="',
        (
            "agency.toml",
            "AGY-003",
        ),
    ),
    Slip(
        "an unknown field",
        AGENCY,
        'headline = "agency_reduced"',
        'headlin = "agency_reduced"',
        ("agency.toml", "AGY-002", "headlin"),
    ),
)


def slipped(slip: Slip, tmp_path: Path) -> str:
    """A copy of the collection with the slip in it."""
    copy = copied_collection(tmp_path)
    replace_text(copy / slip.file, slip.old, slip.new)
    return str(copy)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_in_the_definition_is_named_with_its_file(slip: Slip, tmp_path: Path) -> None:
    folder = slipped(slip, tmp_path)
    result = issue(tmp_path, "--collection", folder)
    assert refused(result, tmp_path, ("cannot be used", *slip.says))
    said = json.loads(issue(tmp_path, "--json", "--collection", folder).stdout)
    assert said["error"]["kind"] == "definition"
    assert [words for words in slip.says if words not in said["error"]["message"]] == []
