"""Passages behind doors: where they lie, that none reaches into another room, and what they leave alone."""

from collections.abc import Callable

from scene.records import Opening, Room
from scene.scene import Scene
from scene.themes import Theme
from viewport.rooms.doorways import COVERED_M, OPEN_M, paint_passages
from viewport.rooms.rooms import REVEAL_M
from viewport.surfaces import surfaces_of


def bounds(scene: Scene, theme: Theme) -> tuple[float, ...]:
    parts = paint_passages(surfaces_of(scene, theme.ceiling is not None), theme, 1.0)
    return parts.actors[0].GetBounds() if parts.actors else ()


def test_a_door_to_the_outside_has_a_passage_as_wide_as_itself(
    make_room: Callable[..., Scene], themes: dict[str, Theme]
) -> None:
    for name, depth_m in (("museum", COVERED_M), ("desert", OPEN_M)):
        low_x, high_x, low_y, high_y, low_z, high_z = bounds(make_room(name), themes[name])
        assert abs(low_x - (4.0 + REVEAL_M)) < 1e-4
        assert abs(high_x - (4.0 + REVEAL_M + depth_m)) < 1e-4
        assert low_y == 0.0
        assert 1.9 < high_y < 3.0
        assert abs((high_z - low_z) - 1.6) < 1e-4


def test_a_door_into_the_next_room_and_a_window_have_none(
    make_room: Callable[..., Scene], themes: dict[str, Theme]
) -> None:
    room = make_room("museum")
    beyond = Room(id="room-2", name="Two", min_corner_m=(4.0, -3.0), max_corner_m=(9.0, 3.0), height_m=3.6)
    assert bounds(Scene.of([*room.records.values(), beyond]), themes["museum"]) == ()
    window = Opening(id="door", wall_id="right", offset_m=2.2, width_m=1.6, sill_m=1.0)
    records = [record for record in room.records.values() if record.id != "door"]
    assert bounds(Scene.of([*records, window]), themes["museum"]) == ()


def test_passages_grow_dim_and_take_the_colour_of_the_neon_around_their_door(
    make_room: Callable[..., Scene], themes: dict[str, Theme]
) -> None:
    theme = themes["cyberpunk"]
    plain = theme.model_copy(update={"lights": theme.lights.model_copy(update={"strips": ()})})
    found = []
    for chosen in (theme, plain):
        actor = paint_passages(surfaces_of(make_room("cyberpunk"), True), chosen, 1.0).actors[0]
        colours = actor.GetMapper().GetInput().GetPointData().GetScalars()
        corners = [colours.GetTuple(k)[:3] for k in range(4)]
        assert sum(corners[0]) < sum(corners[2]), "the far end is dimmer"
        found.append(sum(corners[2]))
    assert found[0] > found[1] * 1.5
