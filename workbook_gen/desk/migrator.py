"""File after file into the current version: which version each is of, read by that version's own definition."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from workbook_gen.desk.check import CheckedReturn, Desk
from workbook_gen.desk.child import Checker
from workbook_gen.desk.fill import FileRefused
from workbook_gen.desk.migrate import Migration, NotMigrated, is_as_frozen, migrate, stamp_of
from workbook_gen.desk.versions import Versions
from workbook_gen.desk.workspace import Workspace

_OLDER = "STR-104"


@dataclass
class Migrator:
    """What migrating needs: where the current version has been issued, its desk, and the versions before it.

    The desk and the child process of each older version are made once; close it when all files are done.
    """

    workspace: Workspace
    desk: Desk
    versions: Versions
    _open: ExitStack = field(default_factory=ExitStack)
    _checkers: dict[str, Checker] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open.close()

    def migrate(self, path: Path, since: str | None) -> Migration:
        """Carry one file; `since` is the version of one without a seal.

        Raises `FileRefused` where `check` refuses it, `NotMigrated` where it cannot be carried as things stand,
        `DefinitionError` where its definition is not as it was frozen, `OSError` where it cannot be read at all.
        """
        first = self._checker(self.desk.collection.version).check(path)
        version = self._version(first, path, since)
        if version not in self.versions.listed():
            listed = ", ".join(self.versions.listed()) or "none"
            raise NotMigrated(
                f"{path.name} is version {version}, whose definition has not been kept (kept: {listed}). "
                "Put the definition of that version back, run workbook-gen freeze, and then bring the newer one."
            )
        checker = self._checker(version)
        checked = checker.check(path)
        identity = checked.identity
        if identity is None or identity.organisation is None:
            raise FileRefused(checked)
        before = checker.desk.issuable(identity.organisation)
        if not is_as_frozen(checked, before):
            raise NotMigrated(
                f"{path.name} was issued with another layout than the definition kept of version {version} makes. "
                f"Put {self.versions.home(version)} back as it was when the file was issued."
            )
        key = self.desk.key
        systems = {system.code for system in self.desk.national.systems}
        if identity.organisation not in systems:
            raise NotMigrated(f"{path.name} is {identity.organisation}'s, which is no system of the current version.")
        if key is None:
            raise NotMigrated(f"The key that seals workbooks is not in {self.workspace.home}, so none can be written.")
        after = self.desk.issuable(identity.organisation)
        return migrate(checked, before, after, stamp_of(after, self.workspace.manifest(), key))

    def _version(self, checked: CheckedReturn, path: Path, since: str | None) -> str:
        """The version of a file that was read under the current definition."""
        identity, current = checked.identity, self.desk.collection.version
        if identity is not None and any(one.code == _OLDER for one in checked.findings):
            return identity.version
        if identity is None or (identity.organisation is None and (identity.stamp is not None or since is None)):
            raise FileRefused(checked)
        if identity.stamp is None and since is not None and since != current:
            return since
        if identity.stamp is None:
            raise NotMigrated(f"{path.name} carries no seal, so its version is not known. Name it: --from VERSION")
        raise NotMigrated(f"{path.name} is version {current}, the current one: there is nothing to carry. Check it as it is.")

    def _checker(self, version: str) -> Checker:
        if version not in self._checkers:
            self._checkers[version] = self._open.enter_context(Checker(self.desk_of(version)))
        return self._checkers[version]

    def desk_of(self, version: str) -> Desk:
        """What checking needs in a version. Raises `DefinitionError` where its definition is not as it was frozen."""
        if version == self.desk.collection.version:
            return self.desk
        collection = self.versions.collection(version)
        return Desk(collection, self.versions.national(collection), self.desk.key)
