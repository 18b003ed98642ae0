"""What goes into a layout (works, wishes) and what comes out (records, placed and unplaced works, unmet wishes)."""

from datetime import date
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from scene.layouts.said import Said
from scene.records import AnyRecord, Placement, RecordId, ShortText

LayoutName = Literal["gallery", "timeline", "cluster", "grid"]
Column = Literal["year", "decade", "month", "day", "colour", "folder", "tag", "genre", "creator", "orientation"]


class Work(BaseModel):
    """One asset as a layout sees it. `values` holds what a column is read from, e.g. {"colour": "magenta"}."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asset_id: RecordId
    title: ShortText = ""
    width_px: Annotated[int, Field(gt=0)] = 1024
    height_px: Annotated[int, Field(gt=0)] = 1024
    taken: date | None = None
    values: dict[Column, str] = {}
    tags: tuple[str, ...] = ()
    score: float | None = None
    brightness: float | None = None
    """Mean brightness, 0 to 1, for the order "brightness"."""
    reason: ShortText = ""


class Relation(BaseModel):
    """A wish about where one work hangs with regard to another or to a feature of the room."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asset_id: RecordId
    how: Literal["opposite", "beside", "same_wall", "on_wall", "hero", "first", "last"]
    to: str = ""
    """Another asset id, a wall's id or name ("back"), or "windows" / "entrance"; empty for hero, first, last."""


class Wishes(BaseModel):
    """What the words ask of a layout; None means that nothing was asked and the layout's own default holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    count: Annotated[int, Field(ge=1, le=100_000)] | None = None
    order: Literal["given", "newest", "oldest", "colour", "brightness", "title", "score"] | None = None
    gap_m: Annotated[float, Field(ge=0.02, le=10.0)] | None = None
    eye_height_m: Annotated[float, Field(ge=0.5, le=3.0)] | None = None
    scale: Annotated[float, Field(ge=0.2, le=5.0)] | None = None
    """Size of the works relative to the layout's default."""
    columns: Annotated[int, Field(ge=1, le=1_000)] | None = None
    rooms: Annotated[int, Field(ge=1, le=100)] | None = None
    group_by: Column | None = None
    groups: Annotated[int, Field(ge=1, le=100)] | None = None
    """How many clusters."""
    axis: Literal["floor", "wall"] | None = None
    """Timeline: cards standing along a path on the floor, or hung along one long wall."""
    windows: bool | None = None
    relations: tuple[Relation, ...] = ()
    keep_pinned: bool = True
    keep_walls: tuple[str, ...] = ()
    """Ids or names of walls that must stay as they are while the rest is laid out again."""


class Unplaced(BaseModel):
    """A work that was not placed, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asset_id: RecordId
    why: Said


class Arranged(BaseModel):
    """The outcome of a layout: the records of the new environment and its receipt.

    `records` are the rooms, walls, openings, lights, viewpoints, signs and placements to stage. Pinned and kept
    placements that were given come back unchanged. `unmet` says which wishes could not be
    met, as messages: a layout knows no language.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    records: tuple[AnyRecord, ...]
    unmet: tuple[Said, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    summary: Said | None = None
    """One sentence for the receipt, e.g. "24 works in one room, centre line at 1.50 m, gaps of 0.62 m"."""

    @property
    def placements(self) -> list[Placement]:
        """The placed works, in hanging order."""
        return [record for record in self.records if isinstance(record, Placement)]


Features = NDArray[np.float32]
"""Shape (works, dimensions); row i belongs to work i; rows need not be normalised."""
