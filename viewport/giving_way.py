"""Threads that give way: what they do can wait for the frame that is being drawn."""

import contextlib
import os
import sys
import threading

NICE = 5
"""As far below the threads that draw that these get most of the processor, and never so far that it takes for ever."""


def give_way() -> None:
    """Let the calling thread have the processor when threads of the usual priority leave it, where the system can."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
