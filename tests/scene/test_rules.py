"""The rules name what is wrong, and only that."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene.cards import Cards
from scene.change import SceneChange
from scene.naming import title_of
from scene.overlaps import overlapping_pairs
from scene.records import AnyRecord, Light, Opening, Placement, Room, Wall
from scene.rules import broken_pins, broken_rules
from scene.scene import Scene
from scene.turning import then, turned_by
from scene.walls import facing
from tests.scene.scenes import scenes

HALL = Room(id="hall", name="Hall", min_corner_m=(0.0, 0.0), max_corner_m=(10.0, 8.0))
BACK = Wall(id="back", name="back", room_id="hall", start_m=(0.0, 0.0), end_m=(10.0, 0.0))
SIDE = Wall(id="side", name="side", room_id="hall", start_m=(0.0, 8.0), end_m=(0.0, 0.0))
DOOR = Opening(id="door", wall_id="back", offset_m=7.0, width_m=2.0)
WINDOW = Opening(id="window", use="window", wall_id="back", offset_m=4.0, width_m=1.0, sill_m=2.5, height_m=1.0)


def work(work_id: str = "p1", x_m: float = 2.0, y_m: float = 1.5, **fields: object) -> Placement:
    plain = {"id": work_id, "asset_id": "a", "title": work_id, "position_m": (x_m, y_m, 0.04), "size_m": (1.0, 1.0)}
    return Placement.model_validate({**plain, "wall_id": "back", "room_id": "hall", **fields})


def broken(*records: AnyRecord) -> list[tuple[str, tuple[str, ...]]]:
    scene = Scene.of([HALL, BACK, SIDE, DOOR, WINDOW, *records])
    return [(rule.rule, rule.ids) for rule in broken_rules(scene)]


def test_a_sound_hanging_breaks_nothing() -> None:
    assert broken(work(), work("p2", 3.2), work("p3", 4.5, 1.9), work("p4", 6.4)) == []


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([work(x_m=6.8)], [("opening", ("p1", "door"))]),
        ([work(x_m=8.0, y_m=3.2)], []),
        ([work(x_m=4.0, y_m=2.5)], [("opening", ("p1", "window"))]),
        ([work(x_m=4.0, y_m=1.5)], []),
        ([work(x_m=0.3)], [("inside_room", ("p1", "hall")), ("on_wall", ("p1", "back"))]),
        ([work(y_m=3.8)], [("inside_room", ("p1", "hall"))]),
        ([work(y_m=0.4)], [("inside_room", ("p1", "hall"))]),
        ([work(position_m=(2.0, 1.5, 3.0))], [("on_wall", ("p1", "back"))]),
        ([work(), work("p2", 2.9)], [("overlap", ("p1", "p2"))]),
        ([work(), work("p2", 3.0)], []),
        ([work(), work("p2", 2.0, position_m=(2.0, 1.5, 0.05))], [("overlap", ("p1", "p2"))]),
        ([work(), work("p2", 2.0, position_m=(2.0, 1.5, 0.14))], []),
        ([work(wall_id="gone")], [("reference", ("p1",))]),
        ([work(room_id="back")], [("reference", ("p1",))]),
        ([Light(id="l", for_id="gone", position_m=(0, 0, 0), target_m=(0, 0, 0))], [("reference", ("l",))]),
        ([Light(id="l", for_id="back", position_m=(0, 0, 0), target_m=(0, 0, 0))], [("reference", ("l",))]),
        ([DOOR.but(id="d2", to_room_id="gone")], [("reference", ("d2",))]),
        ([DOOR.but(id="d2", offset_m=9.0)], [("shape", ("d2", "back"))]),
        ([DOOR.but(id="d2", height_m=5.0)], [("shape", ("d2", "back"))]),
        ([HALL.but(id="flat", max_corner_m=(10.0, 0.0))], [("shape", ("flat",))]),
        ([BACK.but(id="dot", end_m=(0.0, 0.0))], [("shape", ("dot",))]),
        ([work(rotation=(0.0, 0.0, 0.0, 0.5))], [("shape", ("p1",))]),
        ([work(rotation=(0.0, 0.0, 0.0, 0.0))], [("shape", ("p1",))]),
    ],
)
def test_each_rule_names_what_breaks_it(records: list[AnyRecord], expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert broken(*records) == expected


@pytest.mark.parametrize(
    "fields",
    [
        {"position_m": (math.nan, 0.0, 0.0)},
        {"position_m": (math.inf, 0.0, 0.0)},
        {"position_m": (5e6, 0.0, 0.0)},
        {"size_m": (0.0, 1.0)},
        {"size_m": (1.0, -2.0)},
        {"size_m": (1.0, 2000.0)},
        {"rotation": (math.nan, 0.0, 0.0, 1.0)},
    ],
)
def test_numbers_made_past_validation_are_named_and_kept_out_of_the_geometry(fields: dict[str, object]) -> None:
    found = broken(work().model_copy(update=fields), work("p2"))
    assert found == [("number", ("p1",))]


def test_a_work_that_crosses_another_in_a_corner_overlaps() -> None:
    flat = work(x_m=0.45, size_m=(0.8, 1.0))
    across = work("p2", wall_id="side", rotation=facing(SIDE), position_m=(0.06, 1.5, 0.3), size_m=(0.8, 1.0))
    assert ("overlap", ("p1", "p2")) in broken(flat, across)
    assert ("overlap", ("p1", "p2")) not in broken(flat, across.but(position_m=(0.04, 1.5, 0.6)))


def test_pins_are_to_be_left_alone() -> None:
    pinned = work(pinned=True)
    moved = SceneChange(updated={"p1": (pinned, pinned.but(position_m=(3.0, 1.5, 0.04)))})
    renamed = SceneChange(updated={"p1": (pinned, pinned.but(title="Other"))})
    removed = SceneChange(removed={"p1": pinned})
    unpinned = SceneChange(updated={"p1": (pinned, pinned.but(pinned=False))})
    assert [rule.ids for rule in broken_pins(moved)] == [("p1",)]
    assert [rule.words for rule in broken_pins(removed)] == ["“p1” is pinned and must stay as it is"]
    assert broken_pins(renamed) == broken_pins(unpinned) == broken_pins(moved.reversed().only(())) == []
    assert [rule.rule for rule in broken_rules(Scene(), moved)] == ["pinned"]


@given(scenes())
def test_any_scene_can_be_judged(scene: Scene) -> None:
    for rule in broken_rules(scene):
        assert rule.words
        assert all(record_id in scene for record_id in rule.ids)
        assert title_of(scene.records[rule.ids[0]])


metres = st.floats(-3.0, 3.0, width=32)
turns = st.tuples(st.integers(0, 7), st.integers(-2, 2)).map(
    lambda eighths: then(turned_by("x", 45.0 * eighths[1]), turned_by("y", 45.0 * eighths[0]))
)
cards = st.builds(
    lambda position_m, size_m, rotation: (position_m, size_m, rotation),
    st.tuples(metres, metres, metres),
    st.tuples(st.floats(0.25, 3.0, width=32), st.floats(0.25, 40.0, width=32)),
    turns,
)


@given(st.lists(cards, max_size=25))
def test_overlaps_are_found_as_by_looking_at_every_pair(found: list[tuple[object, object, object]]) -> None:
    """The grid finds exactly what the test of each pair by itself finds."""
    works = [
        Placement.model_validate(
            {"id": f"p{n}", "asset_id": "a", "position_m": position_m, "size_m": size_m, "rotation": rotation}
        )
        for n, (position_m, size_m, rotation) in enumerate(found)
    ]
    expected = [
        [i, j]
        for i in range(len(works))
        for j in range(i + 1, len(works))
        if len(overlapping_pairs(Cards.of([works[i], works[j]])))
    ]
    assert overlapping_pairs(Cards.of(works)).tolist() == expected


@given(cards, cards)
def test_cards_overlap_when_a_point_is_inside_both(
    one: tuple[object, object, object], other: tuple[object, object, object]
) -> None:
    """Sampled points of one card that lie well inside the other prove an overlap."""
    works = [
        Placement.model_validate({"id": i, "asset_id": "a", "position_m": p, "size_m": s, "rotation": r})
        for i, (p, s, r) in zip("ab", (one, other), strict=True)
    ]
    pair = Cards.of(works)
    steps = np.linspace(-0.98, 0.98, 25)
    grid = np.stack(np.meshgrid(steps, steps, [-0.9, 0.0, 0.9]), axis=-1).reshape(-1, 3)
    points_m = (grid * pair.half_m[0]) @ pair.axes[0] + pair.centre_m[0]
    seen = np.abs((points_m - pair.centre_m[1]) @ pair.axes[1].T)
    if (seen < pair.half_m[1] - 0.002).all(axis=1).any():
        assert overlapping_pairs(pair).tolist() == [[0, 1]]


def test_a_heap_of_works_is_reported_up_to_a_thousand_pairs() -> None:
    heap = Scene.of(work(f"p{n}", wall_id=None, room_id=None) for n in range(400))
    assert len(broken_rules(heap)) == 1_000


def test_nothing_to_judge() -> None:
    assert broken_rules(Scene()) == []
    assert overlapping_pairs(Cards.of([])).shape == (0, 2)
    assert overlapping_pairs(Cards.of([work()])).shape == (0, 2)
