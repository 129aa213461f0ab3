"""Feedback for many: whose submissions count, which version each was of, and the workbook that goes back to each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbook_gen.definition.errors import DefinitionError
from workbook_gen.desk.check import Answer
from workbook_gen.desk.docket import Docket
from workbook_gen.desk.feedback import Feedback, feedback
from workbook_gen.desk.migrate import NotMigrated, stamp_of
from workbook_gen.desk.migrator import Migrator
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.sign_off import signed


@dataclass(frozen=True)
class Sending:
    """What sending back needs: the register, and the versions in which its submissions were read."""

    register: Register
    migrator: Migrator

    def feedback(self, dockets: Sequence[Docket]) -> Iterator[Feedback | NotMigrated]:
        """The workbook for each organisation, or why there is none. Raises `RegisterError` and `DefinitionError`."""
        answers = self.register.answers([docket.entry.id for docket in dockets if docket.entry])
        for docket in dockets:
            try:
                yield self._feedback(docket, answers)
            except NotMigrated as why:
                yield why

    def _feedback(self, docket: Docket, answers: Mapping[int, tuple[Answer, ...]]) -> Feedback:
        code, entry = docket.organisation, docket.entry
        if entry is None:
            raise NotMigrated(f"{code} has sent nothing that could be read as its return.")
        key = self.migrator.desk.key
        if key is None:
            raise NotMigrated(f"The key that seals workbooks is not in {self.migrator.workspace.home}: none can be written.")
        after = self.migrator.desk.issuable(code)
        stamp = stamp_of(after, self.migrator.workspace.manifest(), key)
        try:
            before = self.migrator.desk_of(entry.version).issuable(code)
        except DefinitionError as why:
            raise NotMigrated(
                f"{code}'s submission {entry.number} is version {entry.version}, which cannot be read. {why}"
            ) from why
        return feedback(docket, answers[entry.id], before, after, stamp)


def to_be_sent(dockets: Mapping[str, Docket], codes: Sequence[str]) -> list[Docket]:
    """The files of the organisations named; of none named, all that have a submission that counts and is not signed off."""
    if codes:
        return [dockets[code] for code in dict.fromkeys(codes) if code in dockets]
    return [docket for _, docket in sorted(dockets.items()) if docket.entry and not signed(docket)]
