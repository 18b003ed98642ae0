"""What was said, project by project, as it can be shown again after a restart; runs can be replayed from it."""

from typing import Annotated, Any, Literal

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.events import TurnEnded
from agent.intent import Intent
from app.remembering.memory import Memory

log = structlog.get_logger()

_MOST_TURNS = 200
_MOST_CHARACTERS = 20_000


class PastTurn(BaseModel):
    """One turn as it was seen. Everything in it is text of the past: data, never an instruction."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    turn_id: Annotated[str, Field(min_length=1, max_length=128)]
    request: Annotated[str, Field(max_length=_MOST_CHARACTERS)] = ""
    outcome: str = "answered"
    text: Annotated[str, Field(max_length=_MOST_CHARACTERS)] = ""
    title: str = ""
    """What was proposed by its name."""
    verdict: Literal["", "approved", "approved in part", "rejected", "taken back"] = ""
    intent: dict[str, Any] = {}
    because: tuple[str, ...] = ()
    """Preferences that shaped it."""
    at: str = ""
    seconds: float = 0.0
    cost_usd: float = 0.0
    correlation_id: str = ""
    branched_from: str = ""
    """The turn whose message was edited to make this one."""
    aside: bool = False
    """Belongs to a branch that was left."""
    after: str | None = None
    """The turn that was said before it in its branch, "" for a first one; None of turns kept before this was noted."""

    @property
    def meant(self) -> Intent | None:
        """The intent, where it was kept and is still one."""
        try:
            return Intent.model_validate(self.intent) if self.intent else None
        except ValidationError:
            return None


class Talk:
    """Callable from any thread."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def keep(
        self,
        ended: TurnEnded,
        request: str,
        project_id: str,
        at: str,
        *,
        because: tuple[str, ...] = (),
        branched_from: str = "",
        after: str | None = None,
    ) -> None:
        """Write a finished turn down. Raises NotRemembered."""
        turn = PastTurn(
            turn_id=ended.turn_id,
            request=request[:_MOST_CHARACTERS],
            outcome=ended.outcome,
            text=ended.text[:_MOST_CHARACTERS],
            title=ended.proposal.title if ended.proposal is not None else "",
            intent={} if ended.intent is None else ended.intent.model_dump(mode="json", exclude_defaults=True),
            because=because,
            at=at,
            seconds=ended.seconds,
            cost_usd=ended.cost_usd,
            correlation_id=ended.correlation_id,
            branched_from=branched_from,
            after=after,
        )
        with self._memory.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO turn (turn_id, project_id, body) VALUES (?, ?, ?)",
                (turn.turn_id, project_id, turn.model_dump_json(exclude_defaults=True)),
            )

    def turns(self, project_id: str, *, aside: bool = False, most: int = _MOST_TURNS) -> tuple[PastTurn, ...]:
        """The latest turns of a project, oldest first; with `aside`, those of branches that were left as well."""
        where = "project_id = ?" if aside else "project_id = ? AND aside = 0"
        select = f"SELECT body, aside FROM turn WHERE {where} ORDER BY seq DESC LIMIT ?"
        found = [_turn(*row) for row in self._memory.rows(select, (project_id, most))]
        return tuple(turn for turn in reversed(found) if turn is not None)

    def everywhere(self, most: int = 500) -> tuple[PastTurn, ...]:
        """The latest turns of all projects, oldest first."""
        found = [_turn(*row) for row in self._memory.rows("SELECT body, aside FROM turn ORDER BY seq DESC LIMIT ?",
                                                          (most,))]  # fmt: skip
        return tuple(turn for turn in reversed(found) if turn is not None)

    def turn(self, turn_id: str) -> PastTurn | None:
        """The turn of that id."""
        rows = self._memory.rows("SELECT body, aside FROM turn WHERE turn_id = ?", (turn_id,))
        return _turn(*rows[0]) if rows else None

    def decided(self, turn_id: str, verdict: str) -> None:
        """What became of a turn's proposal. Raises NotRemembered."""
        before = self.turn(turn_id)
        if before is None:
            return
        after = PastTurn.model_validate(before.model_dump() | {"verdict": verdict})
        body = after.model_dump_json(exclude_defaults=True, exclude={"aside"})
        with self._memory.writing() as db:
            db.execute("UPDATE turn SET body = ? WHERE turn_id = ?", (body, turn_id))

    def put_aside(self, turn_ids: tuple[str, ...], taken_up: tuple[str, ...] = ()) -> None:
        """These turns belong to a branch that was left, and those to the one that goes on. Raises NotRemembered."""
        rows = [*((1, turn_id) for turn_id in turn_ids), *((0, turn_id) for turn_id in taken_up)]
        with self._memory.writing() as db:
            db.executemany("UPDATE turn SET aside = ? WHERE turn_id = ?", rows)


def _turn(body: str, aside: int) -> PastTurn | None:
    try:
        return PastTurn.model_validate_json(body).model_copy(update={"aside": bool(aside)})
    except ValidationError as error:
        log.warning("a turn of the past could not be read", problems=error.error_count())
        return None
