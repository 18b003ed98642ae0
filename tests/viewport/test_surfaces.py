"""Walls with holes are covered exactly, and only where there is wall."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scene.records import Opening, Room, Wall
from scene.scene import Scene
from viewport.surfaces import cut_into_quads, surfaces_of, wall_surface

metres = st.floats(0.0, 14.0)
holes = st.lists(st.tuples(metres, metres, st.floats(0.001, 6.0), st.floats(0.001, 6.0)), max_size=4)


def wall(width: float = 10.0, height: float = 4.0) -> Wall:
    return Wall(id="w", room_id="r", start_m=(0.0, 0.0), end_m=(width, 0.0), height_m=height)


@settings(max_examples=60)
@given(holes)
def test_pieces_cover_the_wall_but_not_its_openings(cuts: list[tuple[float, float, float, float]]) -> None:
    openings = [
        Opening(id=f"o-{k}", wall_id="w", offset_m=x, sill_m=y, width_m=w, height_m=h)
        for k, (x, y, w, h) in enumerate(cuts)
    ]
    [surface] = surfaces_of(Scene.of([wall(), *openings]), ceilings=True)
    pieces = cut_into_quads(surface)
    points = np.random.default_rng(0).random((400, 2)) * (10.0, 4.0)
    inside = (pieces[:, None, :2] < points) & (points < pieces[:, None, 2:])
    covered = inside.all(axis=2).sum(axis=0)
    open_at = [any(a < u < c and b < v < d for a, b, c, d in surface.holes) for u, v in points]
    assert (covered == 1 - np.array(open_at, int)).all()


def test_walls_face_into_the_room() -> None:
    corners = ((-4.0, -3.0), (4.0, -3.0), (4.0, 3.0), (-4.0, 3.0))
    for k in range(4):
        surface = wall_surface(Wall(id="w", room_id="r", start_m=corners[k], end_m=corners[(k + 1) % 4]))
        assert surface is not None
        middle = surface.at(np.array(surface.width_m / 2), np.array(1.0))
        assert float(surface.normal @ (np.array([0.0, 1.0, 0.0]) - middle)) > 0


def test_degenerate_rooms_and_walls_are_left_out() -> None:
    flat = Room(id="r", min_corner_m=(1.0, 1.0), max_corner_m=(1.0, 5.0))
    inside_out = Room(id="r2", min_corner_m=(1.0, 1.0), max_corner_m=(0.0, 0.0))
    assert surfaces_of(Scene.of([flat, inside_out, wall(width=0.0)]), ceilings=True) == []
