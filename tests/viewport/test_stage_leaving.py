"""What a proposal takes down is shown where all else stays, never across the pictures of another show."""

from collections.abc import Callable

from scene.change import SceneChange
from scene.proposal import Proposal, Receipt
from scene.records import Placement
from scene.scene import Scene
from viewport.stage import Stage


def staged(before: Scene, after: Scene) -> Stage:
    change = SceneChange.between(before, after)
    return Stage(before, Proposal("p", "t", "Another", change, before, Receipt(summary="")))


def without(scene: Scene, ids: set[str]) -> Scene:
    return Scene.of([record for record in scene.records.values() if record.id not in ids])


def test_a_work_that_goes_leaves_its_place_marked(three: Scene) -> None:
    scene = three
    first = scene.placements[0]
    assert [work.id for work in staged(scene, without(scene, {first.id})).leaving] == [first.id]
    every = {work.id for work in scene.placements}
    assert {work.id for work in staged(scene, without(scene, every)).leaving} == every
    assert Stage(scene).leaving == []


def test_another_show_hides_what_hung_before(three: Scene) -> None:
    scene = three
    fresh = [work.model_copy(update={"id": f"new-{work.id}"}) for work in scene.placements]
    bare = without(scene, {work.id for work in scene.placements})
    assert staged(scene, Scene.of([*bare.records.values(), *fresh])).leaving == []


def test_a_wall_that_goes_takes_the_marks_of_its_works_along(
    make_room: Callable[..., Scene], hang: Callable[..., Placement]
) -> None:
    scene = make_room("noir", hang("red", -2.0), hang("green", 2.0), hang("blue", 0.0, wall_id="left"))
    gone = {"back", *(work.id for work in scene.placements if work.wall_id == "back")}
    stage = staged(scene, without(scene, gone))
    assert stage.leaving == []
    assert [work.asset_id for work in stage.shown.placements] == [scene.placements[2].asset_id]
