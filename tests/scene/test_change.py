"""A change applies, reverses and squashes exactly."""

import pytest

from scene.change import ChangeDoesNotFit, SceneChange
from scene.records import Placement
from scene.scene import Scene


def work(work_id: str, x_m: float = 0.0) -> Placement:
    return Placement(id=work_id, asset_id="a", position_m=(x_m, 1.5, 0.0), size_m=(1.0, 1.0))


def test_a_change_between_two_scenes_leads_from_one_to_the_other_and_back() -> None:
    before, after = Scene.of([work("p1"), work("p2")]), Scene.of([work("p2", 3.0), work("p3")])
    change = SceneChange.between(before, after)
    assert change.apply_to(before) == after
    assert change.reversed().apply_to(after) == before


def test_an_addition_followed_by_its_removal_is_no_change() -> None:
    added = SceneChange(added={"p1": work("p1")})
    assert added.then(added.reversed()).is_empty


def test_a_change_made_for_another_scene_does_not_apply() -> None:
    change = SceneChange(removed={"p1": work("p1")})
    with pytest.raises(ChangeDoesNotFit, match="p1"):
        change.apply_to(Scene())
