"""Whether the stores answer: asked of the stores themselves, at most once a second however often one asks."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from platform_service.sql.database import Database

BELIEVED_S = 1.0
PATIENCE_S = 3.0
NOBODY = "-"
"""A tenant that cannot be: what is asked for it finds nothing."""

State = Literal["ready", "degraded", "away"]


class Readiness(BaseModel):
    """`away` serves nobody, `degraded` serves everyone more slowly; each store says `ready` or `away`."""

    status: State
    stores: dict[str, State]


@dataclass(frozen=True)
class Probe:
    """How one store is asked, and whether the service can do without it."""

    ask: Callable[[], Awaitable[None]]
    is_needed: bool = True


class Probes:
    """Asks all stores at once and remembers the answer for a moment."""

    def __init__(self, probes: Mapping[str, Probe]) -> None:
        self._probes = probes
        self._asked_s = float("-inf")
        self._found: Readiness | None = None
        self._asking = asyncio.Lock()

    async def readiness(self) -> Readiness:
        """How the stores stand now, or stood a moment ago."""
        async with self._asking:
            if self._found is None or time.monotonic() - self._asked_s > BELIEVED_S:
                self._found = await self._ask()
                self._asked_s = time.monotonic()
            return self._found

    async def _ask(self) -> Readiness:
        names = list(self._probes)
        answers = await asyncio.gather(*(self._answers(self._probes[name]) for name in names))
        away = {name for name, answered in zip(names, answers, strict=True) if not answered}
        status: State = "degraded" if away else "ready"
        if any(self._probes[name].is_needed for name in away):
            status = "away"
        return Readiness(status=status, stores={name: "away" if name in away else "ready" for name in names})

    async def _answers(self, probe: Probe) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_S):
                await probe.ask()
        except Exception:  # each store's library has its own errors; all mean that it does not answer
            return False
        return True


def probe_of(database: Database) -> Probe:
    """Asks the database for something small."""

    async def ask() -> None:
        async with database.reading(NOBODY) as transaction:
            await transaction.ping()

    return Probe(ask)
