"""Gallery: works on the walls of connected rooms, hung on one centre line with even gaps around a hero."""

from collections.abc import Sequence

from scene.layouts.building import BuiltRoom, build, clockwise, ribbon
from scene.layouts.contract import Arranged, Wishes, Work
from scene.layouts.hanging import Spot, on_wall, placements, spots_on
from scene.layouts.lineup import CORNER_M, JAMB_M, LineUp, halves, line_up, size_room
from scene.layouts.sequence import in_sequence, plural
from scene.layouts.sizes import LOWEST_EDGE_M, Sizes, wall_sizes
from scene.layouts.visit import entrance_of, stops
from scene.records import AnyRecord, Light, Placement
from scene.scene import Scene

MOST_PER_ROOM = 30
DEFAULT_GAP_M = 0.65
DEFAULT_CENTRE_M = 1.5


def arrange_gallery(
    works: Sequence[Work],
    wishes: Wishes,
    *,
    seed: int = 0,
    kept: Sequence[Placement] = (),
    scene: Scene | None = None,
) -> Arranged:
    """Hang the works in as many rooms as they need."""
    unmet: list[str] = []
    sequence = in_sequence(works, wishes, unmet)
    centre = wishes.eye_height_m or DEFAULT_CENTRE_M
    gap = wishes.gap_m or DEFAULT_GAP_M
    sizes = wall_sizes(works, wishes.scale or 1.0, centre)
    plans = ribbon(1)
    lined = [line_up(plans[0], sequence, sizes, gap, sequence[0] if sequence else None, wishes.order is not None)]
    for one in lined:
        size_room(one, sizes, gap, centre)
    rooms = build(plans)
    spots = [spot for room, one in zip(rooms, lined, strict=True) for spot in hang(room, one, sizes, gap, centre)]
    hung = placements(works, spots)
    walls = {wall.id: wall for room in rooms for wall in room.walls.values()}
    records: list[AnyRecord] = []
    for room in rooms:
        records += [room.room, *(wall.record for wall in room.walls.values()), *room.openings, ceiling_light(room)]
    records += [*hung, *spots_on(hung, walls), entrance_of(rooms[0], hung), *stops(rooms, hung)]
    where = f"{plural(len(hung), 'work')} in {plural(len(rooms), 'room')}"
    summary = f"{where}, centre line at {centre:.2f} m, gaps of {gap:.2f} m"
    return Arranged(records=tuple(records), unmet=tuple(unmet), summary=summary)


def hang(room: BuiltRoom, lined: LineUp, sizes: Sizes, gap_m: float, centre_m: float, group: str = "") -> list[Spot]:
    """Positions for a room's works: each run of wall carries its works centred, with even gaps."""
    spots: list[Spot] = []
    for name in clockwise(lined.plan.entry):
        wall, works = room.walls[name], lined.walls[name]
        door = next((o for o in room.openings if o.wall_id == wall.id and o.use != "window"), None)
        if door is None:
            runs = [(CORNER_M, wall.length_m - CORNER_M, works)]
        else:
            first, second = halves(works)
            near, far = door.offset_m - JAMB_M, door.offset_m + door.width_m + JAMB_M
            runs = [(CORNER_M, near, first), (far, wall.length_m - CORNER_M, second)]
        for start, end, run in runs:
            widths = sizes[run, 0]
            at = (start + end - float(widths.sum()) - gap_m * (len(run) - 1)) / 2
            for work, width in zip(run, widths.tolist(), strict=True):
                height = float(sizes[work, 1])
                y = max(centre_m, height / 2 + LOWEST_EDGE_M)
                spots.append(on_wall(work, wall, at + width / 2, y, (width, height), group))
                at += width + gap_m
    return spots


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
