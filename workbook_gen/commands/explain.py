"""explain: the rule book, a page at a time."""

from __future__ import annotations

import click

from workbook_gen.session import Session, command, fail


@click.command()
@click.argument("rule", required=False)
@command
def explain(session: Session, rule: str | None) -> None:
    r"""A rule, or a structural code: what is asked, why, and how it is mended. Without a name, the list of all.

    \b
    Examples:
      workbook-gen explain AGY-002
      workbook-gen explain STR-401
    """
    from workbook_gen.report.rulebook import UnknownRule, contents, page

    collection = session.collection()
    if rule is None:
        rows = contents(collection)
        session.result({"rules": [{"code": code, "title": title} for code, title in rows]})
        session.show("\n".join(f"{code}  {title}" for code, title in rows))
        return
    try:
        found = page(collection, rule)
    except UnknownRule as error:
        fail(session, "usage", str(error))
    session.result({"code": found.code, "title": found.title, **{name.lower(): text for name, text in found.paragraphs}})
    session.show(f"{found.code}  {found.title}", bold=True)
    for name, text in found.paragraphs:
        session.show(f"  {name + ':':<12} {text}")
