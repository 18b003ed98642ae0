"""What is being sent, on this disk: an upload that a crash or a kill broke off goes on at the next start.

Several programs may work over one data folder: each notes its own, and takes over only from those that have ended.
"""

import contextlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from app.lock_files import is_held

_MOST_PATHS = 1_000
_PATIENCE_S = 2.0
_NOBODY = ""
"""Whose notes are that were written before programs told theirs apart."""

_Noted = dict[str, list[list[Path]]]


class UploadNotes:
    """A small file, written whole or not at all, by one program at a time; callable from any thread."""

    def __init__(self, file: Path, locks: Path | None = None) -> None:
        """`locks` is where the lock files of living programs lie."""
        self._file, self._locks = file, locks or file.parent
        self._mine = uuid4().hex
        self._presence: FileLock | None = None

    def left_off(self) -> list[list[Path]]:
        """The imports of all programs that are not finished, each as its files and folders."""
        return [one for noted in self._read().values() for one in noted]

    def take_over(self) -> list[list[Path]]:
        """What programs that have ended left unfinished; from now on it is this one's, and no other takes it, too."""
        with self._alone() as is_alone:
            noted = self._read() if is_alone else {}
            ended = [owner for owner in noted if owner != self._mine and not self._lives(owner)]
            found = [one for owner in ended for one in noted.pop(owner)]
            if found:
                self._write({**noted, self._mine: [*noted.get(self._mine, []), *found]})
        return found

    def begun(self, paths: Sequence[Path]) -> None:
        """This is being sent."""
        with self._alone():
            noted = self._read()
            others = [one for one in noted.get(self._mine, []) if one != list(paths)]
            self._write({**noted, self._mine: [*others, list(paths)[:_MOST_PATHS]]})

    def ended(self, paths: Sequence[Path]) -> None:
        """It is there, or is not wanted any more."""
        with self._alone():
            noted, whole = self._read(), list(paths)[:_MOST_PATHS]
            self._write({**noted, self._mine: [one for one in noted.get(self._mine, []) if one != whole]})

    def _read(self) -> _Noted:
        try:
            plain = json.loads(self._file.read_text("utf-8"))
            named = plain if isinstance(plain, dict) else {_NOBODY: plain}
            return {
                str(owner): [[Path(str(path)) for path in one] for one in noted if isinstance(one, list)]
                for owner, noted in named.items()
            }
        except (OSError, ValueError, TypeError):
            return {}

    def _write(self, noted: _Noted) -> None:
        staged = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        plain = {owner: [[str(path) for path in one] for one in some] for owner, some in noted.items() if some}
        with contextlib.suppress(OSError):  # then a kill would cost nothing but asking again
            self._be_there(bool(plain.get(self._mine)))
            staged.write_text(json.dumps(plain), "utf-8")
            os.replace(staged, self._file)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[bool]:
        """No other program writes meanwhile; False where one would not let go, which loses a note at most."""
        lock = FileLock(self._locks / "uploads.lock", thread_local=False)
        try:
            lock.acquire(timeout=_PATIENCE_S, poll_interval=0.01)
        except (Timeout, OSError):
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def _be_there(self, has_notes: bool) -> None:
        """Hold a lock file for as long as something is noted."""
        if has_notes and self._presence is None:
            self._presence = FileLock(self._presence_of(self._mine), thread_local=False)
            self._presence.acquire(timeout=0)
        elif not has_notes and self._presence is not None:
            self._presence.release()
            self._presence = None
            self._presence_of(self._mine).unlink(missing_ok=True)

    def _lives(self, owner: str) -> bool:
        path = self._presence_of(owner)
        return owner.isalnum() and path.exists() and is_held(path)

    def _presence_of(self, owner: str) -> Path:
        return self._locks / f"uploads-{owner}.lock"
