"""The working context of the session that a call names: read once for it, and noted for its line in the log."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request

from platform_service.context.service import PersonContext
from platform_service.context.values import Working
from platform_service.sql.transaction import Transaction


def session_of(request: Request) -> str:
    """The session that a call is part of; empty where it names none."""
    return str(request.scope.get("session_id", ""))


async def working_in(transaction: Transaction, request: Request, mine: PersonContext) -> Working:
    """What the caller is at in that session, as the transaction sees it."""
    working = await mine.working_in(transaction, session_of(request))
    request.scope["working"] = working
    return working


def place_in(scope: Mapping[str, Any]) -> dict[str, str]:
    """Project and scene for a line in the log, where they were read and are known."""
    working = scope.get("working")
    if not isinstance(working, Working):
        return {}
    named = {"project": working.project_id, "scene": working.scene_id}
    return {name: value for name, value in named.items() if value}
