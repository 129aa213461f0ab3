"""How long the command line takes from its start to its end, each run a process of its own."""

import subprocess
import sys
import tempfile
from compileall import compile_dir
from functools import partial
from pathlib import Path

import workbook_gen
from benchmarks.interleaved import Timed, interleaved, table
from benchmarks.returns import shipped

ROUNDS = 15
BARE, HELP, CHECK, PANDAS = "Python alone", "workbook-gen --help", "workbook-gen check ONE_FILE", "Python importing pandas"
WANTED = {HELP: 150, CHECK: 400}
"""Milliseconds that a command may take."""
UNWANTED = ("pandas", "openpyxl", "sqlalchemy", "xlsxwriter", "ssl")
"""Libraries that checking has no need of."""


def main() -> None:
    """Print the medians."""
    compile_dir(Path(workbook_gen.__path__[0]), quiet=1)  # as an installation leaves it
    with tempfile.TemporaryDirectory() as folder:
        file = shipped(Path(folder)).files[0]
        command = Path(sys.executable).with_name("workbook-gen")
        check = [str(command), "check", str(file), "--workspace", folder]
        works = {
            HELP: [str(command), "--help"],
            CHECK: check,
            BARE: [sys.executable, "-c", "pass"],
            PANDAS: [sys.executable, "-c", "import pandas"],
        }
        timed = interleaved({label: partial(run, arguments) for label, arguments in works.items()}, ROUNDS)
        print(f"Whole processes, one after another in turn, {ROUNDS} times each.\n")
        print("\n".join(figures(timed)))
        found = [name for name in UNWANTED if name in imported(check)]
        print(f"\nImported on the way of `check`, of {', '.join(UNWANTED)}: {', '.join(found) or 'none'}.")


def run(arguments: list[str]) -> None:
    """Run a command to its end; findings end it with 1."""
    done = subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr


def imported(command: list[str]) -> set[str]:
    """The libraries that a command imports in its own process and in its children."""
    arguments = [sys.executable, "-X", "importtime", *command]
    said = subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False).stderr
    return {line.rpartition("|")[2].strip() for line in said.splitlines() if "|" in line}


def figures(timed: Timed) -> list[str]:
    """Ratios to Python alone, medians, and what was wanted."""
    rows = [
        (label, f"{timed.ratio(label, BARE):.1f}", f"{timed.median(label) * 1000:.0f}", f"under {wanted}" if wanted else "")
        for label in timed.seconds
        for wanted in [WANTED.get(label)]
    ]
    return table(("process", "times Python alone", "ms, median", "wanted"), rows)


if __name__ == "__main__":
    main()
