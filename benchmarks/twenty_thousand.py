"""What 20,000 organisations take on one machine and on a cluster: worked out from what some of ten thousand cost."""

import gc
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.interleaved import table
from benchmarks.returns import Made, reception, returns
from workbook_gen.cli import LASTING
from workbook_gen.desk.check import CheckedReturn, Desk, check_file
from workbook_gen.desk.issue import issue
from workbook_gen.desk.workspace import Workspace
from workbook_gen.files import write_atomically
from workbook_gen.national.data import load_national

MANY, ORGANISATIONS = 10_000, 20_000
SAMPLE, EACH = 252, 42
"""How many organisations are measured, and how many of them warm what is measured; every 42 are of the same kinds."""
CLUSTERS = (8, 32)
"""Cores of a cluster's workers."""
T = TypeVar("T")


@dataclass(frozen=True)
class Costs:
    """What one organisation costs: milliseconds by the clock, and kilobytes."""

    issued: float
    issued_by_two: float
    written: float
    checked: float
    registered: float
    received_by_two: float
    workbook: float
    kept: float

    def issuing(self, cores: int) -> float:
        """Milliseconds a workbook where so many cores draw, and one process writes."""
        return max(self.issued / cores, self.written)

    def receiving(self, cores: int) -> float:
        """Milliseconds a return where so many cores check, and one process keeps and registers."""
        return max(self.checked / cores, self.registered)


def main() -> None:
    """Print what one organisation costs, and the arithmetic."""
    made = returns(MANY)
    gc.set_threshold(LASTING)  # as the command does
    start = time.perf_counter()
    load_national(made.collection, made.folder)
    loading = time.perf_counter() - start
    with tempfile.TemporaryDirectory(dir=made.workspace.folder.parent) as folder:
        costs = measured(made, Path(folder))
    count = SAMPLE - EACH
    print(f"Of each, {count} organisations of {len(made.files):,}, each met for the first time, {EACH} others before them.\n")
    print("\n".join(one_organisation(costs)))
    print(f"\n{ORGANISATIONS:,} times that, the cores of a cluster being as fast as these:\n")
    print("\n".join(all_organisations(costs)))
    ends = int(costs.checked / costs.registered)
    print(
        f"\nReceiving: up to some {ends} cores each core more is worth its share; then the one process that keeps files\n"
        f"and registers is what takes longest. Before the first file each process loads the national figures: {loading:.1f} s "
        f"for {len(made.files):,} organisations."
    )


def measured(made: Made, folder: Path) -> Costs:
    """Each step by itself, over the same organisations."""
    files = made.files[-SAMPLE:]
    codes = [path.name.partition("_")[0] for path in files]
    issued = Workspace(folder / "issued", made.collection)
    alone, _ = each(issue(issued, made.national, codes))
    by_two, _ = each(issue(Workspace(folder / "by_two", made.collection), made.national, codes, jobs=2))
    drawn = [(issued.issued / issued.file_name(code)).read_bytes() for code in codes]
    written, _ = each(map(write_atomically, (folder / "written" / f"{code}.xlsx" for code in codes), drawn))
    desk = Desk(made.collection, made.national, made.workspace.key())
    checked, found = each(check_file(path, desk) for path in files)
    registered, kept = received(made, folder / "alone", files, found, 1)
    by_two_children, _ = received(made, folder / "two", files, [None] * len(files), 2)
    return Costs(
        issued=alone - written,
        issued_by_two=by_two,
        written=written,
        checked=checked,
        registered=registered,
        received_by_two=by_two_children,
        workbook=statistics.mean(map(len, drawn)) / 1000,
        kept=kept,
    )


def received(
    made: Made, folder: Path, files: Sequence[Path], known: Sequence[CheckedReturn | None], jobs: int
) -> tuple[float, float]:
    """Milliseconds of receiving a file of which that is known already, and how many kilobytes it leaves."""
    with reception(made, folder, jobs) as receiving:
        if None in known:
            taken, _ = each(receiving.receive_each(files))
        else:
            taken, _ = each(receiving.receive(path, one) for path, one in zip(files, known, strict=True))
    left = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return taken, left / len(files) / 1000


def each(done: Iterable[T]) -> tuple[float, list[T]]:
    """Milliseconds of each, but for those that warm it; and all of them."""
    found: list[T] = []
    start = 0.0
    for one in done:
        found.append(one)
        if len(found) == EACH:
            start = time.perf_counter()
    return (time.perf_counter() - start) / (len(found) - EACH) * 1000, found


def one_organisation(costs: Costs) -> list[str]:
    """What one costs."""
    rows = [
        ("a workbook issued by one process, and written", f"{costs.issued + costs.written:.1f} ms"),
        ("a workbook issued by two processes", f"{costs.issued_by_two:.1f} ms"),
        ("a workbook written, of which one process does all", f"{costs.written:.1f} ms"),
        ("a return checked by one process", f"{costs.checked:.1f} ms"),
        ("a return kept, registered and acknowledged, of which one process does all", f"{costs.registered:.1f} ms"),
        ("a return received by two children", f"{costs.received_by_two:.1f} ms"),
        ("a workbook", f"{costs.workbook:.0f} kB"),
        ("an original, its receipts and its share of the register", f"{costs.kept:.0f} kB"),
    ]
    return table(("one organisation", "cost"), rows)


def all_organisations(costs: Costs) -> list[str]:
    """What all cost: minutes and gigabytes."""
    disk = f"{(costs.workbook + costs.kept) * ORGANISATIONS / 1e6:.1f} GB"
    ways = [
        ("this machine, two processes", costs.issued_by_two, costs.received_by_two),
        *((f"a cluster of {cores} cores", costs.issuing(cores), costs.receiving(cores)) for cores in CLUSTERS),
    ]
    rows = [(name, _minutes(issuing), _minutes(receiving), disk) for name, issuing, receiving in ways]
    return table((f"{ORGANISATIONS:,} organisations", "issuing", "receiving", "on disk"), rows)


def _minutes(milliseconds: float) -> str:
    return f"{milliseconds * ORGANISATIONS / 60_000:.1f} min"


if __name__ == "__main__":
    main()
