"""What may be done with the context of one person; every change is part of the caller's transaction."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

from platform_service.context.kinds import KindName
from platform_service.context.store import ContextStore, Place, current, names
from platform_service.context.values import (
    History,
    Memories,
    Memory,
    Preferences,
    SessionContext,
    SessionNamed,
    Turn,
    Working,
)
from platform_service.errors import NotFound
from platform_service.sql.database import TenantDatabase, now
from platform_service.sql.transaction import Transaction

Value = TypeVar("Value", bound=BaseModel)
SESSION_KINDS: tuple[KindName, ...] = ("history", "working")
SESSIONS_MOST = 200


class PersonContext:
    """The context of one person of one tenant."""

    def __init__(self, database: TenantDatabase, store: ContextStore, owner: str) -> None:
        self._database = database
        self._store = store
        self._owner = owner

    async def sessions(self) -> tuple[SessionNamed, ...]:
        """The sessions with anything in them, latest first."""
        async with self._database.reading() as transaction:
            found = await names(transaction, self._owner, "history", SESSIONS_MOST)
        return tuple(SessionNamed(session_id=name, updated=updated) for name, updated in found)

    async def of_session(self, session_id: str) -> SessionContext:
        """All that a turn of the session is given."""
        return SessionContext(
            session_id=session_id,
            history=await self._read("history", session_id, History()),
            working=await self.working(session_id),
            preferences=(await self._read("preferences", "", Preferences())).values,
            memory=(await self._read("memory", "", Memories())).notes,
        )

    async def working(self, session_id: str) -> Working:
        """What the person is at in a session."""
        return await self._read("working", session_id, Working())

    async def preferences(self) -> dict[str, Any]:
        """What the person set."""
        return (await self._read("preferences", "", Preferences())).values

    async def memory(self) -> dict[str, Memory]:
        """What the person wants remembered."""
        return (await self._read("memory", "", Memories())).notes

    async def add_turn(self, transaction: Transaction, session_id: str, turn: Turn) -> History:
        """Add what was said; the oldest turns go into the summary when there is no room."""
        said = turn if turn.at else turn.model_copy(update={"at": now()})
        return await self._change(transaction, "history", session_id, History(), lambda past: past.and_then(said))

    async def working_in(self, transaction: Transaction, session_id: str) -> Working:
        """What the person is at, as the transaction sees it."""
        kept = await current(transaction, self._place("working", session_id))
        return Working() if kept is None else Working.model_validate_json(kept.document)

    async def put_working(self, transaction: Transaction, session_id: str, working: Working) -> Working:
        """Replace what the person is at."""
        return await self._change(transaction, "working", session_id, Working(), lambda _: working)

    async def end_session(self, transaction: Transaction, session_id: str) -> None:
        """Forget a session; raises NotFound."""
        gone = [await self._store.erase(transaction, self._place(kind, session_id)) for kind in SESSION_KINDS]
        if not any(gone):
            raise NotFound(f"There is no session {session_id}.", "Nothing was changed.", "Look at the list.")

    async def put_preference(self, transaction: Transaction, name: str, value: Any) -> Preferences:
        """Set one preference; None takes it back."""

        def change(before: Preferences) -> Preferences:
            return Preferences(values=_with(before.values, name, value))

        return await self._change(transaction, "preferences", "", Preferences(), change)

    async def put_memory(self, transaction: Transaction, name: str, note: Memory | None) -> Memories:
        """Remember something, or with None forget it; raises NotFound for what is not there."""

        def change(before: Memories) -> Memories:
            if note is None and name not in before.notes:
                raise NotFound(f"Nothing is remembered as {name}.", "Nothing was changed.", "Look at the list.")
            return Memories(notes=_with(before.notes, name, note))

        return await self._change(transaction, "memory", "", Memories(), change)

    async def settled(self, kind: KindName, name: str = "") -> None:
        """The transaction of a change was committed."""
        await self._store.settled(self._place(kind, name))

    def _place(self, kind: KindName, name: str) -> Place:
        return Place(self._owner, kind, name)

    async def _read(self, kind: KindName, name: str, empty: Value) -> Value:
        kept = await self._store.read(self._place(kind, name))
        return empty if kept is None else type(empty).model_validate_json(kept.document)

    async def _change(
        self, transaction: Transaction, kind: KindName, name: str, empty: Value, change: Callable[[Value], Value]
    ) -> Value:
        place = self._place(kind, name)
        await transaction.lock(f"context {place.owner} {place.kind} {place.name}")
        kept = await current(transaction, place)
        changed = change(empty if kept is None else type(empty).model_validate_json(kept.document))
        await self._store.write(transaction, place, changed.model_dump_json())
        return changed


def _with(values: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    changed = {key: old for key, old in values.items() if key != name}
    return changed if value is None else {**changed, name: value}
