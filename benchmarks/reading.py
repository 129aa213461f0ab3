"""How long reading and checking a return takes, beside openpyxl, pandas with calamine, and unpacking and parsing alone."""

import gc
import io
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from xml.parsers import expat

import pandas as pd
from openpyxl import load_workbook

from benchmarks.interleaved import Timed, Work, beside, interleaved, table
from benchmarks.returns import shipped
from workbook_gen.cli import LASTING
from workbook_gen.desk.check import Desk, check_received
from workbook_gen.desk.child import Checker
from workbook_gen.desk.received import Received, read_file

ROUNDS = 2
PIECES = 6
"""In how many pieces the returns are taken, each in every way before the next."""

AGAIN = "workbook-gen: read, compare, recompute, check; a system that was seen before"
FIRST = "the same, the first time of a system"
OPENPYXL = "openpyxl: loaded twice (values, formulas), every cell touched once"
CALAMINE = "pandas with calamine: values only"
LIMIT = "the limit: inflate, and expat without handlers on every XML part"
ONE, TWO = "workbook-gen: one child", "workbook-gen: two children"
ONE_LIMIT, TWO_LIMIT = "the limit: one process", "the limit: two processes"


@dataclass(frozen=True)
class Returns:
    """Practice returns as bytes, and a desk at which each of them has been checked before."""

    files: Sequence[Received]
    desk: Desk

    def again(self) -> None:
        """Check each."""
        self._check(self.desk)

    def first(self) -> None:
        """Check each at a desk that knows no system yet."""
        self._check(Desk(self.desk.collection, self.desk.national, self.desk.key))

    def _check(self, desk: Desk) -> None:
        """As a child does, looking for no garbage."""
        gc.disable()
        for file in self.files:
            check_received(file, desk)
        gc.enable()

    def openpyxl(self) -> None:
        """Read each with openpyxl."""
        for file in self.files:
            for values in (True, False):
                with closing(load_workbook(io.BytesIO(file.data), data_only=values)) as book:
                    touched = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
                assert touched

    def calamine(self) -> None:
        """Read each with pandas and calamine."""
        for file in self.files:
            assert pd.read_excel(io.BytesIO(file.data), sheet_name=None, header=None, engine="calamine")

    def limit(self) -> None:
        """What no reader in Python can be faster than."""
        for file in self.files:
            parsed(file)


def parsed(file: Received) -> None:
    """Every part inflated, and run through expat without a handler."""
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                expat.ParserCreate().Parse(archive.read(name), True)


def main() -> None:
    """Print the ratios, and what two children make of it."""
    with tempfile.TemporaryDirectory() as folder:
        returns = practice_returns(Path(folder))
        children = in_a_pool(returns)  # first, before other libraries have left their litter in what children inherit
        timed = in_pieces(returns)
        count = len(returns.files)
        print(
            f"Read, located, compared with what was issued, totals recomputed, rules run: {count} practice returns, in a warm"
        )
        print(f"process. Every way takes {count // PIECES} of them in turn, {ROUNDS} times.\n")
        print("\n".join(beside(timed, AGAIN, count // PIECES)))
        print("\n".join(["", *done_when(timed), ""]))
        print(f"All {count} by children that are there already and know every system, files and answers sent to and fro:\n")
        print("\n".join(beside(children, TWO, count)))
        print("\n".join(["", *of_a_pool(children)]))


def practice_returns(folder: Path) -> Returns:
    """Every system's practice return, each checked once."""
    made = shipped(folder)
    returns = Returns([*map(read_file, made.files)], Desk(made.collection, made.national, made.workspace.key()))
    returns.again()
    gc.set_threshold(LASTING)  # as the command does
    gc.freeze()  # or what is kept would be looked through
    return returns


def in_pieces(returns: Returns) -> Timed:
    """Every way over some of the returns, then over the next."""
    found: dict[str, list[float]] = {}
    for some in pieces(returns):
        ways: dict[str, Work] = {
            AGAIN: some.again,
            FIRST: some.first,
            OPENPYXL: some.openpyxl,
            CALAMINE: some.calamine,
            LIMIT: some.limit,
        }
        for label, seconds in interleaved(ways, ROUNDS, warm=0).seconds.items():
            found.setdefault(label, []).extend(seconds)
    return Timed(found)


def pieces(returns: Returns) -> Iterator[Returns]:
    """The returns in pieces of one size."""
    size = len(returns.files) // PIECES
    return (Returns(returns.files[start : start + size], returns.desk) for start in range(0, size * PIECES, size))


def in_a_pool(returns: Returns) -> Timed:
    """All of them by one child and by two, beside the limit by as many processes, all started beforehand."""
    with ExitStack() as stack:
        works: dict[str, Work] = {}
        for ours, limit, jobs in ((ONE, ONE_LIMIT, 1), (TWO, TWO_LIMIT, 2)):
            works[ours] = partial(checked_by, stack.enter_context(Checker(returns.desk, jobs=jobs)), returns)
            works[limit] = partial(stack.enter_context(Pool(jobs)).map, parsed, returns.files, chunksize=1)
        return interleaved(works)


def checked_by(checker: Checker, returns: Returns) -> None:
    """Check all of them in child processes."""
    assert len(list(checker.check_each((None, file) for file in returns.files))) == len(returns.files)


def done_when(timed: Timed) -> list[str]:
    """What was to be reached, and what was."""
    rows = [
        ("openpyxl's two loads, times ours", "at least 4", f"{timed.ratio(OPENPYXL, AGAIN):.2f}"),
        ("ours, times the limit", "at most 5", f"{timed.ratio(AGAIN, LIMIT):.2f}"),
        ("openpyxl's two loads, times ours the first time of a system", "", f"{timed.ratio(OPENPYXL, FIRST):.2f}"),
        ("ours the first time of a system, times the limit", "", f"{timed.ratio(FIRST, LIMIT):.2f}"),
    ]
    return table(("ratio, median of all pieces and rounds", "wanted", "found"), rows)


def of_a_pool(timed: Timed) -> list[str]:
    """What a pool makes of it, by the clock, for each file."""
    rows = [
        ("one child, times the limit by one process", "at most 5", f"{timed.ratio(ONE, ONE_LIMIT):.2f}"),
        ("two children, times the limit by two processes", "at most 5", f"{timed.ratio(TWO, TWO_LIMIT):.2f}"),
        ("two children, times the limit by one process", "", f"{timed.ratio(TWO, ONE_LIMIT):.2f}"),
    ]
    return table(("ratio, median of all rounds", "wanted", "found"), rows)


if __name__ == "__main__":
    main()
