"""Keeps evidence and the creator's own rules on disk, and tells which preferences follow and hold."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TypeVar

import structlog
from pydantic import BaseModel, ValidationError

from agent.learning.evidence import Evidence, Scope
from agent.learning.preference import Preference
from agent.learning.rules import LIMITS, holding, preference_id, preferences_of
from app.remembering.memory import Memory

log = structlog.get_logger()

M = TypeVar("M", bound=BaseModel)
_MOST_EVIDENCE = 2_000
"""Older evidence is forgotten, so that a rule never rests on what was thought years ago alone."""


class NoSuchPreference(Exception):
    """There is no such rule, or it cannot be set to that."""


class Preferences:
    """Callable from any thread; reading is cached until something is written."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._known: tuple[Preference, ...] | None = None

    def all(self) -> tuple[Preference, ...]:
        """Every rule there is, the creator's own first."""
        if self._known is None:
            evidence = _read(Evidence, self._memory.rows("SELECT body FROM evidence"))
            own = _read(Preference, self._memory.rows("SELECT body FROM own_rule ORDER BY rowid"))
            self._known = preferences_of(evidence, own)
        return self._known

    def holding(self, scene_id: str, project_id: str) -> tuple[Preference, ...]:
        """The rules that hold in a scene."""
        return holding(self.all(), scene_id, project_id)

    def learn(self, evidence: Iterable[Evidence]) -> None:
        """Keep evidence; what is known already is replaced. Raises NotRemembered."""
        rows = [(one.id, one.model_dump_json(exclude_defaults=True)) for one in evidence]
        if not rows:
            return
        with self._memory.writing() as db:
            db.executemany("INSERT OR REPLACE INTO evidence (id, body) VALUES (?, ?)", rows)
            db.execute(
                "DELETE FROM evidence WHERE rowid NOT IN (SELECT rowid FROM evidence ORDER BY rowid DESC LIMIT ?)",
                (_MOST_EVIDENCE,),
            )
        self._known = None

    def unlearn(self, turn_id: str) -> None:
        """Forget what the verdict on one turn said, as when it is taken back. Raises NotRemembered."""
        gone = [e.id for p in self.all() for e in p.evidence if e.turn_id == turn_id]
        gone += [e.id for e in _read(Evidence, self._memory.rows("SELECT body FROM evidence")) if e.turn_id == turn_id]
        self._drop(dict.fromkeys(gone))

    def edit(
        self,
        preference: str,
        *,
        value: float | None = None,
        text: str | None = None,
        scope: Scope | None = None,
        places: tuple[str, str] = ("", ""),
    ) -> Preference:
        """Make a rule one's own, with another value, theme or scope; `places` are the open scene and project.

        Raises NoSuchPreference, or NotRemembered.
        """
        before = self._named(preference)
        parts = before.model_dump() | {"edited": True, "evidence": before.evidence}
        if value is not None:
            low, high = LIMITS.get(before.topic, (0.0, 0.0))
            if before.value is None or not low <= value <= high:
                raise NoSuchPreference(f"{value:g} is not possible here: it goes from {low:g} to {high:g}.")
            parts["value"] = value
        if text is not None:
            parts["text"] = text
        if scope is not None and scope != before.scope:
            where = {"here": places[0], "project": places[1], "always": ""}[scope]
            parts |= {"scope": scope, "where": where}
        subject = parts["text"] if before.topic in ("avoid", "avoid_tag") else ""
        parts["id"] = preference_id(before.topic, parts["scope"], parts["where"], subject)
        made = Preference.model_validate(parts)
        with self._memory.writing() as db:
            self._delete(db, before)
            db.execute("INSERT OR REPLACE INTO own_rule (id, body) VALUES (?, ?)", (made.id, made.model_dump_json()))
        self._known = None
        return made

    def forget(self, preference: str) -> None:
        """Drop a rule with all that it rests on. Raises NoSuchPreference, or NotRemembered."""
        before = self._named(preference)
        with self._memory.writing() as db:
            self._delete(db, before)
        self._known = None

    def _named(self, preference: str) -> Preference:
        found = next((p for p in self.all() if p.id == preference), None)
        if found is None:
            raise NoSuchPreference("This rule is not there any more.")
        return found

    def _delete(self, db: sqlite3.Connection, rule: Preference) -> None:
        db.executemany("DELETE FROM evidence WHERE id = ?", [(one.id,) for one in rule.evidence])
        db.execute("DELETE FROM own_rule WHERE id = ?", (rule.id,))

    def _drop(self, evidence: Iterable[str]) -> None:
        rows = [(one,) for one in evidence]
        if rows:
            with self._memory.writing() as db:
                db.executemany("DELETE FROM evidence WHERE id = ?", rows)
            self._known = None


def _read(kind: type[M], rows: Sequence[tuple[str, ...]]) -> list[M]:
    """The rows that can be read; a row from another version is left out, and stays on disk."""
    found: list[M] = []
    for row in rows:
        try:
            found.append(kind.model_validate_json(row[0]))
        except ValidationError as error:
            log.warning("a remembered row could not be read", kind=kind.__name__, problems=error.error_count())
    return found
