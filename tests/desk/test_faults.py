"""Faults: whatever fails while a file is received, the register is as before or after, and the next run does the rest."""

import errno
import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests.desk.inbox import Inbox
from tests.desk.stand_in import moment
from tests.desk.test_register import issued
from workbook_gen.desk.register.faults import RegisterError
from workbook_gen.desk.register.verify import verify

KILLS = 50


@dataclass
class Fault:
    """Counts everything that writes, syncs, renames, sends SQL or commits, and lets the n-th of them fail."""

    fails: int = 0
    done: list[str] = field(default_factory=list)

    def step(self, name: str) -> None:
        """One more thing that can fail."""
        self.done.append(name)
        if len(self.done) == self.fails:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)

    def before(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The work, counted."""

        def counted(*given: Any, **named: Any) -> Any:
            self.step(name)
            return work(*given, **named)

        return counted


class Stream:
    """An open file whose every write can fail."""

    def __init__(self, stream: Any, fault: Fault) -> None:
        self.stream, self.fault = stream, fault

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def write(self, data: bytes) -> None:
        """Write half of it before failing, as a full disk does."""
        self.stream.write(data[: len(data) // 2])
        self.fault.step("write")
        self.stream.write(data[len(data) // 2 :])


@contextmanager
def failing(fault: Fault) -> Iterator[None]:
    """Let things fail in this process: files, renames, statements and commits."""
    with pytest.MonkeyPatch.context() as patch:
        opened = os.fdopen
        patch.setattr(os, "fdopen", lambda handle, mode, **given: Stream(opened(handle, mode, **given), fault))
        patch.setattr(os, "fsync", fault.before("fsync", os.fsync))
        patch.setattr(Path, "replace", fault.before("rename", Path.replace))
        patch.setattr(Path, "mkdir", fault.before("mkdir", Path.mkdir))
        patch.setattr(Path, "chmod", fault.before("chmod", Path.chmod))
        patch.setattr(tempfile, "mkstemp", fault.before("create", tempfile.mkstemp))
        hooks = (("before_cursor_execute", "statement"), ("commit", "commit"))
        listeners = [(on, lambda *_, name=name: fault.step(name)) for on, name in hooks]
        for on, listener in listeners:
            event.listen(Engine, on, listener)
        try:
            yield
        finally:
            for on, listener in listeners:
                event.remove(Engine, on, listener)


def test_the_nth_thing_that_fails_in_a_receive(inbox: Inbox) -> None:
    inbox.receive_all(("QSL clean 1", "first.xlsx"))
    inbox.receive_all(("QSL clean 2", "second.xlsx"))
    before = inbox.register.entries()
    path = inbox.file("QYG look 5 words")
    ended, number = set(), 0
    with inbox.reception() as reception:
        while True:
            number += 1
            text = f"QYG look {number} words"
            path.write_text(text, encoding="utf-8")
            fault = Fault(fails=number)
            try:
                with failing(fault):
                    reception.receive(path)
                break
            except (OSError, RegisterError) as error:
                said = str(error)
            assert "No space left" in said
            ended.add(fault.done[-1])
            found = inbox.register.entries()
            assert found in (before, (*before, *found[len(before) : len(before) + 1]))
            assert verify(inbox.register)[1] == []
            assert all("kept, but not registered" in said for said in inbox.ailments())
            submitted = reception.receive(path)
            assert submitted.again is (len(found) > len(before))
            assert inbox.register.entries() == (*before, submitted.entry)
            assert inbox.ailments() == []
            assert len(list(inbox.workspace.receipts.glob(f"*_{submitted.entry.sha256[:8]}.*"))) == 2
            assert inbox.kept(text).read_text(encoding="utf-8") == text
            before = inbox.register.entries()
    assert ended == {"write", "fsync", "rename", "mkdir", "chmod", "create", "statement", "commit"}
    assert number > 30
    assert list(inbox.folder.rglob("*.tmp")) == []


def test_the_nth_thing_that_fails_while_issues_are_entered(inbox: Inbox) -> None:
    register = inbox.register
    number = 0
    while True:
        number += 1
        rows = [issued("QYG", number), issued("QSL", number)]
        before = register.issues()
        try:
            with failing(Fault(fails=number)):
                register.issue(rows, moment())
            break
        except (OSError, RegisterError):
            assert register.issues() == before
            assert verify(register)[1] == []
            assert register.issue(rows, moment()) == tuple(rows)
    assert number > 5
    assert verify(register)[0].events == 2 * number


def test_the_nth_thing_that_fails_while_a_register_is_made(place: Path | str, tmp_path: Path) -> None:
    number = 0
    while True:
        number += 1
        fault = Fault(fails=number)
        try:
            with failing(fault):
                Inbox(tmp_path, place).register.entries()
            break
        except (OSError, RegisterError):
            assert fault.done[-1] in ("statement", "commit", "mkdir")
    assert number > 10
    assert Inbox(tmp_path, place).register.entries() == ()


def receive_files(inbox: Inbox, paths: list[Path], gate: "multiprocessing.synchronize.Event") -> None:
    """What the process does that will be killed."""
    with inbox.reception() as reception:
        gate.set()
        for path in paths:
            reception.receive(path)


def test_killed_at_random_points(inbox: Inbox) -> None:
    chance = random.Random(8)
    context = multiprocessing.get_context("fork")
    fewer = 0
    for kill in range(KILLS):
        texts = [f"QYG look {kill} {number}" for number in range(4)]
        paths = [inbox.file(text, f"{kill}_{number}.xlsx") for number, text in enumerate(texts)]
        before = inbox.register.entries()
        gate = context.Event()
        worker = context.Process(target=receive_files, args=(inbox, paths, gate))
        worker.start()
        assert gate.wait(30)
        time.sleep(chance.uniform(0, 0.25))
        worker.kill()
        worker.join()
        found = inbox.register.entries()
        fewer += len(found) - len(before) < len(paths)
        assert found[: len(before)] == before
        assert verify(inbox.register)[1] == []
        with inbox.reception() as reception:
            received = [reception.receive(path) for path in paths]
        assert inbox.register.entries() == (*before, *(one.entry for one in received))
        assert inbox.ailments() == []
        assert all(inbox.kept(text).exists() for text in texts)
        receipts = {path.name.split("_")[2] for path in inbox.workspace.receipts.iterdir() if not path.name.startswith(".")}
        assert len(receipts) == 2 * len(inbox.register.entries())
    assert fewer >= 10, "the kills came too late to prove anything"
