"""The files as they came: kept under the digest of their bytes, read-only, before anything else is done with them."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from workbook_gen.desk.received import Received, blocks, read_file
from workbook_gen.desk.workspace import WorkspaceError
from workbook_gen.excel.container import MAXIMUM_BYTES
from workbook_gen.files import sync_folder, write_blocks_atomically

READ_ONLY = 0o444
SUFFIX = ".xlsx"


def original(folder: Path, digest: str) -> Path:
    """Where the bytes of a digest lie; whatever they are, they have the suffix of a workbook."""
    return folder / f"{digest}{SUFFIX}"


def keep(path: Path, file: Received, folder: Path) -> int:
    """Keep what was read from a path, once; gives its size in bytes.

    Raises `OSError` where it cannot be written, and `WorkspaceError` where the file kept before, or the one too large to be
    held in memory, has other bytes than were read.
    """
    kept = original(folder, file.sha256)
    if kept.exists():
        if digest_of(kept) != file.sha256:
            raise WorkspaceError(f"{kept} is not what was received. Move it away, keep it as evidence, and receive again.")
    else:
        is_new = not folder.exists()
        write_blocks_atomically(kept, _again(path, file), mode=READ_ONLY)
        sync_folder(folder)
        if is_new:
            sync_folder(folder.parent)
    return kept.stat().st_size


def read_original(folder: Path, digest: str, name: str) -> Received:
    """Read again what was received under a name.

    Raises `OSError`, and `WorkspaceError` where the file is gone or is not what was received.
    """
    kept = original(folder, digest)
    if not kept.exists():
        raise WorkspaceError(f"{kept} ({name}) is gone: receive the file again, or put it back from your backup.")
    file = read_file(kept)
    if file.sha256 != digest:
        raise WorkspaceError(f"{kept} ({name}) is not what was received: put it back from your backup.")
    return replace(file, name=name)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file. Raises `OSError`."""
    found = sha256()
    for block in blocks(path):
        found.update(block)
    return found.hexdigest()


def _again(path: Path, file: Received) -> Iterator[bytes]:
    """The bytes that were read; those of a file too large to be held are read a second time."""
    if len(file.data) <= MAXIMUM_BYTES:
        yield file.data
        return
    found = sha256()
    for block in blocks(path):
        found.update(block)
        yield block
    if found.hexdigest() != file.sha256:
        raise WorkspaceError(f"{path} changed while it was being received. Receive it again.")
