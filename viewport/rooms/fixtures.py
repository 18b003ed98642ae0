"""What hangs from ceilings: tracks with lamps that are trained on the works, and luminous fields of glass."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from scene.themes import Fixtures
from viewport.graphics.paint import COLOUR, PLAIN, Look, actor_for, mirrored_actor_for
from viewport.graphics.quads import Corners, QuadMesh
from viewport.graphics.textures import rgb
from viewport.rooms.rooms import Painted, box_quads, facing_shade
from viewport.surfaces import Surface, Vector
from viewport.works.cards import Cards

AHEAD_M, LEAST_AHEAD_M = 1.15, 0.5
"""Tracks run so far before their wall."""
TRACK_M = (0.035, 0.03)
LAMP_LENGTH_M, LAMP_RADIUS_M, STEM_M = 0.17, 0.042, 0.09
SIDES = 8
WIDE_M = 1.9
"""Wider works have two lamps."""
MOST_LAMPS = 400
GLASS_MARGIN_M, PANE_M, BAR_M = 1.3, 1.2, 0.026
SMALLEST_GLASS_M = 1.6
BEAM_M, BEAM_EVERY_M, LONGEST_BEAM_M = (0.13, 0.2), 1.5, 16.0


def paint_fixtures(
    surfaces: Sequence[Surface],
    cards: Cards,
    wall_of: Callable[[int], Surface | None],
    fixtures: Fixtures | None,
    level: float,
    shine: NDArray[np.float32],
) -> Painted:
    """Tracks, lamps and glass of every room with a ceiling; `shine` is the sRGB colour of a lamp's lens."""
    if fixtures is not None and fixtures.beams:
        beams = [quads for floor in surfaces if floor.part == "floor" for quads in _beams(floor, surfaces)]
        return _painted([(beams, rgb(fixtures.colour) * np.float32(level), True)])
    ceilings = {surface.room_id: surface for surface in surfaces if surface.part == "ceiling"}
    if fixtures is None or not ceilings:
        return Painted()
    solid, bright, glass = [], [], []
    if fixtures.lamps:
        hung = _by_wall(cards, wall_of, ceilings)
        for wall, rows in hung.values():
            ceiling = ceilings[wall.room_id]
            ahead = _ahead_m(wall, ceiling)
            solid.append(_track(wall, ceiling, cards, rows, ahead))
            for row in rows:
                for foot, aim in _lamps(wall, ceiling, cards, row, ahead):
                    body, lens = _lamp(foot, aim)
                    solid.append(body)
                    bright.append(lens)
    if fixtures.glass is not None:
        for ceiling in ceilings.values():
            panes, bars = _glass(ceiling)
            glass.append(panes)
            solid.append(bars)
    return _painted(
        [(solid, rgb(fixtures.colour) * np.float32(level), True), (bright, shine, False),
         (glass, rgb(fixtures.glass or "#ffffff"), False)]
    )  # fmt: skip


def _painted(parts: Sequence[tuple[list[Corners], NDArray[np.float32], bool]]) -> Painted:
    found = Painted()
    for pieces, colour, is_solid in parts:
        corners = np.concatenate([piece for piece in pieces if len(piece)] or [np.zeros((0, 4, 3), np.float32)])
        if not len(corners):
            continue
        mesh = QuadMesh(len(corners), colours=True)
        mesh.corners[:] = corners
        assert mesh.rgba is not None
        shade = facing_shade(corners)[:, None, None] if is_solid else np.ones((len(corners), 1, 1), np.float32)
        mesh.rgba[..., :3] = (np.clip(colour * shade, 0, 1) * 255).astype(np.uint8)
        mesh.changed()
        look = Look(COLOUR if is_solid else PLAIN, {})
        found.actors.append(actor_for(mesh, look))
        found.mirrored.append(mirrored_actor_for(mesh, look))
    return found


def _by_wall(
    cards: Cards, wall_of: Callable[[int], Surface | None], ceilings: dict[str, Surface]
) -> dict[str, tuple[Surface, list[int]]]:
    """The works on each wall of a room that has a ceiling, at most so many in all."""
    found: dict[str, tuple[Surface, list[int]]] = {}
    for row in range(min(len(cards), MOST_LAMPS)):
        wall = wall_of(row)
        if wall is not None and wall.room_id in ceilings:
            found.setdefault(wall.wall_id, (wall, []))[1].append(row)
    return found


def _ahead_m(wall: Surface, ceiling: Surface) -> float:
    """How far before the wall its track runs: never beyond the middle of the room."""
    depth = abs(float(wall.normal @ ceiling.right)) * ceiling.width_m
    depth += abs(float(wall.normal @ ceiling.up)) * ceiling.height_m
    return float(np.clip(depth * 0.3, LEAST_AHEAD_M, AHEAD_M))


def _track(wall: Surface, ceiling: Surface, cards: Cards, rows: Sequence[int], ahead_m: float) -> Corners:
    us = [wall.plane_of(cards.centre[row])[0] for row in rows]
    low, high = max(0.1, min(us) - 0.5), min(wall.width_m - 0.1, max(us) + 0.5)
    centre = wall.origin + wall.right * (low + high) / 2 + wall.normal * ahead_m
    centre = np.array([centre[0], ceiling.origin[1] - TRACK_M[1] / 2, centre[2]])
    down = np.array([0.0, -1.0, 0.0])
    return box_quads(centre, wall.right * (high - low) / 2, down * TRACK_M[1] / 2, wall.normal * TRACK_M[0] / 2)


def _lamps(wall: Surface, ceiling: Surface, cards: Cards, row: int, ahead_m: float) -> list[tuple[Vector, Vector]]:
    """Where each lamp of a work hangs and what it is trained on."""
    width = float(cards.size[row, 0])
    sideways = (-0.28 * width, 0.28 * width) if width > WIDE_M else (0.0,)
    found = []
    for offset in sideways:
        aim = cards.centre[row] + cards.right[row] * offset
        u = wall.plane_of(aim)[0]
        foot = wall.origin + wall.right * u + wall.normal * ahead_m
        found.append((np.array([foot[0], ceiling.origin[1] - TRACK_M[1], foot[2]]), aim))
    return found


def _lamp(foot: Vector, aim: Vector) -> tuple[Corners, Corners]:
    """A stem and a tube that points at the work, and its lens."""
    joint = foot - np.array([0.0, STEM_M, 0.0])
    along = aim - joint
    along /= max(float(np.linalg.norm(along)), 1e-9)
    side = np.cross(along, (0.0, 1.0, 0.0))
    side /= max(float(np.linalg.norm(side)), 1e-9)
    above = np.cross(side, along)
    turns = np.linspace(0, 2 * np.pi, SIDES + 1)
    ring = (np.cos(turns)[:, None] * side + np.sin(turns)[:, None] * above) * LAMP_RADIUS_M
    back, front = joint - along * LAMP_LENGTH_M * 0.5, joint + along * LAMP_LENGTH_M * 0.5
    tube = np.stack([back + ring[1:], back + ring[:-1], front + ring[:-1], front + ring[1:]], axis=1)
    cap, lens = _disc(back, ring, False), _disc(front - along * 0.012, ring * 0.86, True)
    stem = box_quads((foot + joint) / 2, np.array([0.008, 0, 0]), np.array([0, STEM_M / 2, 0]), np.array([0, 0, 0.008]))
    return np.concatenate([tube, cap, stem]).astype(np.float32), lens.astype(np.float32)


def _disc(centre: Vector, ring: NDArray[np.float64], faces_on: bool) -> NDArray[np.float64]:
    """Three quads that fill an octagon."""
    points = centre + ring[:SIDES]
    order = ((0, 1, 2, 3), (0, 3, 4, 7), (4, 5, 6, 7))
    quads = np.array([[points[k] for k in four] for four in order])
    return quads[:, ::-1] if faces_on else quads


def _beams(floor: Surface, surfaces: Sequence[Surface]) -> list[Corners]:
    """Beams across the shorter way of a room, and copings on its walls."""
    heights = [s.height_m for s in surfaces if s.part == "wall" and s.room_id == floor.room_id]
    if not heights or min(floor.width_m, floor.height_m) > LONGEST_BEAM_M:
        return []
    (wide, high), up = BEAM_M, np.array([0.0, 1.0, 0.0])
    long, short = (floor.right, floor.up) if floor.width_m >= floor.height_m else (floor.up, floor.right)
    reach, span = max(floor.width_m, floor.height_m), min(floor.width_m, floor.height_m)
    found = []
    for at in np.linspace(0, reach, max(2, round(reach / BEAM_EVERY_M) + 1))[1:-1]:
        centre = floor.origin + long * at + short * span / 2 + up * (max(heights) + high / 2)
        found.append(box_quads(centre, long * wide / 2, up * high / 2, short * (span / 2 + 0.15)))
    for wall in (s for s in surfaces if s.part == "wall" and s.room_id == floor.room_id):
        centre = wall.origin + wall.right * wall.width_m / 2 + up * (wall.height_m + 0.04) - wall.normal * 0.05
        found.append(box_quads(centre, wall.right * (wall.width_m / 2 + 0.08), up * 0.04, wall.normal * 0.08))
    return found


def _glass(ceiling: Surface) -> tuple[Corners, Corners]:
    """A luminous field in the middle of a ceiling, and its bars; nothing in small rooms."""
    width, depth = ceiling.width_m - 2 * GLASS_MARGIN_M, ceiling.height_m - 2 * GLASS_MARGIN_M
    nothing = np.zeros((0, 4, 3), np.float32)
    if min(width, depth) < SMALLEST_GLASS_M:
        return nothing, nothing
    u, v = np.array([0.0, width, width, 0.0]), np.array([0.0, 0.0, depth, depth])
    field = ceiling.at(u + GLASS_MARGIN_M, v + GLASS_MARGIN_M) + ceiling.normal * 0.006
    bars = []
    for extent, other, along, across in (
        (width, depth, ceiling.right, ceiling.up),
        (depth, width, ceiling.up, ceiling.right),
    ):
        start = ceiling.origin + (ceiling.right + ceiling.up) * GLASS_MARGIN_M + ceiling.normal * 0.02
        for position in np.linspace(0, extent, max(2, round(extent / PANE_M) + 1)):
            centre = start + along * position + across * other / 2
            bars.append(box_quads(centre, along * BAR_M / 2, ceiling.normal * 0.02, across * (other / 2 + BAR_M / 2)))
    return field[None].astype(np.float32), np.concatenate(bars)
