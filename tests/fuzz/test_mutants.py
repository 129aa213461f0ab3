"""No file, however spoiled, makes the reader fail, and nothing that was issued differs without somebody being told."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest

from tests.fuzz.campaign import LIMIT, Campaign, examine
from tests.fuzz.mutants import NAMES, is_of_libreoffice, mutant
from tests.fuzz.replay import checked
from tests.garbage import left_by

SEED = 4
ROUNDS = 61
"""Every mutation so many times: 5,000 mutants and a few."""
CHUNKS = 8
PARTS, PART = 20, 5_000
"""The soak: 100,000 mutants."""
Record = Callable[[str, object], None]


def numbers(rounds: range) -> list[int]:
    """The numbers of the mutants of some rounds; in a round each mutation occurs once."""
    return [number for one in rounds for number in range(one * len(NAMES), (one + 1) * len(NAMES))]


def accept(campaign: Campaign, name: str, record: Record) -> None:
    """Record what came of it, and fail where a property did not hold."""
    record(name, campaign.summary)
    assert campaign.breaches == []
    assert campaign.names == set(NAMES)
    assert campaign.slowest < LIMIT


def test_there_are_five_thousand() -> None:
    assert len(NAMES) * ROUNDS >= 5_000
    assert len(numbers(range(ROUNDS))) == len(NAMES) * ROUNDS


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_mutant_of_our_files_is_refused_told_or_the_same(chunk: int, record_property: Record) -> None:
    ours = [number for number in numbers(range(chunk, ROUNDS, CHUNKS)) if not is_of_libreoffice(number)]
    accept(examine(SEED, ours), f"fuzz, part {chunk + 1} of {CHUNKS}", record_property)


def test_no_mutant_leaves_anything_that_refers_to_itself() -> None:
    """A child never looks for such garbage."""
    mutants = [mutant(SEED, number) for number in numbers(range(1)) if not is_of_libreoffice(number)]
    left = {one.name: left_by(partial(checked, one)) for one in mutants}
    assert left == dict.fromkeys(NAMES, 0)


@pytest.mark.libreoffice
def test_every_mutant_of_files_saved_by_libreoffice_is_refused_told_or_the_same(record_property: Record) -> None:
    saved = [number for number in numbers(range(ROUNDS)) if is_of_libreoffice(number)]
    accept(examine(SEED, saved), "fuzz, files saved by LibreOffice", record_property)


@pytest.mark.soak
@pytest.mark.libreoffice
@pytest.mark.parametrize("part", range(PARTS))
def test_a_hundred_thousand_mutants(part: int, record_property: Record) -> None:
    """With the day as its seed, or with that of FUZZ_SEED."""
    seed = int(os.environ.get("FUZZ_SEED") or f"{datetime.now(UTC):%Y%m%d}")
    campaign = examine(seed, range(part * PART, (part + 1) * PART))
    record_property(f"fuzz, part {part + 1} of {PARTS} by mutation", "\n" + campaign.table())
    accept(campaign, f"fuzz, part {part + 1} of {PARTS}, seed {seed}", record_property)
