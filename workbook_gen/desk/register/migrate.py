"""The version of a register's tables: an older register is brought up to date step by step, a newer one is refused."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, inspect, select

from workbook_gen.desk.register.connect import Database, is_absent
from workbook_gen.desk.register.faults import RegisterError
from workbook_gen.desk.register.schema import ABOUT, CASE_TABLES, METADATA

Step = Callable[[Connection], None]


def _add_cases(connection: Connection) -> None:
    """Version 2 adds queries, waivers and sign-offs; the submissions that are there are followed up with the next one."""
    METADATA.create_all(connection, tables=list(CASE_TABLES))


STEPS: Sequence[Step] = (_add_cases,)
"""What brings version 1 to version 2, version 2 to version 3, and so on. A new register is made as the newest one."""


def prepare(database: Database, collection: str, steps: Sequence[Step] = STEPS) -> None:
    """Make the tables, or bring them up to date, in one transaction; do nothing where they are.

    Raises `RegisterError` where the register is newer than these steps, or another collection's.
    """
    newest = len(steps) + 1
    with database.reading() as connection:
        found = _version(connection, database.name, collection, newest)
    if found == newest:
        return
    with database.writing() as connection:
        found = _version(connection, database.name, collection, newest)  # another may have done it since
        if found == newest:
            return
        if found == 0:
            METADATA.create_all(connection)
            connection.execute(ABOUT.insert().values(collection=collection, schema_version=newest))
            return
        for step in steps[found - 1 :]:
            step(connection)
        connection.execute(ABOUT.update().values(schema_version=newest))


def is_made(database: Database) -> bool:
    """Whether the database holds a register; one that is a file and not there does not, and is not made by asking."""
    if is_absent(database):
        return False
    with database.reading() as connection:
        return inspect(connection).has_table(ABOUT.name)


def _version(connection: Connection, name: str, collection: str, newest: int) -> int:
    """The version of the tables that are there, 0 where there are none."""
    if not inspect(connection).has_table(ABOUT.name):
        return 0
    whose, version = connection.execute(select(ABOUT.c.collection, ABOUT.c.schema_version)).one()
    if whose != collection:
        raise RegisterError(f"The register {name} belongs to {whose}, not to {collection}. Name another with --register.")
    if version > newest:
        raise RegisterError(
            f"The register {name} has tables of version {version}; this program knows them up to version {newest}. "
            "Update workbook-gen here. Nothing was changed."
        )
    return int(version)
