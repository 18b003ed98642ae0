"""Positions of a new room's works on its walls."""

from scene.layouts.building import BuiltRoom, clockwise
from scene.layouts.hanging import Spot, on_wall
from scene.layouts.lineup import CORNER_M, JAMB_M, LineUp, halves
from scene.layouts.sizes import LOWEST_EDGE_M, Sizes


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
