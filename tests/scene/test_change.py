"""A change applies, reverses and squashes exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene.change import ChangeDoesNotFit, SceneChange
from scene.history import squashed
from scene.records import Placement
from scene.scene import Scene
from tests.scene.scenes import edit_runs, scenes


def work(work_id: str, x_m: float = 0.0) -> Placement:
    return Placement(id=work_id, asset_id="a", position_m=(x_m, 1.5, 0.0), size_m=(1.0, 1.0))


def moved(work_id: str, from_m: float, to_m: float) -> SceneChange:
    return SceneChange(updated={work_id: (work(work_id, from_m), work(work_id, to_m))})


@given(scenes(), scenes())
def test_a_change_between_two_scenes_leads_from_one_to_the_other_and_back(before: Scene, after: Scene) -> None:
    change = SceneChange.between(before, after)
    assert change.apply_to(before) == after
    assert change.reversed().apply_to(after) == before
    assert change.reversed().reversed() == change


@given(st.data(), scenes())
def test_any_run_of_edits_squashes_into_the_difference(data: st.DataObject, before: Scene) -> None:
    run = data.draw(edit_runs(before, most=10))
    after = before
    for change in run:
        after = change.apply_to(after)
    assert squashed(run) == SceneChange.between(before, after)


@given(st.data(), scenes())
def test_squashing_does_not_depend_on_the_grouping(data: st.DataObject, before: Scene) -> None:
    run = data.draw(edit_runs(before, most=6))
    cut = data.draw(st.integers(0, len(run)))
    assert squashed(run[:cut]).then(squashed(run[cut:])) == squashed(run)


@given(st.data(), scenes())
def test_a_run_followed_by_its_reverse_is_no_change(data: st.DataObject, before: Scene) -> None:
    whole = squashed(data.draw(edit_runs(before)))
    assert whole.then(whole.reversed()).is_empty


@given(st.data(), scenes(), scenes())
def test_a_change_is_its_parts(data: st.DataObject, before: Scene, after: Scene) -> None:
    change = SceneChange.between(before, after)
    ids = data.draw(st.sets(st.sampled_from(sorted(change.ids)))) if change.ids else set()
    part, rest = change.only(ids), change.only(change.ids - ids)
    assert part.then(rest) == change


@pytest.mark.parametrize(
    "change",
    [
        SceneChange(removed={"p1": work("p1", 5.0)}),
        moved("p1", 5.0, 6.0),
        SceneChange(added={"p1": work("p1", 5.0)}),
        SceneChange(removed={"p2": work("p2")}),
        moved("p2", 0.0, 1.0),
    ],
)
def test_a_change_made_for_another_scene_does_not_apply(change: SceneChange) -> None:
    with pytest.raises(ChangeDoesNotFit, match=r"p[12]"):
        change.apply_to(Scene.of([work("p1")]))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (SceneChange(added={"p": work("p")}), SceneChange(added={"p": work("p")})),
        (SceneChange(removed={"p": work("p")}), SceneChange(removed={"p": work("p")})),
        (SceneChange(added={"p": work("p")}), SceneChange(removed={"p": work("p", 2.0)})),
        (moved("p", 0.0, 1.0), SceneChange(removed={"p": work("p")})),
        (moved("p", 0.0, 1.0), moved("p", 2.0, 3.0)),
        (SceneChange(removed={"p": work("p")}), moved("p", 0.0, 1.0)),
    ],
)
def test_changes_that_do_not_join_are_refused(first: SceneChange, second: SceneChange) -> None:
    with pytest.raises(ChangeDoesNotFit, match="p"):
        first.then(second)


def test_an_id_may_not_stand_in_two_parts() -> None:
    with pytest.raises(ValueError, match="p1"):
        SceneChange(added={"p1": work("p1")}, removed={"p1": work("p1")})


def test_a_change_does_not_follow_the_dicts_it_was_made_from() -> None:
    added = {"p1": work("p1")}
    change = SceneChange(added=dict(added))
    added.clear()
    assert change.ids == {"p1"}
    with pytest.raises(TypeError):
        change.added["p2"] = work("p2")  # type: ignore[index]
