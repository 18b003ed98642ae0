"""Context as plain values: turns, working context, preferences, memories, and what a turn is given of them all."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.ports.library import Text
from platform_service.context.summary import summarised

SAID_MOST = 4_000
TURNS_MOST_BYTES = 20 * 1024
TURNS_FEWEST = 2
"""So many of the latest turns are kept word for word, however long they are."""
Name = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[A-Za-z0-9._:-]+$")]
Metres = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]


class Strict(BaseModel):
    """Base of the values; all refuse fields they do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Turn(Strict):
    """One thing that was said."""

    by: Literal["creator", "agent"]
    text: Annotated[str, Field(min_length=1, max_length=SAID_MOST)]
    at: Annotated[str, Field(max_length=32)] = ""


class History(Strict):
    """A session so far: an account of the older turns, then the latest word for word."""

    summary: str = ""
    summed_up: int = 0
    """How many turns the summary stands for."""
    turns: tuple[Turn, ...] = ()

    def and_then(self, turn: Turn) -> "History":
        """With one more turn; turns for which there is no room go into the summary, a few at once."""
        turns = (*self.turns, turn)
        if _bytes(turns) <= TURNS_MOST_BYTES:
            return self.model_copy(update={"turns": turns})
        kept = turns
        while len(kept) > TURNS_FEWEST and _bytes(kept) > TURNS_MOST_BYTES // 2:
            kept = kept[1:]
        old = turns[: len(turns) - len(kept)]
        summary = summarised(self.summary, [(one.by == "creator", one.text) for one in old])
        return History(summary=summary, summed_up=self.summed_up + len(old), turns=kept)


class Working(Strict):
    """What somebody is at just now."""

    project_id: Annotated[str, Field(max_length=64)] = ""
    scene_id: Annotated[str, Field(max_length=64)] = ""
    selection: Annotated[tuple[Annotated[str, Field(max_length=128)], ...], Field(max_length=400)] = ()
    viewpoint_m: tuple[Metres, Metres, Metres] = (0.0, 1.6, 0.0)
    last_intents: Annotated[tuple[dict[str, Any], ...], Field(max_length=10)] = ()


class Memory(Strict):
    """Something to remember for good."""

    text: Annotated[Text, Field(min_length=1)]
    source: Annotated[str, Field(max_length=120)] = ""
    """Where it comes from, e.g. the session."""


class Preferences(Strict):
    """What a person set, by name."""

    values: dict[str, Any] = {}


class Memories(Strict):
    """What a person wants remembered, by name."""

    notes: dict[str, Memory] = {}


class SessionContext(Strict):
    """What a turn, a tool or a run is given: bounded in size."""

    session_id: str
    history: History = History()
    working: Working = Working()
    preferences: dict[str, Any] = {}
    memory: dict[str, Memory] = {}


class SessionNamed(Strict):
    """A session in a list."""

    session_id: str
    updated: str


def _bytes(turns: tuple[Turn, ...]) -> int:
    """The size of turns as JSON, in which a character may take six bytes."""
    return sum(len(turn.model_dump_json()) for turn in turns)
