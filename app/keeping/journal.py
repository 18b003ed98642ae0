"""The desktop's own record of approved steps: on disk before anything is called kept, gone once the platform has it."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import uuid4

Cause = Literal["commit", "undo", "redo", "take_back", "remote"]

_SCHEMA_VERSION = 2
_SCHEMA = """
CREATE TABLE scene (
    scene_id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    project_name TEXT NOT NULL,
    known_to_platform INTEGER NOT NULL,
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    steps TEXT NOT NULL,
    opened INTEGER NOT NULL
);
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    scene_id TEXT NOT NULL REFERENCES scene(scene_id),
    key TEXT NOT NULL UNIQUE,
    cause TEXT NOT NULL,
    change TEXT NOT NULL,
    step TEXT NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE letter (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
);
"""


class JournalError(Exception):
    """The journal cannot be read or written; the message says what to do."""


@dataclass(frozen=True)
class KeptScene:
    """A scene as the platform last acknowledged it; `document` and `steps` are JSON texts."""

    scene_id: str
    project_id: str
    project_name: str
    known_to_platform: bool
    version: int
    document: str
    steps: str


@dataclass(frozen=True)
class Entry:
    """One transition of the store that the platform has not acknowledged yet."""

    seq: int
    key: str
    cause: Cause
    change: str
    step: str


@dataclass(frozen=True)
class Letter:
    """A run or a feedback that waits to be sent to the platform."""

    seq: int
    key: str
    kind: str
    body: str


class Journal:
    """SQLite with full synchronisation: what a method wrote survives a power cut. Callable from any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        try:
            self._db = sqlite3.connect(path, isolation_level=None, timeout=10.0, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute("PRAGMA foreign_keys=ON")
            self._prepare()
        except sqlite3.Error as error:
            raise JournalError(
                f"The journal {path} cannot be opened ({error}). Nothing was changed. Free some disk space, or move "
                "the file aside to start with what the library service has."
            ) from error

    def _prepare(self) -> None:
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if version > _SCHEMA_VERSION:
            raise JournalError(f"{self._path} was written by a newer Vernissage. Nothing was changed; update this one.")
        if version == 0:
            self._db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version={_SCHEMA_VERSION}; COMMIT;")
        elif version == 1:
            added = "ALTER TABLE entry ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;"
            self._db.executescript(f"BEGIN; {added} PRAGMA user_version={_SCHEMA_VERSION}; COMMIT;")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def last_opened(self) -> KeptScene | None:
        """The scene that was open last."""
        return self._scene("ORDER BY opened DESC LIMIT 1", ())

    def scene(self, scene_id: str) -> KeptScene | None:
        """The kept scene of that id."""
        return self._scene("WHERE scene_id = ?", (scene_id,))

    def projects(self) -> list[tuple[str, str]]:
        """Id and name of each project that this computer has, last opened first."""
        select = "SELECT project_id, project_name FROM scene GROUP BY project_id ORDER BY max(opened) DESC"
        with self._lock:
            return [(str(row[0]), str(row[1])) for row in self._db.execute(select)]

    def scene_of_project(self, project_id: str) -> KeptScene | None:
        """The kept scene of a project, if this computer has one."""
        return self._scene("WHERE project_id = ? ORDER BY opened DESC LIMIT 1", (project_id,))

    def scene_of_name(self, project_name: str) -> KeptScene | None:
        """The kept scene of a project called so, if this computer has one."""
        return self._scene("WHERE project_name = ? ORDER BY opened DESC LIMIT 1", (project_name,))

    def _scene(self, where: str, values: tuple[str, ...]) -> KeptScene | None:
        with self._lock:
            row = self._db.execute(f"SELECT {_COLUMNS} FROM scene {where}", values).fetchone()
        return None if row is None else _kept(row)

    def open_scene(self, scene: KeptScene) -> None:
        """Store a scene as the one that is open now."""
        with self._transaction():
            self._put_scene(scene)
            self._db.execute(
                "UPDATE scene SET opened = (SELECT max(opened) + 1 FROM scene) WHERE scene_id = ?", (scene.scene_id,)
            )

    def acknowledge(self, scene: KeptScene, up_to_seq: int) -> None:
        """Store what the platform acknowledged and drop its entries up to `up_to_seq`, in one transaction."""
        with self._transaction():
            self._put_scene(scene)
            self._db.execute("DELETE FROM entry WHERE scene_id = ? AND seq <= ?", (scene.scene_id, up_to_seq))

    def rebase(self, scene: KeptScene, change: str) -> None:
        """Store a newer state of the platform and replace the waiting entries by one `change` that is based on it."""
        with self._transaction():
            self._put_scene(scene)
            self._db.execute("DELETE FROM entry WHERE scene_id = ?", (scene.scene_id,))
            if change:
                self._put_entry(scene.scene_id, "remote", change, "")

    def append(self, scene_id: str, cause: Cause, change: str, step: str) -> Entry:
        """Write one transition; it is on disk when this returns. Raises JournalError when it could not be written."""
        try:
            with self._transaction():
                return self._put_entry(scene_id, cause, change, step)
        except sqlite3.Error as error:
            raise JournalError(
                f"The step could not be written to {self._path} ({error}). The scene is as it was before. "
                "Free some disk space and try again."
            ) from error

    def entries(self, scene_id: str) -> list[Entry]:
        """The transitions that wait for the platform, oldest first."""
        select = "SELECT seq, key, cause, change, step FROM entry WHERE scene_id = ? ORDER BY seq"
        with self._lock:
            return [Entry(*row) for row in self._db.execute(select, (scene_id,))]

    def batch(self, scene_id: str) -> list[Entry]:
        """The entries to send next, marked as sent. Those that were sent before, with their answer lost, go again as
        the same batch, so that the platform knows them by their key."""
        with self._transaction():
            sent = self._db.execute("SELECT 1 FROM entry WHERE scene_id = ? AND sent = 1", (scene_id,)).fetchone()
            if sent is None:
                self._db.execute("UPDATE entry SET sent = 1 WHERE scene_id = ?", (scene_id,))
            select = "SELECT seq, key, cause, change, step FROM entry WHERE scene_id = ? AND sent = 1 ORDER BY seq"
            return [Entry(*row) for row in self._db.execute(select, (scene_id,))]

    def scenes_to_save(self) -> list[KeptScene]:
        """The scenes that have something the platform has not acknowledged, or that it does not know at all."""
        where = "WHERE known_to_platform = 0 OR scene_id IN (SELECT scene_id FROM entry)"
        with self._lock:
            return [_kept(row) for row in self._db.execute(f"SELECT {_COLUMNS} FROM scene {where}")]

    def post_letter(self, kind: str, body: str) -> None:
        """Queue a run or a feedback."""
        with self._transaction():
            self._db.execute("INSERT INTO letter (key, kind, body) VALUES (?, ?, ?)", (uuid4().hex, kind, body))

    def letters(self) -> list[Letter]:
        """What waits to be sent, oldest first."""
        with self._lock:
            return [Letter(*row) for row in self._db.execute("SELECT seq, key, kind, body FROM letter ORDER BY seq")]

    def letter_sent(self, seq: int) -> None:
        """Forget a letter that arrived."""
        with self._transaction():
            self._db.execute("DELETE FROM letter WHERE seq = ?", (seq,))

    def _put_scene(self, scene: KeptScene) -> None:
        self._db.execute(
            "INSERT INTO scene VALUES (?, ?, ?, ?, ?, ?, ?, 0) "
            "ON CONFLICT (scene_id) DO UPDATE SET project_id = excluded.project_id, "
            "project_name = excluded.project_name, known_to_platform = excluded.known_to_platform, "
            "version = excluded.version, document = excluded.document, steps = excluded.steps",
            (
                scene.scene_id,
                scene.project_id,
                scene.project_name,
                int(scene.known_to_platform),
                scene.version,
                scene.document,
                scene.steps,
            ),
        )

    def _put_entry(self, scene_id: str, cause: Cause, change: str, step: str) -> Entry:
        key = uuid4().hex
        cursor = self._db.execute(
            "INSERT INTO entry (scene_id, key, cause, change, step) VALUES (?, ?, ?, ?, ?)",
            (scene_id, key, cause, change, step),
        )
        return Entry(int(cursor.lastrowid or 0), key, cause, change, step)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


_COLUMNS = "scene_id, project_id, project_name, known_to_platform, version, document, steps"


def _kept(row: tuple[str, str, str, int, int, str, str]) -> KeptScene:
    return KeptScene(row[0], row[1], row[2], bool(row[3]), row[4], row[5], row[6])
