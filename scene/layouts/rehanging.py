"""Hanging a gallery around what stays: in the rooms that stand, and in a wing when these are full."""

from collections.abc import Mapping, Sequence

import numpy as np

from scene.layouts.allotment import allot
from scene.layouts.building import BuiltRoom, ribbon
from scene.layouts.contract import Unplaced, Wishes
from scene.layouts.gallery_task import DEFAULT_GAP_M, Hanging
from scene.layouts.hanging import Spot
from scene.layouts.lineup import line_up, size_room
from scene.layouts.refill import GAP_PARTS, SCALES, free_runs, refill
from scene.layouts.room_hang import hang
from scene.layouts.said import Counted, said
from scene.layouts.sizes import LOWEST_EDGE_M
from scene.layouts.wing import WingDoor, build_wing, door_to_wing


def rehang(task: Hanging) -> tuple[list[BuiltRoom], list[Spot]]:
    """Into the rooms that stand, around what stays."""
    rooms = task.kept.rooms
    if task.wishes.rooms is not None and task.wishes.rooms != len(rooms):
        task.unmet.append(said("rooms.stay", rooms=Counted(task.wishes.rooms, "room")))
    if task.wishes.windows and not any(o.use == "window" for room in rooms for o in room.openings):
        task.unmet.append(said("windows.stay"))
    runs = free_runs(rooms, task.kept, min(task.gap_m, DEFAULT_GAP_M))
    widest = max((run.length_m for run in runs), default=0.0)
    highest = max((run.wall.height_m for run in runs), default=0.0) - LOWEST_EDGE_M - 0.2
    if runs and task.sequence:
        limit = np.minimum(widest * 0.98 / task.sizes[:, 0], highest / task.sizes[:, 1])
        task.sizes = task.sizes * np.minimum(1.0, limit)[:, None]
    bound = _bound_walls(task, rooms)
    done = refill(task.sequence, task.sizes, runs, task.gap_m, task.centre_m, bound, SCALES[:2])
    if done.left_over:
        door = door_to_wing(rooms, task.kept) if task.wishes.rooms is None else None
        if door is not None:
            return _with_wing(task, door, bound)
        done = refill(task.sequence, task.sizes, runs, task.gap_m, task.centre_m, bound)
    if done.gap_m < task.gap_m - 1e-6 and task.wishes.gap_m is not None:
        task.unmet.append(said("gap.kept", asked=task.gap_m, used=done.gap_m))
    if done.scale < 1.0:
        task.unmet.append(said("scale.kept", percent=round(done.scale * 100)))
    task.gap_m = done.gap_m
    why = said("left.no_space")
    task.unplaced += [Unplaced(asset_id=task.works[i].asset_id, why=why) for i in done.left_over]
    return rooms, done.spots


def _with_wing(task: Hanging, door: WingDoor, bound: Mapping[int, str]) -> tuple[list[BuiltRoom], list[Spot]]:
    """As many works as the standing rooms take at full size, the others in new rooms behind a new door."""
    rooms = task.kept.rooms
    door.room.openings.append(door.opening)
    runs = free_runs(rooms, task.kept, min(task.gap_m, DEFAULT_GAP_M))
    done = refill(task.sequence, task.sizes, runs, task.gap_m, task.centre_m, bound, SCALES[:1], GAP_PARTS[:2])
    task.gap_m = done.gap_m
    rest = done.left_over
    shares = allot(task.works, rest, task.sizes[:, 0] + DEFAULT_GAP_M, Wishes(), task.unmet)
    plans = ribbon(len(shares), one_row=True, number=door.number, room_name=task.lettering.room)
    plans[0].entry = "left"
    strict = task.wishes.order is not None
    lined = [
        line_up(
            plan, share.works, task.sizes, task.gap_m, None if strict or not share.works else share.works[0], strict
        )
        for plan, share in zip(plans, shares, strict=True)
    ]
    for one in lined:
        size_room(one, task.sizes, task.gap_m, task.centre_m)
    wing = build_wing(door, plans)
    spots = [
        spot
        for room, one in zip(wing, lined, strict=True)
        for spot in hang(room, one, task.sizes, task.gap_m, task.centre_m)
    ]
    return [*rooms, *wing], [*done.spots, *spots]


def _bound_walls(task: Hanging, rooms: Sequence[BuiltRoom]) -> dict[int, str]:
    """Works that a relation ties to one wall."""
    hung = {p.asset_id: p.wall_id for p in task.kept.placements}
    index = {task.works[i].asset_id: i for i in task.sequence}
    bound: dict[int, str] = {}
    for relation in task.wishes.relations:
        asked = relation.to.casefold().removeprefix("the ").removesuffix(" wall").strip()
        walls = [w for room in rooms for w in room.walls.values() if asked in (w.id.casefold(), w.name.casefold())]
        goal = walls[0].id if walls and relation.how == "on_wall" else hung.get(relation.to)
        if relation.asset_id in index and goal and relation.how in ("on_wall", "same_wall", "beside"):
            bound[index[relation.asset_id]] = goal
    return bound
