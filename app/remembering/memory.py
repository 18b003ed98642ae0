"""What the studio remembers of its creator beyond scenes: verdicts, own rules, recipes and what was said; one file.

Nothing here is needed to open a scene: a file that cannot be read is put aside, and remembering begins anew.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

log = structlog.get_logger()

_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE evidence (id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE own_rule (id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE recipe (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, body TEXT NOT NULL);
CREATE TABLE turn (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    turn_id TEXT NOT NULL UNIQUE,
    project_id TEXT NOT NULL,
    aside INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL
);
CREATE INDEX turn_of_project ON turn (project_id, seq);
"""


class NotRemembered(Exception):
    """Something could not be written down; the message says what to do."""


class Memory:
    """SQLite with full synchronisation: what a method wrote survives a power cut. Callable from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.put_aside: Path | None = None
        """Where an unreadable file of before was moved."""
        self._lock = threading.RLock()
        try:
            self._db = self._opened()
        except sqlite3.DatabaseError as error:
            log.warning("the memory could not be read and begins anew", why=str(error))
            self.put_aside = _moved_aside(path)
            self._db = self._opened()

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, isolation_level=None, timeout=10.0, check_same_thread=False)
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=FULL")
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
            if version > _SCHEMA_VERSION:
                raise sqlite3.DatabaseError("it was written by a newer Vernissage")
            if version == 0:
                db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version={_SCHEMA_VERSION}; COMMIT;")
        except sqlite3.Error:
            db.close()
            raise
        return db

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def rows(self, select: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query; none where the file cannot be read."""
        try:
            with self._lock:
                return self._db.execute(select, tuple(values)).fetchall()
        except sqlite3.Error as error:
            log.warning("the memory could not be read", why=str(error))
            return []

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; it is on disk when this ends. Raises NotRemembered and keeps what was there."""
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                yield self._db
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                self._rolled_back()
                raise NotRemembered(
                    f"This could not be written to {self.path.name} ({error}). The scene is safe. "
                    "Free some disk space and try again."
                ) from error
            except BaseException:
                self._rolled_back()
                raise

    def _rolled_back(self) -> None:
        try:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
        except sqlite3.Error as error:
            log.warning("a transaction of the memory could not be rolled back", why=str(error))


def _moved_aside(path: Path) -> Path:
    """The unreadable file under another name, with what SQLite keeps beside it."""
    aside = path.with_name(f"{path.stem}-unreadable-{datetime.now(UTC):%Y%m%d-%H%M%S}{path.suffix}")
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    return aside
