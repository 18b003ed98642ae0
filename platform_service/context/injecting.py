"""What a session's context adds to a request that does not say it, and what the request adds to the context."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from agent.intent import Intent
from platform_service.context.service import PersonContext
from platform_service.context.values import SAID_MOST, SessionContext, Turn, Working
from platform_service.runs.values import RunRequest
from platform_service.sql.transaction import Transaction

MOST_RECENT, MOST_SELECTED, MOST_INTENTS, INTENT_MOST = 20, 100, 10, 1_000
"""Together they stay within what a working context may take."""


def with_context(asked: RunRequest, context: SessionContext) -> RunRequest:
    """The request with what was said and understood before in its session, and with where the person is in its scene.

    What the request says itself stands.
    """
    working, given = context.working, asked.model_fields_set
    added: dict[str, object] = {}
    if "recent_requests" not in given:
        said = [turn.text for turn in context.history.turns if turn.by == "creator"]
        added["recent_requests"] = tuple(said[-MOST_RECENT:])
    if working.project_id == asked.project_id:
        understood = tuple(_readable(working.last_intents))
        if "last_intents" not in asked.around.model_fields_set:
            plain = tuple(one.model_dump(mode="json", exclude_defaults=True) for one in understood)
            added["around"] = asked.around.model_copy(update={"last_intents": plain})
        if "last_query" not in given and understood:
            added["last_query"] = understood[-1].query
    if working.project_id == asked.project_id and working.scene_id == (asked.scene_id or ""):
        if "selection" not in given:
            added["selection"] = working.selection
        if "viewpoint_m" not in given:
            added["viewpoint_m"] = working.viewpoint_m
    return asked.model_copy(update=added)


async def take_in(transaction: Transaction, mine: PersonContext, asked: RunRequest) -> None:
    """Keep where the person is and what they said, for the next request of the session."""
    before = (await mine.working_in(transaction, asked.session_id)).last_intents
    working = Working(
        project_id=asked.project_id,
        scene_id=asked.scene_id or "",
        selection=tuple(one[:128] for one in asked.selection[:MOST_SELECTED]),
        viewpoint_m=asked.viewpoint_m,
        last_intents=_and_then(before, asked.around.intent),
    )
    await mine.put_working(transaction, asked.session_id, working)
    await mine.add_turn(transaction, asked.session_id, Turn(by="creator", text=asked.request[:SAID_MOST]))


async def keep_understood(
    transaction: Transaction, mine: PersonContext, session_id: str, project_id: str, understood: dict[str, Any]
) -> bool:
    """Keep what a run was understood as, unless the session is elsewhere by now; whether anything was kept."""
    working = await mine.working_in(transaction, session_id)
    intents = _and_then(working.last_intents, understood)
    if working.project_id != project_id or intents == working.last_intents:
        return False
    await mine.put_working(transaction, session_id, working.model_copy(update={"last_intents": intents}))
    return True


def _and_then(before: tuple[dict[str, Any], ...], understood: dict[str, Any] | None) -> tuple[dict[str, Any], ...]:
    """With one more, which is not too long and not the latest already."""
    if not understood or len(json.dumps(understood)) > INTENT_MOST or before[-1:] == (understood,):
        return before
    return (*before, understood)[-MOST_INTENTS:]


def _readable(intents: tuple[dict[str, Any], ...]) -> Iterator[Intent]:
    """What was kept as a client sent it: what is no intent is left out."""
    for one in intents:
        with suppress(ValidationError):
            yield Intent.model_validate(one)
