"""The hands without any window: drags, choices and what they refuse, in pixels, and changes at the end."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scene.document import write_document
from scene.records import Placement
from scene.rules import broken_rules
from scene.scene import Scene
from tests.viewport.hands.owner import Owner
from viewport.camera import Pose
from viewport.hands.marks import Line, Tag
from viewport.hands.previewing import with_works
from viewport.works.cards import cards_of

Hang = Callable[..., Placement]


def test_a_drag_on_a_selected_work_moves_it_along_its_wall_as_one_step(owner: Owner) -> None:
    owner.hands.select({"work-green"})
    start, end = owner.eye.at(0.0, 1.5), owner.eye.at(0.5, 2.2)
    assert owner.drag(start, end, alt=True)
    owner.hands.release()
    assert owner.steps == ["Move “Green”"]
    assert owner.work("work-green").position_m == pytest.approx((0.5, 2.2, -2.96), abs=0.02)
    assert owner.work("work-green").wall_id == "back"


def test_a_drag_elsewhere_is_left_to_the_camera(owner: Owner) -> None:
    owner.hands.select({"work-green"})
    assert not owner.drag(owner.eye.at(-2.0, 1.5), owner.eye.at(-1.0, 1.5))
    owner.hands.select(())
    assert not owner.drag(owner.eye.at(0.0, 1.5), owner.eye.at(1.0, 1.5))


def test_it_snaps_to_the_centre_line_and_to_even_gaps_and_shows_it(owner: Owner) -> None:
    owner.hands.select({"work-green"})
    owner.drag(owner.eye.at(0.0, 1.5), owner.eye.at(0.03, 1.54))
    preview = owner.hands.preview
    assert preview is not None
    assert preview.works[0].position_m == pytest.approx((0.0, 1.5, -2.96), abs=1e-9)
    assert {guide.kind for guide in preview.guides} >= {"line", "gap"}
    marks = owner.hands.marks()
    assert [mark.text for mark in marks if isinstance(mark, Tag)][:2] == ["1.10 m", "1.10 m"]
    assert any(isinstance(mark, Line) and mark.role == "guide" for mark in marks)
    owner.hands.move(*owner.eye.at(0.03, 1.54), alt=True)
    assert owner.hands.preview is not None
    assert owner.hands.preview.works[0].position_m[1] == pytest.approx(1.54, abs=0.01)


def test_round_the_corner_it_hangs_on_the_next_wall(owner: Owner) -> None:
    owner.hands.select({"work-blue"})
    right_wall = owner.eye.at(3.96, 1.5, -1.9)
    owner.drag(owner.eye.at(2.0, 1.5), owner.eye.at(3.6, 1.5), right_wall, alt=True)
    owner.hands.release()
    moved = owner.work("work-blue")
    assert moved.wall_id == "right"
    assert moved.position_m == pytest.approx((3.96, 1.5, -1.9), abs=0.06)
    assert owner.steps == ["Move “Blue” to wall right"]


def test_a_selection_on_both_sides_of_a_corner_slides_clear_of_what_hangs_beyond(
    make_room: Callable[..., Scene], hang: Hang
) -> None:
    rotation = (0.0, -(0.5**0.5), 0.0, 0.5**0.5)
    beyond = {"wall_id": "right", "rotation": rotation}
    before = hang("red", 3.3)
    after = hang("green", 0.0, position_m=(3.96, 1.5, -2.2), **beyond)
    blocking = hang("blue", 0.0, position_m=(3.96, 1.5, -1.25), **beyond)
    owner = Owner(make_room("white_cube", before, after, blocking))
    owner.hands.select({"work-red", "work-green"})
    owner.drag(owner.eye.at(3.3, 1.5), owner.eye.at(3.6, 1.5), alt=True)
    preview = owner.hands.preview
    assert preview is not None
    assert preview.broken, "held exactly where the pointer is it would overlap"
    owner.hands.move(*owner.eye.at(3.6, 1.5))
    preview = owner.hands.preview
    assert preview is not None
    assert preview.wished
    assert not preview.broken
    owner.hands.release()
    assert broken_rules(owner.eye.shown_scene) == []
    assert owner.steps == ["Move 2 works"]
    assert {owner.work("work-red").wall_id, owner.work("work-green").wall_id} <= {"back", "right"}
    assert owner.work("work-blue") == blocking


def test_several_move_together_and_are_one_step(owner: Owner) -> None:
    owner.hands.select({"work-green", "work-blue"})
    owner.drag(owner.eye.at(0.0, 1.5), owner.eye.at(0.4, 1.5), alt=True)
    owner.hands.release()
    assert owner.steps == ["Move 2 works"]
    apart = owner.work("work-blue").position_m[0] - owner.work("work-green").position_m[0]
    assert apart == pytest.approx(2.0)


def test_an_overlap_is_red_and_snaps_back_with_a_word(owner: Owner) -> None:
    before = write_document(owner.eye.shown_scene)
    owner.hands.select({"work-green"})
    owner.drag(owner.eye.at(0.0, 1.5), owner.eye.at(1.6, 1.5), alt=True)
    outlines = [mark for mark in owner.hands.marks() if isinstance(mark, Line) and mark.role == "bad"]
    assert [outline.filled for outline in outlines] == [True, False], "the one that moves, and the one that it hits"
    owner.hands.release()
    assert owner.steps == []
    assert owner.refusals == ["“Green” and “Blue” overlap."]
    assert write_document(owner.eye.shown_scene) == before
    assert owner.eye.previewed[-1] == ()


def test_a_door_is_no_place_to_hang(owner: Owner) -> None:
    owner.hands.select({"work-blue"})
    owner.drag(owner.eye.at(2.0, 1.5), owner.eye.at(3.96, 1.5, -0.3), owner.eye.at(3.96, 1.5, 0.0), alt=True)
    owner.hands.release()
    assert owner.steps == []
    assert "hangs over" in owner.refusals[0]


def test_a_work_dropped_on_another_slides_clear_and_shows_where(owner: Owner) -> None:
    owner.hands.select({"work-green"})
    owner.drag(owner.eye.at(0.0, 1.5), owner.eye.at(1.5, 1.5))
    preview = owner.hands.preview
    assert preview is not None
    assert (preview.broken, [rule.rule for rule in preview.hit]) == ((), ["overlap"])
    landing = preview.works[0].position_m
    assert landing[:2] == pytest.approx((0.0, 1.5), abs=0.01), "where the gap of this wall is kept"
    assert preview.wished[0].position_m[0] == pytest.approx(1.5, abs=0.1)
    marks = owner.hands.marks()
    assert [m.dashed for m in marks if isinstance(m, Line) and m.role == "bad"] == [False, True], "the one that is hit"
    assert any(isinstance(mark, Tag) and "overlap" in mark.text for mark in marks)
    owner.drag(owner.eye.at(0.0, 1.5), owner.eye.at(-1.3, 1.6))
    owner.hands.release()
    assert owner.refusals == []
    assert broken_rules(owner.eye.shown_scene) == []


def test_pinned_and_proposed_works_are_not_taken(three: Scene, hang: Hang) -> None:
    pinned = Owner(Scene.of([*three, hang("green", 0.0, pinned=True)]))
    pinned.hands.select({"work-green"})
    assert pinned.drag(pinned.eye.at(0.0, 1.5), pinned.eye.at(0.5, 1.5)), "nor does the camera turn"
    pinned.hands.release()
    assert (pinned.steps, pinned.refusals) == ([], ["What is selected is pinned."])
    ghost = Owner(three)
    ghost.hands.forbids = lambda ids: "That work is only proposed."
    ghost.hands.select({"work-green"})
    ghost.hands.nudge(0.1, 0.0)
    ghost.hands.nudge_end()
    assert (ghost.steps, ghost.refusals) == ([], ["That work is only proposed."])


def test_a_box_and_a_lasso_choose_what_they_touch(owner: Owner) -> None:
    low, high = owner.eye.at(-2.6, 0.6), owner.eye.at(0.1, 2.4)
    assert owner.drag(low, high, shift=True)
    assert isinstance(owner.hands.marks()[0], Line)
    owner.hands.release()
    owner.hands.armed = "lasso"
    around = [owner.eye.at(x, y) for x, y in ((2.2, 2.4), (2.6, 1.5), (1.5, 0.7), (1.4, 1.6))]
    owner.drag(owner.eye.at(1.3, 2.3), *around)
    owner.hands.release()
    assert owner.chosen == [(frozenset({"work-red", "work-green"}), True), (frozenset({"work-blue"}), False)]


def test_a_box_does_not_reach_through_walls(owner: Owner) -> None:
    owner.eye.pose = Pose.of((0.0, 1.5, -9.0), (0.0, 1.5, -3.0))
    owner.drag((1.0, 1.0), (950.0, 530.0), shift=True)
    owner.hands.release()
    assert owner.chosen == [(frozenset(), True)]


pixels = st.tuples(st.floats(-300, 1300), st.floats(-300, 900))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(["work-red", "work-green", "work-blue"]), min_size=1), st.lists(pixels, max_size=6),
       st.booleans(), st.sampled_from(["body", "scale", "turn", "along", "up"]))  # fmt: skip
def test_no_drag_breaks_a_rule_and_esc_leaves_every_byte(
    three: Scene, chosen: set[str], way: list[tuple[float, float]], alt: bool, what: str
) -> None:
    for ends in ("cancel", "release"):
        owner = Owner(three)
        owner.hands.select(chosen)
        before = write_document(three)
        gizmo = owner.hands.gizmo()
        assert gizmo is not None
        first = owner.work(min(chosen))
        grips = {grip.kind: grip.at for grip in gizmo.grips}
        start = owner.eye.at(*first.position_m) if what == "body" else grips[what]  # type: ignore[index]
        owner.drag(start, *way, alt=alt)
        if ends == "cancel":
            owner.hands.cancel()
            assert write_document(owner.eye.shown_scene) == before
            assert owner.steps == []
        else:
            owner.hands.release()
            assert broken_rules(owner.eye.shown_scene) == []
            assert len(owner.steps) <= 1
        assert not owner.hands.busy


def test_previewed_cards_leave_the_others_and_the_originals_as_they_were(three: Scene, hang: Hang) -> None:
    cards = cards_of(three.placements)
    centre = cards.centre.copy()
    shown = with_works(cards, [hang("green", 1.0), hang("new", 3.0)])
    assert shown.ids == (*cards.ids, "work-new")
    assert shown.row["work-new"] == 3
    assert np.array_equal(cards.centre, centre)
    assert shown.centre[:, 0].tolist() == [-2.0, 1.0, 2.0, 3.0]
