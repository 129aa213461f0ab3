"""How long one workbook takes to issue, and one return to check: medians over some systems, in this process."""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from workbook_gen.definition.load import load_collection, load_practice
from workbook_gen.desk.check import Desk, check_file
from workbook_gen.desk.issue import issue, practise
from workbook_gen.desk.workspace import Workspace
from workbook_gen.national.data import load_national

FOLDER = Path("templates/h2_2023_24")
SYSTEMS = 6


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print the medians."""
    collection = load_collection(FOLDER)
    national = load_national(collection, FOLDER)
    recipes = load_practice(FOLDER, collection)
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder), collection)
        codes = [system.code for system in national.systems][:SYSTEMS]
        issuing = [timed(partial(list, issue(workspace, national, [code]))) for code in codes]
        practising = timed(partial(list, practise(workspace, national, recipes, seed=1)))
        files = sorted(workspace.practice.glob("*.xlsx"))
        cold = [timed(partial(check_file, file, Desk(collection, national, workspace.key()))) for file in files]
        desk = Desk(collection, national, workspace.key())
        for file in files:
            check_file(file, desk)
        warm = [timed(partial(check_file, file, desk)) for file in files]
    print(f"Python {sys.version.split()[0]}, {len(codes)} systems, one process")
    for label, seconds in (("issue a workbook", issuing), ("check a return", cold), ("check it again", warm)):
        print(f"{label:<18} median {statistics.median(seconds) * 1000:6.0f} ms, longest {max(seconds) * 1000:6.0f} ms")
    print(f"{'practice return':<18} mean   {practising / len(codes) * 1000:6.0f} ms")


if __name__ == "__main__":
    main()
