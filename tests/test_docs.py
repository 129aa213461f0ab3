"""What the words say exists: commands and targets of README, the version in CHANGELOG, decisions in order, no machine named."""

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.broken import break_once
from tests.test_frame import setup
from workbook_gen.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
DECISIONS = ROOT / "docs" / "decisions"
WRITTEN = ("docs", "templates", "workbook_gen")
TEXTS = {".md", ".toml", ".csv", ".py", ".cfg", ".txt", ".html", ".j2"}
LONGEST = 60

FENCE = re.compile(r"^ *```[^\n]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
PROGRAM = "workbook-gen"
ENDS = {"|", "||", "&&", ";", ">", ">>", "<", "2>", "&"}
MACHINE = re.compile(
    r"/(?:work|root|workspace|mnt)/|/home/\w+|/Users/\w+|/tmp/|\b(?:127\.0\.0\.1|localhost)\b"
    r"|https?://[^/\s]*(?:pypi|artifact|nexus|registry|mirror|proxy)|index-url"
)
"""Folders of some machine, and hosts that packages come from."""


def fenced(text: str) -> list[str]:
    """The code fences of a Markdown text."""
    return FENCE.findall(text)


def commands(text: str) -> Iterator[list[str]]:
    """The words after `workbook-gen` on each line of the code fences, as a shell would split them."""
    for block in fenced(text):
        for line in block.replace("\\\n", " ").splitlines():
            splitter = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
            splitter.whitespace_split = True
            words = list(splitter)
            while any(Path(word).name == PROGRAM for word in words):
                words = words[next(n for n, word in enumerate(words) if Path(word).name == PROGRAM) + 1 :]
                yield words[: next((n for n, word in enumerate(words) if word in ENDS), len(words))]


def mistake(words: list[str]) -> str:
    """What click would say against a command; empty where it would run it. Whether files exist does not matter."""
    group = click.Context(main, info_name=PROGRAM)
    try:
        if not words or words[0] in ("--help", "-h", "--version"):
            return ""
        name, command, rest = main.resolve_command(group, words)
        assert command is not None
        context = click.Context(command, info_name=name, parent=group)
        if {"--help", "-h"} & set(rest):
            return ""
        given, left, _ = command.make_parser(context).parse_args(rest)
        if left:
            return f"{name} takes no {left[0]}"
        return next(filter(None, (_wrong(one, given.get(one.name or ""), context) for one in command.params)), "")
    except click.UsageError as error:
        return error.format_message()


def _wrong(parameter: click.Parameter, value: object, context: click.Context) -> str:
    if not value or value is parameter.default:
        return f"{parameter.name} is missing" if parameter.required else ""
    if isinstance(parameter.type, click.Choice | click.types.IntParamType | click.IntRange):
        for one in value if isinstance(value, list | tuple) else (value,):
            parameter.type.convert(one, parameter, context)
    return ""


def targets(text: str) -> set[str]:
    """The targets named after `make` in code."""
    code = [*fenced(text), *INLINE.findall(FENCE.sub("", text))]
    return {name for block in code for name in re.findall(r"(?:^|[&;])\s*(?:\$ )?make ([a-z][a-z-]*)", block, re.MULTILINE)}


def makefile() -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.fixture
def readme() -> str:
    """README's text; it has to be there."""
    assert README.exists(), "README.md is missing"
    return README.read_text(encoding="utf-8")


def test_the_commands_of_readme_run(readme: str) -> None:
    found = list(commands(readme))
    assert len(found) >= 1
    assert [(shlex.join(words), said) for words in found if (said := mistake(words))] == []


def test_the_targets_of_readme_exist(readme: str) -> None:
    found = targets(readme)
    assert len(found) >= 1
    assert found <= makefile()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("$ workbook-gen demo", ""),
        ("workbook-gen issue --org QYG --org QSL  # two", ""),
        ("cd x && .venv/bin/workbook-gen check returns/ --json > returns.json", ""),
        ("workbook-gen check \\\n  A.xlsx B.xlsx --fail-on look", ""),
        ("workbook-gen --help", ""),
        ("workbook-gen isue", "No such command"),
        ("workbook-gen issue --orgs QYG", "No such option"),
        ("workbook-gen issue QYG", "takes no QYG"),
        ("workbook-gen check", "is missing"),
        ("workbook-gen check A.xlsx --fail-on always", "not one of"),
        ("workbook-gen issue --jobs many", "not a valid"),
        ("workbook-gen issue --org", "requires an argument"),
        ("workbook-gen demo | workbook-gen dem", "No such command"),
    ],
)
def test_a_command_that_does_not_run_is_noticed(line: str, said: str) -> None:
    found = list(commands(f"Some words.\n\n```sh\n{line}\n```\n"))
    assert len(found) == line.count(PROGRAM)
    told = [mistake(words) for words in found]
    assert said in told[-1]
    assert bool(told[-1]) is bool(said)


def test_a_target_that_does_not_exist_is_noticed() -> None:
    text = "Run `make golden`, or:\n```sh\nmake no-such && make test\napt-get install make python3\n```\nThey make do."
    assert targets(text) == {"golden", "no-such", "test"}
    assert targets(text) - makefile() == {"no-such"}


def test_the_changelog_tells_the_version() -> None:
    headings = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert setup()["metadata"]["version"] in headings
    assert headings[0] == "Unreleased" or headings[0] == setup()["metadata"]["version"]
    assert len(set(headings)) == len(headings)


def out_of_order(names: list[str]) -> list[str]:
    """The files that are not called NNNN-title.md, or that share or skip a number."""
    numbers = [int(name[:4]) for name in names if re.fullmatch(r"\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md", name)]
    misnamed = [name for name in names if not re.fullmatch(r"\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md", name)]
    return misnamed or ([] if sorted(numbers) == list(range(1, len(numbers) + 1)) else sorted(names))


def test_decisions_are_numbered_and_short() -> None:
    files = sorted(DECISIONS.iterdir())
    assert len(files) >= 1, "no decision is written down"
    assert out_of_order([file.name for file in files]) == []
    lengths = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {name: length for name, length in lengths.items() if not 5 <= length <= LONGEST} == {}
    assert [file.name for file in files if not file.read_text(encoding="utf-8").startswith("# ")] == []


@pytest.mark.parametrize("names", [["1-a.md"], ["0001-A.md"], ["0001-a.md", "0001-b.md"], ["0001-a.md", "0003-b.md"]])
def test_decisions_out_of_order_are_noticed(names: list[str]) -> None:
    assert out_of_order(["0001-a.md", "0002-b-c.md"]) == []
    assert out_of_order(names) != []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated pages, as today's definition makes them."""
    folder = tmp_path_factory.mktemp("pages")
    result = CliRunner().invoke(
        main, ["explain", "--pages", str(folder), "--collection", str(ROOT / "templates" / "h2_2023_24")]
    )
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("name", ["rules.md", "guidance.md"])
def test_generated_pages_are_current(made: Path, name: str) -> None:
    new, old = (made / name).read_text(encoding="utf-8"), (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert len(new) > 5000
    assert old == new, f"docs/{name} is not what the definition says: run make pages"


def test_a_page_follows_the_definition(tmp_path: Path) -> None:
    folder = break_once(tmp_path, "guidance.toml", "Copy and paste values; do not cut.", "Paste values.")
    shutil.copytree(ROOT / "templates" / "h2_2023_24" / "national", folder / "national")
    CliRunner().invoke(main, ["explain", "--pages", str(tmp_path), "--collection", str(folder)])
    text = (tmp_path / "guidance.md").read_text(encoding="utf-8")
    assert "Paste values." in text
    assert "do not cut" not in text


def written() -> list[Path]:
    """Every text that goes out: README, documents, templates and the package."""
    inside = (path for folder in WRITTEN for path in sorted((ROOT / folder).rglob("*")))
    files = [path for path in inside if path.is_file() and path.suffix in TEXTS]
    return [*(path for path in (README, ROOT / "CHANGELOG.md") if path.exists()), *files]


def names_a_machine(text: str) -> list[str]:
    """The lines that name a folder of this machine, or a host that packages come from."""
    own = [
        str(ROOT),
        *(host for name, url in os.environ.items() if "INDEX" in name for host in re.findall(r"://([^/:]+)", url)),
    ]
    return [line for line in text.splitlines() if MACHINE.search(line) or any(one in line for one in own)]


def test_no_text_names_this_machine() -> None:
    files = written()
    assert len(files) > 100
    found = {str(path.relative_to(ROOT)): names_a_machine(path.read_text(encoding="utf-8-sig")) for path in files}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line", ["see /home/kim/x", f"in {ROOT}/templates", "pip --index-url x", "https://pypi.example.org/simple"]
)
def test_a_machine_that_is_named_is_noticed(line: str) -> None:
    assert names_a_machine(f"words\n{line}\nwords") == [line]
