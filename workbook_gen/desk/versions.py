"""The versions of a collection that have been issued: frozen copies of them, and whether a version still is what it was.

`issued.csv` lists them, each with a digest of the list of its files; the copies lie in `versions/`. A frozen copy holds the
definition and the national tables that it was issued with, so that a return of that version is read as carefully as ever.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path

from workbook_gen.definition.errors import DefinitionError
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.model import Collection
from workbook_gen.definition.renames import unknown_sources, version_order
from workbook_gen.files import write_atomically
from workbook_gen.national.data import NationalData, load_national

ISSUED, VERSIONS, SUMS, OWN = "issued.csv", "versions", "SHA256SUMS", "national_own"
DEFINING = ("collection.toml", "guidance.toml", "sheets/*.toml", "lines/*.csv")
"""The files that say what a version is. National figures are no part of it: a changed figure is a new issue of the version."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class FrozenVersion:
    """A line of issued.csv: a version, its date, and the SHA-256 of the list of its files."""

    version: str
    date: str
    digest: str


@dataclass(frozen=True, slots=True)
class Freezing:
    """What became of a version to be frozen: its files, and whether it has been frozen before."""

    version: FrozenVersion
    files: tuple[str, ...]
    known: bool


@dataclass(frozen=True)
class Versions:
    """The issued versions of the collection in a folder."""

    folder: Path

    def listed(self) -> dict[str, FrozenVersion]:
        """The versions in issued.csv, the oldest first. Raises `DefinitionError` where the list is not as written."""
        path = self.folder / ISSUED
        if not path.exists():
            return {}
        names = [one.name for one in fields(FrozenVersion)]
        try:
            rows = [*csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))]
            found = [FrozenVersion(*(str(row[name]) for name in names)) for row in rows]
        except (KeyError, UnicodeDecodeError, csv.Error) as error:
            raise DefinitionError(ISSUED, "", "", f"its columns are not {', '.join(names)}. Put the file back.") from error
        return {one.version: one for one in sorted(found, key=lambda one: version_order(one.version))}

    def see_to(self, collection: Collection) -> None:
        """Raise `DefinitionError` where the collection's version has been issued and its definition is another now."""
        frozen = self.listed().get(collection.version)
        if frozen is None:
            return
        then, now = self._sums_of(frozen), _sums(self.folder)
        before = {name: digest for name, digest in then.items() if _is_defining(name)}
        differing = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
        if differing:
            how = "is new" if differing[0] not in before else "is gone" if differing[0] not in now else "has changed"
            more = f", and so have {len(differing) - 1} other files" if len(differing) > 1 else ""
            problem = (
                f"the file {how} since version {frozen.version} was issued{more}. Raise `version` in collection.toml, with a "
                f"line in the change log, or undo the change (as issued: {VERSIONS}/{frozen.version})."
            )
            raise DefinitionError(differing[0], "", "", problem)

    def faults(self, collection: Collection) -> Iterator[DefinitionError]:
        """Everything that is not as it should be with the versions issued, and with what this one says of them."""
        try:
            self.see_to(collection)
        except DefinitionError as error:
            yield error
        before: Collection | None = None
        versions = [*self.listed(), *({collection.version} - self.listed().keys())]
        for version in sorted(versions, key=version_order):
            if before is not None:
                yield from unknown_sources(collection, before, version)
            if version == collection.version:
                return
            try:
                before = self.collection(version)
            except DefinitionError as error:
                yield error
                return

    def collection(self, version: str) -> Collection:
        """The definition of an issued version, as frozen. Raises `DefinitionError` where it is not as it was."""
        frozen = self.listed().get(version)
        if frozen is None:
            known = ", ".join(self.listed()) or "none"
            problem = f"version {version} is not listed (listed: {known}). Put its definition back and run workbook-gen freeze."
            raise DefinitionError(ISSUED, "", "version", problem)
        home = self.home(version)
        for name, digest in self._sums_of(frozen).items():
            if not (home / name).is_file() or _digest(home / name) != digest:
                raise self._spoiled(version, name)
        return load_collection(home)

    def national(self, collection: Collection) -> NationalData:
        """The national figures that an issued version was frozen with. Raises `NationalDataError`."""
        home = self.home(collection.version)
        own = home / OWN
        return load_national(collection, home, own if own.is_dir() else None)

    def home(self, version: str) -> Path:
        """The folder of an issued version."""
        return self.folder / VERSIONS / version

    def freeze(self, collection: Collection, own: Path | None, *, dry_run: bool = False) -> Freezing:
        """Keep the collection's version as it is: its definition and national tables, `own` those of the centre.

        Raises `DefinitionError` where it has been frozen and is another now, or is older than the last one.
        """
        known = self.listed()
        files = self._files(collection, own)
        sums = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())).encode()
        row = FrozenVersion(collection.version, f"{collection.changes[-1].date}", sha256(sums).hexdigest())
        if collection.version in known:
            self.see_to(collection)
            return Freezing(known[collection.version], tuple(files), known=True)
        for error in self.faults(collection):
            raise error
        last = next(reversed(known), "")
        home = self.home(collection.version)
        if version_order(collection.version) <= version_order(last) and last:
            raise DefinitionError("collection.toml", "", "version", f"version {last} has been issued: the next is higher.")
        if home.exists():
            problem = f"the folder is there, but {ISSUED} does not list it. Remove it, and freeze again."
            raise DefinitionError(f"{VERSIONS}/{collection.version}", "", "", problem)
        if not dry_run:
            for name, data in {**files, SUMS: sums}.items():
                write_atomically(home / name, data)
            write_atomically(self.folder / ISSUED, _listing([*known.values(), row]))
        return Freezing(row, tuple(files), known=False)

    def _files(self, collection: Collection, own: Path | None) -> dict[str, bytes]:
        """What is frozen, by its path in the copy."""
        tables = {(self.folder / path).parent for path in (collection.national.organisations, collection.national.items)}
        paths = [self.folder / name for name in _sums(self.folder)]
        paths += [path for folder in sorted(tables) for path in sorted(folder.glob("*.csv"))]
        found = {path.relative_to(self.folder).as_posix(): _normal(path) for path in paths}
        mine = sorted(own.glob("*.csv")) if own is not None else []
        return {**found, **{f"{OWN}/{path.name}": _normal(path) for path in mine}}

    def _sums_of(self, frozen: FrozenVersion) -> dict[str, str]:
        """The digest of each file of a frozen version."""
        path = self.home(frozen.version) / SUMS
        data = _normal(path) if path.is_file() else b""
        if sha256(data).hexdigest() != frozen.digest:
            raise self._spoiled(frozen.version, SUMS)
        return {name: digest for digest, _, name in (line.partition("  ") for line in data.decode().splitlines())}

    def _spoiled(self, version: str, name: str) -> DefinitionError:
        problem = f"the file is not as it was when version {version} was frozen. Put {VERSIONS}/{version} back as it was."
        return DefinitionError(f"{VERSIONS}/{version}/{name}", "", "", problem)


def _sums(folder: Path) -> dict[str, str]:
    """The digest of each file that says what the version in a folder is."""
    paths = sorted(path for pattern in DEFINING for path in folder.glob(pattern) if path.is_file())
    return {path.relative_to(folder).as_posix(): _digest(path) for path in paths}


def _is_defining(name: str) -> bool:
    return any(Path(name).match(pattern) for pattern in DEFINING)


def _digest(path: Path) -> str:
    return sha256(_normal(path)).hexdigest()


def _normal(path: Path) -> bytes:
    """A file's bytes without what editors and version control change of their own: byte order mark and line ends."""
    return path.read_bytes().removeprefix(_BYTE_ORDER_MARK).replace(b"\r\n", b"\n")


def _listing(rows: list[FrozenVersion]) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [one.name for one in fields(FrozenVersion)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return stream.getvalue().encode()
