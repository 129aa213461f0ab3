"""Queries: what an organisation is asked about, and what becomes of it with its next submission."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbook_gen.desk.check import CheckedReturn, RuleResult
from workbook_gen.desk.docket import PREFILL_CHANGED, DecisionError, Docket, is_asked
from workbook_gen.desk.register.canonical import storable
from workbook_gen.desk.register.cases import ITS_TURN, About, Query, QueryState, Words
from workbook_gen.desk.sign_off import signed
from workbook_gen.findings import Finding, Outcome

_NOT_COMPARED = "STR-108"
_GONE = ("STR-202", "STR-205", "STR-206", "STR-207", "STR-208")
"""The codes of lines, columns and tables that were not found, or stand twice."""


@dataclass(frozen=True)
class Followed:
    """A submission that counts, by its id, with what it says about each rule; `replies` are those on its sheet Queries."""

    organisation: str
    submission: int
    version: str
    findings: Mapping[About, Finding]
    outcomes: Mapping[About, Outcome]
    explanations: Mapping[About, str]
    replies: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, organisation: str, submission: int, checked: CheckedReturn) -> "Followed":
        """What a checked return says."""
        results = {about_of(result): result for result in checked.results}
        return cls(
            organisation,
            submission,
            checked.identity.version if checked.identity else "",
            {About.of(finding): finding for finding in checked.findings},
            {about: result.outcome for about, result in results.items()},
            {about: storable(result.explanation) for about, result in results.items()},
            {number: storable(reply.text) for number, reply in checked.replies.items()},
        )

    def is_compared(self, table: str) -> bool:
        """Whether the figures of the centre in a table were found, and compared with those issued."""
        gone = any(about.code in _GONE and about.table == table for about in self.findings)
        return not gone and all(about.code != _NOT_COMPARED for about in self.findings)


def about_of(result: RuleResult) -> About:
    """What a rule instance is about, as its finding says it."""
    at = result.at
    return About(result.rule, result.table, result.line or (at.line if at else ""), at.column if at else "")


def decided(docket: Docket, numbers: Iterable[int], state: QueryState, remark: str, by: str) -> list[Query]:
    """The queries accepted or pressed. Raises `DecisionError` where one is not there, or there is nothing to decide on."""
    if state is QueryState.PRESSED and signed(docket):
        raise DecisionError(f"{docket.organisation} is signed off: withdraw that first, with sign-off --withdraw.")
    known = {query.number: query for query in docket.cases.queries}
    found = []
    for number in dict.fromkeys(numbers):
        query = known.get(number)
        name = f"Query {number} of {docket.organisation}"
        if query is None:
            raise DecisionError(f"There is no query {number} of {docket.organisation}: workbook-gen queries lists them.")
        if query.state is QueryState.SETTLED:
            raise DecisionError(f"{name} is settled: what was asked about is no longer so.")
        if (query.state, query.remark) == (state, remark) or query.state is state is QueryState.ACCEPTED:
            raise DecisionError(f"{name} is {state.value} already, by {query.decided_by}.")
        if state is QueryState.PRESSED and query.state is QueryState.OPEN:
            raise DecisionError(f"{name} is open: it has no answer yet that could be pressed.")
        if state is QueryState.ACCEPTED and not query.answer and not remark:
            raise DecisionError(f"{name} has no answer. Say with --remark why it is accepted all the same.")
        found.append(replace(query, position=query.position + 1, state=state, remark=remark, decided_by=by, event=0))
    return found


def follow(known: Sequence[Query], sent: Followed) -> tuple[Query, ...]:
    """The queries that are new or changed with a submission, each as it stands from then on.

    A query is asked where a look fails or is explained, and where a prefilled figure was changed. It is answered by an
    explanation or a reply, opened again where its figures change and nobody says why, and settled where its cause is gone.
    """
    return (*_seen_again(known, sent), *_new(known, sent))


def _seen_again(known: Sequence[Query], sent: Followed) -> Iterator[Query]:
    for query in known:
        finding = sent.findings.get(query.about)
        is_said = finding is not None and is_asked(finding)
        now = _as_said(query, finding, sent) if finding and is_said else _without_cause(query, sent)
        if now != query:
            yield replace(now, position=query.position + 1, submission=sent.submission, event=0)


def _new(known: Sequence[Query], sent: Followed) -> Iterator[Query]:
    before = {query.about for query in known}
    number = max((query.number for query in known), default=0)
    for about, finding in sent.findings.items():
        if is_asked(finding) and about not in before:
            number += 1
            never = Query(sent.organisation, number, 1, QueryState.SETTLED, about, Words.of(finding), sent.submission)
            yield _as_said(never, finding, sent)


def _as_said(query: Query, finding: Finding, sent: Followed) -> Query:
    """The query beside what its finding says now. While figures and answer are the same, it stands as it stood."""
    words = Words.of(finding)
    explanation = sent.explanations.get(query.about, "") if finding.outcome is Outcome.EXPLAINED else ""
    is_new = words != query.words or query.state is QueryState.SETTLED
    reply = sent.replies.get(query.number) or ("" if is_new else query.reply)
    if not is_new and (explanation, reply) == (query.explanation, query.reply):
        return query
    return replace(
        query,
        state=QueryState.ANSWERED if explanation or reply else QueryState.OPEN,
        words=words,
        remedy=finding.remedy,
        sheet=finding.sheet,
        cell=finding.cell,
        label=finding.label,
        explanation=explanation,
        reply=reply,
        remark="",
        decided_by="",
    )


def _without_cause(query: Query, sent: Followed) -> Query:
    """The query where its finding is not made: settled where the rule passes or is not asked any more, or the figure is ours.

    A rule that is to do or not tested says nothing yet.
    """
    reply = sent.replies.get(query.number) or query.reply
    if query.state in ITS_TURN and reply != query.reply:
        query = replace(query, state=QueryState.ANSWERED, remark="", decided_by="")
    if query.state is QueryState.SETTLED:
        return replace(query, reply=reply)
    is_ours = query.about.code == PREFILL_CHANGED
    outcome = sent.outcomes.get(query.about)
    if outcome is Outcome.PASS or (is_ours and sent.is_compared(query.about.table)):
        return replace(query, state=QueryState.SETTLED, reply=reply, remark="", decided_by="")
    if outcome is None and not is_ours:
        remark = f"Not asked in version {sent.version}."
        return replace(query, state=QueryState.SETTLED, reply=reply, remark=remark, decided_by="")
    return replace(query, reply=reply)
