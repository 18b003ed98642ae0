"""Poses stay sane whatever is done to them; flights start and land softly."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewport.camera import Camera, Flight, Pose, in_front_of, overview

anything = st.floats(allow_nan=True, allow_infinity=True)
points = st.tuples(anything, anything, anything)
moves = st.lists(st.tuples(st.sampled_from(["orbit", "look", "walk", "dolly", "pan"]), *[st.floats(-50, 50)] * 2))


@given(points, points, moves)
def test_any_moves_leave_a_finite_pose_that_looks_somewhere(
    eye: tuple[float, ...], aim: tuple[float, ...], done: list[tuple[str, float, float]]
) -> None:
    pose = Pose.of(eye, aim)
    for kind, a, b in done:
        if kind == "orbit":
            pose = pose.orbited(a, b)
        elif kind == "look":
            pose = pose.looked(a, b)
        elif kind == "walk":
            pose = pose.walked(a, b)
        elif kind == "dolly":
            pose = pose.dollied(abs(a) + 0.01)
        else:
            pose = pose.panned(a, b)
    assert np.isfinite(pose.position).all()
    assert np.isfinite(pose.target).all()
    assert pose.distance_m > 1e-5
    assert math.isclose(float(np.linalg.norm(pose.forward)), 1.0, rel_tol=1e-6)


def test_orbiting_keeps_the_distance_and_looking_keeps_the_place() -> None:
    pose = Pose.of((0.0, 2.0, 5.0), (0.0, 1.5, 0.0))
    assert pose.orbited(0.7, 0.2).distance_m == pytest.approx(pose.distance_m)
    assert pose.orbited(0.7, 0.2).target == pytest.approx(pose.target)
    assert pose.looked(0.7, 0.2).position == pytest.approx(pose.position)


def test_walking_keeps_the_eyes_height_even_when_looking_down() -> None:
    pose = Pose.of((0.0, 1.6, 0.0), (0.0, 0.2, -1.0)).walked(2.0, 0.5)
    assert pose.position == pytest.approx((0.5, 1.6, -2.0))


def test_a_flight_starts_and_lands_softly_and_ends_exactly() -> None:
    start, end = Pose.of((0, 1.6, 8), (0, 1.5, 0)), Pose.of((3, 1.5, 1), (3, 1.5, 0))
    flight = Flight(start, end, 10.0, 2.0)
    places = [flight.at(10.0 + 0.02 * k).position for k in range(101)]
    speeds = np.linalg.norm(np.diff(places, axis=0), axis=1)
    assert speeds[0] < 0.05 * speeds.max()
    assert speeds[-1] < 0.05 * speeds.max()
    assert flight.at(12.0) is end


def test_a_flight_begins_at_its_first_tick_and_a_hand_on_the_camera_ends_it() -> None:
    camera = Camera()
    home = camera.pose
    camera.fly(Pose.of((3, 1.5, 1), (3, 1.5, 0)), 1.0)
    assert camera.advance(1000.0)
    assert camera.pose.position == pytest.approx(home.position)
    camera.go(home)
    assert not camera.is_flying
    assert not camera.advance(1001.0)


def test_the_place_before_a_work_shows_all_of_it() -> None:
    for size in ((1.0, 1.0), (4.0, 0.5), (0.4, 3.0)):
        pose = in_front_of(np.zeros(3), np.array([0.0, 0.0, 1.0]), size, 55.0, 16 / 9)
        half = math.tan(math.radians(27.5)) * pose.distance_m
        assert size[1] / 2 < half
        assert size[0] / 2 < half * 16 / 9


def test_the_overview_stands_outside_and_above() -> None:
    pose = overview(np.array([-5.0, 0.0, -4.0]), np.array([5.0, 4.0, 4.0]), 55.0, 16 / 9)
    assert pose.position[1] > 4.0
    assert pose.target == pytest.approx((0.0, 2.0, 0.0))
