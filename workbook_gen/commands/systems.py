"""The systems that a command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_gen.session import Session, fail

if TYPE_CHECKING:
    from workbook_gen.national.data import NationalData


def chosen(session: Session, national: NationalData, codes: tuple[str, ...]) -> list[str]:
    """The systems named, or all; an unknown code ends the command."""
    from workbook_gen.definition.errors import nearest

    known = [system.code for system in national.systems]
    for code in codes:
        if code.upper() not in known:
            fail(session, "usage", f"There is no system '{code}'. {nearest(code.upper(), known)}")
    return [code.upper() for code in codes] or known
