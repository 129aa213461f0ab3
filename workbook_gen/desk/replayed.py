"""What a replay found, for people and for programs: what changes for whom, and how often each rule speaks."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbook_gen.desk.hit_rates import FirstTime, HitRate
from workbook_gen.desk.replay import Replayed, Turn
from workbook_gen.findings import Outcome

NOT_ASKED = "not_asked"
"""What stands for the outcome of a rule that was, or is, not asked."""
_OUTCOMES = (Outcome.PASS, Outcome.FAIL, Outcome.EXPLAINED, Outcome.WAIVED, Outcome.TO_DO, Outcome.NOT_TESTED)
_HEADINGS = ("Asked", "Pass", "Fail", "Explained", "Waived", "To do", "Not tested", "Hit rate")
_WIDTH = 110
_TURNED = tuple[str, str]


@dataclass(frozen=True)
class Findings:
    """Everything that a replay found; `title` is the collection's, with its version."""

    title: str
    every: bool
    replayed: Sequence[Replayed]
    rates: Sequence[HitRate]
    first: FirstTime

    @property
    def read(self) -> list[Replayed]:
        """The submissions that could be read again."""
        return [one for one in self.replayed if not one.unread]

    def rules(self, holds: Callable[[HitRate], bool]) -> list[str]:
        """The rules of which something holds, among those asked."""
        return [one.rule.id for one in self.rates if one.asked and holds(one)]

    @property
    def never_speak(self) -> list[str]:
        """The rules that are asked and never speak."""
        return self.rules(lambda one: one.is_silent)

    @property
    def always_explained(self) -> list[str]:
        """The rules that are explained wherever they speak."""
        return self.rules(lambda one: one.is_always(Outcome.EXPLAINED))

    @property
    def always_waived(self) -> list[str]:
        """The rules that are waived wherever they speak."""
        return self.rules(lambda one: one.is_always(Outcome.WAIVED))


def as_text(found: Findings) -> Iterator[str]:
    """What changes for whom, the hit rates, and which rules might be dropped or mended."""
    which = "every one that was read" if found.every else "of each organisation the latest that was read"
    yield f"{found.title}: {len(found.read)} submissions under the rules at hand, {which}."
    for one in found.replayed:
        if one.unread:
            yield f"Left out: {one.entry.organisation}, submission {one.entry.number}. {one.unread}"
    yield ""
    yield from _changes(found)
    yield ""
    yield from _table(found.rates)
    yield ""
    for title, rules in (
        ("Never speak", found.never_speak),
        ("Always explained", found.always_explained),
        ("Always waived", found.always_waived),
    ):
        if rules:
            yield from _wrapped(f"{title}: ", rules)
    yield _first(found.first)


def _changes(found: Findings) -> Iterator[str]:
    turned = _turned(found.read)
    if not turned:
        yield "No rule says anything else than when the returns came."
        return
    yield "What changes, by rule:"
    trials = {one.rule.id for one in found.rates if one.rule.trial}
    for rule, turns in turned.items():
        yield f"  {rule}{'  (on trial)' if rule in trials else ''}"
        for (was, now), whose in turns.items():
            counted = f"{len(whose)} submission{'s' * (len(whose) > 1)}"
            yield from _wrapped(
                f"    {_words(was)} to {_words(now)}, {counted}: ", [_whose(*one, found.every) for one in whose.items()]
            )


def _turned(read: Iterable[Replayed]) -> dict[str, dict[_TURNED, dict[tuple[str, int], int]]]:
    """In how many places which submission turns, by rule and by what was said and is."""
    found: dict[str, dict[_TURNED, dict[tuple[str, int], int]]] = {}
    for one in read:
        whose = one.entry.organisation, one.entry.number
        for turn in one.turns:
            places = found.setdefault(turn.rule, {}).setdefault((_key(turn.was), _key(turn.now)), {})
            places[whose] = places.get(whose, 0) + 1
    return found


def _whose(submission: tuple[str, int], places: int, numbered: bool) -> str:
    code, number = submission
    return f"{code}{f' submission {number}' if numbered else ''}{f' in {places} places' if places > 1 else ''}"


def _key(outcome: Outcome | None) -> str:
    return outcome.value if outcome else NOT_ASKED


def _words(outcome: str) -> str:
    return f"'{outcome.replace('_', ' ')}'" if "_" in outcome else outcome


def _wrapped(start: str, names: Sequence[str]) -> Iterator[str]:
    yield from textwrap.wrap(start + ", ".join(names), _WIDTH, subsequent_indent=" " * 6, break_on_hyphens=False)


def _table(rates: Sequence[HitRate]) -> Iterator[str]:
    yield f"{'Rule':<9}{'Severity':<13}" + "".join(f"{heading:>{len(heading) + 2}}" for heading in _HEADINGS)
    for one in rates:
        counts = [one.asked, *(one.outcomes.get(outcome, 0) for outcome in _OUTCOMES)]
        rate = "-" if one.rate is None else f"{one.rate:.1%}"
        cells = zip(_HEADINGS, [*(f"{count:,}" for count in counts), rate], strict=True)
        severity = f"{one.rule.severity}{', trial' if one.rule.trial else ''}"
        yield f"{one.rule.id:<9}{severity:<13}" + "".join(f"{cell:>{len(heading) + 2}}" for heading, cell in cells)


def _first(first: FirstTime) -> str:
    said = f"First submission without a fix or an unexplained look: {first.passed} of {first.organisations} organisations"
    share = f" ({first.passed / first.organisations:.0%})" if first.organisations else ""
    now = "" if first.would_pass is None else f"; under the rules at hand {first.would_pass}"
    return f"{said}{share} when they came{now}."


def as_json(found: Findings) -> dict[str, Any]:
    """The object of `replay --json`, without its schema."""
    first = found.first
    return {
        "submissions": len(found.read),
        "every": found.every,
        "left_out": [_left_out(one) for one in found.replayed if one.unread],
        "changes": [_change(one, turn) for one in found.read for turn in one.turns],
        "rules": [_rate(one) for one in found.rates],
        "never_speak": found.never_speak,
        "always_explained": found.always_explained,
        "always_waived": found.always_waived,
        "first_time": {"organisations": first.organisations, "passed": first.passed, "would_pass": first.would_pass},
    }


def _left_out(one: Replayed) -> dict[str, Any]:
    return {
        "organisation": one.entry.organisation,
        "number": one.entry.number,
        "why": one.unread,
        "original_lost": one.original_lost,
    }


def _change(one: Replayed, turn: Turn) -> dict[str, Any]:
    return {
        "organisation": one.entry.organisation,
        "number": one.entry.number,
        "rule": turn.rule,
        "table": turn.table,
        "line": turn.line,
        "month": turn.month,
        "before": _key(turn.was),
        "after": _key(turn.now),
        "found_before": turn.before.found if turn.before else None,
        "found_after": turn.after.found if turn.after else None,
    }


def _rate(one: HitRate) -> dict[str, Any]:
    return {
        "rule": one.rule.id,
        "title": one.rule.title,
        "severity": one.rule.severity,
        "trial": one.rule.trial,
        "asked": one.asked,
        "tested": one.tested,
        **{outcome.value: one.outcomes.get(outcome, 0) for outcome in _OUTCOMES},
        "hits": one.hits,
        "hit_rate": one.rate,
        "organisations": one.organisations,
    }


def as_csv_rows(found: Findings) -> Iterator[list[Any]]:
    """A row for each rule under a heading, with what changes in words; a rule that is asked no more has no counts."""
    turned = {rule: _in_words(turns, found.every) for rule, turns in _turned(found.read).items()}
    rows = [_rate(one) for one in found.rates]
    yield [*(rows[0] if rows else {}), "changes"]
    for row in rows:
        yield [*row.values(), turned.pop(row["rule"], "")]
    for rule, words in turned.items():
        yield [rule, *[""] * (len(rows[0]) - 1 if rows else 0), words]


def _in_words(turns: Mapping[_TURNED, Mapping[tuple[str, int], int]], numbered: bool) -> str:
    return "; ".join(
        f"{_words(was)} to {_words(now)}: {', '.join(_whose(*one, numbered) for one in whose.items())}"
        for (was, now), whose in turns.items()
    )
