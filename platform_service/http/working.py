"""The working context of the session that a call names: what the call uses, and what its line in the log tells."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Request

from platform_service.context.places import Session, place_of
from platform_service.context.service import PersonContext
from platform_service.context.values import Working
from platform_service.http.parts import Parts, Whole
from platform_service.http.roles import Calling
from platform_service.identity.caller import Caller
from platform_service.sql.transaction import Transaction


def session_of(request: Request) -> str:
    """The session that a call is part of; empty where it names none."""
    return str(request.scope.get("session_id", ""))


async def working_in(transaction: Transaction, request: Request, mine: PersonContext) -> Working:
    """What the caller is at in that session, as the transaction sees it."""
    working = await mine.working_in(transaction, session_of(request))
    request.scope["place"] = place_of(working)
    return working


async def person_of(parts: Parts, caller: Calling) -> PersonContext:
    """The caller's own context; nobody else's can be named."""
    return PersonContext(parts.database, parts.context, caller.user)


Mine = Annotated[PersonContext, Depends(person_of)]


async def placed(request: Request, whole: Whole) -> None:
    """Every call that names its session is told with the project and the scene of that; a write reads it anew."""
    session_id, caller = session_of(request), request.scope.get("caller")
    if session_id and whole.places is not None and isinstance(caller, Caller):
        mine = await person_of(await whole.tenancy.of(caller.tenant), caller)
        request.scope["place"] = await whole.places.of(_session(caller, session_id), mine)


def keep_place(request: Request, whole: Whole, caller: Caller) -> None:
    """What a write that was committed read of its session is what other calls of it are told with."""
    session_id, place = session_of(request), request.scope.get("place")
    if session_id and place is not None and whole.places is not None:
        whole.places.note(_session(caller, session_id), place)


def place_in(scope: Mapping[str, Any]) -> dict[str, str]:
    """Project and scene for a line in the log, where they were read and are known."""
    return dict(scope.get("place") or {})


def _session(caller: Caller, session_id: str) -> Session:
    return caller.tenant, caller.user, session_id
