"""How the C library hands out memory: large blocks go back to the system when they are freed, on every thread."""

import ctypes
import platform

ARENA_MAX, MMAP_THRESHOLD = -8, -3
"""Parameters of glibc's mallopt."""
ARENAS = 2
LARGE_BYTES = 2**20


def keep_allocations_tight() -> bool:
    """Ask glibc for it, before threads start; elsewhere nothing is asked. Whether it was granted.

    By itself it opens a heap for each thread and takes blocks of up to 32 MiB from them, which stay in parts when
    they are freed: 75 MB of what a gallery of 100,000 works takes.
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
        return bool(mallopt(ARENA_MAX, ARENAS)) and bool(mallopt(MMAP_THRESHOLD, LARGE_BYTES))
    except (OSError, AttributeError):
        return False
