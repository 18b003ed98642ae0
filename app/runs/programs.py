"""Which programs of a data folder live: each holds a lock file, named after its session, that ends with it."""

from pathlib import Path

from filelock import FileLock

from app.lock_files import is_held


class Programs:
    """Tells whether a run, or a proposal that nobody has decided about, belongs to a program that is still there."""

    def __init__(self, folder: Path, session_id: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.mine = session_id
        """This program's session."""
        self._presence = self._lock(session_id)
        self._presence.acquire()

    def lives(self, session_id: str) -> bool:
        """Whether the program with that session has not ended; this one lives."""
        path = self._path(session_id)
        if session_id == self.mine:
            return True
        return path.exists() and is_held(path)

    def leave(self) -> None:
        """This program ends."""
        self._presence.release()
        self._path(self.mine).unlink(missing_ok=True)

    def _path(self, session_id: str) -> Path:
        return self._folder / f"{session_id}.lock"

    def _lock(self, session_id: str) -> FileLock:
        return FileLock(self._path(session_id), thread_local=False)
