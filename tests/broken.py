"""A copy of the collection that is shipped with one thing broken."""

import shutil
from pathlib import Path

from tests import shipped


def break_once(folder: Path, file: str, old: str, new: str) -> Path:
    """Copy the definition into the folder and replace a text in one file of it; the text stands there exactly once.

    Cases and national figures are left out: a definition is loaded without them.
    """
    copy = folder / "broken"
    shutil.copytree(shipped.FOLDER, copy, ignore=shutil.ignore_patterns("cases", "national"))
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return copy
