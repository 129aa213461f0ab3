"""How large the issued workbooks are, and how long LibreOffice takes to open, recalculate and save each."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.interleaved import table
from workbook_gen.definition.load import load_collection
from workbook_gen.desk.issue import issue
from workbook_gen.desk.workspace import Workspace
from workbook_gen.lint.engine import recalculate
from workbook_gen.national.data import load_national

COLLECTION = Path("templates/h2_2023_24")
ONE_BY_ONE = 3
"""How many of the largest are also opened in a LibreOffice of their own."""


def main() -> None:
    """Issue every workbook, then open all of them in one LibreOffice, and the largest in one each."""
    collection = load_collection(COLLECTION)
    national = load_national(collection, COLLECTION)
    with TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder), collection)
        issued = list(issue(workspace, national, [system.code for system in national.systems], jobs=2))
        files = sorted((workspace.issued / one.issued.file for one in issued), key=lambda path: path.stat().st_size)
        sizes = [path.stat().st_size / 1000 for path in files]
        print(f"{len(files)} workbooks of {sizes[0]:.0f} to {sizes[-1]:.0f} kB, median {median(sizes):.0f} kB.\n")
        all_at_once = seconds(files)
        rows = [("all, in one LibreOffice", f"{all_at_once:.1f}", f"{all_at_once / len(files):.2f}")]
        for path in files[-ONE_BY_ONE:]:
            alone = f"{seconds([path]):.1f}"
            rows.append((f"one of {path.stat().st_size / 1000:.0f} kB, in a LibreOffice of its own", alone, alone))
    print("\n".join(table(("opened, recalculated and saved", "seconds", "seconds a workbook"), rows)))


def seconds(files: list[Path]) -> float:
    """How long LibreOffice takes over these."""
    start = perf_counter()
    found = recalculate(files)
    taken = perf_counter() - start
    assert len(found) == len(files)
    return taken


if __name__ == "__main__":
    main()
