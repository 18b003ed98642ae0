"""Staging: the change from a scene to a layout's outcome keeps pinned works and the creator's own viewpoints."""

from scene.change import SceneChange
from scene.layouts.contract import Arranged, Wishes, Work
from scene.layouts.gallery import arrange_gallery
from scene.operations import keep_viewpoint, pin, stage_arrangement
from scene.records import Arrangement, Light, Placement, Room, Sign, ThemeChoice, Viewpoint, Wall
from scene.rules import broken_pins, broken_rules
from scene.scene import Scene
from tests.scene.scenes import resolve


def works(first: int, count: int) -> list[Work]:
    numbers = range(first, first + count)
    return [Work(asset_id=f"{n:016x}{0:048x}", title=f"Work {n}", width_px=1200, height_px=900) for n in numbers]


def hung(first: int, count: int) -> Scene:
    return stage_arrangement(Scene(), arrange_gallery(works(first, count), Wishes())).apply_to(Scene())


def test_an_empty_scene_becomes_the_layout_with_its_theme_and_wishes() -> None:
    arranged = arrange_gallery(works(0, 12), Wishes())
    noted = Arrangement(layout="gallery", wishes_json='{"count":12}')
    change = stage_arrangement(
        Scene(), arranged, theme="cyberpunk", arrangement=noted, author="agent", turn_id="t1", query="neon"
    )
    scene = change.apply_to(Scene())
    assert not change.updated
    assert not change.removed
    assert scene.theme.theme == "cyberpunk"
    assert scene.arrangement == noted
    assert broken_rules(scene) == []
    assert {work.asset_id for work in scene.placements} == {work.asset_id for work in works(0, 12)}
    origins = {(w.provenance.author, w.provenance.turn_id, w.provenance.query) for w in scene.placements}
    assert origins == {("agent", "t1", "neon")}


def test_staging_what_is_there_already_changes_nothing() -> None:
    arranged = arrange_gallery(works(0, 12), Wishes())
    scene = stage_arrangement(Scene(), arranged, author="agent", turn_id="t1").apply_to(Scene())
    assert stage_arrangement(scene, arranged, author="agent", turn_id="t2").is_empty


def test_works_that_stay_move_and_the_others_come_and_go() -> None:
    scene = hung(0, 12)
    change = stage_arrangement(scene, arrange_gallery(works(8, 40), Wishes()), author="agent", turn_id="t2")
    result = change.apply_to(scene)
    assert {w.asset_id for w in result.placements} == {w.asset_id for w in works(8, 40)}
    assert {i for i in change.removed if i.startswith("work-")} == {f"work-{n:016x}" for n in range(8)}
    assert broken_rules(result) == []


def test_a_pinned_work_stays_where_it_is_with_its_lamp() -> None:
    scene = hung(0, 12)
    scene = pin(scene, ["work-0000000000000003"]).apply_to(scene)
    change = stage_arrangement(scene, arrange_gallery(works(20, 12), Wishes(), scene=scene))
    result = change.apply_to(scene)
    before, now = scene.records["work-0000000000000003"], result.records["work-0000000000000003"]
    assert isinstance(before, Placement)
    assert isinstance(now, Placement)
    assert (now.position_m, now.rotation, now.size_m) == (before.position_m, before.rotation, before.size_m)
    assert broken_pins(change) == []
    assert result.records["spot-work-0000000000000003"] == scene.records["spot-work-0000000000000003"]
    assert resolve(result)


def test_a_layout_cannot_move_a_pinned_work() -> None:
    pinned = Placement(id="p1", asset_id="a", position_m=(2.0, 1.5, 0.0), size_m=(1.0, 1.0), pinned=True)
    scene = Scene.of([pinned])
    elsewhere = pinned.but(position_m=(9.0, 1.5, 0.0), size_m=(2.0, 2.0), pinned=False)
    assert stage_arrangement(scene, Arranged(records=(elsewhere,))).is_empty


def test_a_pinned_work_lets_go_of_walls_that_go() -> None:
    scene = pin(hung(0, 4), ["work-0000000000000001"]).apply_to(hung(0, 4))
    sign = Sign(id="tick-1", text="1990", position_m=(0.0, 0.1, 0.0))
    result = stage_arrangement(scene, Arranged(records=(sign,))).apply_to(scene)
    pinned = result.records["work-0000000000000001"]
    assert isinstance(pinned, Placement)
    assert (pinned.wall_id, pinned.room_id) == (None, None)
    assert set(result.records) == {"tick-1", pinned.id, f"spot-{pinned.id}"}


def test_a_pinned_work_finds_the_wall_that_is_now_behind_it() -> None:
    room = Room(id="old", min_corner_m=(0.0, 0.0), max_corner_m=(4.0, 4.0))
    wall = Wall(id="old-back", room_id="old", start_m=(0.0, 0.0), end_m=(4.0, 0.0))
    pinned = Placement(
        id="p1",
        asset_id="a",
        position_m=(2.0, 1.5, 0.04),
        size_m=(1.0, 1.0),
        wall_id="old-back",
        room_id="old",
        pinned=True,
    )
    scene = Scene.of([room, wall, pinned])
    wider = (room.but(id="new", max_corner_m=(9.0, 4.0)), wall.but(id="new-back", room_id="new", end_m=(9.0, 0.0)))
    result = stage_arrangement(scene, Arranged(records=wider)).apply_to(scene)
    assert result.records["p1"] == pinned.but(wall_id="new-back", room_id="new")


def test_the_layouts_viewpoints_go_and_the_creators_own_stay() -> None:
    scene = hung(0, 12)
    scene = keep_viewpoint(scene, "Mine", (0.0, 1.6, -2.0), (0.0, 1.6, -4.0)).apply_to(scene)
    result = stage_arrangement(scene, Arranged(records=())).apply_to(scene)
    assert [(v.id, v.name) for v in result.viewpoints] == [("viewpoint", "Mine")]
    assert all(isinstance(record, Viewpoint) for record in result)


def test_a_theme_choice_keeps_its_own_brightness_unless_given_whole() -> None:
    dim = ThemeChoice(theme="noir", light=0.5)
    scene = Scene.of([dim])
    named = stage_arrangement(scene, Arranged(records=()), theme="paper")
    assert named == SceneChange(updated={"theme": (dim, ThemeChoice(theme="paper", light=0.5))})
    whole = stage_arrangement(scene, Arranged(records=()), theme=ThemeChoice(theme="forest"))
    assert whole.updated["theme"][1] == ThemeChoice(theme="forest")
    assert stage_arrangement(scene, Arranged(records=())).is_empty


def test_lamps_of_works_that_go_are_not_left_behind() -> None:
    lost = Light(id="spot-x", for_id="work-x", position_m=(0, 3, 0), target_m=(0, 1, 0))
    work = Placement(id="work-x", asset_id="x", position_m=(0.0, 1.5, 0.0), size_m=(1.0, 1.0))
    scene = Scene.of([work, lost])
    assert set(stage_arrangement(scene, Arranged(records=())).removed) == {"work-x", "spot-x"}
