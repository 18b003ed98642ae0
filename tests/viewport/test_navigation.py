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


def test_nobody_gets_too_far_away_or_below_the_floor(view: SceneView, navigation: Navigation) -> None:
    view.guide.mode = "fly"
    view.camera.go(Pose.of((0, 1.6, 2), (0, 1.6, 9)))
    navigation.hold("forward")
    for n in range(2_000):
        view.camera.advance(100.0 + n / 10)
    navigation.release_all()
    far = view.camera.position_m
    assert 20.0 < far[2] < 60.0
    navigation.drag("pan", 0.0, -5_000.0)
    navigation.drag("pan", 0.0, -5_000.0)
    assert view.camera.position_m[1] >= 0.15
    view.guide.mode = "orbit"
    view.flights.overview(0.0)
    target = view.camera.pose.target.tolist()
    for _ in range(80):
        navigation.wheel(-3)
    assert view.camera.pose.distance_m < 80.0
    assert view.camera.pose.target.tolist() == pytest.approx(target), "what it turns round stays the same"
    view.guide.mode = "fly"
    view.camera.go(Pose.of((500.0, 3.0, 0.0), (400.0, 3.0, 0.0)))
    navigation.hold("back")
    view.camera.advance(1_000.0)
    view.camera.advance(1_000.1)
    assert view.camera.position_m[0] == pytest.approx(500.0), "who came here by a viewpoint goes no farther"
    navigation.release_all()
    navigation.hold("forward")
    view.camera.advance(1_001.0)
    view.camera.advance(1_001.1)
    assert view.camera.position_m[0] < 500.0
    navigation.release_all()
    view.guide.mode = "walk"


def test_one_is_astray_where_nothing_is_in_the_picture(view: SceneView, navigation: Navigation) -> None:
    assert not navigation.is_astray
    view.camera.go(Pose.of((0.0, 6.0, 20.0), (0.0, 6.0, 40.0)))
    assert navigation.is_astray
    view.camera.go(Pose.of((0.0, 6.0, 20.0), (0.0, 1.0, 0.0)))
    assert not navigation.is_astray
    view.show(Scene())
    view.camera.go(Pose.of((0.0, 6.0, 20.0), (0.0, 6.0, 40.0)))
    assert not navigation.is_astray, "there is nothing to be lost from"
