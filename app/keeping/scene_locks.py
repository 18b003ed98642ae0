"""One program at a time writes a scene's journal entries: a lock file for each scene that is open on this computer."""

from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout


class SceneLocks:
    """The locks that this program holds; a lock ends with its program, however that ended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, FileLock] = {}
        self._guard = Lock()

    def hold(self, scene_id: str, wait_s: float = 0.0) -> bool:
        """Take a scene for this program; False when another program has it for longer than `wait_s`."""
        with self._guard:
            if scene_id in self._held:
                return True
            lock = FileLock(self._folder / f"scene-{scene_id}.lock", thread_local=False)
            try:
                lock.acquire(timeout=wait_s, poll_interval=0.02)
            except Timeout:
                return False
            self._held[scene_id] = lock
            return True

    def holds(self, scene_id: str) -> bool:
        """Whether this program has it."""
        return scene_id in self._held

    def release(self, scene_id: str) -> None:
        """Let another program have it."""
        with self._guard:
            lock = self._held.pop(scene_id, None)
        if lock is not None:
            lock.release()

    def release_all(self) -> None:
        """Let go of every scene."""
        for scene_id in list(self._held):
            self.release(scene_id)
