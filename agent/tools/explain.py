"""Why a work is here: the words, score and reason that chose it, the step that hung it, who and when, and since."""

from datetime import datetime

from agent.desk import Call, Desk, Outcome
from agent.ports.context import Deed, TurnContext
from agent.tools.tool import Arguments, Tool
from agent.wording import counted, listed, quoted
from scene.records import Placement

_MOST = 5
_WHO = {"user": "you", "agent": "me, as you approved", "remote": "somebody else"}


class ExplainArguments(Arguments):
    """The works by placement id."""

    ids: tuple[str, ...]


async def _explain(arguments: ExplainArguments, call: Call, desk: Desk) -> Outcome:
    works = [work for i in arguments.ids if isinstance(work := desk.scene.get(i), Placement)]
    desk.said += [explained(work, desk.context) for work in works[:_MOST]]
    if len(works) > _MOST:
        desk.said.append(f"{len(works) - _MOST} more were chosen in the same way.")
    return Outcome(f"{len(works)} explained")


def explained(work: Placement, context: TurnContext | None = None) -> str:
    """A few sentences about one work: query, score, step, rule, preference, who and when."""
    deeds = context.deeds if context is not None else ()
    parts = [_chosen(work)]
    parts += _hung(work, deeds)
    parts += [f"It hangs with {quoted(work.group)}."] if work.group else []
    parts += _since(work, deeds)
    parts += ["It is pinned."] if work.pinned else []
    return " ".join(part for part in parts if part)


def _chosen(work: Placement) -> str:
    name, came_by = quoted(work.title or "This work"), work.provenance
    if came_by.author == "user" or not (came_by.query or came_by.reason or came_by.score is not None):
        return f"{name} was hung by hand."
    asked = f" for {came_by.query}" if came_by.query else ""
    reason = f" {came_by.reason[:1].upper()}{came_by.reason[1:]}." if came_by.reason else ""
    score = f" It scored {came_by.score:.2f}." if came_by.score is not None else ""
    return f"{name} was chosen{asked}.{reason.replace('..', '.')}{score}"


def _hung(work: Placement, deeds: tuple[Deed, ...]) -> list[str]:
    """The step that hung it as it is; before approval there is none."""
    turn_id = work.provenance.turn_id
    step = next((deed for deed in reversed(deeds) if turn_id and deed.turn_id == turn_id), None)
    if step is None:
        return ["It is proposed, and not approved yet."] if turn_id and deeds else []
    said = f", when you said {quoted(step.request, 80)}" if step.request else ""
    told = [f"It was hung in the step {quoted(step.name, 80)} by {_WHO.get(step.author, step.author)}"
            f"{_when(step.at)}{said}."]  # fmt: skip
    if step.because:
        told.append(f"These preferences shaped it: {listed(step.because[:3])}.")
    return told


def _since(work: Placement, deeds: tuple[Deed, ...]) -> list[str]:
    """What hands did to it afterwards."""
    touched = [deed for deed in deeds if work.id in deed.works]
    if not touched:
        return []
    last = touched[-1]
    more = f", after {counted(len(touched) - 1, 'earlier edit')}" if len(touched) > 1 else ""
    return [f"Since then you did {quoted(last.name, 60)}{_when(last.at)}{more}."]


def _when(at: str) -> str:
    try:
        return f" on {datetime.fromisoformat(at):%d %B %Y at %H:%M} UTC" if at else ""
    except ValueError:
        return ""


EXPLAIN = Tool("explain", "Look up why", ExplainArguments, _explain)
