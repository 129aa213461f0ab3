"""A small definition with each field taken away, or of another type, once: it loads or is refused in words, never a crash."""

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.engines.trial import COLLECTION
from workbook_gen.definition import load
from workbook_gen.definition.errors import DefinitionError

FILES = ("collection.toml", "guidance.toml", "sheets/money.toml", "sheets/people.toml")
Steps = tuple[str | int, ...]

GONE = object()
OTHERS: tuple[Any, ...] = (GONE, "", "neither here nor there", 7, -1.5, True, [], ["x"], {}, {"x": 1}, date(2023, 1, 1), [[]])
"""What a field is made into."""


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((COLLECTION / name).read_text(encoding="utf-8"))


def places(node: Any, above: Steps = ()) -> Iterator[Steps]:
    """Where every field and every member of a list stands, however deep."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, below in members:
        yield (*above, name)
        yield from places(below, (*above, name))


def changed(data: dict[str, Any], place: Steps, value: Any) -> dict[str, Any]:
    """The data with another value at a place, or without it."""
    copy = deepcopy(data)
    parent: Any = copy
    for name in place[:-1]:
        parent = parent[name]
    if value is GONE:
        del parent[place[-1]]
    else:
        parent[place[-1]] = value
    return copy


def written(files: dict[str, Any], _: Path, name: str) -> dict[str, Any]:
    """What is read instead of the files."""
    if name not in files:
        raise DefinitionError(name, "", "", "there is no such file.")
    copy: dict[str, Any] = deepcopy(files[name])
    return copy


def outcome() -> str:
    """How loading ends: nothing is allowed but a collection and a `DefinitionError` that names a file."""
    try:
        load.load_collection(COLLECTION)
    except DefinitionError as error:
        return "refused" if error.file and error.problem else f"no place or no problem: {error}"
    except (AssertionError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        return f"{type(error).__name__}: {error}"
    return "loaded"


@pytest.mark.parametrize("file", FILES)
def test_no_field_that_is_gone_or_of_another_type_is_a_crash(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {name: read(name) for name in FILES}
    seen: dict[str, int] = {}
    crashes = []
    for place in places(whole[file]):
        for value in OTHERS:
            broken = {**whole, file: changed(whole[file], place, value)}
            monkeypatch.setattr(load, "read_toml", partial(written, broken))
            said = outcome()
            seen[said] = seen.get(said, 0) + 1
            if said not in ("refused", "loaded"):
                crashes.append(f"{'.'.join(map(str, place))} = {'gone' if value is GONE else value!r}: {said}")
    assert seen["refused"] > 20
    assert crashes == []
