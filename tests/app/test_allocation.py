"""Large blocks that are freed go back to the system."""

import subprocess
import sys

import pytest

from app.allocation import keep_allocations_tight

AFTERWARDS = """
import ctypes, sys
from pathlib import Path
from app.allocation import keep_allocations_tight
if sys.argv[1] == "tight":
    keep_allocations_tight()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
libc.free(libc.malloc(30 * 2**20))  # from now on glibc takes as large ones from its heap, if it is let
blocks = [libc.malloc(8 * 2**20) for _ in range(12)]
for block in blocks:
    ctypes.memset(block, 1, 8 * 2**20)
pin = libc.malloc(900_000)
for block in blocks:
    libc.free(block)
lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(lines["RssAnon"].split()[0]) // 1024)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc")
def test_large_blocks_go_back_to_the_system() -> None:
    if not keep_allocations_tight():
        pytest.skip("the C library is not glibc")
    after = {
        how: int(subprocess.run([sys.executable, "-c", AFTERWARDS, how], capture_output=True, check=True).stdout)
        for how in ("loose", "tight")
    }
    assert after["tight"] < after["loose"] - 80
