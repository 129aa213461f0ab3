"""The frame: tested versions, what the markers do without their programs, and the script for system packages."""

import configparser
import os
import re
import subprocess
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "scripts" / "install_system_packages.sh"
PIN = re.compile(r"^[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*$")
BASH = "#!/bin/bash\n"


def setup() -> configparser.ConfigParser:
    """setup.cfg as read."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def pinned() -> list[str]:
    """The lines of constraints.txt that are no comment."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def plain(requirement: str) -> str:
    """A distribution's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=\[ ]", requirement)[0]).lower()


def test_constraints_hold_exact_versions_and_nothing_else() -> None:
    assert [line for line in pinned() if not PIN.match(line)] == []


def test_every_dependency_has_a_tested_version() -> None:
    extras = setup()["options.extras_require"].values()
    wanted = " \n".join([setup()["options"]["install_requires"], *extras]).split()
    names = {plain(requirement) for requirement in wanted} - {"workbook-gen"}
    assert len(names) > 10
    assert names <= {plain(line) for line in pinned()}


def test_the_scripts_can_be_run() -> None:
    for script in (SCRIPT, ROOT / ".ci" / "run"):
        assert os.access(script, os.X_OK), script
        assert subprocess.run(["bash", "-n", script]).returncode == 0, script


MARKED = """
import pytest

@pytest.mark.libreoffice
def test_office():
    pass

@pytest.mark.soak
def test_long():
    pass

def test_plain(rewrite_golden):
    assert rewrite_golden is False
"""


@pytest.mark.parametrize(
    ("variables", "outcome"),
    [
        ({}, {"passed": 1, "skipped": 1, "deselected": 1}),
        ({"CI": "false", "SOAK": "0"}, {"passed": 1, "skipped": 1, "deselected": 1}),
        ({"CI": "true"}, {"passed": 1, "errors": 1, "deselected": 1}),
        ({"SOAK": "1"}, {"passed": 2, "skipped": 1}),
    ],
)
def test_a_missing_program_skips_and_in_ci_fails(
    variables: dict[str, str], outcome: dict[str, int], pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers =\n    libreoffice\n    poppler\n    postgresql\n    soak\n")
    pytester.makepyfile(MARKED)
    monkeypatch.setenv("PATH", str(pytester.path))
    for name in ("CI", "SOAK"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(**outcome)


class Machine:
    """A made-up machine: a folder of programs that write down how they were called."""

    def __init__(self, folder: Path) -> None:
        self.programs = folder / "bin"
        self.calls = folder / "calls"
        self.installed = folder / "installed"
        self.programs.mkdir()
        self.calls.touch()
        self.installed.mkdir()
        for name in ("bash", "env"):
            (self.programs / name).symlink_to(f"/usr/bin/{name}")

    def has(self, name: str, body: str = "") -> None:
        """Put a program there; it notes its call, then does `body`."""
        path = self.programs / name
        path.write_text(f'{BASH}printf "%s\\n" "{name} $*" >> {self.calls}\n{body}\n', encoding="utf-8")
        path.chmod(0o755)

    def is_debian(self, user: int, unknown: str = "none") -> None:
        """Give it Debian's tools; a package is installed if `installed` has a file of its name."""
        self.has("dpkg-query", f'[ -e {self.installed}/"${{@: -1}}" ] && printf installed')
        self.has("apt-cache", f'[ "$2" != {unknown} ]')
        self.has("apt-get")
        self.has("id", f"printf {user}")

    def run(self) -> subprocess.CompletedProcess[str]:
        """Run the script with these programs alone."""
        return subprocess.run([SCRIPT], env={"PATH": str(self.programs)}, capture_output=True, text=True)

    def called(self, *names: str) -> list[str]:
        """The calls of these programs, in order."""
        return [call for call in self.calls.read_text(encoding="utf-8").splitlines() if call.split()[0] in names]


PACKAGES = (
    *("libreoffice-calc", "libreoffice-impress", "python3-uno", "poppler-utils", "fonts-liberation", "postgresql"),
    *("r-base-core", "r-cran-readxl", "chromium", "make", "python3-venv"),
)
INSTALL = "apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=120"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with nothing on it but bash."""
    return Machine(tmp_path)


def test_with_every_package_nothing_is_installed(machine: Machine) -> None:
    machine.is_debian(user=0)
    for package in PACKAGES:
        (machine.installed / package).touch()
    assert machine.run().returncode == 0
    assert len(machine.called("dpkg-query")) == len(PACKAGES)
    assert machine.called("apt-get", "apt-cache") == []


def test_root_installs_only_what_is_missing(machine: Machine) -> None:
    machine.is_debian(user=0)
    for package in PACKAGES[2:]:
        (machine.installed / package).touch()
    assert machine.run().returncode == 0
    assert machine.called("apt-get") == [f"{INSTALL} libreoffice-calc libreoffice-impress"]


def test_the_lists_are_updated_once_where_they_do_not_know_a_package(machine: Machine) -> None:
    machine.is_debian(user=0, unknown="poppler-utils")
    machine.has("apt-get", '[ "$1" = update ]')
    assert machine.run().returncode != 0
    assert [call.split()[1] for call in machine.called("apt-get")] == ["update", "install"]


def test_the_lists_are_updated_once_where_they_are_too_old(machine: Machine) -> None:
    machine.is_debian(user=0)
    machine.has("apt-get", f'[ "$1" = update ] && : > {machine.installed}/fresh; [ -e {machine.installed}/fresh ]')
    assert machine.run().returncode == 0
    assert [call.split()[1] for call in machine.called("apt-get")] == ["install", "update", "install"]


def test_another_user_installs_through_sudo(machine: Machine) -> None:
    machine.is_debian(user=1000)
    machine.has("sudo", 'shift; [ "$1" = true ] || exec "$@"')
    machine.has("true")
    assert machine.run().returncode == 0
    assert machine.called("sudo")[-1].startswith(f"sudo -n env DEBIAN_FRONTEND=noninteractive {INSTALL}")
    assert machine.called("apt-get") == [f"{INSTALL} {' '.join(PACKAGES)}"]


def test_without_the_right_to_install_it_says_what_to_run(machine: Machine) -> None:
    machine.is_debian(user=1000)
    machine.has("sudo", "exit 1")
    (machine.installed / "make").touch()
    done = machine.run()
    assert done.returncode == 1
    assert (
        "apt-get install --no-install-recommends libreoffice-calc libreoffice-impress python3-uno poppler-utils" in done.stderr
    )
    assert "make" not in done.stderr
    assert machine.called("apt-get") == []


def test_elsewhere_the_programs_themselves_are_looked_for(machine: Machine) -> None:
    machine.has("soffice")
    done = machine.run()
    assert done.returncode == 1
    assert "missing: pdftoppm pg_ctl Rscript chromium" in done.stderr
    machine.has("pdftoppm")
    machine.has("pg_ctl")
    machine.has("Rscript")
    machine.has("chromium")
    assert machine.run().returncode == 0
