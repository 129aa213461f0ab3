"""Works timed in turn, A B C A B C, so that a machine whose speed drifts drifts for all; and what that says, in Markdown."""

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

BESIDE = ("openpyxl", "pandas", "python-calamine", "SQLAlchemy", "XlsxWriter")
"""The libraries that are used, or measured beside ours."""
Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Timed:
    """Some works, and how many seconds each took in each round: the n-th of one beside the n-th of every other."""

    seconds: Mapping[str, Sequence[float]]

    def median(self, label: str) -> float:
        """The median seconds of a work."""
        return statistics.median(self.seconds[label])

    def ratios(self, label: str, beside: str) -> list[float]:
        """How many times as long as another a work took, round by round."""
        return [one / other for one, other in zip(self.seconds[label], self.seconds[beside], strict=True)]

    def ratio(self, label: str, beside: str) -> float:
        """The median of these ratios."""
        return statistics.median(self.ratios(label, beside))


def interleaved(
    works: Mapping[str, Work], rounds: int = 7, *, warm: int = 1, clock: Callable[[], float] = time.perf_counter
) -> Timed:
    """Each work once a round, in turn, after some rounds that do not count; the collector of garbage rests between them."""
    seconds: dict[str, list[float]] = {label: [] for label in works}
    for number in range(warm + rounds):
        for label, work in works.items():
            gc.collect()
            start = clock()
            work()
            taken = clock() - start
            if number >= warm:
                seconds[label].append(taken)
    return Timed(seconds)


def beside(timed: Timed, ours: str, per: int = 1) -> list[str]:
    """A Markdown table of all works, ours first: how many times ours each took, and milliseconds for one of `per` things."""
    rows = []
    for label in sorted(timed.seconds, key=lambda label: label != ours):
        ratios = timed.ratios(label, ours)
        spread = "1" if label == ours else f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        rows.append((label, spread, f"{timed.median(label) / per * 1000:.1f}"))
    return table(("what", "times ours: median (least to most)", "ms each, median"), rows)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A Markdown table: the first column of words, the others of figures."""
    marks = ["---", *["---:"] * (len(heads) - 1)]
    return [f"| {' | '.join(str(cell) for cell in row)} |" for row in (heads, marks, *rows)]


def peak_memory(process: int | None = None) -> float:
    """The most memory that a process, or this one, has had since it began, in MB; 0 where the system does not say."""
    place = Path(f"/proc/{process or 'self'}/status")
    try:
        lines = place.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def forget_peak() -> None:
    """Begin the peak of this process anew, where the system can do that: what came before is not to hide what comes."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def machine() -> str:
    """What these figures were measured on and with, in words."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "a processor")
    versions = ", ".join(f"{name} {version(name)}" for name in BESIDE)
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; {versions}"
