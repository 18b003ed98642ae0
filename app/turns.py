"""How long a thread may keep the interpreter while another waits for it."""

import sys

TURN_S = 0.0005


def take_short_turns() -> None:
    """Half a millisecond in place of five: the thread of the window waits that long after each of a frame's many steps
    in which it lets go of the interpreter, as long as any other thread computes."""
    sys.setswitchinterval(TURN_S)
