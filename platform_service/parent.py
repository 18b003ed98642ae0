"""Ends a service whose desktop died and to which no client has come for a while, or whose data folder was removed."""

import asyncio
import logging
import os
import sys
import time
from collections.abc import Callable

from platform_service.http.door import Activity
from platform_service.listening import Own
from platform_service.settings import Settings

log = logging.getLogger(__name__)
LOOK_EVERY_S = 2.0


async def watch_parent(settings: Settings, activity: Activity, end: Callable[[], None]) -> None:
    """Call `end` once the parent is gone and nobody has asked for `idle_without_parent_s`."""
    if settings.parent_pid is None:
        return
    while True:
        await asyncio.sleep(min(LOOK_EVERY_S, settings.idle_without_parent_s))
        idle_s = time.monotonic() - activity.last_s
        if activity.open_requests == 0 and idle_s >= settings.idle_without_parent_s and not _lives(settings.parent_pid):
            log.info("the desktop is gone and nobody came for %.0f s", idle_s)
            end()
            return


async def watch_folder(lock: Own, end: Callable[[], None]) -> None:
    """Call `end` once the data folder's lock is not ours any more: what is saved from then on would be lost."""
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        if not lock.is_there:
            break
    log.error("the data folder was removed, or another one took its place: this service ends")
    end()


def _lives(pid: int) -> bool:
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x00100000, False, pid)
        if not handle:
            return False
        ended = ctypes.windll.kernel32.WaitForSingleObject(handle, 0) == 0
        ctypes.windll.kernel32.CloseHandle(handle)
        return not ended
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
