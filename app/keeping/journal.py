"""The desktop's own record of approved steps: on disk before anything is called kept, gone once the platform has it."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4

from app.keeping.journal_schema import VERSION, statements_from

Cause = Literal["commit", "undo", "redo", "take_back", "remote"]


class JournalError(Exception):
    """The journal cannot be read or written; the message says what to do."""


@dataclass(frozen=True)
class KeptScene:
    """A scene as the platform last acknowledged it to one seat; `document` and `steps` are JSON texts.

    Programs that have a scene open at the same time have a seat each (`app.keeping.seats`), with its own entries.
    """

    scene_id: str
    project_id: str
    project_name: str
    known_to_platform: bool
    version: int
    document: str
    steps: str
    seat: int = 1


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


@dataclass(frozen=True)
class KeptClash:
    """Where what was done at a seat was kept over what others had: that, until somebody has chosen.

    `theirs` holds their records, `conflicts` names all those concerned; both are JSON texts.
    """

    scene_id: str
    seat: int
    version: int
    who: str
    theirs: str
    conflicts: str
    seq: int = 0


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
        if version > VERSION:
            raise JournalError(f"{self._path} was written by a newer Vernissage. Nothing was changed; update this one.")
        if version == VERSION:
            return
        with self._transaction():
            version = int(self._db.execute("PRAGMA user_version").fetchone()[0])  # another program may have been first
            for statement in statements_from(version):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version={VERSION}")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def last_opened(self) -> KeptScene | None:
        """The scene that was open last."""
        return self._scene("ORDER BY opened DESC LIMIT 1", ())

    def scene(self, scene_id: str, seat: int) -> KeptScene | None:
        """The scene of that id as it was acknowledged to that seat."""
        return self._scene("WHERE scene_id = ? AND seat = ?", (scene_id, seat))

    def newest(self, scene_id: str) -> KeptScene | None:
        """The scene of that id in the newest version that was acknowledged to any seat."""
        return self._scene(
            "WHERE scene_id = ? ORDER BY known_to_platform DESC, version DESC, seat LIMIT 1", (scene_id,)
        )

    def seats(self, scene_id: str) -> list[int]:
        """The seats that programs ever had at a scene, the one that was worked at last first."""
        select = "SELECT number FROM seat WHERE scene_id = ? ORDER BY used DESC, number"
        with self._lock:
            return [int(row[0]) for row in self._db.execute(select, (scene_id,))]

    def has_step_of(self, scene_id: str, turn_id: str) -> bool:
        """Whether a step of this turn, or one that takes it back, is kept at any seat of a scene."""
        select = (
            "SELECT 1 FROM scene WHERE scene_id = :scene AND instr(steps, :turn) UNION ALL "
            "SELECT 1 FROM entry WHERE scene_id = :scene AND instr(step, :turn) LIMIT 1"
        )
        with self._lock:
            return self._db.execute(select, {"scene": scene_id, "turn": turn_id}).fetchone() is not None

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

    def is_introduced(self, project_id: str) -> bool:
        """Whether the platform has a project by now, as far as this computer knows; also one that is not of here."""
        select = "SELECT max(known_to_platform) FROM scene WHERE project_id = ?"
        with self._lock:
            return bool(self._db.execute(select, (project_id,)).fetchone()[0] != 0)

    def _scene(self, where: str, values: tuple[str | int, ...]) -> KeptScene | None:
        with self._lock:
            row = self._db.execute(f"SELECT {_COLUMNS} FROM scene {where}", values).fetchone()
        return None if row is None else _kept(row)

    def open_scene(self, scene: KeptScene) -> None:
        """Store a scene as the one that is open now."""
        with self._transaction():
            self._put_scene(scene)
            self._db.execute(
                "UPDATE scene SET opened = (SELECT max(opened) + 1 FROM scene) WHERE scene_id = ? AND seat = ?",
                (scene.scene_id, scene.seat),
            )
            self._db.execute("INSERT OR IGNORE INTO seat VALUES (?, ?, 0)", (scene.scene_id, scene.seat))
            self._work_at(scene)

    def set_aside(self, scene_id: str, seat: int) -> Path:
        """Write what is kept at a seat, and cannot be read, to a file beside the journal, and drop it here.

        Raises JournalError where the file cannot be written; nothing is dropped then.
        """
        kept = self.scene(scene_id, seat)
        entries = self.entries(kept) if kept is not None else []
        path = self._path.with_name(f"damaged scene {datetime.now(UTC):%Y-%m-%d %H-%M-%S}.json")
        body = {"scene": asdict(kept) if kept is not None else None, "entries": [asdict(entry) for entry in entries]}
        try:
            path.write_text(json.dumps(body, ensure_ascii=False, indent=1), encoding="utf-8")
        except OSError as error:
            raise JournalError(f"{path} could not be written ({error}). Everything was left as it is.") from error
        with self._transaction():
            self._db.execute(f"DELETE FROM entry WHERE {_HERE}", (scene_id, seat))
            self._db.execute(f"DELETE FROM scene WHERE {_HERE}", (scene_id, seat))
        return path

    def acknowledge(self, scene: KeptScene, up_to_seq: int) -> None:
        """Store what the platform acknowledged and drop its entries up to `up_to_seq`, in one transaction.

        An answer that comes late, after a newer one, changes nothing.
        """
        with self._transaction():
            newer = f"SELECT 1 FROM scene WHERE {_HERE} AND version > ?"
            if self._db.execute(newer, (scene.scene_id, scene.seat, scene.version)).fetchone():
                return
            self._put_scene(scene)
            self._db.execute(f"DELETE FROM entry WHERE {_HERE} AND seq <= ?", (scene.scene_id, scene.seat, up_to_seq))

    def rebase(self, scene: KeptScene, change: str, clash: KeptClash | None = None) -> None:
        """Store a newer state of the platform, replace the waiting entries by one `change` that is based on it, and
        keep what clashed."""
        with self._transaction():
            self._put_scene(scene)
            self._db.execute(f"DELETE FROM entry WHERE {_HERE}", (scene.scene_id, scene.seat))
            if change:
                self._put_entry(scene, "remote", change, "")
            if clash is not None:
                values = (clash.scene_id, clash.seat, clash.version, clash.who, clash.theirs, clash.conflicts)
                self._db.execute(f"INSERT INTO clash ({_OF_CLASH}) VALUES (?, ?, ?, ?, ?, ?)", values)

    def clashes(self, scene_id: str) -> list[KeptClash]:
        """What clashed at any seat of a scene and was not chosen about, newest first."""
        select = f"SELECT {_OF_CLASH}, seq FROM clash WHERE scene_id = ? ORDER BY seq DESC"
        with self._lock:
            return [KeptClash(*row) for row in self._db.execute(select, (scene_id,))]

    def take_clash(self, clash: KeptClash, seat: int) -> bool:
        """Let it be chosen about at this seat; False where another program was faster."""
        with self._transaction():
            taken = "UPDATE clash SET seat = ? WHERE seq = ? AND seat = ?"
            return self._db.execute(taken, (seat, clash.seq, clash.seat)).rowcount == 1

    def clash_settled(self, seq: int) -> None:
        """Forget a clash: somebody has chosen, or nothing of theirs is left to choose."""
        with self._transaction():
            self._db.execute("DELETE FROM clash WHERE seq = ?", (seq,))

    def append(self, scene: KeptScene, cause: Cause, change: str, step: str) -> Entry:
        """Write one transition; it is on disk when this returns. Raises JournalError when it could not be written."""
        try:
            with self._transaction():
                self._work_at(scene)
                return self._put_entry(scene, cause, change, step)
        except sqlite3.Error as error:
            raise JournalError(
                f"The step could not be written to {self._path} ({error}). The scene is as it was before. "
                "Free some disk space and try again."
            ) from error

    def entries(self, scene: KeptScene) -> list[Entry]:
        """The transitions of a seat that wait for the platform, oldest first."""
        select = f"SELECT seq, key, cause, change, step FROM entry WHERE {_HERE} ORDER BY seq"
        with self._lock:
            return [Entry(*row) for row in self._db.execute(select, (scene.scene_id, scene.seat))]

    def batch(self, scene: KeptScene) -> list[Entry]:
        """The entries to send next, marked as sent. Those that were sent before, with their answer lost, go again as
        the same batch, so that the platform knows them by their key."""
        here = (scene.scene_id, scene.seat)
        with self._transaction():
            if self._db.execute(f"SELECT 1 FROM entry WHERE {_HERE} AND sent = 1", here).fetchone() is None:
                self._db.execute(f"UPDATE entry SET sent = 1 WHERE {_HERE}", here)
            select = f"SELECT seq, key, cause, change, step FROM entry WHERE {_HERE} AND sent = 1 ORDER BY seq"
            return [Entry(*row) for row in self._db.execute(select, here)]

    def scenes_to_save(self) -> list[KeptScene]:
        """The scenes that have something the platform has not acknowledged, or that it does not know at all."""
        where = "WHERE known_to_platform = 0 OR (scene_id, seat) IN (SELECT scene_id, seat FROM entry)"
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
            "INSERT INTO scene VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0) "
            "ON CONFLICT (scene_id, seat) DO UPDATE SET project_id = excluded.project_id, "
            "project_name = excluded.project_name, known_to_platform = excluded.known_to_platform, "
            "version = excluded.version, document = excluded.document, steps = excluded.steps",
            (
                scene.scene_id,
                scene.seat,
                scene.project_id,
                scene.project_name,
                int(scene.known_to_platform),
                scene.version,
                scene.document,
                scene.steps,
            ),
        )

    def _work_at(self, scene: KeptScene) -> None:
        self._db.execute(
            "UPDATE seat SET used = (SELECT max(used) + 1 FROM seat) "
            "WHERE scene_id = ? AND number = ? AND (used = 0 OR used < (SELECT max(used) FROM seat))",
            (scene.scene_id, scene.seat),
        )

    def _put_entry(self, scene: KeptScene, cause: Cause, change: str, step: str) -> Entry:
        key = uuid4().hex
        cursor = self._db.execute(
            "INSERT INTO entry (scene_id, seat, key, cause, change, step) VALUES (?, ?, ?, ?, ?, ?)",
            (scene.scene_id, scene.seat, key, cause, change, step),
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


_COLUMNS = "scene_id, project_id, project_name, known_to_platform, version, document, steps, seat"
_HERE = "scene_id = ? AND seat = ?"
_OF_CLASH = "scene_id, seat, version, who, theirs, conflicts"


def _kept(row: tuple[str, str, str, int, int, str, str, int]) -> KeptScene:
    return KeptScene(row[0], row[1], row[2], bool(row[3]), row[4], row[5], row[6], row[7])
