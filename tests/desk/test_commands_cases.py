"""queries, accept, press, waive and sign-off, as the central team runs them; wrong arguments included."""

import json
from pathlib import Path

import pytest

from tests.desk.at_the_desk import run
from tests.returns import completed, file_name, listing
from workbook_gen.desk.workspace import Workspace

EXPLAINS = "QOP"
pytestmark = pytest.mark.usefixtures("quick")
CHANGES = (
    ("accept", "QOP", "1"),
    ("press", "QSL", "1", "--remark", "Which wards?"),
    ("waive", "AGY-002", "--org", "QSL", "--reason", "Agreed", "--until", "2023-12-01"),
    ("waive", "--org", "QSL", "--lift", "1", "--reason", "Not agreed"),
    ("sign-off", "QYG"),
)


@pytest.fixture
def received(workspace: Workspace, returns: Path) -> Workspace:
    """A workspace into which a clean return, one to look at, one that explains itself and no workbook have come."""
    (returns / file_name(EXPLAINS)).write_bytes(completed(EXPLAINS, "deficit_explained"))
    run(workspace, "receive", returns)
    return workspace


def said(workspace: Workspace, *arguments: str) -> dict[str, object]:
    """What a command says to programs."""
    result = run(workspace, *arguments, "--json")
    found = json.loads(result.stdout)
    assert found["schema"] == 1
    return dict(found)


def states(workspace: Workspace, code: str) -> dict[int, str]:
    """The state of each query of an organisation."""
    queries = said(workspace, "queries", "--org", code)["queries"]
    assert isinstance(queries, list)
    return {query["number"]: query["state"] for query in queries}


def unexplained(workspace: Workspace) -> tuple[str, int]:
    """A rule of which QSL is asked something, and the number of that query."""
    queries = said(workspace, "queries", "--org", "QSL", "--state", "open")["queries"]
    assert isinstance(queries, list)
    return queries[0]["code"], queries[0]["number"]


def test_queries_are_listed_in_words_and_for_programs(received: Workspace) -> None:
    result = run(received, "queries")
    assert result.exit_code == 0
    everything = said(received, "queries")["queries"]
    assert isinstance(everything, list)
    assert result.stdout.count(" query ") == len(everything)
    assert {query["organisation"] for query in everything} == {"QSL", EXPLAINS}
    rule, number = unexplained(received)
    assert f"QSL query {number}: open, {rule}, " in result.stdout
    only = run(received, "queries", "--state", "answered")
    assert only.stdout.splitlines()[-1].endswith(" answered.")
    assert ": open, " not in only.stdout
    assert "Explained: " in only.stdout
    assert run(received, "queries", "--org", "QUE").stdout == "0 queries.\n"


def test_an_answer_is_accepted_or_pressed(received: Workspace) -> None:
    before = states(received, EXPLAINS)
    first, *_ = before
    assert run(received, "press", EXPLAINS, str(first), "--remark", "Which wards?", "--by", "lee").exit_code == 0
    shown = run(received, "queries", "--org", EXPLAINS, "--state", "pressed").stdout
    assert "Pressed by lee: Which wards?" in shown
    others = [str(number) for number in before if number != first]
    result = run(received, "accept", EXPLAINS, *others)
    assert result.exit_code == 0
    assert result.stdout.count(": accepted") == len(others)
    assert states(received, EXPLAINS) == {**dict.fromkeys(before, "accepted"), first: "pressed"}


def test_a_waiver_is_given_listed_and_lifted(received: Workspace) -> None:
    rule, _ = unexplained(received)
    result = run(
        received, "waive", rule.lower(), "--org", "qsl", "--reason", "Winter surge", "--until", "2023-12-01", "--by", "lee"
    )
    assert result.exit_code == 0
    assert f"QSL waiver 1: given, {rule} (" in result.stdout
    assert "until 01 December 2023, by lee" in result.stdout
    listed = said(received, "waive")["waivers"]
    assert isinstance(listed, list)
    assert {(one["organisation"], one["code"], one["in_force"], one["reason"]) for one in listed} == {
        ("QSL", rule, True, "Winter surge")
    }
    assert run(received, "waive").stdout.splitlines()[-1] == f"{len(listed)} waivers, {len(listed)} in force."
    row = next(one for one in said(received, "status")["organisations"] if one["organisation"] == "QSL")  # type: ignore[attr-defined]
    assert row["counts"]["waived"] == len(listed)
    assert run(received, "waive", "--org", "QSL", "--lift", "1", "--reason", "Not agreed").exit_code == 0
    assert f"{len(listed)} waivers, {len(listed) - 1} in force." in run(received, "waive", "--org", "QSL").stdout
    assert run(received, "doctor", "--audit").exit_code == 0


def test_a_submission_is_signed_off_and_taken_back(received: Workspace) -> None:
    refused = run(received, "sign-off", EXPLAINS)
    assert refused.exit_code == 2
    assert f"{EXPLAINS} cannot be signed off: the centre has to accept or press queries" in refused.stderr
    run(received, "accept", EXPLAINS, *map(str, states(received, EXPLAINS)))
    result = run(received, "sign-off", EXPLAINS, "--by", "lee", "--json")
    (one,) = json.loads(result.stdout)["sign_offs"]
    assert (one["organisation"], one["state"]) == (EXPLAINS, "signed")
    assert "signed off" in run(received, "status").stdout
    assert "1 signed off" in run(received, "status").stdout.splitlines()[-1]
    assert run(received, "sign-off", EXPLAINS, "--withdraw", "--remark", "Not yet").exit_code == 0
    assert "signed off" not in run(received, "status").stdout


@pytest.mark.parametrize("arguments", CHANGES, ids=lambda arguments: " ".join(arguments[:2]))
def test_a_dry_run_of_a_decision_writes_nothing(arguments: tuple[str, ...], received: Workspace) -> None:
    before = listing(received.folder)
    result = run(received, *arguments, "--dry-run")
    assert result.exit_code in (0, 2)
    assert listing(received.folder) == before
    if result.exit_code == 0:
        assert "A dry run: nothing was written." in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("accept", "QSL", "99"), "There is no query 99 of QSL: workbook-gen queries lists them."),
        (("accept", "XXX", "1"), "There is no system 'XXX'."),
        (("press", "QSL", "1"), "Missing option '--remark'"),
        (("queries", "--org", "XXX"), "There is no system 'XXX'."),
        (("queries", "--state", "closed"), "'closed' is not one of"),
        (("waive", "AGY-999", "--org", "QSL", "--reason", "x", "--until", "2023-12-01"), "There is no rule AGY-999."),
        (("waive", "AGY-002", "--reason", "x", "--until", "2023-12-01"), "Say whose it is: --org CODE."),
        (("waive", "AGY-002", "--org", "QSL", "--until", "2023-12-01"), "A waiver has a reason: give --reason."),
        (("waive", "AGY-002", "--org", "QSL", "--reason", "x"), "A waiver ends: give its last day"),
        (("waive", "AGY-002", "--org", "QSL", "--reason", "x", "--until", "2023-11-01"), "--until 2023-11-01 is past"),
        (("waive", "AGY-002", "--org", "QSL", "--reason", "x", "--until", "soon"), "does not match the format"),
        (
            ("waive", "AGY-002", "--org", "QUE", "--reason", "x", "--until", "2023-12-01"),
            "QUE has sent nothing that could be read",
        ),
        (("waive", "--org", "QSL", "--lift", "7", "--reason", "x"), "QSL has no waiver 7"),
        (("waive", "AGY-002", "--org", "QSL", "--lift", "7", "--reason", "x"), "not both"),
        (("sign-off", "QUE"), "QUE cannot be signed off: it has sent nothing that could be read as its return."),
        (("sign-off", "QYG", "--withdraw"), "The submission of QYG that counts is not signed off."),
        (("sign-off",), "Missing argument 'ORG...'"),
    ],
)
def test_what_cannot_be_done_is_told_with_exit_code_2(arguments: tuple[str, ...], message: str, received: Workspace) -> None:
    result = run(received, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_of_several_that_cannot_all_be_accepted_none_is(received: Workspace) -> None:
    before = states(received, EXPLAINS)
    assert run(received, "accept", EXPLAINS, *map(str, before), "99").exit_code == 2
    assert states(received, EXPLAINS) == before


def test_what_has_been_received_nowhere_has_no_queries_and_no_waivers(workspace: Workspace) -> None:
    before = listing(workspace.folder)
    assert run(workspace, "queries").stdout == "0 queries.\n"
    assert run(workspace, "waive").stdout == "0 waivers, 0 in force.\n"
    assert listing(workspace.folder) == before
