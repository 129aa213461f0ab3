"""A process of its own that checks files one by one, each in a fresh child, and says what became of each.

It is told a folder; it writes a line of JSON for each file in it, by name.
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from tests.returns import desk, issuable
from workbook_gen.desk.check import CheckedReturn, Desk, check_received
from workbook_gen.desk.child import Checker
from workbook_gen.desk.receipt import exit_code
from workbook_gen.desk.received import Received


def measured(file: Received, at: Desk) -> CheckedReturn:
    """Check a file, and leave word of what it cost in the child's folder."""
    checked = check_received(file, at)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    cost = {"seconds": spent.ru_utime + spent.ru_stime, "memory": peak()}
    Path(f"{file.name}.cost").write_text(json.dumps(cost), encoding="utf-8")
    return checked


def peak() -> int:
    """Bytes of memory that this process has had at most."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def told(path: Path, good: Path) -> dict[str, Any]:
    """What a check says of a file, what it cost, and whether the same desk reads a good file next."""
    start = time.perf_counter()
    with Checker(desk(), work=measured) as checker:
        checked = checker.check(path)
        wall = time.perf_counter() - start
        cost = Path(f"{path.name}.cost")
        spent = json.loads(cost.read_text(encoding="utf-8")) if cost.exists() else {}
        after = checker.check(good)
    return {
        "name": path.stem,
        "codes": [finding.code for finding in checked.findings],
        "messages": [finding.message for finding in checked.findings],
        "fixes": [finding.fix for finding in checked.findings],
        "exit": exit_code(checked, "fix"),
        "wall": wall,
        "next": after.state.name.lower(),
        **spent,
    }


def main(folder: Path, good: Path) -> None:
    """Check every file of a folder, and a good one after each."""
    desk().issuable("QYG").issued(issuable("QYG").stamp(1))
    for path in sorted(folder.iterdir()):
        sys.stdout.write(json.dumps(told(path, good)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
