"""What can be wrong with a register as a whole."""

from workbook_gen.desk.workspace import WorkspaceError


class RegisterError(WorkspaceError):
    """A register that cannot be opened, read or written; the message says which, and what to do."""
