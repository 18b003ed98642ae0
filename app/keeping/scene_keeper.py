"""Keeps the open scene: every transition of the store is in the journal before it counts, and the saver is woken."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from app.keeping.arrivals import SOMEBODY
from app.keeping.clash import kept_clash
from app.keeping.clashes import Clashes
from app.keeping.journal import Cause, Journal, JournalError, KeptScene
from app.keeping.rebasing import caught_up, rebase
from app.keeping.replay import as_text, as_texts, kept_steps, replay
from app.keeping.seats import Seats
from scene.change import ChangeDoesNotFit, SceneChange
from scene.conflict import Conflict
from scene.document import DocumentError, write_document, write_steps
from scene.history import Author, Step
from scene.scene import Scene
from scene.store import SceneStore, TakenBack

T = TypeVar("T")


class SceneKeeper:
    """Lives on the UI thread. Operations raise JournalError, with the store as it was, when the disk refuses."""

    def __init__(self, store: SceneStore, journal: Journal, seats: Seats, wake_saver: Callable[[str], None]) -> None:
        self.store = store
        self._seats = seats
        self._journal = journal
        self.wake_saver = wake_saver
        """Told the id of a scene that waited for a merge and may be saved again, else an empty text."""
        self.kept: KeptScene | None = None
        self.clashes = Clashes(journal, seats)

    def open(self, scene: KeptScene) -> None:
        """Show this scene as it was left at the seat that is free, with what the journal holds beyond it."""
        seat = self._seats.take(scene.scene_id, self._journal.seats(scene.scene_id))
        try:
            kept = self._left_at(scene, seat)
            replayed = replay(kept, self._journal.entries(kept))
            self._journal.open_scene(kept)
        except BaseException:
            self._seats.release(scene.scene_id)
            raise
        if self.kept is not None:
            self._seats.release(self.kept.scene_id)
        self.kept = kept
        self.store.load(replayed.scene, replayed.steps)
        self.wake_saver("")

    def open_saved(self, scene: KeptScene) -> Path | None:
        """Show what the platform has saved; gives the file that what is kept here went to, if it cannot be read."""
        try:
            self.open(scene)
        except (DocumentError, ChangeDoesNotFit):
            seat = self._seats.take(scene.scene_id, self._journal.seats(scene.scene_id))
            try:
                aside = self._journal.set_aside(scene.scene_id, seat)
            finally:
                self._seats.release(scene.scene_id)
            self.open(scene)
            return aside
        return None

    def _left_at(self, scene: KeptScene, seat: int) -> KeptScene:
        """What this seat has of a scene; where another one was told of a newer version meanwhile, that."""
        mine, newest = self._journal.scene(scene.scene_id, seat), self._journal.newest(scene.scene_id) or scene
        if mine is None:
            return replace(newest, seat=seat, steps=write_steps(()))  # what others did is not undone from here
        return mine if self._journal.entries(mine) else caught_up(mine, newest)

    def open_new(self, project_name: str, project_id: str = "", known: bool = False) -> KeptScene:
        """Begin an empty scene in a project; a project without id is new, and the saver tells the platform of it."""
        kept = KeptScene(
            scene_id=uuid4().hex,
            project_id=project_id or uuid4().hex,
            project_name=project_name,
            known_to_platform=known,
            version=0,
            document=write_document(Scene()),
            steps=write_steps(()),
        )
        self.open(kept)
        return kept

    def commit(self, name: str, change: SceneChange, author: Author = "user", turn_id: str = "") -> Step:
        """One named step; an empty change leaves no trace."""
        return self._recorded(lambda: self.store.commit(name, change, author, turn_id), lambda step: step)

    def undo(self) -> Step | None:
        """Take back the latest step that is not remote."""
        return self._recorded(self.store.undo, lambda step: step)

    def redo(self) -> Step | None:
        """Bring back the step that was undone last."""
        return self._recorded(self.store.redo, lambda step: step)

    def take_back(self, turn_id: str) -> TakenBack:
        """Undo one agent turn and keep what was done by hand since."""
        return self._recorded(lambda: self.store.take_back(turn_id), lambda taken: taken.step)

    def take_remote(
        self, name: str, base: Scene, kept: KeptScene, saved: Scene, who: str = SOMEBODY
    ) -> tuple[Conflict, ...]:
        """Take over what somebody else made of `base` of the open scene, and name what could not be; that is kept.

        `saved` is what the platform has. What waited becomes one change over that; its steps can still be undone one
        by one.
        """
        rebased = rebase(self.store, name, base, saved)
        self.kept = replace(kept, steps=kept_steps(self.store.history.steps))
        clash = kept_clash(self.kept, rebased.conflicts, saved, who)
        self._journal.rebase(self.kept, as_text(rebased.mine), clash)
        self.wake_saver(kept.scene_id)
        return rebased.conflicts

    def _recorded(self, operation: Callable[[], T], step_of: Callable[[T], Step | None]) -> T:
        before, history = self.store.scene, self.store.history
        told: list[tuple[SceneChange, str]] = []
        unfollow = self.store.follow(lambda change, _, cause: told.append((change, cause)))
        try:
            outcome = operation()
        finally:
            unfollow()
        step = step_of(outcome)
        if step is None or not told or self.kept is None:
            return outcome
        try:
            for change, cause in told:
                self._append(change, cause, step)
        except JournalError:
            self.store.put_back(before, history)
            raise
        self.wake_saver("")
        return outcome

    def _append(self, change: SceneChange, cause: str, step: Step) -> None:
        assert self.kept is not None
        causes: dict[str, Cause] = {"commit": "commit", "undo": "undo", "redo": "redo", "take_back": "take_back"}
        self._journal.append(self.kept, causes[cause], *as_texts(causes[cause], change, step))
