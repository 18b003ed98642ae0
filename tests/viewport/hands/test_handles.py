"""Handles and keys without any window: works grow, turn and are nudged as far as their neighbours let them."""

import pytest

from tests.viewport.hands.owner import Owner
from viewport.camera import Pose
from viewport.hands.marks import Knob


def test_a_corner_makes_it_larger_without_distortion(owner: Owner) -> None:
    owner.hands.select({"work-green"})
    gizmo = owner.hands.gizmo()
    assert gizmo is not None
    grip = next(grip for grip in gizmo.grips if grip.sign == (1, 1))
    assert owner.hands.point_at(*grip.at) == "handle"
    assert any(isinstance(mark, Knob) and mark.role == "hot" for mark in owner.hands.marks())
    owner.drag(grip.at, owner.eye.at(0.7, 2.5), alt=True)
    owner.hands.release()
    width, height = owner.work("work-green").size_m
    assert width > 1.0
    assert width / height == pytest.approx(0.75)
    left_low = owner.work("work-green").position_m
    assert (left_low[0] - width / 2, left_low[1] - height / 2) == pytest.approx((-0.45, 0.9))
    assert owner.steps[0].startswith("Resize “Green” to 1.")


def test_a_work_seen_from_aside_has_no_handles_that_would_lie_upon_each_other(owner: Owner) -> None:
    owner.hands.select({"work-green"})
    owner.eye.pose = Pose.of((3.5, 1.5, -2.9), (0.0, 1.5, -2.96))
    gizmo = owner.hands.gizmo()
    assert gizmo is None or gizmo.grips == ()
    owner.eye.pose = Pose.of((3.0, 1.5, -1.0), (0.0, 1.5, -2.96))
    gizmo = owner.hands.gizmo()
    assert gizmo is not None
    assert len(gizmo.grips) >= 5


def test_the_knob_turns_it_in_steps_of_fifteen_degrees(owner: Owner) -> None:
    owner.hands.select({"work-green"})
    gizmo = owner.hands.gizmo()
    assert gizmo is not None
    knob = next(grip for grip in gizmo.grips if grip.kind == "turn")
    owner.drag(knob.at, owner.eye.at(0.42, 2.2))
    owner.hands.release()
    assert owner.steps == ["Turn “Green” to -30.0°"]


def test_arrows_nudge_and_one_key_press_is_one_step(owner: Owner) -> None:
    owner.hands.select({"work-green"})
    for _ in range(3):
        assert owner.hands.nudge(0.01, 0.0)
    owner.hands.nudge_end()
    assert owner.steps == ["Nudge “Green” 3 cm right"]
    assert owner.work("work-green").position_m == pytest.approx((0.03, 1.5, -2.96))
    owner.hands.nudge(0.0, -0.1)
    owner.hands.nudge_end()
    assert owner.steps[-1] == "Nudge “Green” 10 cm down"


def test_a_nudge_stops_at_the_neighbour(owner: Owner) -> None:
    owner.hands.select({"work-green"})
    for _ in range(30):
        owner.hands.nudge(0.1, 0.0)
    owner.hands.nudge_end()
    assert owner.work("work-green").position_m[0] == pytest.approx(1.0)
    assert "overlap" in owner.refusals[0]


def test_growing_stops_at_the_neighbour(owner: Owner) -> None:
    owner.hands.select({"work-green"})
    gizmo = owner.hands.gizmo()
    assert gizmo is not None
    grip = next(grip for grip in gizmo.grips if grip.sign == (1, 1))
    owner.drag(grip.at, owner.eye.at(2.1, 4.4))
    preview = owner.hands.preview
    assert preview is not None
    assert preview.hit[0].rule == "overlap"
    owner.hands.release()
    grown = owner.work("work-green")
    blue = owner.work("work-blue")
    apart = blue.position_m[0] - blue.size_m[0] / 2 - grown.position_m[0] - grown.size_m[0] / 2
    assert 0.0 < apart < 0.1
    assert owner.refusals == []


def test_broad_frames_keep_pictures_apart(owner: Owner) -> None:
    owner.hands.gap_m = lambda: 0.3
    owner.hands.select({"work-green"})
    for _ in range(30):
        owner.hands.nudge(0.05, 0.0)
    owner.hands.nudge_end()
    blue, green = owner.work("work-blue"), owner.work("work-green")
    apart = blue.position_m[0] - green.position_m[0] - (blue.size_m[0] + green.size_m[0]) / 2
    assert 0.3 - 1e-9 <= apart < 0.36
