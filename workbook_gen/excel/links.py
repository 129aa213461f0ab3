"""The other workbooks that a workbook reads through its formulas."""

from workbook_gen.excel.members import Members
from workbook_gen.excel.parts import Relationship, outside

_LONGEST = 255
"""Characters of a link that are kept."""


def links_of(members: Members, related: tuple[Relationship, ...]) -> tuple[str, ...]:
    """What each external link of the workbook leads to, as the file writes it; the link's own part where it does not say.

    Hyperlinks are none: nothing is read through them.
    """
    parts = [one.target for one in related if one.kind == "externalLink" and one.target in members]
    found = [target[:_LONGEST] for part in parts for target in outside(members, part) or (part,)]
    return tuple(dict.fromkeys(found))
