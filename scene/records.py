"""The records that a scene is made of: frozen values in metres, right-handed, y up, floor at y = 0."""

from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

MOST_M = 1_000_000.0
MOST_EXTENT_M = 1_000.0

Metres = Annotated[FiniteFloat, Field(ge=-MOST_M, le=MOST_M)]
"""A coordinate; 1,000 km is far beyond any environment, and float64 is still exact to a nanometre there."""

Extent = Annotated[FiniteFloat, Field(gt=0.0, le=MOST_EXTENT_M)]
"""A width or height in metres, positive."""

Ordinal = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]
Vector3 = tuple[Metres, Metres, Metres]
Quaternion = tuple[FiniteFloat, FiniteFloat, FiniteFloat, FiniteFloat]
"""Rotation as (x, y, z, w); the identity is (0, 0, 0, 1). A card's front faces its local +z."""

PlanPoint = tuple[Metres, Metres]
"""A point on the floor as (x, z) in metres."""

RecordId = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9_.:-]+$")]
ShortText = Annotated[str, Field(max_length=400)]
IDENTITY: Quaternion = (0.0, 0.0, 0.0, 1.0)


class Value(BaseModel):
    """A frozen value. All of a class share one set of the names of their fields: one each is half of what they take."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_post_init(self, _: Any) -> None:
        """Which fields were given is of no matter."""
        object.__setattr__(self, "__pydantic_fields_set__", _names(type(self)))


@cache
def _names(kind: type[Value]) -> set[str]:
    return set(kind.model_fields)


class Record(Value):
    """A frozen, named value; `kind` tells which class it is when it is read back from JSON."""

    id: RecordId

    def but(self, **fields: Any) -> Self:
        """A copy with these fields set; validated, unlike `model_copy`."""
        return type(self).model_validate({**self.__dict__, **fields})


class Provenance(Value):
    """Why a placement is here: the words, the score and the reason that chose it, and who hung it."""

    author: Literal["user", "agent", "remote"] = "user"
    turn_id: str = ""
    query: ShortText = ""
    score: FiniteFloat | None = None
    reason: ShortText = ""


class Placement(Record):
    """One asset hung in the scene, centred on `position_m`, its front facing local +z."""

    kind: Literal["placement"] = "placement"
    asset_id: RecordId
    title: ShortText = ""
    position_m: Vector3
    rotation: Quaternion = IDENTITY
    size_m: tuple[Extent, Extent]
    """Width and height of the picture itself, without its frame."""
    wall_id: RecordId | None = None
    room_id: RecordId | None = None
    pinned: bool = False
    order: Ordinal = 0
    """Place in the hanging order, from the entrance on."""
    group: ShortText = ""
    """Label of the cluster, year or row that the work belongs to; empty when there is none."""
    provenance: Provenance = Provenance()


class Room(Record):
    """A rectangular room whose floor spans `min_corner_m` to `max_corner_m` on the (x, z) plan."""

    kind: Literal["room"] = "room"
    name: ShortText = ""
    order: Ordinal = 0
    """Place in the visiting order."""
    min_corner_m: PlanPoint
    max_corner_m: PlanPoint
    height_m: Extent = 4.0


class Wall(Record):
    """One straight wall of a room; seen from inside the room, `start_m` is on the left and `end_m` on the right."""

    kind: Literal["wall"] = "wall"
    room_id: RecordId
    name: ShortText = ""
    start_m: PlanPoint
    end_m: PlanPoint
    height_m: Extent = 4.0


class Opening(Record):
    """A doorway or window in a wall; `offset_m` is the distance of its near edge from the wall's start."""

    kind: Literal["opening"] = "opening"
    wall_id: RecordId
    use: Literal["door", "entrance", "window"] = "door"
    offset_m: Metres
    width_m: Extent
    sill_m: Metres = 0.0
    height_m: Extent = 2.6
    to_room_id: RecordId | None = None


class Light(Record):
    """A lamp: a spot on a work, a room's general light, or an emissive strip from `position_m` to `target_m`."""

    kind: Literal["light"] = "light"
    use: Literal["spot", "room", "strip"] = "spot"
    position_m: Vector3
    target_m: Vector3
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")] = "#ffffff"
    intensity: Annotated[FiniteFloat, Field(ge=0.0, le=100.0)] = 1.0
    for_id: RecordId | None = None
    """The placement or room that the light belongs to."""


class Viewpoint(Record):
    """A named place to stand; the lowest `order` is where a visit starts."""

    kind: Literal["viewpoint"] = "viewpoint"
    name: ShortText
    position_m: Vector3
    target_m: Vector3
    order: Ordinal = 0
    on_path: bool = False
    """Whether the visitor path goes through here, in the order given."""


class Sign(Record):
    """Words in space: a room's name, a year tick, a cluster's label; with `line_to_m`, a rule drawn beside them."""

    kind: Literal["sign"] = "sign"
    text: ShortText
    position_m: Vector3
    rotation: Quaternion = IDENTITY
    height_m: Extent = 0.25
    """Cap height of the letters."""
    use: Literal["room", "tick", "group", "title"] = "group"
    line_to_m: Vector3 | None = None


class ThemeChoice(Record):
    """Which theme dresses the scene, and how far the creator moved it from its defaults."""

    kind: Literal["theme"] = "theme"
    id: RecordId = "theme"
    theme: RecordId = "white_cube"
    accent: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")] | None = None
    light: Annotated[FiniteFloat, Field(ge=0.2, le=3.0)] = 1.0
    """Brightness of the theme's lamps relative to its default."""


class Arrangement(Record):
    """How the scene was laid out, so that "make it a timeline" or "bigger gaps" can start from the scene itself."""

    kind: Literal["arrangement"] = "arrangement"
    id: RecordId = "arrangement"
    layout: Literal["gallery", "timeline", "cluster", "grid"] = "gallery"
    wishes_json: Annotated[str, Field(max_length=20_000)] = "{}"
    """The `scene.layouts.contract.Wishes` that were asked for, as JSON."""
    query_json: Annotated[str, Field(max_length=20_000)] = "{}"
    """The library query the works came from, as JSON; empty braces when they were hung by hand."""
    unmet: tuple[ShortText, ...] = ()
    seed: Annotated[int, Field(ge=0, lt=2**53)] = 0


AnyRecord = Annotated[
    Placement | Room | Wall | Opening | Light | Viewpoint | Sign | ThemeChoice | Arrangement,
    Field(discriminator="kind"),
]
