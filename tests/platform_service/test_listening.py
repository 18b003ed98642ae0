"""What a process takes for its own file: not the next one, also where that was given the same inode."""

import asyncio
import os
import socket
from pathlib import Path

from platform_service.listening import Own, bind


def test_it_removes_its_own_file_once(tmp_path: Path) -> None:
    file = tmp_path / "ready.json"
    file.write_text("mine")
    own = Own.of(file)
    own.remove()
    assert not file.exists()
    own.remove()


def test_a_file_of_the_same_inode_made_later_is_left(tmp_path: Path) -> None:
    file = tmp_path / "ready.json"
    file.write_text("mine")
    own = Own.of(file)
    made = file.stat()
    file.write_text("of the next one")  # the same inode, as one that was freed and given again
    os.utime(file, ns=(made.st_atime_ns, made.st_mtime_ns + 5_000_000))
    assert file.stat().st_ino == made.st_ino
    own.remove()
    assert file.read_text() == "of the next one"


def test_a_file_that_is_held_open_stays_the_same_whoever_tries_its_lock(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    file.touch()
    own = Own.of(file, is_held=True)
    os.utime(file, ns=(0, 5_000_000))
    assert own.is_there
    file.replace(tmp_path / "elsewhere")
    file.touch()
    assert not own.is_there


async def test_small_parts_of_an_answer_do_not_wait_for_the_others_acknowledgement() -> None:
    found: asyncio.Queue[int] = asyncio.Queue()

    async def tell(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted = writer.get_extra_info("socket")
        await found.put(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    bound = bind(None, 0)
    async with await asyncio.start_server(tell, sock=bound):
        _, writer = await asyncio.open_connection(*bound.getsockname())
        assert await found.get()
        writer.close()
        await writer.wait_closed()
