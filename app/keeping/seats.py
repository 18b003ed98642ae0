"""Who sits at a scene: each program that has it open holds a seat of its own, a lock file that ends with it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

_OTHERS_SAVE_S = 1.5
"""Another program may be saving, for a moment, what one that was killed left behind at a scene."""


@dataclass
class _Held:
    seat: int
    lock: FileLock
    uses: int = 1


class Seats:
    """The seats that this program holds; callable from any thread.

    What the journal keeps at a seat is written by its holder alone. A seat that nobody holds may be held for a moment
    to save what was left behind there; whoever wants to sit down meanwhile waits for that.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, _Held] = {}
        self._guard = Lock()

    def take(self, scene_id: str, known: Sequence[int]) -> int:
        """Sit down at a scene: at the first of the `known` seats that is free, else at a new one."""
        with self._guard:
            held = self._held.get(scene_id)
            if held is None:
                held = self._held[scene_id] = self._first_free(scene_id, known)
            else:
                held.uses += 1
            return held.seat

    def seat_of(self, scene_id: str) -> int | None:
        """The seat that this program has at a scene."""
        held = self._held.get(scene_id)
        return None if held is None else held.seat

    def release(self, scene_id: str) -> None:
        """Get up; the seat is free once nothing of this program is being saved there any more."""
        with self._guard:
            held = self._held.get(scene_id)
            if held is None:
                return
            held.uses -= 1
            if not held.uses:
                self._held.pop(scene_id).lock.release()

    def release_all(self) -> None:
        """Get up everywhere."""
        with self._guard:
            for held in self._held.values():
                held.lock.release()
            self._held.clear()

    @contextmanager
    def using(self, scene_id: str, seat: int) -> Iterator[bool]:
        """Keep a seat for as long as the block lasts, even when its holder gets up; False where it is not ours."""
        with self._guard:
            held = self._held.get(scene_id)
            ours = held is not None and held.seat == seat
            if held is not None and ours:
                held.uses += 1
        try:
            yield ours
        finally:
            if ours:
                self.release(scene_id)

    @contextmanager
    def left_behind(self, scene_id: str, seat: int) -> Iterator[bool]:
        """Hold a seat that nobody has for as long as the block lasts; False where somebody has it."""
        seating, lock = self._lock(scene_id, "seating"), self._seat(scene_id, seat)
        try:
            free = _acquired(seating) and _acquired(lock)
            yield free
        finally:
            lock.release()
            seating.release()

    def _first_free(self, scene_id: str, known: Sequence[int]) -> _Held:
        seating = self._lock(scene_id, "seating")
        _acquired(seating, _OTHERS_SAVE_S)  # in vain: then a seat that is being saved is passed over
        try:
            for seat in chain(known, (number for number in count(1) if number not in known)):
                lock = self._seat(scene_id, seat)
                if _acquired(lock):
                    return _Held(seat, lock)
        finally:
            seating.release()
        raise AssertionError("there is no end of seats")

    def _seat(self, scene_id: str, seat: int) -> FileLock:
        return self._lock(scene_id, str(seat))

    def _lock(self, scene_id: str, what: str) -> FileLock:
        return FileLock(self._folder / f"scene-{scene_id}-{what}.lock", thread_local=False)


def _acquired(lock: FileLock, wait_s: float = 0.0) -> bool:
    try:
        lock.acquire(timeout=wait_s, poll_interval=0.02)
    except Timeout:
        return False
    return True
