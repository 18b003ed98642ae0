"""What a process takes for its own file: not the next one, also where that was given the same inode."""

import os
from pathlib import Path

from platform_service.listening import Own


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
