"""A thread that waits for the interpreter gets it soon."""

import sys

from app.turns import TURN_S, take_short_turns


def test_whoever_waits_for_the_interpreter_gets_it_within_half_a_millisecond() -> None:
    before_s = sys.getswitchinterval()
    try:
        take_short_turns()
        assert abs(sys.getswitchinterval() - TURN_S) < 1e-6
        assert TURN_S < 0.001
    finally:
        sys.setswitchinterval(before_s)
