"""import-allocations: NHS England's published workbook into the national tables."""

from __future__ import annotations

from pathlib import Path

import click

from workbook_gen.session import Session, command, fail


@click.command("import-allocations")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@command
def import_allocations(session: Session, file: Path, dry_run: bool) -> None:
    r"""Read NHS England's published workbook into the national tables that the collection maps it to.

    \b
    Example:
      workbook-gen import-allocations nhs_allocations_2023_2025.xlsx --dry-run
    """
    from workbook_gen.national.data import load_organisations
    from workbook_gen.national.publication import PublicationError, import_table, write_table
    from workbook_gen.national.tables import table_path

    collection = session.collection()
    if not collection.publications:
        fail(session, "usage", "The collection maps no publication: collection.toml has no [[publication]].")
    organisations = load_organisations(collection, session.collection_folder, session.national_folder)
    found = []
    for publication in collection.publications:
        try:
            table = import_table(publication, file, organisations)
        except PublicationError as error:
            fail(session, "publication", f"Nothing was imported from {file}:", error.faults)
        path = table_path(collection.national, session.collection_folder, publication.table)
        changes = write_table(table, path, dry_run=dry_run)
        session.show(
            f"{publication.title}: {len(table)} organisations, {len(table.columns)} columns, {len(changes)} figures changed"
        )
        for change in changes:
            session.show(f"  {change.code} {change.column}: {change.old or 'blank'} to {change.new}")
        rows = [change._asdict() for change in changes]
        found.append({"table": publication.table, "file": str(path), "organisations": len(table), "changes": rows})
    session.result({"dry_run": dry_run, "tables": found})
