"""Pointer and keys become camera moves that suit where the eye is."""

import pytest

from scene.scene import Scene
from viewport.camera import Pose
from viewport.navigation import Navigation
from viewport.view import SceneView


@pytest.fixture
def navigation(view: SceneView, three: Scene) -> Navigation:
    view.show(three)
    view.picture(320, 180)
    return Navigation(view)


def test_inside_a_room_a_drag_turns_the_head_outside_it_orbits(view: SceneView, navigation: Navigation) -> None:
    assert navigation.natural_drag() == "look"
    view.flights.overview(0.0)
    assert navigation.natural_drag() == "orbit"
    distance = view.camera.pose.distance_m
    navigation.drag("orbit", 40, 10)
    assert view.camera.pose.distance_m == pytest.approx(distance)
    navigation.drag("orbit", float("nan"), 10)
    assert view.camera.pose.distance_m == pytest.approx(distance)


def test_the_wheel_walks_inside_and_comes_nearer_outside(view: SceneView, navigation: Navigation) -> None:
    z = view.camera.position_m[2]
    navigation.wheel(1)
    assert view.camera.position_m[2] == pytest.approx(z - 0.45)
    view.flights.overview(0.0)
    far = view.camera.pose.distance_m
    navigation.wheel(2)
    assert view.camera.pose.distance_m == pytest.approx(far * 0.88**2)


def test_a_double_click_on_the_floor_walks_there_and_on_the_wall_does_not(
    view: SceneView, navigation: Navigation
) -> None:
    assert navigation.walk_to(160, 170)
    view.tick(0.0)
    view.tick(5.0)
    assert view.camera.position_m[1] == pytest.approx(1.6)
    assert view.camera.position_m[2] < 2.5
    assert not navigation.walk_to(160, 5)


def test_held_keys_walk_and_letting_go_stops(view: SceneView, navigation: Navigation) -> None:
    view.camera.go(Pose.of((0, 1.6, 2), (0, 1.6, -3)))
    navigation.hold("forward")
    navigation.hold("right")
    view.tick(100.0)
    view.tick(100.1)
    assert view.camera.position_m == pytest.approx((0.24, 1.6, 1.76))
    navigation.release_all()
    assert not view.camera.advance(101.0)


def test_the_tour_follows_the_hanging_order_and_goes_round(view: SceneView, navigation: Navigation) -> None:
    order = view.work_ids
    assert navigation.tour(order, None, 1) == "work-red"
    assert navigation.tour(order, "work-red", 1) == "work-green"
    assert navigation.tour(order, "work-red", -1) == "work-blue"
    assert navigation.tour((), None, 1) is None
