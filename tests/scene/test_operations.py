"""The verbs do what they say, leave pinned works alone, and take lamps along."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scene import operations as verbs
from scene.change import SceneChange
from scene.operations import OperationRefused
from scene.records import AnyRecord, Light, Placement, Room, Sign, ThemeChoice, Viewpoint, Wall
from scene.rules import broken_pins
from scene.scene import Scene
from scene.turning import right_of, turned, up_of
from scene.walls import facing
from tests.scene.scenes import resolve, scenes

HALL = Room(id="hall", name="Hall", min_corner_m=(0.0, 0.0), max_corner_m=(10.0, 8.0))
YARD = Room(id="yard", name="Yard", min_corner_m=(10.2, 0.0), max_corner_m=(20.0, 8.0))
BACK = Wall(id="back", room_id="hall", start_m=(0.0, 0.0), end_m=(10.0, 0.0))
RIGHT = Wall(id="right", room_id="hall", start_m=(10.0, 0.0), end_m=(10.0, 8.0))
YARD_BACK = Wall(id="yard-back", room_id="yard", start_m=(10.2, 0.0), end_m=(20.0, 0.0))


def work(work_id: str = "p1", x_m: float = 2.0, y_m: float = 1.5, **fields: object) -> Placement:
    plain = {"id": work_id, "asset_id": "a", "title": work_id, "position_m": (x_m, y_m, 0.04), "size_m": (1.0, 1.0)}
    return Placement.model_validate({**plain, "wall_id": "back", "room_id": "hall", **fields})


def lamp(work_id: str = "p1", x_m: float = 2.0) -> Light:
    return Light(id=f"lamp-{work_id}", for_id=work_id, position_m=(x_m, 4.0, 1.5), target_m=(x_m, 1.5, 0.04))


def hung(*records: AnyRecord) -> Scene:
    return Scene.of([HALL, YARD, BACK, RIGHT, YARD_BACK, *records])


def after(change: SceneChange, scene: Scene, work_id: str = "p1") -> Placement:
    found = change.apply_to(scene).records[work_id]
    assert isinstance(found, Placement)
    return found


@st.composite
def verb_calls(draw: st.DrawFn, scene: Scene) -> SceneChange:
    """Any verb on any records of the scene."""
    ids = draw(st.sets(st.sampled_from([*sorted(scene.records), "nobody"]), max_size=4))
    one, other = draw(st.sampled_from(sorted(ids) or ["nobody"])), draw(st.sampled_from(sorted(ids) or ["nobody"]))
    step_m = draw(st.floats(-3.0, 3.0, width=32))
    calls = [
        lambda: verbs.move(scene, ids, (step_m, 0.5, step_m)),
        lambda: verbs.slide(scene, ids, step_m, 0.25),
        lambda: verbs.raise_(scene, ids, 0.25),
        lambda: verbs.lower(scene, ids, 0.25),
        lambda: verbs.place(scene, one, (step_m, 1.5, 1.0)),
        lambda: verbs.scale(scene, ids, 1.5),
        lambda: verbs.resize(scene, one, (1.0, 2.0)),
        lambda: verbs.rotate(scene, ids, 30.0),
        lambda: verbs.straighten(scene, ids),
        lambda: verbs.align(scene, ids, draw(st.sampled_from(["left", "right", "top", "bottom", "centre", "middle"]))),
        lambda: verbs.space_evenly(scene, ids, draw(st.none() | st.floats(0.0, 2.0))),
        lambda: verbs.swap(scene, one, other),
        lambda: verbs.remove(scene, ids),
        lambda: verbs.pin(scene, ids),
        lambda: verbs.duplicate(scene, ids),
        lambda: verbs.exchange(scene, one, "asset-9", aspect=1.5),
        lambda: verbs.hang(scene, "asset-9", (step_m, 1.5, 0.0), (1.0, 1.0)),
        lambda: verbs.set_theme(scene, "noir"),
        lambda: verbs.set_light(scene, step_m),
        lambda: verbs.rename(scene, one, "Other"),
        lambda: verbs.keep_viewpoint(scene, "Here", (0.0, 1.6, 0.0), (0.0, 1.6, -1.0)),
    ]
    return draw(st.sampled_from(calls))()


@given(st.data(), scenes())
def test_every_verb_fits_its_scene_reverses_and_keeps_the_rest(data: st.DataObject, scene: Scene) -> None:
    change = data.draw(verb_calls(scene))
    result = change.apply_to(scene)
    assert change.reversed().apply_to(result) == scene
    assert SceneChange.between(scene, result) == change
    assert resolve(result)
    assert broken_pins(change) == []


@pytest.mark.parametrize(
    ("change_of", "expected"),
    [
        (lambda s: verbs.move(s, ["p1"], (1.0, 0.5, 0.0)), work(x_m=3.0, y_m=2.0)),
        (lambda s: verbs.slide(s, ["p1"], right_m=0.5), work(x_m=2.5)),
        (lambda s: verbs.slide(s, ["p1"], right_m=-0.5), work(x_m=1.5)),
        (lambda s: verbs.raise_(s, ["p1"], 0.2), work(y_m=1.7)),
        (lambda s: verbs.lower(s, ["p1"], 0.25), work(y_m=1.25)),
        (lambda s: verbs.scale(s, ["p1"], 2.0), work(size_m=(2.0, 2.0))),
        (lambda s: verbs.resize(s, "p1", (0.5, 0.75)), work(size_m=(0.5, 0.75))),
        (lambda s: verbs.pin(s, ["p1"]), work(pinned=True)),
        (lambda s: verbs.rename(s, "p1", "Rain"), work(title="Rain")),
        (
            lambda s: verbs.exchange(s, "p1", "b", "Rain", aspect=4.0),
            work(asset_id="b", title="Rain", size_m=(2.0, 0.5)),
        ),
        (lambda s: verbs.place(s, "p1", (15.0, 1.5, 0.04)), work(x_m=15.0, wall_id="yard-back", room_id="yard")),
        (lambda s: verbs.place(s, "p1", (5.0, 1.5, 4.0)), work(position_m=(5.0, 1.5, 4.0), wall_id=None)),
        (
            lambda s: verbs.place(s, "p1", (9.96, 1.5, 4.0), facing(RIGHT)),
            work(position_m=(9.96, 1.5, 4.0), rotation=facing(RIGHT), wall_id="right"),
        ),
    ],
)
def test_a_verb_does_what_it_says(change_of: object, expected: Placement) -> None:
    scene = hung(work())
    assert callable(change_of)
    assert after(change_of(scene), scene) == expected


def test_pinned_works_are_left_alone_until_they_are_unpinned() -> None:
    scene = hung(work(pinned=True), work("p2", 4.0))
    assert verbs.move(scene, ["p1"], (1.0, 0.0, 0.0)).is_empty
    assert verbs.remove(scene, ["p1"]).is_empty
    assert verbs.swap(scene, "p1", "p2").is_empty
    assert verbs.scale(scene, ["p1", "p2"], 2.0).ids == {"p2"}
    free = verbs.unpin(scene, ["p1"]).apply_to(scene)
    assert verbs.move(free, ["p1"], (1.0, 0.0, 0.0)).ids == {"p1"}


def test_lamps_follow_their_works() -> None:
    scene = hung(work(), lamp())
    moved = verbs.move(scene, ["p1"], (1.0, 0.25, 0.0)).apply_to(scene).records["lamp-p1"]
    assert moved == lamp().but(position_m=(3.0, 4.25, 1.5), target_m=(3.0, 1.75, 0.04))
    to_wall = verbs.place(scene, "p1", (9.96, 1.5, 4.0), facing(RIGHT)).apply_to(scene).records["lamp-p1"]
    assert isinstance(to_wall, Light)
    assert to_wall.position_m == pytest.approx((9.96 - 1.46, 4.0, 4.0))
    assert to_wall.target_m == pytest.approx((9.96, 1.5, 4.0))


def test_a_hung_work_turns_about_its_front_and_a_free_one_about_the_vertical() -> None:
    scene = hung(work(), work("free", wall_id=None, position_m=(5.0, 1.5, 4.0)))
    hung_turned = after(verbs.rotate(scene, ["p1"], 90.0), scene)
    assert right_of(hung_turned.rotation) == pytest.approx((0.0, 1.0, 0.0))
    free_turned = after(verbs.rotate(scene, ["free"], 90.0), scene, "free")
    assert up_of(free_turned.rotation) == pytest.approx((0.0, 1.0, 0.0))
    assert turned((0.0, 0.0, 1.0), free_turned.rotation) == pytest.approx((1.0, 0.0, 0.0))


def test_four_quarter_turns_are_none() -> None:
    scene = hung(work())
    for _ in range(4):
        scene = verbs.rotate(scene, ["p1"], 90.0).apply_to(scene)
    found = scene.records["p1"]
    assert isinstance(found, Placement)
    assert [abs(part) for part in found.rotation] == pytest.approx([0.0, 0.0, 0.0, 1.0])


def test_straightening_hangs_a_work_flat_to_its_wall() -> None:
    crooked = hung(work(wall_id="right", position_m=(9.96, 1.5, 4.0), rotation=(0.1, 0.2, 0.3, math.sqrt(0.86))))
    assert after(verbs.straighten(crooked, ["p1"]), crooked).rotation == facing(RIGHT)
    free = hung(work(wall_id=None, rotation=(0.1, 0.2, 0.3, math.sqrt(0.86))))
    assert up_of(after(verbs.straighten(free, ["p1"]), free).rotation) == pytest.approx((0.0, 1.0, 0.0))


@pytest.mark.parametrize(("edge", "expected"), [("top", [1.5, 2.0]), ("bottom", [1.0, 0.5]), ("middle", [1.25, 1.25])])
def test_works_line_up_by_height(edge: verbs.Edge, expected: list[float]) -> None:
    scene = hung(work(size_m=(1.0, 2.0)), work("p2", 5.0, 0.5))
    change = verbs.align(scene, ["p1", "p2"], edge)
    assert [after(change, scene, i).position_m[1] for i in ("p1", "p2")] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("edge", "expected"), [("left", [2.0, 1.75]), ("right", [4.5, 4.75]), ("centre", [3.25, 3.25])]
)
def test_works_line_up_sideways(edge: verbs.Edge, expected: list[float]) -> None:
    scene = hung(work(), work("p2", 4.75, size_m=(0.5, 0.5)))
    change = verbs.align(scene, ["p1", "p2"], edge)
    assert [after(change, scene, i).position_m[0] for i in ("p1", "p2")] == pytest.approx(expected)


def test_gaps_become_equal_between_the_outer_two_or_as_asked() -> None:
    scene = hung(work("p1", 1.0), work("p2", 2.2), work("p3", 7.0))
    ids = ["p1", "p2", "p3"]
    even = verbs.space_evenly(scene, ids).apply_to(scene)
    assert [w.position_m[0] for w in sorted(even.placements, key=lambda w: w.id)] == pytest.approx([1.0, 4.0, 7.0])
    close = verbs.space_evenly(scene, ids, gap_m=0.25).apply_to(scene)
    assert [w.position_m[0] for w in sorted(close.placements, key=lambda w: w.id)] == pytest.approx([1.0, 2.25, 3.5])


def test_two_works_change_places_and_keep_their_sizes() -> None:
    scene = hung(work(order=1), work("p2", 6.0, size_m=(2.0, 1.0), order=2))
    result = verbs.swap(scene, "p1", "p2").apply_to(scene)
    assert result.records["p1"] == work(x_m=6.0, order=2)
    assert result.records["p2"] == work("p2", 2.0, size_m=(2.0, 1.0), order=1)


def test_removing_a_room_takes_all_that_is_in_it_but_what_is_pinned() -> None:
    scene = hung(work(), lamp(), work("p2", 5.0, pinned=True), lamp("p2", 5.0))
    result = verbs.remove(scene, ["hall"]).apply_to(scene)
    assert set(result.records) == {"yard", "yard-back", "p2", "lamp-p2"}
    assert result.records["p2"] == work("p2", 5.0, pinned=True, wall_id=None, room_id=None)


def test_copies_hang_beside_their_works_with_lamps_of_their_own() -> None:
    scene = hung(work(pinned=True, order=7), lamp())
    change = verbs.duplicate(scene, ["p1"])
    assert set(change.added) == {"p1-copy", "lamp-p1-copy"}
    copy = after(change, scene, "p1-copy")
    assert copy == work("p1-copy", 3.2, title="p1", order=8)
    again = verbs.duplicate(change.apply_to(scene), ["p1"])
    assert set(again.added) == {"p1-copy-2", "lamp-p1-copy-2"}


def test_the_same_asset_can_hang_twice() -> None:
    scene = hung()
    for expected in ("work-abc", "work-abc-2", "work-abc-3"):
        change = verbs.hang(scene, "abc", (1.0, 1.5, 0.0), (1.0, 1.0), title="x" * 900)
        assert set(change.added) == {expected}
        scene = change.apply_to(scene)
    assert [work.order for work in scene.placements] == [0, 1, 2]


def test_a_theme_is_chosen_and_dimmed_within_bounds() -> None:
    dressed = verbs.set_theme(Scene(), "cyberpunk", accent="#ff00aa").apply_to(Scene())
    assert dressed.theme == ThemeChoice(theme="cyberpunk", accent="#ff00aa")
    dark = verbs.set_light(dressed, -5.0).apply_to(dressed)
    assert dark.theme == ThemeChoice(theme="cyberpunk", accent="#ff00aa", light=0.2)
    assert verbs.set_theme(dark, "noir").apply_to(dark).theme == ThemeChoice(theme="noir", light=0.2)
    assert verbs.set_light(dark, 99.0).apply_to(dark).theme.light == 3.0


def test_kept_viewpoints_and_names() -> None:
    scene = hung(Sign(id="s", text="Rain", position_m=(0, 1, 0)))
    scene = verbs.keep_viewpoint(scene, "Here", (0.0, 1.6, 3.0), (0.0, 1.6, 0.0)).apply_to(scene)
    scene = verbs.keep_viewpoint(scene, "There", (0.0, 1.6, 3.0), (0.0, 1.6, 0.0)).apply_to(scene)
    assert [(v.id, v.name, v.order) for v in scene.viewpoints] == [
        ("viewpoint", "Here", 0),
        ("viewpoint-2", "There", 1),
    ]
    for record_id, field in (("s", "text"), ("hall", "name"), ("viewpoint", "name")):
        renamed = verbs.rename(scene, record_id, "Fog").apply_to(scene).records[record_id]
        assert renamed.__dict__[field] == "Fog"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda s: verbs.scale(s, ["p1"], 0.0), "factor must be above zero"),
        (lambda s: verbs.scale(s, ["p1"], -1.0), "factor must be above zero"),
        (lambda s: verbs.scale(s, ["p1"], math.nan), "factor must be above zero"),
        (lambda s: verbs.scale(s, ["p1"], 1e6), "“p1” was left as it is: size: "),
        (lambda s: verbs.move(s, ["p1"], (math.inf, 0.0, 0.0)), "“p1” was left as it is: position: "),
        (lambda s: verbs.move(s, ["p1"], (1e9, 0.0, 0.0)), "“p1” was left as it is: position: "),
        (lambda s: verbs.rotate(s, ["p1"], math.nan), "“p1” was left as it is: rotation: "),
        (lambda s: verbs.resize(s, "p1", (0.0, 1.0)), "“p1” was left as it is: size: "),
        (lambda s: verbs.exchange(s, "p1", "b", aspect=0.0), "can't have the aspect 0"),
        (lambda s: verbs.exchange(s, "p1", "no such id!"), "“p1” was left as it is: asset_id: "),
        (lambda s: verbs.hang(s, "a", (math.nan, 0.0, 0.0), (1.0, 1.0)), "position: "),
        (lambda s: verbs.set_theme(s, "no such theme!"), "the theme was left as it is: theme: "),
        (lambda s: verbs.set_theme(s, "noir", accent="red"), "the theme was left as it is: accent: "),
        (lambda s: verbs.set_light(s, math.nan), "not a number"),
        (lambda s: verbs.keep_viewpoint(s, "Here", (math.nan, 0.0, 0.0), (0.0, 0.0, 0.0)), "position: "),
    ],
)
def test_what_cannot_be_is_refused_in_words(call: object, words: str) -> None:
    assert callable(call)
    with pytest.raises(OperationRefused, match=words):
        call(hung(work()))


def test_unknown_ids_and_other_kinds_mean_nothing() -> None:
    scene = hung(work())
    assert verbs.move(scene, ["nobody", "hall"], (1.0, 0.0, 0.0)).is_empty
    assert verbs.rename(scene, "nobody", "x").is_empty
    assert verbs.swap(scene, "p1", "p1").is_empty
    assert verbs.align(scene, ["p1"], "left").is_empty
    assert verbs.remove(scene, ["nobody"]).is_empty


@given(scenes(), st.floats(0.25, 4.0))
def test_scaling_there_and_back_is_close_to_nothing(scene: Scene, factor: float) -> None:
    ids = [work.id for work in scene.placements]
    assume(ids)
    there = verbs.scale(scene, ids, factor).apply_to(scene)
    back = verbs.scale(there, ids, 1.0 / factor).apply_to(there)
    for before, now in zip(scene.placements, back.placements, strict=True):
        assert now.size_m == pytest.approx(before.size_m)


def test_viewpoints_can_be_removed() -> None:
    scene = hung(Viewpoint(id="viewpoint", name="Here", position_m=(0, 1, 0), target_m=(0, 1, 1)))
    assert set(verbs.remove(scene, ["viewpoint"]).removed) == {"viewpoint"}
