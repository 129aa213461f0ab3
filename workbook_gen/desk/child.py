"""Checking in a child process with limits on memory and time: a bad file, or a fault of ours, costs that file alone."""

import multiprocessing
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from workbook_gen.catalogue import structural
from workbook_gen.desk.check import CheckedReturn, Desk, check_received, refused_return
from workbook_gen.desk.received import Received, read_file

MEMORY = 1 << 30
"""Bytes of address space that a check may take beyond what its process began with."""
SECONDS = 20.0
"""How long a check may take by the clock."""

Work = Callable[[Received, Desk], CheckedReturn]


class _Broken(NamedTuple):
    """What stopped a check that should have ended with findings, in words."""

    how: str


@dataclass
class Checker:
    """Checks one file after another, all in one child process for as long as that is sound; close it when all are done.

    `work` is what is done with each file.
    """

    desk: Desk
    seconds: float = SECONDS
    memory: int = MEMORY
    work: Work = check_received
    _child: tuple[BaseProcess, "Connection[object, object]"] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def check(self, path: Path) -> CheckedReturn:
        """Check one file. Raises `OSError` where it cannot be read at all; everything else is a finding."""
        return self.check_received(read_file(path))

    def check_received(self, file: Received) -> CheckedReturn:
        """Check the bytes of a file, within the limits."""
        answer = self._ask(file)
        if isinstance(answer, CheckedReturn):
            return answer
        self.close()
        if answer is None:
            finding = structural("STR-011", found=f"{self.seconds:g} seconds")
        else:
            finding = structural("STR-012", found=answer.how)
        return refused_return(file, self.desk, finding)

    def close(self) -> None:
        """End the child process, if there is one."""
        if self._child is not None:
            process, pipe = self._child
            self._child = None
            pipe.close()
            process.kill()
            process.join()

    def _ask(self, file: Received) -> "CheckedReturn | _Broken | None":
        """What the child says of a file; None where it has not answered in time."""
        if self._child is not None and not self._child[0].is_alive():
            self.close()  # ended by somebody else since the last file
        process, pipe = self._child or self._start()
        try:
            pipe.send(file)
            answer = pipe.recv() if pipe.poll(self.seconds) else None
        except (EOFError, OSError):
            process.join(self.seconds)
            answer = _Broken(f"its process ended with code {process.exitcode}")
        assert answer is None or isinstance(answer, CheckedReturn | _Broken)
        return answer

    def _start(self) -> "tuple[BaseProcess, Connection[object, object]]":
        """A child that shares what this process has loaded, where the system can do that safely."""
        linux = sys.platform == "linux"
        context = multiprocessing.get_context("fork") if linux else multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(ours, theirs, self.desk, self.work, self.memory), daemon=True)
        with warnings.catch_warnings():
            # Python 3.12 warns of threads; those here are the idle ones of numpy's linear algebra, which the child never calls
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        theirs.close()
        self._child = process, ours
        return self._child


def _serve(
    ours: "Connection[object, object]", theirs: "Connection[object, object]", desk: Desk, work: Work, memory: int
) -> None:
    """The child's life: a file in, what is known of it out, until nobody asks any more or something breaks."""
    ours.close()  # or the end of the process that asks would go unnoticed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to the one who asks
    _limit_memory(memory)
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
