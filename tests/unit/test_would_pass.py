"""What would pass: the change that is found turns its rule, and one step less does not."""

from collections import Counter

import pytest

from tests.returns import answers, issuable, practice, systems
from workbook_gen.checks.run import complete, facts_of, run_rule, run_rules
from workbook_gen.checks.would_pass import Change, NoChange, would_pass
from workbook_gen.definition.expression import parse
from workbook_gen.definition.bind import Scope, bind
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.findings import Outcome
