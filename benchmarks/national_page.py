"""How long the HTML report takes, and how large it is: every system's practice return received, in this process."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.interleaved import table
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.load_picture import load_picture
from workbook_gen.definition.load_practice import load_practice
from workbook_gen.desk.check import Desk
from workbook_gen.desk.child import Checker
from workbook_gen.desk.hit_rates import rates_as_received
from workbook_gen.desk.issue import issue, practise
from workbook_gen.desk.receive import Reception
from workbook_gen.desk.register.decisions import dockets
from workbook_gen.desk.register.records import Moment
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.replay import that_count
from workbook_gen.desk.status import standings
from workbook_gen.desk.workspace import Workspace
from workbook_gen.national.data import load_national
from workbook_gen.report.consolidate import consolidate, counting
from workbook_gen.report.national import national_tables
from workbook_gen.report.page.render import national_page

FOLDER = Path("templates/h2_2023_24")


def main() -> None:
    """Print what it took, and the size."""
    collection = load_collection(FOLDER)
    national = load_national(collection, FOLDER)
    picture, now = load_picture(FOLDER, collection), datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder), collection)
        issued = list(issue(workspace, national, [system.code for system in national.systems]))
        list(practise(workspace, national, load_practice(FOLDER, collection), seed=1))
        register = Register.at(workspace.register_path, collection.key)
        with Checker(Desk(collection, national, workspace.key())) as checker:
            reception = Reception(workspace, register, checker, lambda: Moment(now, "benchmark"))
            for one in issued:
                reception.receive(workspace.practice / one.issued.file)
        start = time.perf_counter()
        entries, files = register.entries(), dockets(register, now.date())
        found = standings(national, entries, files, collection, now)
        answers = register.answers(counting(found))
        consolidation = consolidate(collection, national, picture, found, answers)
        tables = national_tables(picture.sheets, consolidation.systems)
        rates = rates_as_received(collection, register, that_count(entries))
        read = time.perf_counter()
        page = national_page(consolidation, tables, {code: one.cases.queries for code, one in files.items()}, rates)
        made = time.perf_counter()
    print(f"{consolidation.said}, one process; the HTML report has {len(page) / 1e6:.2f} MB.\n")
    rows = [
        ("the register read, and every figure consolidated", f"{read - start:.1f}"),
        ("the HTML report drawn", f"{made - read:.1f}"),
    ]
    print("\n".join(table(("what", "seconds"), rows)))


if __name__ == "__main__":
    main()
