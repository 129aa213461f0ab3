"""What Checks says beside a rule's result: where, what and how to mend it. `excel/saying.py` says the same by formula."""

from workbook_gen.checks.evaluate import Facts
from workbook_gen.checks.messages import render
from workbook_gen.checks.run import Result
from workbook_gen.definition.layout import Layout
from workbook_gen.definition.saying import TO_TEST, UNTESTED, box_of, place_of, waiting
from workbook_gen.findings import Outcome, mending


def statement(result: Result, layout: Layout, facts: Facts) -> str:
    """The words beside a result: nothing for a pass, what it waits for, or what is wrong and how to mend it."""
    instance = result.instance
    match result.outcome:
        case Outcome.PASS:
            return ""
        case Outcome.TO_DO if not instance.rule.completeness:
            return waiting(instance, layout)
        case Outcome.NOT_TESTED:
            return f"{UNTESTED} {TO_TEST}"
    what = f"{place_of(instance, layout)}: {render(instance.message, layout.form, facts)}"
    if result.outcome is Outcome.EXPLAINED:
        return what
    return f"{what} {mending(render(instance.fix, layout.form, facts), box_of(instance, layout))}"
