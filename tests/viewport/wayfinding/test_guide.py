"""The guide of a real view: walls stop, jumps come back, the turntable turns, reduced motion cuts."""

from collections.abc import Callable

import numpy as np
import pytest

from scene.change import SceneChange
from scene.collision import BODY_M
from scene.records import Placement
from scene.scene import Scene
from viewport.camera import Pose
from viewport.navigation import Navigation
from viewport.view import SceneView


def hold(view: SceneView, navigation: Navigation, step: str, seconds: float) -> None:
    navigation.hold(step)  # type: ignore[arg-type]
    for k in range(round(seconds * 30) + 1):
        view.tick(1000.0 + k / 30)
    navigation.release_all()
    view.tick(2000.0)


@pytest.fixture
def navigation(view: SceneView, three: Scene) -> Navigation:
    view.show(three)
    view.guide.mode = "walk"
    view.camera.go(Pose.of((0, 1.6, 2), (0, 1.6, -3)))
    return Navigation(view)


def test_walking_into_the_wall_ends_before_it_and_slides_along(view: SceneView, navigation: Navigation) -> None:
    hold(view, navigation, "forward", 4.0)
    assert view.camera.position_m[2] == pytest.approx(-3 + BODY_M, abs=1e-3)
    view.camera.go(Pose.of((0, 1.6, -2.5), (2, 1.6, -4.5)))
    hold(view, navigation, "forward", 1.0)
    assert view.camera.position_m[2] == pytest.approx(-3 + BODY_M, abs=1e-3)
    assert view.camera.position_m[0] > 1.0


def test_the_doorway_lets_one_out(view: SceneView, navigation: Navigation) -> None:
    view.camera.go(Pose.of((0, 1.6, 0), (5, 1.6, 0)))
    hold(view, navigation, "forward", 4.0)
    assert view.camera.position_m[0] > 6.0


def test_walking_brings_the_eye_to_eye_height_and_flying_goes_through_walls(
    view: SceneView, navigation: Navigation
) -> None:
    view.camera.go(Pose.of((0, 1.1, 2), (0, 1.1, -3)))
    hold(view, navigation, "forward", 1.0)
    assert view.camera.position_m[1] == pytest.approx(1.6)
    view.guide.mode = "fly"
    view.camera.go(Pose.of((0, 1.6, -2), (0, 2.6, -4)))
    hold(view, navigation, "forward", 2.0)
    assert view.camera.position_m[2] < -4
    assert view.camera.position_m[1] > 2.5, "flying goes where the eye looks"
    assert navigation.natural_drag() == "look"
    view.guide.mode = "orbit"
    assert navigation.natural_drag() == "orbit"
    view.guide.mode = "walk"


def test_an_orbit_inside_a_room_stays_inside(view: SceneView, navigation: Navigation) -> None:
    view.camera.go(Pose.of((0, 1.6, 2), (0, 1.5, -2.9)))
    for _ in range(12):
        navigation.drag("orbit", 60, 0)
        assert view.is_indoors


def test_before_a_large_work_one_does_not_stand_behind_the_wall(
    view: SceneView, make_room: Callable[..., Scene], hang: Callable[..., Placement]
) -> None:
    view.show(make_room("white_cube", hang("red", 0.0, size_m=(7.0, 3.0))))
    view.flights.to_work("work-red", 0.0)
    assert view.is_indoors


def test_jumps_are_taken_back_and_come_again(view: SceneView, navigation: Navigation) -> None:
    view.guide.trail.clear()
    view.flights.to_work("work-red", 0.0)
    red = view.camera.position_m
    view.flights.to_work("work-blue", 0.0)
    assert view.flights.retrace("back")
    view.tick(0.0)
    view.tick(5.0)
    assert view.camera.position_m == pytest.approx(red)
    assert view.flights.retrace("forward")
    assert not view.flights.retrace("forward")


def test_several_works_are_framed_from_the_front(view: SceneView, three: Scene) -> None:
    view.show(three)
    assert view.flights.to_works(["work-red", "work-blue"], 0.0)
    assert view.camera.target_m == pytest.approx((0.0, 1.5, -2.96))
    view.render()
    assert view.pick(160, 90) == "work-green"
    assert not view.flights.to_works(["nothing"], 0.0)


def test_the_turntable_goes_round_what_is_seen(view: SceneView, three: Scene) -> None:
    view.show(three)
    view.flights.overview(0.0)
    pivot = np.array(view.camera.target_m)
    start = view.camera.pose
    view.flights.turn()
    view.tick(0.0)
    assert view.tick(12.5)
    across = view.camera.pose.position - pivot
    assert across[[0, 2]] == pytest.approx(-(start.position - pivot)[[0, 2]], abs=0.4)
    assert view.camera.position_m[1] == pytest.approx(float(start.position[1]))
    view.flights.turn()
    assert not view.guide.is_turning


def test_reduced_motion_cuts(view: SceneView, three: Scene, hang: Callable[..., Placement]) -> None:
    view.show(three)
    view.guide.reduced_motion = True
    try:
        view.flights.to_work("work-red", 1.0)
        assert not view.camera.is_flying
        moved = hang("red", 3.0, order=0)
        view.show(SceneChange(updated={moved.id: (three.records[moved.id], moved)}).apply_to(three))
        assert view.staging.morph is None
    finally:
        view.guide.reduced_motion = False


def test_a_layout_that_changes_is_a_flight_that_ends_exactly_and_keeps_the_subject(
    view: SceneView, three: Scene, hang: Callable[..., Placement]
) -> None:
    view.show(three)
    view.tick(0.0)
    view.flights.to_work("work-green", 0.0)
    view.tick(1.0)
    assert view.subject == "work-green"
    moved = hang("green", -3.0, order=1, position_m=(-3.9, 1.5, 1.0), rotation=(0, 0.7071068, 0, 0.7071068))
    view.show(SceneChange(updated={moved.id: (three.records[moved.id], moved)}).apply_to(three))
    view.tick(10.0)
    row = view.composition.cards.row["work-green"]
    assert view.composition.cards.centre[row] == pytest.approx((0.0, 1.5, -2.96))
    view.tick(10.3)
    midway = view.composition.cards.centre[row]
    assert -3.8 < midway[0] < -0.1
    view.render()
    assert view.tick(10.7)
    assert view.staging.morph is None
    assert tuple(view.composition.cards.centre[row]) == (-3.9, 1.5, 1.0)
    view.tick(12.0)
    assert view.camera.target_m == pytest.approx((-3.9, 1.5, 1.0))
    view.tick(12.1)
    assert view.subject == "work-green"
