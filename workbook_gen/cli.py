"""The command line: the group that its commands belong to."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from workbook_gen.session import in_lines

LASTING = 50_000
"""How many new objects there are before Python looks for garbage: nearly all that a command makes lasts to its end."""

COMMANDS: dict[str, Callable[[], Any]] = {
    "accept": lambda: import_module("workbook_gen.commands.queries").accept,
    "brief": lambda: import_module("workbook_gen.commands.brief").brief,
    "check": lambda: import_module("workbook_gen.commands.check").check,
    "demo": lambda: import_module("workbook_gen.commands.demo").demo,
    "diff": lambda: import_module("workbook_gen.commands.diff").diff,
    "doctor": lambda: import_module("workbook_gen.commands.doctor").doctor,
    "explain": lambda: import_module("workbook_gen.commands.explain").explain,
    "feedback": lambda: import_module("workbook_gen.commands.feedback").feedback,
    "fill": lambda: import_module("workbook_gen.commands.fill").fill,
    "freeze": lambda: import_module("workbook_gen.commands.freeze").freeze,
    "import-allocations": lambda: import_module("workbook_gen.commands.import_allocations").import_allocations,
    "issue": lambda: import_module("workbook_gen.commands.issue").issue,
    "lint": lambda: import_module("workbook_gen.commands.lint").lint,
    "migrate": lambda: import_module("workbook_gen.commands.migrate").migrate,
    "practice": lambda: import_module("workbook_gen.commands.practice").practice,
    "press": lambda: import_module("workbook_gen.commands.queries").press,
    "queries": lambda: import_module("workbook_gen.commands.queries").queries,
    "receive": lambda: import_module("workbook_gen.commands.receive").receive,
    "replay": lambda: import_module("workbook_gen.commands.replay").replay,
    "report": lambda: import_module("workbook_gen.commands.report").report,
    "sign-off": lambda: import_module("workbook_gen.commands.sign_off").sign_off,
    "status": lambda: import_module("workbook_gen.commands.status").status,
    "waive": lambda: import_module("workbook_gen.commands.waive").waive,
}
"""Each command by its name, imported when it is asked for: one has no need of the others."""


class Commands(click.Group):
    """A group whose commands are imported one by one."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names, by letter."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of that name; None where there is none: then all are here, so that the nearest can be named."""
        for one in (name,) if name in COMMANDS else COMMANDS:
            if one not in self.commands:
                self.add_command(COMMANDS[one]())
        return self.commands.get(name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="workbook-gen")
@click.pass_context
@in_lines
def main(context: click.Context) -> None:
    r"""Issue planning workbooks to integrated care boards, and check what comes back.

    \b
    Examples:
      workbook-gen demo                        the whole round on the data shipped
      workbook-gen issue --org QYG             one prefilled workbook
      workbook-gen check RETURN.xlsx           what an ICB runs before it returns the file
      workbook-gen receive inbox/              the central team: keep, check and register what has come back
      workbook-gen status --chase              whose return is missing, and what to ask of whom
      workbook-gen replay --collection copy    what rules would do, before they are imposed
      workbook-gen report                      the national picture of what has come back
      workbook-gen brief --org QYG             two pages for the session with one system
      workbook-gen explain AGY-002             a rule, why it is asked and how it is worked out
    """
    if os.environ.get("NO_COLOR"):
        context.color = False
    gc.set_threshold(LASTING)
