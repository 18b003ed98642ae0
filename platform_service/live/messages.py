"""What may be said over the socket: every message is one strict JSON object, told apart by its `type`."""

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from agent.ports.library import Text
from platform_service.http.bodies import Id
from platform_service.sql.scenes import NewVersion

Number = Annotated[int, Field(ge=0, le=2**53)]
Metres = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]
Point = tuple[Metres, Metres, Metres]
Key = Annotated[str, Field(min_length=8, max_length=200, pattern=r"^[\x21-\x7e]+$")]


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Subscribe(_Said):
    """Tell me what happens to a scene, from behind a position that I have seen; from now on without one."""

    type: Literal["subscribe"]
    scene_id: Id
    after: Number | None = None


class Unsubscribe(_Said):
    """Tell me no more."""

    type: Literal["unsubscribe"]
    scene_id: Id


class Present(_Said):
    """Where I stand, where I look and what I hold; forgotten when it is not said again."""

    type: Literal["present"]
    scene_id: Id
    name: Annotated[Text, Field(min_length=1, max_length=80)]
    position_m: Point
    target_m: Point
    holds: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=140)], ...], Field(max_length=200)] = ()


class Progress(_Said):
    """How far a run of mine is, for those who look at the same scene; kept nowhere."""

    type: Literal["progress"]
    scene_id: Id
    run_id: Id
    text: Annotated[Text, Field(max_length=400)]
    share: Annotated[float, Field(ge=0.0, le=1.0)] | None = None


class Save(_Said):
    """Save the next version of a scene; answered with `saved` or `refused` under the same number."""

    type: Literal["save"]
    number: Number
    key: Key
    scene_id: Id
    version: NewVersion


class FollowRun(_Said):
    """Tell me how a hosted run goes, from behind a position that I have seen, up to its end."""

    type: Literal["follow_run"]
    run_id: Id
    after: Number = 0


class LeaveRun(_Said):
    """Tell me no more of it."""

    type: Literal["leave_run"]
    run_id: Id


class FollowNotices(_Said):
    """Tell me what concerns me, from behind a position that I have seen; from now on without one."""

    type: Literal["follow_notices"]
    after: Number | None = None


class ListSessions(_Said):
    """Who of my team is there?"""

    type: Literal["list_sessions"]


class Ping(_Said):
    """Are you there?"""

    type: Literal["ping"]


Said = Annotated[
    Subscribe | Unsubscribe | Present | Progress | Save | FollowRun | LeaveRun | FollowNotices | ListSessions | Ping,
    Field(discriminator="type"),
]
_SAID: TypeAdapter[Said] = TypeAdapter(Said)

Told = dict[str, Any]
"""What the service says; `type` is welcome, subscribed, event, people, progress, saved, following_run,
run, following_notices, notice, sessions, refused or pong."""


def spelled(told: Told) -> str:
    """What the service says, as it is sent."""
    return json.dumps(told, separators=(",", ":"))


def heard(text: str) -> Said:
    """The message; raises pydantic's ValidationError."""
    return _SAID.validate_json(text)
