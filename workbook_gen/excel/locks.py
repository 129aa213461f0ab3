"""Which cell formats are locked, from the styles part."""

from workbook_gen.excel.markup import MainNames, check_depth, truth
from workbook_gen.excel.members import Members
from workbook_gen.excel.refusal import too_large

MAXIMUM_FORMATS = 65_490
"""Cell formats of a workbook, as in Excel."""


class _Formats:
    """Collects the lock of each cell format, in order. A format that says nothing is locked."""

    def __init__(self) -> None:
        self.locked: list[bool] = []
        self.inside = False
        self.depth = 0
        self.kinds = MainNames()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = self.kinds[name]
        self.depth += 1
        check_depth(self.depth)
        if kind == "cellXfs":
            self.inside = True
        elif self.inside and kind == "xf":
            self.locked.append(True)
            if len(self.locked) > MAXIMUM_FORMATS:
                raise too_large(len(self.locked), MAXIMUM_FORMATS, "cell formats")
        elif self.inside and kind == "protection" and self.locked:
            self.locked[-1] = truth(attributes.get("locked"), default=True)

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.kinds[name] == "cellXfs":
            self.inside = False

    def text(self, data: str) -> None:
        """Styles hold no text."""

    def pause(self) -> None:
        """Formats are counted as they come."""


def unlocked_formats(members: Members, part: str) -> frozenset[str]:
    """The cell formats that are not locked, by number as a cell's `s` names them."""
    formats = _Formats()
    members.parse(part, formats)
    return frozenset(str(number) for number, locked in enumerate(formats.locked) if not locked)
