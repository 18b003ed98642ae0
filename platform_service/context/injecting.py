"""What a session's context adds to a request that does not say it, and what the request adds to the context."""

import json

from platform_service.context.service import PersonContext
from platform_service.context.values import SAID_MOST, SessionContext, Turn, Working
from platform_service.runs.values import RunRequest
from platform_service.sql.transaction import Transaction

MOST_RECENT, MOST_SELECTED, MOST_INTENTS, INTENT_MOST = 20, 100, 10, 1_000
"""Together they stay within what a working context may take."""


def with_context(asked: RunRequest, context: SessionContext) -> RunRequest:
    """The request with what was said before in its session, and with where the person is, in the same scene.

    What the request says itself stands.
    """
    working, given = context.working, asked.model_fields_set
    added: dict[str, object] = {}
    if "recent_requests" not in given:
        said = [turn.text for turn in context.history.turns if turn.by == "creator"]
        added["recent_requests"] = tuple(said[-MOST_RECENT:])
    if working.project_id == asked.project_id and working.scene_id == (asked.scene_id or ""):
        if "selection" not in given:
            added["selection"] = working.selection
        if "viewpoint_m" not in given:
            added["viewpoint_m"] = working.viewpoint_m
    return asked.model_copy(update=added)


async def take_in(transaction: Transaction, mine: PersonContext, asked: RunRequest) -> None:
    """Keep where the person is and what they said, for the next request of the session."""
    before = (await mine.working_in(transaction, asked.session_id)).last_intents
    understood = asked.around.intent
    is_short = understood is not None and len(json.dumps(understood)) <= INTENT_MOST
    working = Working(
        project_id=asked.project_id,
        scene_id=asked.scene_id or "",
        selection=tuple(one[:128] for one in asked.selection[:MOST_SELECTED]),
        viewpoint_m=asked.viewpoint_m,
        last_intents=(*before, understood)[-MOST_INTENTS:] if understood is not None and is_short else before,
    )
    await mine.put_working(transaction, asked.session_id, working)
    await mine.add_turn(transaction, asked.session_id, Turn(by="creator", text=asked.request[:SAID_MOST]))
