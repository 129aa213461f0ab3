"""The command line: the group that its commands belong to."""

from __future__ import annotations

import os

import click

from workbook_gen.commands.brief import brief
from workbook_gen.commands.check import check
from workbook_gen.commands.demo import demo
from workbook_gen.commands.diff import diff
from workbook_gen.commands.doctor import doctor
from workbook_gen.commands.explain import explain
from workbook_gen.commands.feedback import feedback
from workbook_gen.commands.fill import fill
from workbook_gen.commands.freeze import freeze
from workbook_gen.commands.import_allocations import import_allocations
from workbook_gen.commands.issue import issue
from workbook_gen.commands.lint import lint
from workbook_gen.commands.migrate import migrate
from workbook_gen.commands.practice import practice
from workbook_gen.commands.queries import accept, press, queries
from workbook_gen.commands.receive import receive
from workbook_gen.commands.replay import replay
from workbook_gen.commands.report import report
from workbook_gen.commands.sign_off import sign_off
from workbook_gen.commands.status import status
from workbook_gen.commands.waive import waive
from workbook_gen.session import in_lines


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
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


CENTRE = (receive, status, queries, accept, press, waive, feedback, sign_off, diff, replay, report, brief)
AUTHOR = (explain, import_allocations, freeze, lint, doctor, demo)
for one in (issue, practice, check, fill, migrate, *CENTRE, *AUTHOR):
    main.add_command(one)
