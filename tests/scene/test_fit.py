"""What a move newly breaks is told, what was broken before is not held against it."""

from hypothesis import given
from hypothesis import strategies as st

from scene.fit import FRAME_M, Surroundings
from scene.records import Opening, Placement, Room, Wall
from scene.rules import broken_rules
from scene.scene import Scene
from scene.sliding import Seat, carried

HALL = Room(id="hall", min_corner_m=(0.0, 0.0), max_corner_m=(10.0, 8.0))
BACK = Wall(id="back", name="back", room_id="hall", start_m=(0.0, 0.0), end_m=(10.0, 0.0))
DOOR = Opening(id="door", wall_id="back", offset_m=7.0, width_m=2.0)


def work(work_id: str, x_m: float, y_m: float = 1.5) -> Placement:
    return Placement(
        id=work_id, asset_id="a", title=work_id, position_m=(x_m, y_m, 0.04), size_m=(1.0, 1.0),
        wall_id="back", room_id="hall",
    )  # fmt: skip


def scene(*works: Placement) -> Scene:
    return Scene.of([HALL, BACK, DOOR, *works])


def told(before: Scene, *moved: Placement) -> set[str]:
    return {rule.rule for rule in Surroundings.of(before, {work.id for work in moved}).broken(moved)}


def test_overlaps_doors_and_frames_are_told() -> None:
    before = scene(work("a", 1.0), work("b", 4.0))
    assert told(before, work("a", 2.0)) == set()
    assert told(before, work("a", 3.5)) == {"overlap"}
    assert told(before, work("a", 3.0 - FRAME_M / 4)) == {"overlap"}, "frame in frame"
    assert told(before, work("a", 6.8)) == {"opening"}


def test_a_work_that_was_wrong_may_move_and_stay_as_wrong_as_it_was() -> None:
    before = scene(work("a", 3.6), work("b", 4.0))
    assert told(before, work("a", 3.5)) == set()
    tight = scene(work("a", 3.0), work("b", 4.0))
    assert told(tight, work("a", 3.0, 1.6)) == set(), "they hung frame in frame already"
    assert told(tight, work("a", 3.1)) == {"overlap"}


def test_works_that_move_together_are_looked_at_together() -> None:
    before = scene(work("a", 1.0), work("b", 4.0))
    assert told(before, work("a", 4.5), work("b", 5.0)) == {"overlap"}
    assert told(before, work("a", 2.0), work("b", 5.0)) == set()


@given(st.floats(0.6, 6.4), st.lists(st.floats(0.6, 9.4), max_size=4), st.floats(-12, 12), st.floats(-3, 3))
def test_a_drop_that_nothing_is_told_about_breaks_no_rule(
    at_m: float, others_m: list[float], way_m: float, rise_m: float
) -> None:
    others = [work(f"o{n}", x_m, 2.8) for n, x_m in enumerate(others_m)]
    before = scene(work("a", at_m), *others)
    moved = carried(before, [work("a", at_m)], "a", Seat("back", at_m + way_m, 1.5 + rise_m))
    if not Surroundings.of(before, {"a"}).broken(moved):
        was = {(rule.rule, rule.ids) for rule in broken_rules(before)}
        now = {(rule.rule, rule.ids) for rule in broken_rules(scene(moved[0], *others))}
        assert now <= was
