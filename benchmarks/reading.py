"""How long reading and checking a return takes, beside openpyxl, pandas with calamine, and unpacking and parsing alone."""

import gc
import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.parsers import expat

import pandas as pd
from openpyxl import load_workbook

from benchmarks.interleaved import Timed, Work, beside, interleaved, table
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.load_practice import load_practice
from workbook_gen.desk.check import Desk, check_received
from workbook_gen.desk.child import Checker
from workbook_gen.desk.issue import issue, practise
from workbook_gen.desk.received import Received, read_file
from workbook_gen.desk.workspace import Workspace
from workbook_gen.national.data import load_national

FOLDER = Path("templates/h2_2023_24")
ROUNDS = 2
PIECES = 6
"""In how many pieces the returns are taken, each in every way before the next."""

AGAIN = "workbook-gen: read, compare, recompute, check; a system that was seen before"
FIRST = "the same, the first time of a system"
OPENPYXL = "openpyxl: loaded twice (values, formulas), every cell touched once"
CALAMINE = "pandas with calamine: values only"
LIMIT = "the limit: inflate, and expat without handlers on every XML part"
ONE, TWO = "one child", "two children"


@dataclass(frozen=True)
class Returns:
    """Practice returns as bytes, and a desk at which each of them has been checked before."""

    files: Sequence[Received]
    desk: Desk

    def again(self) -> None:
        """Check each."""
        for file in self.files:
            check_received(file, self.desk)

    def first(self) -> None:
        """Check each at a desk that knows no system yet."""
        fresh = Desk(self.desk.collection, self.desk.national, self.desk.key)
        for file in self.files:
            check_received(file, fresh)

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
            with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
                for name in archive.namelist():
                    if name.endswith((".xml", ".rels")):
                        expat.ParserCreate().Parse(archive.read(name), True)


def main() -> None:
    """Print the ratios, and what two children make of it."""
    with tempfile.TemporaryDirectory() as folder:
        returns = practice_returns(Path(folder))
        timed = in_pieces(returns)
        count = len(returns.files)
        print(
            f"Read, located, compared with what was issued, totals recomputed, rules run: {count} practice returns, in a warm"
        )
        print(f"process. Every way takes {count // PIECES} of them in turn, {ROUNDS} times.\n")
        print("\n".join(beside(timed, AGAIN, count // PIECES)))
        print("\n".join(["", *done_when(timed), ""]))
        children = interleaved({ONE: partial(checked_by, returns, 1), TWO: partial(checked_by, returns, 2)}, ROUNDS)
        print(f"All {count} by children that are started for it and know every system:\n")
        print("\n".join(beside(children, TWO, count)))


def practice_returns(folder: Path) -> Returns:
    """Every system's practice return, each checked once."""
    collection = load_collection(FOLDER)
    national = load_national(collection, FOLDER)
    workspace = Workspace(folder, collection)
    codes = [system.code for system in national.systems]
    issued = list(issue(workspace, national, codes, jobs=2))
    list(practise(workspace, national, load_practice(FOLDER, collection), seed=1, jobs=2))
    files = [read_file(workspace.practice / one.issued.file) for one in issued]
    returns = Returns(files, Desk(collection, national, workspace.key()))
    returns.again()
    gc.freeze()  # as a child does with what it was given
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


def checked_by(returns: Returns, jobs: int) -> None:
    """Check all of them in child processes."""
    with Checker(returns.desk, jobs=jobs) as checker:
        found: Iterable[object] = checker.check_each((None, file) for file in returns.files)
        assert len(list(found)) == len(returns.files)


def done_when(timed: Timed) -> list[str]:
    """What was to be reached, and what was."""
    rows = [
        ("openpyxl's two loads, times ours", "at least 4", f"{timed.ratio(OPENPYXL, AGAIN):.2f}"),
        ("ours, times the limit", "at most 5", f"{timed.ratio(AGAIN, LIMIT):.2f}"),
        ("openpyxl's two loads, times ours the first time of a system", "", f"{timed.ratio(OPENPYXL, FIRST):.2f}"),
        ("ours the first time of a system, times the limit", "", f"{timed.ratio(FIRST, LIMIT):.2f}"),
    ]
    return table(("ratio, median of all pieces and rounds", "wanted", "found"), rows)


if __name__ == "__main__":
    main()
