"""How wide a text is, and how many lines it takes: by the widths of Arial, which Liberation Sans and Helvetica share.

A brief is laid out before it is written, so that pages and slides hold the same and nothing runs over.
"""

import unicodedata

_POINT = 25.4 / 72
"""A point in millimetres."""
LEADING = 1.2
"""The height of a line in parts of its size."""
_SAFETY = 1.04
"""What a text may be wider than the widths say, with other hinting."""
BOLD = 1.08
"""How much wider, or larger in points, bold is."""

_WIDTHS = {
    "ijl'": 0.225,
    " ftI.,:;/\\!|[]": 0.28,
    "r()-`": 0.335,
    '"*': 0.39,
    "Jckmsvxyz": 0.5,
    "FTZL": 0.61,
    "ABEKPSVXY&": 0.668,
    "CDHNRUw": 0.723,
    "GOQ": 0.779,
    "Mm–": 0.834,
    "%": 0.89,
    "W": 0.945,
    "@—…": 1.016,
}
_WIDTH = {letter: width for letters, width in _WIDTHS.items() for letter in letters}
_OTHER = 0.585
_FULL = 1.05


def width_of(text: str, points: float) -> float:
    """The width of a text on one line, in millimetres."""
    return _SAFETY * sum(map(_letter, text)) * points * _POINT


def fitting(text: str, width: float, points: float) -> str:
    """The text, or as much of it as fits on one line, with an ellipsis."""
    if width_of(text, points) <= width:
        return text
    cut = text
    while cut and width_of(f"{cut}…", points) > width:
        cut = cut[:-1]
    return f"{cut.rstrip()}…"


def _letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x2FFF:
        return _FULL
    return _WIDTH.get(letter, _OTHER if ord(letter) < 0x250 else 0.8)


def lines_of(text: str, width: float, points: float) -> int:
    """How many lines a text takes in a width in millimetres, broken between words; a word wider than a line is broken."""
    lines, used = 1, 0.0
    space = width_of(" ", points)
    for word in text.split():
        needed = width_of(word, points)
        if used and used + space + needed > width:
            lines, used = lines + 1, 0.0
        while needed > width:
            lines, needed = lines + 1, needed - width
        used += needed + (space if used else 0.0)
    return lines


def height_of(lines: int, points: float) -> float:
    """The height of so many lines, in millimetres."""
    return lines * points * LEADING * _POINT
