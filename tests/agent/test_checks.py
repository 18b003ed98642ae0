"""What breaks a rule is put right where that is sure, else named."""

from agent.checks import checked
from scene.records import Placement
from scene.rules import broken_rules
from scene.scene import Scene


def work(name: str, x_m: float, pinned: bool = False) -> Placement:
    return Placement(
        id=name, asset_id=f"a-{name}", title=name, position_m=(x_m, 1.5, 0.0), size_m=(1.0, 1.0), pinned=pinned
    )


def test_a_work_hung_over_another_comes_off_the_wall_and_is_named() -> None:
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
