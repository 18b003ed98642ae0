"""Who, where and what a turn runs in: plain values that `app` or the platform fills in before the turn starts."""

from dataclasses import dataclass, field
from datetime import date

from agent.house_rules import HouseRules
from agent.intent import Intent
from agent.learning.preference import Preference
from agent.ports.library import Query
from scene.scene import Scene

_MOST_STOOD = 500
"""Works of an earlier show that are remembered."""
AND_THEN = "\n"
"""Parts a request from what was said about it later, in `TurnContext.pending_request`."""


@dataclass(frozen=True)
class Deed:
    """One step of the scene's history: who did what, when, and what was asked for."""

    name: str
    author: str
    """ "user", "agent" or "remote"."""
    turn_id: str = ""
    at: str = ""
    """UTC time, ISO 8601."""
    request: str = ""
    because: tuple[str, ...] = ()
    """Preferences that shaped it, in words."""
    works: frozenset[str] = frozenset()
    """Placements that a hand edit touched."""


@dataclass(frozen=True)
class Stood:
    """How the show stood at an earlier point of the talk: what parts of it are brought back from."""

    request: str = ""
    """What was asked next."""
    theme: str = ""
    light: float = 1.0
    layout: str = ""
    wishes_json: str = "{}"
    """What the layout was asked for, as the arrangement keeps it."""
    asset_ids: tuple[str, ...] = ()
    """The works in hanging order."""
    titles: tuple[str, ...] = ()


def stood(scene: Scene, request: str) -> Stood:
    """The show of a scene as it stands when something is asked."""
    arrangement, row = scene.arrangement, scene.placements[:_MOST_STOOD]
    return Stood(
        request=request[:400],
        theme=scene.theme.theme,
        light=scene.theme.light,
        layout=arrangement.layout if arrangement is not None else "",
        wishes_json=arrangement.wishes_json if arrangement is not None else "{}",
        asset_ids=tuple(work.asset_id for work in row),
        titles=tuple(work.title for work in row),
    )


@dataclass(frozen=True)
class TurnContext:
    """Everything a turn may read, frozen when it starts."""

    scene: Scene
    scene_ref: str = ""
    """Names what `scene` holds: the scene's id, where its history stands, and the ghost over it; empty if unknown."""
    project_id: str = ""
    session_id: str = ""
    turn_id: str = ""
    correlation_id: str = ""
    selection: frozenset[str] = frozenset()
    """Ids of the selected placements."""
    today: date = field(default_factory=lambda: date(1970, 1, 1))
    viewpoint_m: tuple[float, float, float] = (0.0, 1.6, 0.0)
    recent_requests: tuple[str, ...] = ()
    last_query: Query | None = None
    last_intents: tuple[Intent, ...] = ()
    """What the latest requests were understood as, oldest first."""
    earlier: tuple[Stood, ...] = ()
    """How the show stood before the latest requests that changed it, oldest first."""
    pending_question: str = ""
    """The question the agent asked last, when this request may be its answer."""
    pending_request: str = ""
    """The request that the question was about: `TurnEnded.asked_about` of the turn that asked."""
    can_undo_turn: bool = False
    preferences: tuple[Preference, ...] = ()
    """The rules that hold in this scene: `agent.learning.rules.holding`."""
    folders: tuple[str, ...] = ()
    """Searches that name no folder stay inside these; empty for the whole library."""
    house_rules: HouseRules | None = None
    """What must not hang for this tenant."""
    deeds: tuple[Deed, ...] = ()
    """The latest steps of the scene, oldest first."""
