"""What breaks a rule is put right where that is sure, else named."""

from agent.checking.draft import checked
from scene.records import Placement, Room, Wall
from scene.rules import broken_rules
from scene.scene import Scene


def work(name: str, x_m: float, pinned: bool = False) -> Placement:
    return Placement(
        id=name, asset_id=f"a-{name}", title=name, position_m=(x_m, 1.5, 0.0), size_m=(1.0, 1.0), pinned=pinned
    )


def test_a_work_hung_over_another_gets_room_beside_it() -> None:
    room = Room(id="room", min_corner_m=(-5.0, 0.0), max_corner_m=(10.0, 8.0))
    wall = Wall(id="wall", room_id="room", start_m=(-5.0, 0.0), end_m=(10.0, 0.0))
    works = [
        work(name, x).but(wall_id="wall", room_id="room") for name, x in (("one", 0.0), ("two", 0.6), ("three", 5.0))
    ]
    found = checked(Scene(), Scene.of([room, wall, *works]), by_hand=False)
    assert len(found.scene.placements) == 3
    assert not broken_rules(found.scene)
    assert found.taken_off == ()
    assert len(found.respaced) == 1
    assert "to keep clear" in found.respaced[0]


def test_a_work_without_room_comes_off_the_wall_and_is_named() -> None:
    draft = Scene.of([work("one", 0.0), work("two", 0.2), work("three", 5.0)])
    found = checked(Scene(), draft, by_hand=False)
    assert len(found.scene.placements) == 2
    assert len(found.taken_off) == 1
    assert "overlap" in found.taken_off[0][1]
    assert not broken_rules(found.scene)


def test_what_the_words_asked_for_stays_and_is_named() -> None:
    before = Scene.of([work("one", 0.0), work("two", 3.0)])
    draft = Scene.of([work("one", 0.0), work("two", 0.2)])
    found = checked(before, draft, by_hand=True)
    assert found.scene == draft
    assert found.taken_off == ()
    assert len(found.named) == 1


def test_what_was_broken_before_is_left_alone() -> None:
    before = Scene.of([work("one", 0.0), work("two", 0.2)])
    draft = Scene.of([work("one", 0.0), work("two", 0.2), work("three", 9.0)])
    found = checked(before, draft, by_hand=False)
    assert found.scene == draft
    assert found.named == ()


def test_a_pinned_work_is_put_back_exactly() -> None:
    before = Scene.of([work("one", 0.0, pinned=True), work("two", 3.0)])
    draft = Scene.of([work("one", 7.0, pinned=True), work("two", 3.0)])
    assert checked(before, draft, by_hand=False).scene == before
    assert checked(before, Scene.of([work("two", 3.0)]), by_hand=True).scene == before


def test_taking_a_pin_off_is_no_broken_rule() -> None:
    before, draft = Scene.of([work("one", 0.0, pinned=True)]), Scene.of([work("one", 0.0)])
    assert checked(before, draft, by_hand=True).scene == draft
