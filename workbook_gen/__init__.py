"""Planning return workbooks: one definition makes the workbook, its reader, its checks and its guidance.

What analysts use in a notebook stands here by name: `load`, `issue`, `check`, `read` and `register`. It is loaded when it is
first asked for.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook_gen.notebook import Exercise, ReturnRefused, Tables, check, issue, load, read, register

__all__ = ["Exercise", "ReturnRefused", "Tables", "check", "issue", "load", "read", "register"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from workbook_gen import notebook

    return getattr(notebook, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
