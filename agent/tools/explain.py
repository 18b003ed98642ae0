"""Why a work is here: what its placement remembers of the words, the score and the reason that chose it."""

from agent.desk import Call, Desk, Outcome
from agent.tools.tool import Arguments, Tool
from agent.wording import quoted
from scene.records import Placement

_MOST = 5


class ExplainArguments(Arguments):
    """The works by placement id."""

    ids: tuple[str, ...]


async def _explain(arguments: ExplainArguments, call: Call, desk: Desk) -> Outcome:
    works = [work for i in arguments.ids if isinstance(work := desk.scene.get(i), Placement)]
    desk.said += [explained(work) for work in works[:_MOST]]
    if len(works) > _MOST:
        desk.said.append(f"{len(works) - _MOST} more were chosen in the same way.")
    return Outcome(f"{len(works)} explained")


def explained(work: Placement) -> str:
    """One or two sentences about one work."""
    name, came_by = quoted(work.title or "This work"), work.provenance
    pinned = " It is pinned." if work.pinned else ""
    if came_by.author == "user" or not (came_by.query or came_by.reason or came_by.score is not None):
        return f"{name} was hung by hand.{pinned}"
    asked = f" for {came_by.query}" if came_by.query else ""
    score = f" It scored {came_by.score:.2f}." if came_by.score is not None else ""
    reason = f" {came_by.reason[:1].upper()}{came_by.reason[1:]}." if came_by.reason else ""
    group = f" It hangs with {quoted(work.group)}." if work.group else ""
    return f"{name} was chosen{asked}.{reason.replace('..', '.')}{score}{group}{pinned}"


EXPLAIN = Tool("explain", "Look up why", ExplainArguments, _explain)
