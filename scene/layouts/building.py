"""Rooms side by side in rows, folded like a ribbon, joined by doors that line up on both sides."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from scene.layouts.geometry import WALL_NAMES, WallLine, tidy, walls_of
from scene.layouts.lettering import ENGLISH
from scene.records import Opening, Room

WALL_THICKNESS_M = 0.2
"""Free space between the walls of neighbouring rooms; a view may draw each wall up to half as thick, outwards."""
DOOR_WIDTH_M = 1.8
DOOR_HEIGHT_M = 2.6
WINDOW_WIDTH_M = 1.6


@dataclass
class RoomPlan:
    """One room to be built: which walls have doors or windows, and how large it must be."""

    name: str
    entry: str = "front"
    exit: str | None = None
    windows: str | None = None
    width_m: float = 4.5
    depth_m: float = 5.5
    height_m: float = 3.6
    row: int = 0

    @property
    def doors(self) -> set[str]:
        """Names of the walls with a door or the entrance."""
        return {self.entry, self.exit} - {None}  # type: ignore[return-value]


@dataclass
class BuiltRoom:
    """A room with its walls and openings as records."""

    room: Room
    walls: dict[str, WallLine]
    openings: list[Opening] = field(default_factory=list)


def ribbon(count: int, *, one_row: bool = False, number: int = 1, room_name: str = ENGLISH.room) -> list[RoomPlan]:
    """Plans for so many rooms: rows from left to right and back again, each row behind the one before."""
    per_row = count if count <= 4 or one_row else math.ceil(math.sqrt(count))
    named = count > 1 or number > 1
    names = [room_name.format(n=i + number) if named else "" for i in range(count)]
    plans = [RoomPlan(name=name, row=i // per_row) for i, name in enumerate(names)]
    for i, plan in enumerate(plans[:-1]):
        forward = plan.row % 2 == 0
        turns = plans[i + 1].row != plan.row
        plan.exit = "back" if turns else ("right" if forward else "left")
        plans[i + 1].entry = "front" if turns else ("left" if forward else "right")
    return plans


def give_windows(plans: Sequence[RoomPlan]) -> int:
    """Choose a window wall for each room with an outer wall to spare; returns how many rooms have none."""
    last_row = plans[-1].row
    for plan in plans:
        inner = set(plan.doors)
        if plan.row > 0:
            inner.add("front")
        if plan.row < last_row:
            inner.add("back")
        free = [name for name in ("left", "right", "front", "back") if name not in inner]
        plan.windows = free[0] if free else None
    return sum(plan.windows is None for plan in plans)


def build(
    plans: Sequence[RoomPlan], front_z: float = 0.0, *, left_x: float | None = None, number: int = 1
) -> list[BuiltRoom]:
    """Rooms on the plan: the first one's entrance is centred on x = 0 and its front wall lies at `front_z`.

    With `left_x` they are a wing of a building: that is where they begin, and they have no entrance of their own.
    """
    built: list[BuiltRoom] = []
    for i, plan in enumerate(plans):
        row = [p for p in plans if p.row == plan.row] if i == 0 or plans[i - 1].row != plan.row else []
        if row:
            depth = max(p.depth_m for p in row)
            front_z = front_z if i == 0 else built[-1].room.min_corner_m[1] - WALL_THICKNESS_M
        left = left_x if i == 0 and left_x is not None else _left_edge(i, plan, plans, built)
        room = Room(
            id=f"room-{i + number}",
            name=plan.name,
            order=i + number - 1,
            min_corner_m=(tidy(left), tidy(front_z - depth)),
            max_corner_m=(tidy(left + plan.width_m), tidy(front_z)),
            height_m=tidy(plan.height_m),
        )
        built.append(BuiltRoom(room, walls_of(room)))
    for i, plan in enumerate(plans):
        _open_walls(i, plan, built, i + number)
    if left_x is None:
        built[0].openings.insert(0, doorway("door-entrance", built[0].walls[plans[0].entry], None, "entrance"))
    return built


def _left_edge(i: int, plan: RoomPlan, plans: Sequence[RoomPlan], built: Sequence[BuiltRoom]) -> float:
    if i == 0:
        return -plan.width_m / 2
    before = built[-1].room
    if plans[i - 1].row != plan.row:
        return (before.min_corner_m[0] + before.max_corner_m[0] - plan.width_m) / 2
    if plan.row % 2 == 0:
        return before.max_corner_m[0] + WALL_THICKNESS_M
    return before.min_corner_m[0] - WALL_THICKNESS_M - plan.width_m


def _open_walls(i: int, plan: RoomPlan, built: Sequence[BuiltRoom], number: int) -> None:
    here = built[i]
    if plan.exit is not None:
        there = built[i + 1]
        entry = {"right": "left", "left": "right", "back": "front"}[plan.exit]
        here.openings.append(doorway(f"door-{number}", here.walls[plan.exit], there.room.id))
        there.openings.append(doorway(f"door-{number}-return", there.walls[entry], here.room.id))
    if plan.windows is not None:
        here.openings.extend(_windows(here.walls[plan.windows]))


def doorway(
    name: str, wall: WallLine, to: str | None, use: Literal["door", "entrance"] = "door", middle_m: float | None = None
) -> Opening:
    """A doorway in the middle of a wall, or around `middle_m` along it."""
    middle = wall.length_m / 2 if middle_m is None else middle_m
    return Opening(
        id=name,
        wall_id=wall.id,
        use=use,
        offset_m=tidy(middle - DOOR_WIDTH_M / 2),
        width_m=DOOR_WIDTH_M,
        height_m=DOOR_HEIGHT_M,
        to_room_id=to,
    )


def _windows(wall: WallLine) -> list[Opening]:
    count = max(1, int((wall.length_m - 0.8) // (WINDOW_WIDTH_M + 0.8)))
    gap = (wall.length_m - count * WINDOW_WIDTH_M) / (count + 1)
    return [
        Opening(
            id=f"window-{wall.id}-{k + 1}",
            wall_id=wall.id,
            use="window",
            offset_m=tidy(gap + k * (gap + WINDOW_WIDTH_M)),
            width_m=WINDOW_WIDTH_M,
            sill_m=0.8,
            height_m=tidy(wall.height_m - 1.4),
        )
        for k in range(count)
    ]


def clockwise(entry: str) -> list[str]:
    """Wall names in the order in which a visitor who came through `entry` passes them."""
    at = WALL_NAMES.index(entry)
    return [*WALL_NAMES[at + 1 :], *WALL_NAMES[: at + 1]]
