"""The floors, rooms and sizes of DESIGN.md and STYLE.md, kept; and each check seen failing before it is trusted."""

import os
from pathlib import Path

import pytest

from tests import architecture
from tests.architecture import CHECKS, Check

PACKAGE = Path(__file__).resolve().parents[1] / "workbook_gen"
KNOWN = {
    "",
    "findings",
    "catalogue",
    "entry",
    "definition.model",
    "definition.nodes",
    "definition.load",
    "definition.expression",
    "definition.layout",
    "national.data",
    "national.prefill",
    "checks.evaluate",
    "checks.run",
    "excel.formula",
    "excel.style",
    "excel.write",
    "cli",
}

SOUND = {
    "__init__.py": '"""A package."""\n',
    "findings.py": '"""Findings of 42 boards."""\n',
    "catalogue.py": "from workbook_gen.findings import Finding\n",
    "definition/__init__.py": "",
    "definition/nodes.py": "import pydantic\nfrom workbook_gen import findings\n",
    "definition/model.py": "from . import nodes\nfrom .nodes import Key\nfrom ..findings import Finding\n",
    "excel/__init__.py": "",
    "excel/write.py": 'import xlsxwriter\nimport workbook_gen.definition.model\nx = "£420k, 1.42, 42.5, B42, 42A"\n',
    "excel/read.py": "try:\n    import json\nexcept (ValueError, OSError):\n    raise\n",
    "cli.py": 'def main():\n    """All 42."""\n    from workbook_gen.excel import write\n    print(write)\n',
}

BODY = "    x = 1\n"
OFFENDERS: tuple[tuple[Check, str, str, str], ...] = (
    (architecture.every_folder_is_a_package, "loose/read.py", "", "loose has no __init__.py"),
    (architecture.floors, "stray.py", "", "stray:1 stands on no floor"),
    (architecture.floors, "findings.py", "import workbook_gen.cli", "findings:1 imports cli,"),
    (architecture.floors, "findings.py", "from workbook_gen.definition import Key", "findings:1 imports definition,"),
    (architecture.floors, "checks/run.py", "from workbook_gen.excel import write", "checks.run:1 imports excel.write,"),
    (
        architecture.floors,
        "checks/run.py",
        "from workbook_gen.excel.write import go",
        "checks.run:1 imports excel.write,",
    ),
    (architecture.floors, "checks/run.py", "from ..excel.write import go", "checks.run:1 imports excel.write,"),
    (architecture.floors, "checks/run.py", "from .. import excel", "checks.run:1 imports excel,"),
    (architecture.floors, "checks/__init__.py", "from ..excel import write", "checks:1 imports excel.write,"),
    (
        architecture.floors,
        "national/data.py",
        "import workbook_gen.excel.write as w",
        "national.data:1 imports excel.write,",
    ),
    (architecture.floors, "desk/fill.py", "def f():\n    from workbook_gen import cli", "desk.fill:2 imports cli,"),
    (architecture.floors, "desk/fill.py", "m = import_module('workbook_gen.cli')", "desk.fill:1 imports cli,"),
    (architecture.no_cycles, "definition/nodes.py", "from workbook_gen.definition import model", "cycle: definition."),
    (architecture.no_cycles, "definition/nodes.py", "def f():\n    from . import model", "cycle: definition."),
    (architecture.no_cycles, "findings.py", "from workbook_gen import catalogue", "cycle: catalogue <- findings"),
    (architecture.no_cycles, "findings.py", "import workbook_gen.findings", "cycle: findings <- findings"),
    (architecture.third_parties_in_their_rooms, "excel/read.py", "import openpyxl", "excel.read:1 imports openpyxl,"),
    (
        architecture.third_parties_in_their_rooms,
        "excel/writer.py",
        "import xlsxwriter",
        "excel.writer:1 imports xlsxwriter,",
    ),
    (
        architecture.third_parties_in_their_rooms,
        "checks/run.py",
        "from pandas.api import x",
        "checks.run:1 imports pandas,",
    ),
    (
        architecture.third_parties_in_their_rooms,
        "desk/fill.py",
        "def f():\n    import click",
        "desk.fill:2 imports click,",
    ),
    (architecture.third_parties_in_their_rooms, "national/xml.py", "import defusedxml.expat", "imports defusedxml,"),
    (architecture.third_parties_in_their_rooms, "cli.py", "import requests", "cli:1 imports requests,"),
    (
        architecture.third_parties_in_their_rooms,
        "cli.py",
        "importlib.import_module(name)",
        "cli:1 imports a computed name,",
    ),
    (architecture.short_modules, "findings.py", "x = 1\n" * 300, "findings:1 has 300 lines"),
    (architecture.short_functions, "findings.py", f"def f():\n{BODY * 50}", "findings:1 f has 51 lines"),
    (architecture.short_functions, "cli.py", f"class C:\n async def f():\n{BODY * 50}", "cli:2 f has 51 lines"),
    (architecture.no_print, "excel/read.py", "print('done')", "excel.read:1 prints"),
    (architecture.no_print, "excel/read.py", "say = print", "excel.read:1 prints"),
    (architecture.no_broad_except, "cli.py", "try:\n    x\nexcept:\n    pass", "cli:3 catches everything"),
    (
        architecture.no_broad_except,
        "cli.py",
        "try:\n    x\nexcept Exception as e:\n    raise",
        "cli:3 catches everything",
    ),
    (
        architecture.no_broad_except,
        "cli.py",
        "try:\n    x\nexcept (OSError, BaseException):\n    raise",
        "cli:3 catches",
    ),
    (
        architecture.no_broad_except,
        "cli.py",
        "with contextlib.suppress(Exception):\n    x",
        "cli:1 suppresses everything",
    ),
    (architecture.nothing_unfinished, "cli.py", "x = 1  # TODO: finish", "cli:1 is unfinished: x = 1  # TODO: finish"),
    (architecture.nothing_unfinished, "cli.py", "raise NotImplementedError", "cli:1 is unfinished"),
    (architecture.nothing_unfinished, "cli.py", "\n# FIXME", "cli:2 is unfinished"),
    (architecture.nothing_unfinished, "cli.py", '"""XXX"""', "cli:1 is unfinished"),
    (architecture.telling_names, "excel/utils.py", "", "excel.utils tells no job"),
    (architecture.telling_names, "desk/fill_helpers.py", "", "desk.fill_helpers tells no job"),
    (architecture.telling_names, "common/read.py", "", "common.read tells no job"),
    (architecture.no_number_of_boards, "cli.py", "if count == 42:\n    pass", "cli:1 says 42"),
    (architecture.no_number_of_boards, "cli.py", "\nx = f'{n} of 42 returns'", "cli:2 says 42"),
    (architecture.no_number_of_boards, "cli.py", "x = 'all 42.'", "cli:1 says 42"),
)


def write_package(folder: Path, files: dict[str, str]) -> Path:
    """A made-up package of these files; returns its folder."""
    for name, text in files.items():
        path = folder / "workbook_gen" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "workbook_gen"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_package_keeps_the_rule(check: Check) -> None:
    assert check(architecture.read_modules(PACKAGE)) == []


def test_every_module_was_seen() -> None:
    modules = architecture.read_modules(PACKAGE)
    files = [Path(top, name) for top, _, names in os.walk(PACKAGE) for name in names if name.endswith(".py")]
    assert len(modules) == len(files)
    assert {module.path for module in modules.values()} == set(files)
    assert modules.keys() >= KNOWN
    assert {module.room for module in modules.values()} == architecture.FLOORS.keys()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_sound_package_passes(check: Check, tmp_path: Path) -> None:
    assert check(architecture.read_modules(write_package(tmp_path, SOUND))) == []


@pytest.mark.parametrize(("check", "file", "source", "sentence"), OFFENDERS)
def test_an_offender_is_found(check: Check, file: str, source: str, sentence: str, tmp_path: Path) -> None:
    found = check(architecture.read_modules(write_package(tmp_path, {**SOUND, file: source})))
    assert len(found) == 1, found
    assert sentence in found[0]


def test_every_check_has_an_offender() -> None:
    assert {check for check, *_ in OFFENDERS} == set(CHECKS)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="No module"):
        architecture.read_modules(tmp_path)


def test_two_files_of_one_name_are_an_error(tmp_path: Path) -> None:
    folder = write_package(tmp_path, {"cli.py": "", "cli/__init__.py": ""})
    with pytest.raises(ValueError, match="are one module"):
        architecture.read_modules(folder)
