"""The shape of what a file says, before any model: a block where a block belongs, a list where a list does."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workbook_gen.definition.build import Place

Data = Mapping[str, Any]


def block(data: Data, name: str, place: Place) -> dict[str, Any]:
    """The block under a name; empty where there is none."""
    found = data.get(name, {})
    if not isinstance(found, dict):
        raise place.error(name, f"a block of fields belongs here (found {found!r}).")
    return dict(found)


def named_blocks(data: Data, name: str, place: Place) -> dict[str, dict[str, Any]]:
    """The blocks under a name, by their own names: `[parameter.share]`."""
    found = block(data, name, place)
    return {key: block(found, key, place.within(name)) for key in found}


def blocks(data: Data, name: str, place: Place) -> list[dict[str, Any]]:
    """The blocks under a name, in order: `[[rule]]`."""
    found = data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise place.error(name, f"blocks of fields belong here (found {found!r}).")
    return [dict(one) for one in found]


def members(data: Data, name: str, place: Place) -> list[Any]:
    """The members of a list; empty where there is none."""
    found = data.get(name, [])
    if not isinstance(found, list):
        raise place.error(name, f"a list belongs here (found {found!r}).")
    return list(found)


def texts(data: Data, name: str, place: Place) -> tuple[str, ...]:
    """The texts of a list; empty where there is none."""
    found = members(data, name, place)
    if not all(isinstance(one, str) for one in found):
        raise place.error(name, f"a list of texts belongs here (found {found!r}).")
    return tuple(found)


def text(data: Data, name: str, place: Place, default: str = "") -> str:
    """The text under a name."""
    found = data.get(name, default)
    if not isinstance(found, str):
        raise place.error(name, f"a text belongs here (found {found!r}).")
    return found


def day(data: Data, name: str, place: Place) -> date:
    """The date under a name; a missing one is an error."""
    found = data.get(name)
    if type(found) is not date:
        raise place.error(name, "this field is missing." if found is None else f"a date belongs here (found {found!r}).")
    return found


def label(data: Data, name: str = "key") -> str:
    """What a block is called in an error."""
    return str(data.get(name, "?"))
