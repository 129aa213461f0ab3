"""The seal: of these facts, under this key, and of no others."""

from dataclasses import fields, replace
from typing import Any

import pytest

from workbook_gen.excel.contents import Stamp
from workbook_gen.excel.seal import is_genuine, seal, sealed

KEY = bytes(range(32))
STAMP = Stamp("h2_2023_24", "1.0", "QYG", 3, "a" * 64, "b" * 64)
FACTS = [field.name for field in fields(Stamp) if field.name != "seal"]


def test_a_sealed_stamp_is_genuine_and_says_the_same() -> None:
    stamp = sealed(STAMP, KEY)
    assert is_genuine(stamp, KEY)
    assert replace(stamp, seal="") == STAMP
    assert len(stamp.seal) == 64
    assert sealed(STAMP, KEY) == stamp


@pytest.mark.parametrize("fact", FACTS)
def test_another_fact_breaks_it(fact: str) -> None:
    stamp = sealed(STAMP, KEY)
    changes: dict[str, Any] = {fact: 4 if fact == "issue" else getattr(stamp, fact) + "x"}
    assert not is_genuine(replace(stamp, **changes), KEY)


def test_every_fact_is_sealed() -> None:
    assert len(STAMP.lines()) == len(FACTS) == 6


def test_another_key_or_no_seal_is_not_genuine() -> None:
    assert not is_genuine(sealed(STAMP, KEY), bytes(32))
    assert not is_genuine(STAMP, KEY)


def test_a_seal_in_other_letters_is_not_genuine_and_no_crash() -> None:
    assert not is_genuine(replace(STAMP, seal="é"), KEY)


def test_facts_do_not_run_into_each_other() -> None:
    one, other = replace(STAMP, collection="h2", version="2023"), replace(STAMP, collection="h22", version="023")
    assert seal(one, KEY) != seal(other, KEY)
