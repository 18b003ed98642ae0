"""Hanging without any window: what is dropped or brought finds its place on the wall, or a word why not."""

from collections.abc import Callable

import pytest

from scene.records import Placement
from scene.rules import broken_rules
from scene.scene import Scene
from tests.viewport.hands.owner import Owner
from viewport.hands.hanging import Hangable

Hang = Callable[..., Placement]


def test_an_asset_hangs_where_it_is_dropped_in_the_scale_of_the_wall(owner: Owner) -> None:
    assert owner.hands.drag_in([Hangable("new", "New", 2.0)])
    assert owner.hands.drag_over(*owner.eye.at(1.0, 3.0), alt=True)
    assert owner.hands.drop()
    hung = owner.work("work-new")
    assert owner.steps == ["Hang “New”"]
    assert hung.size_m[0] * hung.size_m[1] == pytest.approx(0.9 * 1.2, rel=1e-3)
    assert hung.size_m[0] / hung.size_m[1] == pytest.approx(2.0, rel=1e-3)
    assert (hung.wall_id, hung.room_id) == ("back", "room-1")


def test_a_drop_onto_another_work_hangs_at_the_nearest_free_place_and_with_alt_not_at_all(owner: Owner) -> None:
    owner.hands.drag_in([Hangable("new", "New", 1.0)])
    owner.hands.drag_over(*owner.eye.at(0.0, 1.5), alt=True)
    assert not owner.hands.drop()
    assert "overlap" in owner.refusals[0]
    assert owner.steps == []
    owner.hands.drag_in([Hangable("new", "New", 1.0)])
    owner.hands.drag_over(*owner.eye.at(0.0, 1.5))
    assert owner.hands.drop()
    assert owner.steps == ["Hang “New”"]
    assert broken_rules(owner.eye.shown_scene) == []


def test_where_a_wall_is_full_nothing_slides(three: Scene, hang: Hang) -> None:
    above = hang("above", 0.0, position_m=(0.0, 3.1, -2.96), size_m=(7.9, 1.7))
    below = hang("below", 0.0, position_m=(0.0, 0.4, -2.96), size_m=(7.9, 0.7))
    owner = Owner(Scene.of([*three, above, below]))
    owner.hands.drag_in([Hangable("new", "New", 2.5)])
    owner.hands.drag_over(*owner.eye.at(0.0, 1.5))
    assert not owner.hands.drop()
    assert "overlap" in owner.refusals[0]


def test_the_first_work_brings_the_room_that_was_shown() -> None:
    owner = Owner(Scene())
    assert owner.hands.hang([Hangable("new", "New", 1.5)])
    scene = owner.eye.shown_scene
    assert [len(found) for found in (scene.placements, scene.rooms, scene.walls)] == [1, 1, 4]
    assert broken_rules(scene) == []
    assert owner.hands.hang([Hangable(f"more-{n}", "", 1.0) for n in range(3)])
    assert len(owner.eye.shown_scene.placements) == 4
    assert broken_rules(owner.eye.shown_scene) == []
