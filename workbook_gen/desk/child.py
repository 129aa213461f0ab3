"""Checking in child processes with limits on memory and time: a bad file, or a fault of ours, costs that file alone."""

import gc
import multiprocessing
import signal
import sys
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Generic, Literal, NamedTuple, Self, TypeVar

from workbook_gen.catalogue import structural
from workbook_gen.desk.check import LAYOUTS, CheckedReturn, Desk, check_received, refused_return
from workbook_gen.desk.received import Received, read_file

MEMORY = 1 << 30
"""Bytes of address space that a check may take beyond what its process began with."""
SECONDS = 20.0
"""How long a check may take by the clock."""

_IN_HAND = 4
"""Files in hand for each child: one that it checks, and others that wait for an earlier one to be answered."""

Work = Callable[[Received, Desk], CheckedReturn]
T = TypeVar("T")


class _Broken(NamedTuple):
    """What stopped a check that should have ended with findings, in words."""

    how: str


@dataclass(frozen=True)
class _Child:
    """A process that checks one file after another, and our end of the pipe to it.

    `met` are the systems that it has met, and the digests of files that were none's.
    """

    process: BaseProcess
    pipe: "Connection[object, object]"
    met: set[str] = field(default_factory=set)

    def answer(self, patience: float) -> "CheckedReturn | _Broken":
        """What it says of the file that it was sent, once that is there."""
        try:
            answer = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(patience)
            answer = _Broken(f"its process ended with code {self.process.exitcode}")
        assert isinstance(answer, CheckedReturn | _Broken)
        return answer

    def close(self) -> None:
        """End the process."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


@dataclass
class _Asked(Generic[T]):
    """A file in its turn, with what comes with it: who checks it and until when, or what is known of it."""

    tag: T
    file: Received | None
    child: _Child | None = None
    until: float = 0.0
    answer: CheckedReturn | None = None


@dataclass
class Checker:
    """Checks files, in as many child processes at a time as there are `jobs`, each reused for as long as that is sound.

    Close it when all are done. `work` is what is done with each file.
    """

    desk: Desk
    seconds: float = SECONDS
    memory: int = MEMORY
    work: Work = check_received
    jobs: int = 1
    start: Literal["fork", "spawn"] = "fork" if sys.platform == "linux" else "spawn"
    _idle: list[_Child] = field(default_factory=list)
    _busy: list[_Child] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def check(self, path: Path) -> CheckedReturn:
        """Check one file. Raises `OSError` where it cannot be read at all; everything else is a finding."""
        return self.check_received(read_file(path))

    def check_received(self, file: Received) -> CheckedReturn:
        """Check the bytes of a file, within the limits."""
        ((_, found),) = self.check_each([(None, file)])
        assert found is not None
        return found

    def check_each(self, files: Iterable[tuple[T, Received | None]]) -> Iterator[tuple[T, CheckedReturn | None]]:
        """Check files side by side, each with what comes with it, and answer in their order; of no file nothing is known.

        No more files are read ahead than the children have in hand. What is raised where they come from is raised in its turn.
        """
        waiting: deque[_Asked[T]] = deque()
        coming, failed = in_turn(files)
        try:
            self._ask_more(coming, waiting)
            while waiting:
                self._await(waiting)
                first = waiting.popleft()
                self._ask_more(coming, waiting)
                yield first.tag, first.answer
            if failed:
                raise failed[0]
        finally:
            for child in (one.child for one in waiting if one.child):  # nobody waits for these any more
                self._busy.remove(child)
                child.close()

    def close(self) -> None:
        """End the child processes."""
        for child in (*self._idle, *self._busy):
            child.close()
        self._idle.clear()
        self._busy.clear()

    def _ask_more(self, coming: Iterator[tuple[T, Received | None]], waiting: "deque[_Asked[T]]") -> None:
        """Give files to the children that have none, while not too many are in hand; one at least, whatever they do."""
        while not waiting or (len(self._busy) < self.jobs and len(waiting) < _IN_HAND * self.jobs):
            try:
                asked = _Asked(*next(coming))
            except StopIteration:
                return
            waiting.append(asked)
            if asked.file is not None:
                self._ask(asked, asked.file)

    def _ask(self, asked: _Asked[T], file: Received) -> None:
        """Send a file to a child that is there, or to a new one."""
        asked.child = self._free()
        asked.until = monotonic() + self.seconds
        self._busy.append(asked.child)
        with suppress(OSError):  # a child that is gone is seen when it is to answer
            asked.child.pipe.send(file)

    def _await(self, waiting: "deque[_Asked[T]]") -> None:
        """Take answers until the first file has one, or its time is over."""
        while waiting[0].child is not None:
            asked = [one for one in waiting if one.child is not None]
            left = min(one.until for one in asked) - monotonic()
            ready = wait([one.child.pipe for one in asked if one.child], max(0.0, left))
            for one in asked:
                if one.child and (one.child.pipe in ready or one.until <= monotonic()):
                    self._settle(one, one.child, in_time=one.child.pipe in ready)

    def _settle(self, asked: _Asked[T], child: _Child, *, in_time: bool) -> None:
        """Keep the answer; a child that has none, or broke, costs its file and is ended."""
        answer = child.answer(self.seconds) if in_time else None
        self._busy.remove(child)
        asked.child = None
        if isinstance(answer, CheckedReturn):
            asked.answer = answer
            child.met.add((answer.identity and answer.identity.organisation) or answer.sha256)
            if len(child.met) < LAYOUTS:
                self._idle.append(child)
            else:  # what it would forget from now on leaves holes in its memory, and checks grow slower by a sixth
                child.close()
            return
        child.close()
        broken = structural("STR-012", found=answer.how) if answer else structural("STR-011", found=f"{self.seconds:g} seconds")
        assert asked.file is not None
        asked.answer = refused_return(asked.file, self.desk, broken)

    def _free(self) -> _Child:
        """A child without a file; a new one where there is none, or it was ended by somebody else since its last."""
        while self._idle:
            child = self._idle.pop()
            if child.process.is_alive():
                return child
            child.close()
        return self._start()

    def _start(self) -> _Child:
        """A child that shares what this process has loaded, where the system can do that safely."""
        fork = self.start == "fork"
        context = multiprocessing.get_context("fork") if fork else multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(ours, theirs, self.desk, self.work, self.memory), daemon=True)
        with warnings.catch_warnings():
            # Python 3.12 warns of threads; those here are the idle ones of numpy's linear algebra, which the child never calls
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        theirs.close()
        return _Child(process, ours)


def in_turn(files: Iterable[T]) -> tuple[Iterator[T], list[Exception]]:
    """The same files up to the first that cannot be had, and then, in a list, why."""
    failed: list[Exception] = []

    def until_one_fails() -> Iterator[T]:
        try:
            yield from files
        except Exception as error:  # noqa: BLE001 (raised again once the files before it are done)
            failed.append(error)

    return until_one_fails(), failed


def _serve(
    ours: "Connection[object, object]", theirs: "Connection[object, object]", desk: Desk, work: Work, memory: int
) -> None:
    """The child's life: a file in, what is known of it out, until nobody asks any more or something breaks."""
    ours.close()  # or the end of the process that asks would go unnoticed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to the one who asks
    _limit_memory(memory)
    gc.disable()  # a check leaves nothing that refers to itself; to look for it costs a tenth of a check
    while True:
        try:
            file = theirs.recv()
        except EOFError:
            return
        assert isinstance(file, Received)
        answer = _answer(file, desk, work)
        theirs.send(answer)
        if isinstance(answer, _Broken):
            return


def _answer(file: Received, desk: Desk, work: Work) -> CheckedReturn | _Broken:
    try:
        return work(file, desk)
    except MemoryError:
        return _Broken("it needs more memory than we allow")
    except Exception as error:  # noqa: BLE001 (the boundary: whatever goes wrong in here must not stop the files that follow)
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return _Broken(f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}")


def _limit_memory(memory: int) -> None:
    """Bound the address space, where the system can."""
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    bound = pages * resource.getpagesize() + memory
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
