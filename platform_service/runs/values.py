"""What is asked of a hosted run, and what is told of one."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from agent.asking import MAX_REQUEST_CHARACTERS
from agent.house_rules import HouseRules
from agent.learning.preference import Preference
from agent.ports.context import Deed, Stood
from agent.ports.library import Query, Text
from platform_service.http.bodies import Id, Strict

Metres = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]
Words = Annotated[str, Field(max_length=MAX_REQUEST_CHARACTERS)]
Priority = Literal["interactive", "background"]
State = Literal["queued", "running", "cancelling", "ended"]


Plain = dict[str, Any]


class Around(Strict):
    """What the run may read beyond words and scene, as a desktop knows it; all of it is checked when it is posted."""

    staged: Plain | None = None
    """A change over the stored scene that is shown and not approved: the ghost that the request talks about."""
    intent: Plain | None = None
    """What the request was understood as, when it need not be understood again."""
    workflow: Annotated[tuple[Plain, ...], Field(max_length=50)] | None = None
    """The steps to run, instead of those that the intent means."""
    can_undo_turn: bool = False
    preferences: Annotated[tuple[Preference, ...], Field(max_length=200)] = ()
    house_rules: HouseRules | None = None
    deeds: Annotated[tuple[Deed, ...], Field(max_length=200)] = ()
    folders: Annotated[tuple[Text, ...], Field(max_length=100)] = ()
    """Searches that name no folder stay inside these; empty for the whole library."""
    last_intents: Annotated[tuple[Plain, ...], Field(max_length=10)] = ()
    """What the latest requests of the session were understood as, oldest first."""
    earlier: Annotated[tuple[Stood, ...], Field(max_length=10)] = ()
    """How the show stood before the latest requests that changed it, oldest first."""


class RunRequest(Strict):
    """A request to be run over a stored scene, as it is now; without one, over an empty scene."""

    id: Id | None = None
    """A name that the client gives, so that it can ask for the run even if the answer was lost; else one is made."""
    project_id: Id
    request: Annotated[str, Field(min_length=1, max_length=MAX_REQUEST_CHARACTERS)]
    scene_id: Id | None = None
    scene_version: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    """The version to run over; the latest unless given."""
    priority: Priority = "interactive"
    session_id: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9._:-]*$")] = ""
    selection: Annotated[tuple[Annotated[str, Field(max_length=140)], ...], Field(max_length=10_000)] = ()
    viewpoint_m: tuple[Metres, Metres, Metres] = (0.0, 1.6, 0.0)
    today: date | None = None
    """What "last year" is counted from; the day of the service unless given."""
    recent_requests: Annotated[tuple[Words, ...], Field(max_length=20)] = ()
    last_query: Query | None = None
    pending_question: Words = ""
    pending_request: Words = ""
    around: Around = Around()


class PostedRun(Strict):
    """A request as it was accepted: bound to one version of its scene and to who asked. `around` is kept apart."""

    asked: RunRequest
    scene_version: int
    today: date
    by: str
    correlation_id: str


class HostedRun(BaseModel):
    """A run as it stands."""

    id: str
    project_id: str
    request: str
    by: str = ""
    """Who asked."""
    scene_id: str | None = None
    scene_version: int = 0
    """The version of the scene that the run sees; a proposal is a change of it."""
    priority: Priority = "interactive"
    state: State
    attempts: int = 0
    """How often it was begun; more than once when a worker was lost on the way."""
    position: int
    """The last event's; ask for the events after it."""
    cost_usd: float = 0.0
    """What language models have cost it so far, with what is held back for calls under way."""
    held_usd: float = 0.0
    model_calls: int = 0
    result: dict[str, Any] | None = None
    """Once ended: outcome, text, kept, advice, choices, camera, action, ids, and the proposal as a document."""
    created: str = ""


class RunEvent(BaseModel):
    """Something that happened in a run."""

    position: int
    kind: str
    document: dict[str, Any]
    created: str
