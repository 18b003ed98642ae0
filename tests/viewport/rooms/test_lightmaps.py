"""Baked light: where it falls, that it stays in its cell, and that an edit costs only what it touches."""

from collections.abc import Callable

import numpy as np

from scene.records import Placement
from scene.scene import Scene
from scene.themes import Theme
from viewport.rooms.environment import _by_room, _hung
from viewport.rooms.lightmaps import Bake, Known, bake, pack
from viewport.rooms.strips import segments_of
from viewport.surfaces import surfaces_of
from viewport.works.cards import cards_of


def order_for(scene: Scene, theme: Theme) -> Bake:
    surfaces = surfaces_of(scene, theme.ceiling is not None)
    segments = segments_of(surfaces, theme, scene)
    hung = _hung(scene, cards_of(scene.placements), theme, surfaces)
    return Bake(theme, surfaces, hung, _by_room(segments, surfaces))


def baked(order: Bake, known: Known | None = None) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    """Texels by wall id or part, lowest row first."""
    cells, size = pack(order.surfaces)
    rows = bake(order, cells, size, known)[::-1]
    pairs = zip(order.surfaces, cells, strict=True)
    return {s.wall_id or s.part: rows[c.y : c.y + c.height, c.x : c.x + c.width] for s, c in pairs}


def test_a_spot_lights_the_wall_around_its_work_and_the_floor_before_it(
    make_room: Callable[..., Scene], hang: Callable[..., Placement], themes: dict[str, Theme]
) -> None:
    dark = baked(order_for(make_room("museum"), themes["museum"]))
    lit = baked(order_for(make_room("museum", hang("red", 0.0)), themes["museum"]))
    gain = lit["back"].astype(int).sum(axis=2) - dark["back"].astype(int).sum(axis=2)
    row, column = np.unravel_index(gain.argmax(), gain.shape)
    assert abs(column / gain.shape[1] * 8.0 - 4.0) < 1.2
    assert 0.4 < row / gain.shape[0] * 3.6 < 3.0
    assert gain.max() > 60
    assert (lit["floor"].astype(int) - dark["floor"]).max() > 5
    assert np.array_equal(lit["front"], dark["front"])


def test_strips_are_brightest_where_they_run(make_room: Callable[..., Scene], themes: dict[str, Theme]) -> None:
    wall = baked(order_for(make_room("cyberpunk"), themes["cyberpunk"]))["back"].astype(int)
    across = wall[:, wall.shape[1] // 3].sum(axis=1)
    assert across.argmax() > 0.9 * len(across), "along the ceiling"
    assert across[: len(across) // 10].max() > 2 * across[len(across) // 2]


def test_an_edit_bakes_only_the_surfaces_it_touches(
    make_room: Callable[..., Scene], hang: Callable[..., Placement], themes: dict[str, Theme]
) -> None:
    known: Known = {}
    baked(order_for(make_room("museum", hang("red", 0.0)), themes["museum"]), known)
    before = dict(known)
    moved = baked(order_for(make_room("museum", hang("red", 1.0)), themes["museum"]), known)
    assert len(set(known) - set(before)) == 2, "its wall and its floor"
    assert np.array_equal(
        moved["back"], baked(order_for(make_room("museum", hang("red", 1.0)), themes["museum"]))["back"]
    )


def test_cells_do_not_overlap_and_the_budget_holds(make_room: Callable[..., Scene], themes: dict[str, Theme]) -> None:
    surfaces = list(order_for(make_room("noir"), themes["noir"]).surfaces) * 300
    cells, (width, height) = pack(surfaces, sunlit=True)
    assert width * height < 9_000_000
    taken = np.zeros((height, width), np.int32)
    for cell in cells:
        taken[cell.y - 2 : cell.y + cell.height + 2, cell.x - 2 : cell.x + cell.width + 2] += 1
    assert taken.max() == 1
