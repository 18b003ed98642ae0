"""One program at a time writes a scene's journal entries: a lock file for each scene that is open on this computer."""

from pathlib import Path

from filelock import FileLock, Timeout


class SceneLocks:
    """The locks that this program holds; a lock ends with its program, however that ended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, FileLock] = {}

    def hold(self, scene_id: str) -> bool:
        """Take a scene for this program; False when another program has it."""
        if scene_id in self._held:
            return True
        lock = FileLock(self._folder / f"scene-{scene_id}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        self._held[scene_id] = lock
        return True

    def release(self, scene_id: str) -> None:
        """Let another program have it."""
        lock = self._held.pop(scene_id, None)
        if lock is not None:
            lock.release()
            Path(lock.lock_file).unlink(missing_ok=True)

    def release_all(self) -> None:
        """Let go of every scene."""
        for scene_id in list(self._held):
            self.release(scene_id)
