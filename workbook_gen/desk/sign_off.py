"""Sign-off: the centre accepts a submission, once nothing in it is left to be mended, answered or decided."""

from collections.abc import Iterator
from dataclasses import replace

from workbook_gen.desk.docket import DecisionError, Docket, is_asked
from workbook_gen.desk.register.cases import ITS_TURN, About, QueryState, SignOff, SignOffState
from workbook_gen.findings import State


def obstacles(docket: Docket) -> Iterator[str]:
    """What has to be done before an organisation's submission can be signed off."""
    if docket.entry is None:
        yield "it has sent nothing that could be read as its return"
        return
    if docket.entry.state is State.FIX:
        yield f"submission {docket.entry.number} has findings to fix"
    asked = {query.about for query in docket.cases.queries}
    never = sum(is_asked(finding) and About.of(finding) not in asked for finding in docket.findings)
    if never:
        yield f"nobody was asked about {never} of its findings, which came before queries were kept: it is to send again"
    for states, whose in ((ITS_TURN, "it has"), ((QueryState.ANSWERED,), "the centre has")):
        numbers = ", ".join(str(query.number) for query in docket.queries(*states))
        if numbers:
            yield f"{whose} to {'answer' if whose == 'it has' else 'accept or press'} queries {numbers}"


def signed(docket: Docket) -> SignOff | None:
    """The sign-off of the submission that counts, None where it has none: one of other bytes counts for those alone."""
    entry = docket.entry
    found = [one for one in docket.cases.sign_offs if one.state is SignOffState.SIGNED and entry and one.sha256 == entry.sha256]
    return found[-1] if found else None


def accepted(docket: Docket, remark: str, by: str) -> list[SignOff]:
    """The sign-off of the submission that counts. Raises `DecisionError` where something is in the way."""
    if reasons := list(obstacles(docket)):
        raise DecisionError(f"{docket.organisation} cannot be signed off: {'; '.join(reasons)}.")
    assert docket.entry is not None
    if one := signed(docket):
        raise DecisionError(
            f"Submission {docket.entry.number} of {docket.organisation} is signed off already, by {one.signed_by}."
        )
    number = max((one.number for one in docket.cases.sign_offs), default=0) + 1
    return [SignOff(docket.organisation, number, 1, SignOffState.SIGNED, docket.entry.sha256, remark, by, docket.entry.id)]


def withdrawn(docket: Docket, remark: str, by: str) -> list[SignOff]:
    """The sign-off of the submission that counts, taken back. Raises `DecisionError` where it has none."""
    one = signed(docket)
    if one is None:
        raise DecisionError(f"The submission of {docket.organisation} that counts is not signed off.")
    changed = replace(one, state=SignOffState.WITHDRAWN, remark=remark, signed_by=by, event=0)
    return [replace(changed, position=one.position + 1)]
