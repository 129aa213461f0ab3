"""Receiving: a file kept as it came, checked, entered in the register and acknowledged, once."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workbook_gen.definition.renames import renaming
from workbook_gen.desk.acknowledge import as_json, as_text, receipt_name
from workbook_gen.desk.check import CheckedReturn
from workbook_gen.desk.child import Checker
from workbook_gen.desk.originals import keep
from workbook_gen.desk.received import Received, read_file
from workbook_gen.desk.register.records import Arrival, Moment, Submitted
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.workspace import Workspace
from workbook_gen.excel.identity import code_in
from workbook_gen.files import write_atomically


@dataclass(frozen=True)
class Reception:
    """What receiving needs: where files are kept, the register, who checks them, and the moment at hand."""

    workspace: Workspace
    register: Register
    checker: Checker
    clock: Callable[[], Moment]

    def receive(self, path: Path, known: CheckedReturn | None = None) -> Submitted:
        """Keep a file, check it, enter it with all that was found, and write its receipt; bytes that came before, only say so.

        `known` is what a check has found in the file already: if the bytes are still those, they are not checked again.

        Raises `OSError` and `WorkspaceError`. Whatever stops it, the file is in the register with everything that belongs to
        it, or not at all; receiving it again does what was left.
        """
        (submitted,) = self.receive_each([path], known)
        return submitted

    def receive_each(self, paths: Iterable[Path], known: CheckedReturn | None = None) -> Iterator[Submitted]:
        """Receive files in their order: while one is entered, the next ones are kept and checked."""
        for (file, size), checked in self.checker.check_each(self._arriving(paths, known)):
            submitted = self.register.submission(file.sha256) or self.register.submit(
                self._arrival(file, size, checked or known), self.clock()
            )
            self._acknowledge(submitted)
            yield replace(submitted, given=file.name)

    def _arriving(
        self, paths: Iterable[Path], known: CheckedReturn | None
    ) -> Iterator[tuple[tuple[Received, int], Received | None]]:
        """The files, kept, each once more where it is to be checked."""
        for path in paths:
            file = read_file(path)
            size = keep(path, file, self.workspace.received)
            yield (file, size), None if known and known.sha256 == file.sha256 else self._unknown(file)

    def _unknown(self, file: Received) -> Received | None:
        """The file, unless its bytes have come before."""
        return None if self.register.submission(file.sha256) else file

    def try_out(self, path: Path) -> Submitted:
        """What receiving a file would say; nothing is kept, entered or written."""
        (submitted,) = self.try_out_each([path])
        return submitted

    def try_out_each(self, paths: Iterable[Path]) -> Iterator[Submitted]:
        """What receiving files would say, in their order; nothing is kept, entered or written."""
        files = (((file := read_file(path)), path.stat().st_size) for path in paths)
        for (file, size), checked in self.checker.check_each((one, self._unknown(one[0])) for one in files):
            submitted = self.register.submission(file.sha256) or self.register.submit(
                self._arrival(file, size, checked), self.clock(), dry_run=True
            )
            yield replace(submitted, given=file.name)

    def _arrival(self, file: Received, size: int, checked: CheckedReturn | None) -> Arrival:
        assert checked is not None, "what has not come before has been checked"
        collection = self.checker.desk.collection
        return Arrival(
            organisation_of(checked, self.checker.desk.national.by_code),
            size,
            checked,
            lambda version, key: renaming(collection, version).key(key),
        )

    def _acknowledge(self, submitted: Submitted) -> None:
        """Write the receipt, in words and for programs; one that is there stays."""
        first = replace(submitted, again=False, superseded_by=None)
        said = as_json(first, self.workspace.collection)
        words = "\n".join(as_text(first, self.workspace.collection))
        for suffix, text in (("txt", words), ("json", json.dumps(said, ensure_ascii=False, indent=2))):
            path = self.workspace.receipts / f"{receipt_name(submitted.entry)}.{suffix}"
            if not path.exists():
                write_atomically(path, f"{text}\n".encode("utf-8", "backslashreplace"))


def organisation_of(checked: CheckedReturn, systems: Collection[str]) -> str:
    """Whose file it is: as it was read; where it was refused, as its seal or else its name says; empty where neither does."""
    identity = checked.identity
    stamp = identity.stamp if identity else None
    said = ((identity.organisation or "") if identity else "", stamp.organisation if stamp else "", code_in(checked.file))
    return next((code for code in said if code in systems), "")
