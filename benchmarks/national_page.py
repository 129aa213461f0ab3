"""How long the HTML report takes, and how large it is: every system's practice return received, in this process."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.interleaved import table
from benchmarks.returns import reception, shipped
from workbook_gen.definition.load_picture import load_picture
from workbook_gen.desk.hit_rates import rates_as_received
from workbook_gen.desk.register.decisions import dockets
from workbook_gen.desk.replay import that_count
from workbook_gen.desk.status import standings
from workbook_gen.report.consolidate import consolidate, counting
from workbook_gen.report.national import national_tables
from workbook_gen.report.page.render import national_page


def main() -> None:
    """Print what it took, and the size."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        made = shipped(Path(folder))
        collection, national = made.collection, made.national
        picture = load_picture(made.folder, collection)
        with reception(made, Path(folder)) as receiving:
            for _ in receiving.receive_each(made.files):
                pass
        register = receiving.register
        start = time.perf_counter()
        entries, files = register.entries(), dockets(register, now.date())
        found = standings(national, entries, files, collection, now)
        answers = register.answers(counting(found))
        consolidation = consolidate(collection, national, picture, found, answers)
        tables = national_tables(picture.sheets, consolidation.systems)
        rates = rates_as_received(collection, register, that_count(entries))
        read = time.perf_counter()
        page = national_page(consolidation, tables, {code: one.cases.queries for code, one in files.items()}, rates)
        drawn = time.perf_counter()
    print(f"{consolidation.said}, one process; the HTML report has {len(page) / 1e6:.2f} MB.\n")
    rows = [
        ("the register read, and every figure consolidated", f"{read - start:.1f}"),
        ("the HTML report drawn", f"{drawn - read:.1f}"),
    ]
    print("\n".join(table(("what", "seconds"), rows)))


if __name__ == "__main__":
    main()
