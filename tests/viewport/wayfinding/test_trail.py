"""Back and forward through places: bounded, and like the pages of a browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewport.camera import Pose
from viewport.wayfinding.trail import Trail, is_same_place


def place(x: float) -> Pose:
    return Pose.of((x * 5.0, 1.6, 0.0), (x * 5.0, 1.6, -3.0))


def x_of(pose: Pose | None) -> float | None:
    return None if pose is None else round(float(pose.position[0]) / 5.0)


def test_back_and_forward_through_jumps() -> None:
    trail = Trail()
    trail.jump(place(0), place(1))
    trail.jump(place(1), place(2))
    assert (trail.can_go_back, trail.can_go_forward) == (True, False)
    assert x_of(trail.back(place(2))) == 1
    assert x_of(trail.back(place(1))) == 0
    assert trail.back(place(0)) is None
    assert x_of(trail.forward(place(0))) == 1
    assert x_of(trail.forward(place(1))) == 2
    assert trail.forward(place(2)) is None


def test_where_one_walked_to_after_a_jump_is_a_place_of_its_own() -> None:
    trail = Trail()
    trail.jump(place(0), place(1))
    assert x_of(trail.back(place(7))) == 1, "back to where the jump ended"
    assert x_of(trail.forward(place(1))) == 7


def test_a_new_jump_forgets_what_was_ahead() -> None:
    trail = Trail()
    trail.jump(place(0), place(1))
    trail.jump(place(1), place(2))
    trail.back(place(2))
    trail.jump(place(1), place(9))
    assert not trail.can_go_forward
    assert x_of(trail.back(place(9))) == 1


def test_the_same_place_is_kept_once() -> None:
    trail = Trail()
    trail.jump(place(0), place(1))
    trail.jump(place(1), Pose.of((5.2, 1.6, 0.0), (5.2, 1.6, -3.0)))
    assert len(trail) == 2
    assert not is_same_place(place(1), Pose.of((5, 1.6, 0), (5, 1.6, 3))), "looking the other way is another place"


@given(st.lists(st.one_of(st.integers(0, 9), st.sampled_from(["back", "forward"])), max_size=60))
def test_it_is_bounded_and_back_then_forward_is_where_one_was(moves: list[int | str]) -> None:
    trail, here = Trail(most=8), place(0)
    for move in moves:
        if isinstance(move, int):
            trail.jump(here, place(move))
            here = place(move)
        else:
            here = (trail.back(here) if move == "back" else trail.forward(here)) or here
        assert len(trail) <= 8
    if trail.can_go_back:
        behind = trail.back(here)
        assert behind is not None
        assert x_of(trail.forward(behind)) == x_of(here)


def test_it_tells_when_it_changed() -> None:
    trail, told = Trail(), []
    trail.changed = lambda: told.append(trail.can_go_back)
    trail.jump(place(0), place(1))
    trail.clear()
    assert told == [True, False]
    assert trail.back(place(3)) is None
    assert len(trail) == pytest.approx(1)
