"""The command line as a newcomer meets it: help with examples, a sentence for each mistake, nothing written unasked."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.returns import ROOT, collection, completed, listing, national
from workbook_gen.catalogue import catalogue
from workbook_gen.cli import COMMANDS, main
from workbook_gen.report.rulebook import all_rules

ESCAPE = "\x1b["
HEAVY = ("pandas", "openpyxl", "xlsxwriter", "pydantic", "defusedxml", "numpy", "sqlalchemy")


def run(*arguments: str | Path) -> Result:
    """Run a command; a crash fails the test."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def issued(workspace: Path) -> Path:
    """A workspace with one workbook issued."""
    assert run("issue", "--org", "qsl", "--workspace", workspace).exit_code == 0
    return workspace


# --- Help -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_shows_examples_before_the_options(name: str) -> None:
    result = run(*name.split(), "--help")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("  Example"))
    example = lines[first + 1]
    assert example.startswith(f"    workbook-gen {name}")
    assert first < lines.index("Options:")
    assert "\\b" not in result.stdout
    assert max(map(len, lines)) <= 110


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    command = COMMANDS[name]()
    options = [option for option in command.params if option.param_type_name == "option"]
    assert len(options) >= 5
    assert [option.name for option in options if not getattr(option, "help", "")] == []
    assert command.name == name
    assert command.get_short_help_str()


def test_the_commands_are_listed_by_letter() -> None:
    assert list(COMMANDS) == sorted(COMMANDS)


def imported_by(*arguments: str) -> set[str]:
    """The modules that are there when a command has ended well, in a process of its own."""
    code = (
        f"import sys\nfrom workbook_gen.cli import main\ntry:\n    main({list(arguments)!r})\n"
        "except SystemExit as end:\n    assert end.code == 0\nprint(' '.join(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_a_command_is_imported_without_the_others() -> None:
    imported = imported_by("check", "--help")
    assert {name for name in imported if name.startswith("workbook_gen.commands.")} == {"workbook_gen.commands.check"}


def test_checking_a_file_needs_no_writer_and_no_library_of_the_web(issued: Path) -> None:
    (file,) = issued.glob("*/issued/*/*.xlsx")
    imported = imported_by("check", str(file), "--quiet", "--fail-on", "never", "--workspace", str(issued))
    assert {"pydantic", "workbook_gen.excel.scan", "workbook_gen.excel.issued"} <= imported
    unwanted = {"xlsxwriter", "http.client", "ssl", "xml.sax", "pandas", "openpyxl", "sqlalchemy", "numpy"}
    assert imported & unwanted == set()


def test_an_unknown_command_is_told_the_nearest() -> None:
    result = run("isue")
    assert result.exit_code == 2
    assert "'issue'" in result.stderr


def test_help_answers_without_the_heavy_libraries() -> None:
    imported = imported_by("--help")
    assert {"click", "workbook_gen.cli"} <= imported
    assert imported & set(HEAVY) == set()


def test_the_version_is_that_of_the_package() -> None:
    assert re.search(r"version \d+\.\d+\.\d+", run("--version").stdout)


# --- Mistakes -------------------------------------------------------------------------------------

MISTAKES = (
    (("isue",), "Did you mean 'issue'?"),
    (("issue", "--orgs", "QYG"), "--org"),
    (("issue", "--org", "QYH"), "There is no system 'QYH'. Did you mean 'QYG'?"),
    (("issue", "--jobs", "0"), "0 is not in the range 1<=x<=64"),
    (("issue", "--collection", "{here}/nowhere"), "collection.toml: there is no such file in {here}/nowhere"),
    (("check", "{here}/a_file", "--collection", "{here}/nowhere"), "Name its folder with --collection"),
    (("issue", "--national", "{here}/nowhere"), "The folder of your own national tables, {here}/nowhere, is not there."),
    (("issue", "--workspace", "{here}/a_file/below"), "{here}/a_file"),
    (("practice",), "Nothing has been issued in {workspace}"),
    (("practice", "--seed", "one"), "'one' is not a valid integer"),
    (("check",), "Missing argument 'FILES...'"),
    (("check", "{here}/a_file", "--fail-on", "all"), "'fix', 'look', 'never'"),
    (("check", "{here}/no_file.xlsx"), "There is no file {here}/no_file.xlsx."),
    (("explain", "AGY-02"), "There is no rule or code 'AGY-02'. Did you mean 'AGY-002'?"),
    (("explain", "STR-41"), "Did you mean 'STR-411'?"),
    (("import-allocations", "{here}/no_file.xlsx"), "does not exist"),
    (("import-allocations", "{here}/a_file"), "Nothing was imported from {here}/a_file:"),
)


@pytest.mark.parametrize(("arguments", "says"), MISTAKES, ids=[" ".join(arguments) for arguments, _ in MISTAKES])
def test_a_mistake_ends_with_2_and_a_sentence(arguments: tuple[str, ...], says: str, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "a_file").write_text("text", encoding="utf-8")
    places = {"here": str(tmp_path), "workspace": str(workspace)}
    own = () if "--workspace" in arguments or arguments == ("isue",) else ("--workspace", str(workspace))
    result = run(*(argument.format(**places) for argument in arguments), *own)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says.format(**places) in result.stderr
    assert listing(tmp_path) == {"a_file": b"text"}


def test_a_mistake_is_an_object_with_json(workspace: Path) -> None:
    for arguments in (("issue", "--org", "QYH"), ("practice",)):
        result = run(*arguments, "--json", "--workspace", workspace)
        said = json.loads(result.stdout)
        assert list(said) == ["schema", "error"]
        assert (said["schema"], list(said["error"])) == (1, ["kind", "message", "faults"])
        assert said["error"]["message"] in result.stderr
    said = json.loads(run("explain", "AGY-02", "--json").stdout)
    assert said["error"]["kind"] == "usage"


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("seal.key", b"not a key", "holds no key"),
        ("seal.key", b"abcd", "holds no key"),
        ("issued/1.0/manifest.csv", b"organisation,file\nQSL,a.xlsx\n", "is not the list of what was issued"),
        ("issued/1.0/manifest.csv", b"\xff\xfe", "is not the list of what was issued"),
    ],
)
def test_a_spoiled_workspace_is_told(file: str, content: bytes, says: str, issued: Path) -> None:
    path = issued / collection().key / file
    path.write_bytes(content)
    for name in ("issue", "practice", "doctor"):
        result = run(name, "--workspace", issued)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"{path} {says}" in result.stderr


def test_an_interruption_ends_with_130(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("workbook_gen.definition.load.load_collection", interrupted)
    assert run("issue", "--workspace", workspace).exit_code == 130


# --- How it speaks --------------------------------------------------------------------------------


def test_quiet_leaves_out_the_progress(workspace: Path) -> None:
    loud, quiet = (run("issue", "--org", "QSL", "--dry-run", *more, "--workspace", workspace) for more in ((), ("--quiet",)))
    assert "QSL  new" in loud.stderr
    assert quiet.stderr == ""
    assert loud.stdout == quiet.stdout != ""


def test_json_is_all_that_stands_on_stdout(issued: Path) -> None:
    for arguments in (("issue", "--org", "QSL"), ("practice",), ("explain",), ("explain", "AGY-002"), ("doctor",)):
        said = json.loads(run(*arguments, "--json", "--workspace", issued).stdout)
        assert said["schema"] == 1
        assert len(said) > 1


def test_nothing_is_coloured_where_nobody_looks(tmp_path: Path) -> None:
    done = subprocess.run([*program(), "explain", "AGY-02"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Did you mean" in done.stderr
    assert ESCAPE not in done.stdout + done.stderr


@pytest.mark.parametrize(("variable", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_in_a_terminal_no_color_is_heeded(variable: dict[str, str], coloured: bool) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | variable
    text = in_a_terminal([*program(), "explain", "AGY-002"], environment)
    assert "AGY-002  Agency spend falls" in text.replace("\x1b[1m", "")
    assert (ESCAPE in text) is coloured


def program() -> list[str]:
    """The command, run by this Python."""
    return [sys.executable, "-c", "from workbook_gen.cli import main; main(prog_name='workbook-gen')"]


def in_a_terminal(command: list[str], environment: dict[str, str]) -> str:
    """What a command writes to a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=theirs, stderr=theirs)
    os.close(theirs)
    text = b"".join(until_closed(ours))
    os.close(ours)
    assert process.wait() == 0
    return text.decode()


def until_closed(terminal: int) -> Iterator[bytes]:
    """What comes out of a terminal; Linux says that it is closed with an error."""
    while True:
        try:
            found = os.read(terminal, 4096)
        except OSError:
            return
        if not found:
            return
        yield found


# --- Dry runs -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("issue", "--org", "QYG"), "1 workbooks would be written to"),
        (("issue", "--org", "QSL"), "1 unchanged"),
        (("practice",), "1 practice returns would be written to"),
        (("demo",), "workbooks would be issued in"),
    ],
)
def test_a_dry_run_writes_nothing(arguments: tuple[str, ...], says: str, issued: Path) -> None:
    before = listing(issued)
    assert len(before) == 4
    result = run(*arguments, "--dry-run", "--workspace", issued)
    assert result.exit_code == 0
    assert says in result.stdout
    assert listing(issued) == before


def test_a_dry_run_in_an_empty_place_leaves_it_empty(workspace: Path) -> None:
    for arguments in (("issue", "--org", "QSL"), ("demo",)):
        assert run(*arguments, "--dry-run", "--workspace", workspace).exit_code == 0
        assert not workspace.exists()


# --- explain --------------------------------------------------------------------------------------


def test_every_rule_and_code_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook_gen.definition.load.load_collection", lambda _: collection())  # read once
    monkeypatch.setattr("workbook_gen.national.data.load_national", lambda *_: national())
    codes = [*all_rules(collection()), *(entry.code for entry in catalogue())]
    assert len(codes) > 90
    listed = [line.split("  ")[0] for line in run("explain").stdout.splitlines()]
    assert listed == codes
    for code in codes:
        result = run("explain", code.lower())
        assert result.exit_code == 0
        title, *lines = result.stdout.splitlines()
        assert title.startswith(f"{code}  ")
        assert max(map(len, lines)) <= 118
        said = dict(re.findall(r"^  (\w[\w ]*): +(\S.*)$", "\n".join(lines), re.MULTILINE))
        assert {"Weight", "Says", "Mend"} <= set(said), code
        if code in all_rules(collection()):
            assert {"Where", "Why", "Holds if", "Written", "Passes"} <= set(said), code
            assert ("Fails" in said) != ("To do" in said), code


def test_the_pages_of_the_rule_book_are_written_into_a_folder(tmp_path: Path) -> None:
    result = run("explain", "--pages", tmp_path)
    assert result.exit_code == 0
    assert [Path(line).name for line in result.stdout.splitlines()] == ["rules.md", "guidance.md"]
    assert (tmp_path / "rules.md").read_text(encoding="utf-8").count("\n### ") > 55
    refused = run("explain", "AGY-001", "--pages", tmp_path)
    assert (refused.exit_code, refused.stderr) == (2, "Name a rule, or a folder for the pages of all.\n")


# --- doctor ---------------------------------------------------------------------------------------


def test_doctor_finds_a_fresh_workspace_sound(workspace: Path) -> None:
    result = run("doctor", "--workspace", workspace)
    assert result.exit_code == 0
    for words in ("Definition", ": sound", "reconciled", "Python", "nothing issued yet"):
        assert words in result.stdout


def test_doctor_finds_what_is_wrong_with_the_workspace(issued: Path) -> None:
    home = issued / collection().key
    book = home / "issued" / "1.0" / "QSL_h2_2023_24_v1.0.xlsx"
    assert run("doctor", "--workspace", issued).exit_code == 0
    book.write_bytes(completed("QSL"))
    assert "QSL_h2_2023_24_v1.0.xlsx not the bytes that were issued" in unsound(issued)
    book.unlink()
    assert "QSL_h2_2023_24_v1.0.xlsx in the manifest, but the file is gone" in unsound(issued)
    (home / "seal.key").unlink()
    assert "seal.key       missing, so seals cannot be verified" in unsound(issued)
    said = json.loads(run("doctor", "--json", "--workspace", issued).stdout)
    assert said["sound"] is False
    assert [one["what"] for one in said["examined"] if not one["well"]] == [book.name, "seal.key"]


def unsound(workspace: Path) -> str:
    """What doctor says of an unsound workspace."""
    result = run("doctor", "--workspace", workspace)
    assert result.exit_code == 2
    return result.stdout


def test_the_program_is_installed() -> None:
    assert shutil.which("workbook-gen", path=str(Path(sys.executable).parent))
