"""The caller's own context: sessions, working context, preferences, long-term memory."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import Field

from platform_service.context.kinds import KindName
from platform_service.context.service import PersonContext
from platform_service.context.values import (
    History,
    Memories,
    Memory,
    Preferences,
    SessionContext,
    SessionNamed,
    Strict,
    Turn,
    Working,
)
from platform_service.http.roles import VIEWER
from platform_service.http.working import Mine
from platform_service.http.writes import Effect, Once, Writes
from platform_service.sql.transaction import Transaction

router = APIRouter(tags=["context"])
SessionId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:-]+$")]
NamedSo = Annotated[str, Path(min_length=1, max_length=120, pattern=r"^[A-Za-z0-9._:-]+$")]


class Preference(Strict):
    """The value of a preference."""

    value: Annotated[Any, Field(description="Any JSON value; null takes the preference back.")] = None


@router.get("/v1/context/sessions", dependencies=[VIEWER])
async def sessions(mine: Mine) -> list[SessionNamed]:
    """The caller's sessions, latest first."""
    return list(await mine.sessions())


@router.get("/v1/context/sessions/{session_id}", dependencies=[VIEWER])
async def of_session(session_id: SessionId, mine: Mine) -> SessionContext:
    """All that a turn of the session is given; empty for a session that nothing is known of."""
    return await mine.of_session(session_id)


@router.post("/v1/context/sessions/{session_id}/turns", dependencies=[VIEWER], status_code=201, response_model=History)
async def add_turn(session_id: SessionId, body: Turn, mine: Mine, once: Once) -> Response:
    """Add what was said; the oldest turns become a summary when there is no room."""

    async def effect(transaction: Transaction) -> History:
        return await mine.add_turn(transaction, session_id, body)

    return await _settled(once, effect, mine, ("history",), session_id, 201)


@router.put("/v1/context/sessions/{session_id}/working", dependencies=[VIEWER], response_model=Working)
async def put_working(session_id: SessionId, body: Working, mine: Mine, once: Once) -> Response:
    """Replace what the caller is at in this session."""

    async def effect(transaction: Transaction) -> Working:
        return await mine.put_working(transaction, session_id, body)

    return await _settled(once, effect, mine, ("working",), session_id)


@router.delete("/v1/context/sessions/{session_id}", dependencies=[VIEWER], status_code=204, response_class=Response)
async def end_session(session_id: SessionId, mine: Mine, once: Once) -> Response:
    """Forget a session: its history and its working context."""

    async def effect(transaction: Transaction) -> None:
        await mine.end_session(transaction, session_id)

    return await _settled(once, effect, mine, ("history", "working"), session_id)


@router.get("/v1/context/preferences", dependencies=[VIEWER])
async def preferences(mine: Mine) -> dict[str, Any]:
    """What the caller set, by name."""
    return await mine.preferences()


@router.put("/v1/context/preferences/{name}", dependencies=[VIEWER], response_model=Preferences)
async def put_preference(name: NamedSo, body: Preference, mine: Mine, once: Once) -> Response:
    """Set a preference, or take it back with null."""

    async def effect(transaction: Transaction) -> Preferences:
        return await mine.put_preference(transaction, name, body.value)

    return await _settled(once, effect, mine, ("preferences",))


@router.get("/v1/context/memory", dependencies=[VIEWER])
async def memory(mine: Mine) -> dict[str, Memory]:
    """What the caller wants remembered, by name."""
    return await mine.memory()


@router.put("/v1/context/memory/{name}", dependencies=[VIEWER], response_model=Memories)
async def remember(name: NamedSo, body: Memory, mine: Mine, once: Once) -> Response:
    """Remember something for good."""

    async def effect(transaction: Transaction) -> Memories:
        return await mine.put_memory(transaction, name, body)

    return await _settled(once, effect, mine, ("memory",))


@router.delete("/v1/context/memory/{name}", dependencies=[VIEWER], response_model=Memories)
async def forget(name: NamedSo, mine: Mine, once: Once) -> Response:
    """Forget something."""

    async def effect(transaction: Transaction) -> Memories:
        return await mine.put_memory(transaction, name, None)

    return await _settled(once, effect, mine, ("memory",))


async def _settled(
    once: Writes, effect: Effect, mine: PersonContext, kinds: tuple[KindName, ...], name: str = "", status: int = 200
) -> Response:
    answer = await once.run(effect, status)
    for kind in kinds:
        await mine.settled(kind, name)
    return answer
