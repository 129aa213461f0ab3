"""Several people at once: eight processes receive the same days' files, and each is there once, with nothing lost."""

import multiprocessing
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.desk.inbox import Inbox
from tests.desk.stand_in import COLLECTION, moment
from tests.returns import SYSTEMS, completed, issuable, systems
from workbook_gen.desk.register.schema import INPUTS, QUERIES
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.register.verify import verify

PROCESSES, FILES, REAL = 8, 200, 24
STATES = ("clean", "look", "fix", "explained")


def inbox_of_200(inbox: Inbox) -> list[Path]:
    """200 files of different bytes: 24 real returns, refused ones, and small ones of every system."""
    codes = systems()
    real = [(code, seed) for code in SYSTEMS for seed in range(REAL // len(SYSTEMS))]
    texts: list[str | bytes] = [completed(code, "clean", seed) for code, seed in real]
    texts += [f"no workbook {number}" for number in range(6)]
    texts += [f"{codes[n % len(codes)]} {STATES[n % 4]} {n} 7 8 9" for n in range(FILES - len(texts))]
    return [inbox.file(text, f"{number:03}.xlsx") for number, text in enumerate(texts)]


def receive_some(inbox: Inbox, paths: Sequence[Path], gate: "multiprocessing.synchronize.Barrier") -> None:
    """What one process does: all its files, as soon as the others are ready too."""
    gate.wait()
    with inbox.reception() as reception:
        for path in paths:
            reception.receive(path)


def at_once(inbox: Inbox, shares: Sequence[Sequence[Path]]) -> list[int | None]:
    """Receive each share in a process of its own; gives how they ended."""
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(len(shares))
    workers = [context.Process(target=receive_some, args=(inbox, share, gate)) for share in shares]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [worker.exitcode for worker in workers]


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_eight_processes_receive_200_files(inbox: Inbox) -> None:
    for code in SYSTEMS:
        assert issuable(code).layout.cells  # drawn once here, shared by every process
    paths = inbox_of_200(inbox)
    twice = [paths[n::PROCESSES] + paths[REAL:][(n + 1) :: PROCESSES] for n in range(PROCESSES)]
    assert at_once(inbox, twice) == [0] * PROCESSES
    entries = inbox.register.entries()
    assert len(entries) == len({entry.sha256 for entry in entries}) == FILES
    assert [entry.id for entry in entries] == list(range(1, FILES + 1))
    assert [entry.event for entry in entries] == sorted({entry.event for entry in entries})
    numbers: dict[str, list[int]] = {}
    for entry in entries:
        numbers.setdefault(entry.organisation, []).append(entry.number)
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    assert Counter(entry.state.name for entry in entries)["REFUSED"] == 6
    with inbox.register.reading() as connection:
        queries = connection.execute(select(func.count()).select_from(QUERIES)).scalar_one()
    assert verify(inbox.register)[0].events == FILES + queries
    assert inbox.ailments() == []
    assert len(list(inbox.workspace.received.iterdir())) == FILES
    assert len(list(inbox.workspace.receipts.iterdir())) == 2 * FILES
    with inbox.register.reading() as connection:
        rows = connection.execute(select(func.count()).select_from(INPUTS)).scalar_one()
    assert rows > 4 * (FILES - REAL - 6) + 300 * REAL


def open_register(place: Path | str, gate: "multiprocessing.synchronize.Barrier") -> None:
    """Open the register at the same instant as the others."""
    gate.wait()
    Register.at(place, COLLECTION).issue([], moment())


@pytest.mark.parametrize("attempt", range(3))
def test_eight_processes_make_one_register(place: Path | str, attempt: int) -> None:
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(PROCESSES)
    workers = [context.Process(target=open_register, args=(place, gate)) for _ in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES, attempt
    assert Register.at(place, COLLECTION).entries() == ()
