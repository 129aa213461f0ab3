"""The central team's whole job on 42 and on 2,000 returns, with a register in SQLite and in PostgreSQL.

Each step is the command that the team runs, as a process of its own: its time has its start in it, and its memory is its own.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.interleaved import peak_memory, table
from benchmarks.returns import Made, returns, shipped
from tests.desk.server import fresh_database, server

FEW, MANY = 42, 2_000
COMMAND = str(Path(sys.executable).with_name("workbook-gen"))


def main() -> None:
    """Print what each step took, in all and for each return."""
    rows = []
    with ExitStack() as stack:
        socket = stack.enter_context(server())
        few = shipped(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        for count, made in ((FEW, few), (MANY, returns(MANY))):
            for name, url in (("SQLite", ""), ("PostgreSQL", fresh_database(socket, f"of_{count}"))):
                with _workspace(made) as workspace:
                    for step, arguments in _steps(made, count):
                        seconds, memory = run(step, *arguments, *_common(made, workspace, url))
                        each = f"{seconds / count * 1000:.1f}"
                        rows.append((f"{step}, {count:,} returns, {name}", f"{seconds:.1f}", each, f"{memory:.0f}"))
    print(
        f"Each command as a process of its own, start included; `receive` with two jobs, whose memory is not counted.\n"
        f"{FEW} are the systems that are shipped; {MANY:,} are of a collection of {len(made.national.systems):,}.\n"
    )
    print("\n".join(table(("what", "seconds", "ms a return", "peak MB"), rows)))


def _steps(made: Made, count: int) -> Iterator[tuple[str, list[str]]]:
    files = [str(path) for path in made.files[:count]]
    yield "receive", [*files, "--by", "benchmark", "--fail-on", "never", "--jobs", "2"]
    yield "status", []
    yield "report", []


def _common(made: Made, workspace: Path, url: str) -> list[str]:
    given = ["--collection", str(made.folder), "--workspace", str(workspace), "--quiet"]
    return [*given, "--register", url] if url else given


@contextmanager
def _workspace(made: Made) -> Iterator[Path]:
    """A workspace as it is before anything has come back: what was issued, and the key."""
    with tempfile.TemporaryDirectory(dir=made.workspace.folder.parent) as folder:
        home = Path(folder) / made.collection.key
        home.mkdir()
        shutil.copy(made.workspace.home / "seal.key", home)
        (home / "issued").symlink_to((made.workspace.home / "issued").resolve())
        yield Path(folder)


def run(*arguments: str) -> tuple[float, float]:
    """Run a command of workbook-gen: its seconds, and the most memory that its own process had, in MB."""
    start, peak = time.perf_counter(), 0.0
    with subprocess.Popen([COMMAND, *arguments], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, peak_memory(process.pid))
            time.sleep(0.02)
        taken = time.perf_counter() - start
    if process.returncode not in (0, 1):
        raise SystemExit(f"workbook-gen {arguments[0]} ended with {process.returncode}")
    return taken, peak


if __name__ == "__main__":
    main()
