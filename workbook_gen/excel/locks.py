"""Which cell formats are locked, from the styles part."""

from workbook_gen.excel.markup import MainNames, parse, truth


class _Formats:
    """Collects the lock of each cell format, in order. A format that says nothing is locked."""

    def __init__(self) -> None:
        self.locked: list[bool] = []
        self.inside = False
        self.kinds = MainNames()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = self.kinds[name]
        if kind == "cellXfs":
            self.inside = True
        elif self.inside and kind == "xf":
            self.locked.append(True)
        elif self.inside and kind == "protection" and self.locked:
            self.locked[-1] = truth(attributes.get("locked"), default=True)

    def end(self, name: str) -> None:
        if self.kinds[name] == "cellXfs":
            self.inside = False

    def text(self, data: str) -> None:
        """Styles hold no text."""


def unlocked_formats(part: str, content: bytes) -> frozenset[str]:
    """The cell formats that are not locked, by number as a cell's `s` names them."""
    formats = _Formats()
    parse(part, content, formats)
    return frozenset(str(number) for number, locked in enumerate(formats.locked) if not locked)
