"""What of the scene must stay: pinned works, works on walls to keep, and the rooms that these hang in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scene.layouts.building import BuiltRoom
from scene.layouts.contract import Wishes, Work
from scene.layouts.geometry import WALL_NAMES, WallLine
from scene.layouts.said import Quoted, Said, said
from scene.records import Opening, Placement, Wall
from scene.scene import Scene


@dataclass
class Kept:
    """Placements that stay as they are, the walls closed to new works, and the standing rooms if they are needed."""

    placements: list[Placement] = field(default_factory=list)
    closed_walls: frozenset[str] = frozenset()
    rooms: list[BuiltRoom] = field(default_factory=list)

    @property
    def asset_ids(self) -> set[str]:
        """Assets that are on show already."""
        return {placement.asset_id for placement in self.placements}

    @property
    def standing(self) -> list[Placement]:
        """Kept works that hang on no wall."""
        walls = {wall.id for room in self.rooms for wall in room.walls.values()}
        return [placement for placement in self.placements if placement.wall_id not in walls]

    def without(self, works: Sequence[Work], sequence: Sequence[int]) -> list[int]:
        """The sequence less the works that stay where they are."""
        there = self.asset_ids
        return [i for i in sequence if works[i].asset_id not in there]


def what_stays(scene: Scene | None, wishes: Wishes, kept: Sequence[Placement], unmet: list[Said]) -> Kept:
    """What the pins, the wishes and the caller ask to keep of the scene."""
    staying = {placement.id: placement for placement in kept}
    walls = scene.walls if scene is not None else []
    closed: set[str] = set()
    for name in wishes.keep_walls:
        found = _walls_named(name, walls)
        if not found:
            unmet.append(said("wall.unknown", wall=Quoted(name[:80])))
        closed |= found
    for placement in scene.placements if scene is not None else []:
        if (placement.pinned and wishes.keep_pinned) or placement.wall_id in closed:
            staying[placement.id] = placement
    known = {wall.id for wall in walls}
    hung = any(placement.wall_id in known for placement in staying.values())
    rooms = standing_rooms(scene) if scene is not None and (hung or closed) else []
    return Kept(list(staying.values()), frozenset(closed), rooms)


def _walls_named(name: str, walls: Sequence[Wall]) -> set[str]:
    asked = name.casefold().removeprefix("the ").removesuffix(" wall").strip()
    exact = {wall.id for wall in walls if wall.id.casefold() == asked}
    if exact:
        return exact
    first_room = walls[0].room_id if walls else ""
    named = [wall for wall in walls if (wall.name or wall.id).casefold() == asked]
    here = {wall.id for wall in named if wall.room_id == first_room}
    return here or {wall.id for wall in named}


def standing_rooms(scene: Scene) -> list[BuiltRoom]:
    """The scene's rooms as they stand, with their walls and openings."""
    openings: dict[str, list[Opening]] = {}
    for opening in scene.openings:
        openings.setdefault(opening.wall_id, []).append(opening)
    rooms = []
    for room in scene.rooms:
        walls = [WallLine.of(wall) for wall in scene.walls if wall.room_id == room.id]
        by_name = {wall.name or wall.id: wall for wall in walls if wall.length_m > 0.1}
        order = [name for name in WALL_NAMES if name in by_name] + [n for n in by_name if n not in WALL_NAMES]
        named = {name: by_name[name] for name in order}
        rooms.append(BuiltRoom(room, named, [o for wall in named.values() for o in openings.get(wall.id, [])]))
    return rooms
