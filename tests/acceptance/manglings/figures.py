"""Prefilled figures and thresholds changed: we see it, and the rules use what was issued."""

from tests.acceptance.manglings.kind import Edit, Kind, at, edited
from tests.acceptance.manglings.places import FIGURE
from tests.returns import issuable, place_of
from tests.spoil import Spoiled


def put(value: float | str | None) -> Edit:
    """Something typed over a figure that we issued."""
    return lambda file, code: file.put(*place_of(code, FIGURE), value)


def as_text(file: Spoiled, code: str) -> None:
    file.put(*place_of(code, FIGURE), f"{issuable(code).prefill[FIGURE]:,.0f}")


def as_formula(file: Spoiled, code: str) -> None:
    figure = issuable(code).prefill[FIGURE]
    file.put(*place_of(code, FIGURE), figure, formula=f"{figure - 1:.15g}+1")


def changed(title: str, did: str, edit: Edit, *says: str) -> Kind:
    """A figure that is no longer as issued."""
    return Kind(title, did, edited(edit), at("STR-301", FIGURE), says=says)


KINDS = (
    changed("figure changed", "corrected a figure that we issued", put(1.0), "1 stands where we issued"),
    changed("figure emptied", "emptied a figure that we issued", put(None), "a blank"),
    changed("figure typed over", "typed a word over a figure that we issued", put("see note"), "'see note'"),
    changed("figure as a formula", "put a formula in the place of a figure", as_formula, "+1"),
    changed("figure as a text", "had a figure turned into a text of the same figure", as_text, "'"),
    Kind(
        "threshold changed",
        "changed the threshold above a table",
        edited(lambda file, _: file.put("Agency", "C8", 99.0)),
        lambda _: (("STR-303", "Agency", "C8"),),
    ),
)
