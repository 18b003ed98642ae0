"""What a gallery needs beside its works: walls, openings, lamps, names of rooms and places to stand."""

from collections.abc import Sequence

from scene.layouts.building import BuiltRoom
from scene.layouts.hanging import spots_on
from scene.layouts.visit import entrance_of, stops
from scene.records import AnyRecord, Light, Placement, Sign

SIGN_OFF_WALL_M = 0.03


def furnished(rooms: Sequence[BuiltRoom], kept: Sequence[Placement], hung: Sequence[Placement]) -> list[AnyRecord]:
    """All records of a gallery whose works are solved."""
    works = [*kept, *hung]
    walls = {wall.id: wall for room in rooms for wall in room.walls.values()}
    records: list[AnyRecord] = []
    for room in rooms:
        records += [room.room, *(wall.record for wall in room.walls.values()), *room.openings, ceiling_light(room)]
    records += [*works, *spots_on(works, walls), *_door_signs(rooms)]
    return [*records, entrance_of(rooms[0]), *stops(rooms, works)]


def ceiling_light(room: BuiltRoom) -> Light:
    """The general light of a room, under the middle of its ceiling."""
    (x0, z0), (x1, z1) = room.room.min_corner_m, room.room.max_corner_m
    x, z = (x0 + x1) / 2, (z0 + z1) / 2
    return Light(
        id=f"light-{room.room.id}",
        use="room",
        position_m=(x, room.room.height_m - 0.1, z),
        target_m=(x, 0.0, z),
        for_id=room.room.id,
    )


def _door_signs(rooms: Sequence[BuiltRoom]) -> list[Sign]:
    """Above each doorway the name of the room that it leads to."""
    names = {room.room.id: room.room.name for room in rooms}
    signs = []
    for room in rooms:
        for opening in room.openings:
            name = names.get(opening.to_room_id or "", "")
            wall = next(w for w in room.walls.values() if w.id == opening.wall_id)
            y = opening.sill_m + opening.height_m + 0.3
            if name and y + 0.2 < wall.height_m:
                middle = opening.offset_m + opening.width_m / 2
                signs.append(
                    Sign(
                        id=f"sign-{opening.id}",
                        text=name,
                        position_m=wall.point(middle, y, SIGN_OFF_WALL_M),
                        rotation=wall.rotation,
                        height_m=0.16,
                        use="room",
                    )
                )
    return signs
