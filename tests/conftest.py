"""What the whole test suite shares: the markers' meaning and the option that rewrites the golden files."""

import os
import shutil
from pathlib import Path

import pytest

PROGRAMS = {"libreoffice": "soffice", "poppler": "pdftoppm", "postgresql": "pg_ctl", "r": "Rscript", "chromium": "chromium"}
"""The program that a marker needs. Without it the test is skipped with a word; in CI it fails."""
BESIDE_THE_PATH = "usr/lib/postgresql/*/bin"
"""Where Debian keeps programs that are on nobody's path."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write tests/golden/*.txt instead of comparing")


@pytest.fixture
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written (`make golden`) rather than compared."""
    return bool(request.config.getoption("--rewrite-golden"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long tests unless SOAK=1."""
    if is_set("SOAK"):
        return
    long = [item for item in items if item.get_closest_marker("soak")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose program is not installed; in CI, where nothing may be skipped for that, fail it."""
    for marker, program in PROGRAMS.items():
        if item.get_closest_marker(marker) and find_program(program) is None:
            word = f"{program} is not installed: run scripts/install_system_packages.sh"
            if is_set("CI"):
                pytest.fail(word, pytrace=False)
            pytest.skip(word)


def find_program(name: str) -> str | None:
    """Where a program is: on the path, or beside it in the newest version; None where it is not installed."""
    beside = sorted(Path("/").glob(f"{BESIDE_THE_PATH}/{name}"))
    return shutil.which(name) or (str(beside[-1]) if beside else None)


def is_set(variable: str) -> bool:
    """Whether an environment variable says yes: it is there and neither empty, 0 nor false."""
    return os.environ.get(variable, "").lower() not in ("", "0", "false")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the tests counted (`record_property`), said at the end of every run, workers or not."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties if report.when == "call" else ():
            terminalreporter.write_line(f"{name}: {value}")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes are named by their length: a zip holds the second in which it was made, and all workers must name a test alike."""
    return f"{len(val)} bytes" if isinstance(val, bytes) else None
