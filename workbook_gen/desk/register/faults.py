"""What can be wrong with a register as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager

from workbook_gen.desk.workspace import WorkspaceError


class RegisterError(WorkspaceError):
    """A register that cannot be opened, read or written; the message says which, and what to do."""


@contextmanager
def as_written() -> Iterator[None]:
    """A row that cannot be read was not written by us. Raises `RegisterError`."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RegisterError("The register holds a row that was changed: workbook-gen doctor --audit says which.") from error
