"""Role -> format: one palette, and what each kind of cell looks like in it. No meaning by colour alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from workbook_gen.definition.doubts import AS_TEXT, NOT_WHOLE, UNDER_ONE, WRONG_SIGN
from workbook_gen.definition.figures import parameter_decimals
from workbook_gen.definition.model import Parameter

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

FONT = "Arial"
SIZE = 11

PALETTE = {
    "ink": "#212B32",
    "paper": "#FFFFFF",
    "blue": "#003087",
    "input": "#FFFF99",
    "total": "#DDEBF7",
    "prefill": "#CCFFCC",
    "grey": "#D8DDE0",
    "border": "#768692",
    "quiet": "#4C6272",
    "link": "#005EB8",
    "good": "#CFE8D5",
    "bad": "#F6D3CE",
    "warn": "#FFE7B3",
    "gain": "#007F3B",
    "loss": "#B3261E",
    "level": "#003087",
    "reference": "#4C6272",
    "plan": "#005EB8",
    "actual": "#B35900",
}
"""The only colours of a workbook, by use."""

_BOX = {"border": 1, "border_color": PALETTE["border"]}
_NUMBER = {"align": "right", "valign": "vcenter", **_BOX}
_WORDS = {"align": "left", "valign": "vcenter", "indent": 1, "text_wrap": True, **_BOX}

ROLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": PALETTE["blue"]},
    "purpose": {"font_size": 12},
    "sentence": {"font_color": PALETTE["quiet"]},
    "status": {"bold": True, "font_color": PALETTE["blue"]},
    "link": {"font_color": PALETTE["link"], "underline": 1, "valign": "vcenter"},
    "cell_link": {"font_color": PALETTE["link"], "underline": 1, **_WORDS},
    "table_code": {"bold": True, "font_color": PALETTE["quiet"], "valign": "top"},
    "table_title": {"bold": True, "font_size": 13, "font_color": PALETTE["blue"], "text_wrap": True, "valign": "top"},
    "note": {"font_color": PALETTE["quiet"], "valign": "top"},
    "count": {"align": "right", "valign": "top", "font_color": PALETTE["quiet"]},
    "main_code": {"align": "center", "font_color": PALETTE["quiet"]},
    "header": {
        "bold": True,
        "text_wrap": True,
        "align": "center",
        "valign": "vcenter",
        "font_color": PALETTE["paper"],
        "bg_color": PALETTE["blue"],
        **_BOX,
    },
    "sub_code": {"font_color": PALETTE["quiet"], "align": "left", "valign": "vcenter", "indent": 1, **_BOX},
    "label": dict(_WORDS),
    "label_total": {"bold": True, **_WORDS},
    "text": {"text_wrap": True, "valign": "top"},
    "heading": {"bold": True, "font_size": 13, "font_color": PALETTE["blue"]},
    "prefill": {"bg_color": PALETTE["prefill"], **_NUMBER},
    "prefill_illustrative": {"italic": True, "bg_color": PALETTE["prefill"], **_NUMBER},
    "total": {"bold": True, "bg_color": PALETTE["total"], **_NUMBER},
    "input": {"bg_color": PALETTE["input"], "locked": False, **_NUMBER},
    "input_words": {"bg_color": PALETTE["input"], "locked": False, **_WORDS},
    "not_applicable": {"bg_color": PALETTE["grey"], **_BOX},
    "word": {"bold": True, "valign": "vcenter", "align": "left", "indent": 1, **_BOX},
    "setting": {"bg_color": PALETTE["total"], **_NUMBER},
    "cell_words": dict(_WORDS),
    "cell_number": dict(_NUMBER),
    "result": {"bold": True, "align": "left", "valign": "vcenter", "indent": 1, **_BOX},
    "plain": {"valign": "top"},
}
"""Each role's format but for font, size and number format."""

WORD_FILLS = {
    "Pass": "good",
    "Explained": "good",
    "Fix": "bad",
    "Look": "warn",
    "Note": "warn",
    "To do": "grey",
    "Not tested": "grey",
}
"""The fill behind a result word."""

DOUBT_FILLS = {AS_TEXT: "bad", NOT_WHOLE: "warn", WRONG_SIGN: "warn", UNDER_ONE: "warn"}
"""The fill behind the word beside a line."""

DATE_FORMAT = "d mmm yyyy"
COUNT_FORMATS = {
    "blank": '0" to fill"',
    "not_numeric": '0" as text"',
    "wrong_sign": '0" wrong sign"',
    "not_whole": '0" not whole"',
}


def number_format(unit: str, dp: int) -> str:
    """Thousands separated; a negative in brackets (its colour is `Page.deficits`); zeros visible; nothing scaled."""
    return _sections(unit, dp, ")")


def input_format(unit: str, dp: int) -> str:
    """The same for a cell to type in, with a space before the closing bracket: without it LibreOffice reads (300) as 300."""
    return _sections(unit, dp, r"\ )")


@cache
def _sections(unit: str, dp: int, close: str) -> str:
    digits = "#,##0" + ("." + "0" * dp if dp else "")
    if unit == "%":
        digits = ("0." + "0" * dp if dp else "0") + '"%"'
    return f"{digits}_);({digits}{close};{digits}_)"


def parameter_format(parameter: Parameter) -> str:
    """The number format of a threshold: with the decimals that messages give it."""
    return number_format(parameter.unit, parameter_decimals(parameter))


@dataclass
class Formats:
    """The formats of one workbook, each made once."""

    workbook: Workbook
    _asked: dict[tuple[Any, ...], Format] = field(default_factory=dict)
    _made: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def role(self, role: str, number: str = "General", **more: Any) -> Format:
        """The format of a role, with a number format; roles that look alike share one."""
        asked = (role, number, *more.items()) if more else (role, number)
        found = self._asked.get(asked)
        if found is None:
            properties = {"font_name": FONT, "font_size": SIZE, "font_color": PALETTE["ink"], **ROLES[role], **more}
            found = self._asked[asked] = self._format({**properties, "num_format": number})
        return found

    def conditional(self, name: str, colour: str) -> Format:
        """A conditional format: a fill behind a word, or the colour of a figure that brackets already mark."""
        return self._format({name: PALETTE[colour]})

    def _format(self, properties: dict[str, Any]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self.workbook.add_format(properties)
        return self._made[key]
