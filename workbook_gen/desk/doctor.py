"""Whether everything that is needed is here, and whether the workspace is sound."""

import platform
import shutil
import sys
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from workbook_gen.definition.model import Collection
from workbook_gen.desk.versions import VERSIONS, Versions
from workbook_gen.desk.workspace import Workspace

NEEDED = ("openpyxl", "XlsxWriter", "pandas", "click", "pydantic", "defusedxml", "SQLAlchemy")
OPTIONAL = {
    "rich": "colour in tables",
    "pyarrow": "the report's tables as Parquet",
    "python-pptx": "the briefs as PowerPoint",
    "psycopg": "a register in PostgreSQL",
    "formualizer": "the second formula engine, for tests",
}
PROGRAMS = {
    "soffice": "LibreOffice, for tests and pictures",
    "pdftoppm": "pages as pictures, for `make pictures` and tests",
}
_OLDEST = (3, 11)


@dataclass(frozen=True, slots=True)
class Ailment:
    """One thing looked at: whether it is well, and what was seen. An optional part that is missing is well."""

    what: str
    well: bool
    seen: str


def examine(workspace: Workspace) -> tuple[Ailment, ...]:
    """Python, packages, optional parts, and the issued workbooks against their manifest."""
    return (_python(), *map(_package, NEEDED), *_optional(), *_workspace(workspace))


def _python() -> Ailment:
    well = sys.version_info >= _OLDEST
    return Ailment("Python", well, platform.python_version() + ("" if well else ": 3.11 or later is needed"))


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _package(name: str) -> Ailment:
    found = _installed(name)
    return Ailment(name, found is not None, found or f"missing: pip install {name}")


def _optional() -> tuple[Ailment, ...]:
    packages = [Ailment(name, True, _installed(name) or f"not here (optional: {use})") for name, use in OPTIONAL.items()]
    programs = [Ailment(name, True, shutil.which(name) or f"not here (optional: {use})") for name, use in PROGRAMS.items()]
    return (*packages, *programs)


def _workspace(workspace: Workspace) -> tuple[Ailment, ...]:
    manifest = workspace.manifest()
    if not manifest:
        return (Ailment("Workspace", True, f"nothing issued yet in {workspace.issued}"),)
    found = []
    for row in manifest.values():
        path = workspace.issued / row.file
        if not path.exists():
            found.append(Ailment(row.file, False, "in the manifest, but the file is gone: issue it again"))
        elif sha256(path.read_bytes()).hexdigest() != row.sha256:
            found.append(Ailment(row.file, False, "not the bytes that were issued: delete it and issue it again"))
    if workspace.key() is None:
        found.append(Ailment("seal.key", False, f"missing, so seals cannot be verified: put it back in {workspace.home}"))
    sound = Ailment("Workspace", True, f"{len(manifest)} workbooks issued in {workspace.issued}, as in the manifest")
    return tuple(found) or (sound,)


def examine_versions(folder: Path, collection: Collection) -> tuple[Ailment, ...]:
    """The versions that have been issued of the collection in a folder: whether each still is what it was."""
    versions = Versions(folder)
    found = tuple(Ailment("Versions", False, str(fault)) for fault in versions.faults(collection))
    listed = ", ".join(versions.listed())
    seen = f"{listed}: as they were issued, in {folder / VERSIONS}" if listed else f"none is frozen in {folder / VERSIONS}"
    return found or (Ailment("Versions", True, seen),)
