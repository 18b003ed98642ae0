"""Threads behind the picture have a lower priority than those that draw it, and nobody else has."""

import os
import sys
import threading

import pytest

from viewport.giving_way import NICE, give_way


@pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities of their own on Linux alone")
def test_only_the_thread_that_asks_gives_way() -> None:
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before, found = priority(), []

    def work() -> None:
        give_way()
        found.append(priority())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [max(before, NICE)]
    assert priority() == before
