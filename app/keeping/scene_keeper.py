"""Keeps the open scene: every transition of the store is in the journal before it counts, and the saver is woken."""

from collections.abc import Callable
from typing import TypeVar
from uuid import uuid4

from app.keeping.journal import Cause, Journal, JournalError, KeptScene
from app.keeping.rebasing import rebase
from app.keeping.replay import as_texts, replay
from app.keeping.scene_locks import SceneLocks
from scene.change import SceneChange
from scene.conflict import Conflict
from scene.document import write_document, write_steps
from scene.history import Author, Step
from scene.scene import Scene
from scene.store import SceneStore, TakenBack

T = TypeVar("T")

_OTHERS_SAVE_S = 1.5
"""Another window may hold the scene for a moment while it saves what a program that was killed left behind."""


class SceneBusy(Exception):
    """Another program on this computer has the scene open."""

    def __init__(self, project_name: str) -> None:
        super().__init__(
            f"“{project_name}” is open in another Vernissage. Nothing was changed. "
            "Close it there, or name another project."
        )


class SceneKeeper:
    """Lives on the UI thread. Operations raise JournalError, with the store as it was, when the disk refuses.

    `wake_saver` is told the id of a scene that waited for a merge and may be saved again, else an empty text.
    """

    def __init__(
        self, store: SceneStore, journal: Journal, locks: SceneLocks, wake_saver: Callable[[str], None]
    ) -> None:
        self.store = store
        self._locks = locks
        self._journal = journal
        self._wake_saver = wake_saver
        self.kept: KeptScene | None = None

    def open(self, kept: KeptScene) -> None:
        """Show this scene with what the journal holds beyond it; raises SceneBusy when another program has it."""
        if not self._locks.hold(kept.scene_id, _OTHERS_SAVE_S):
            raise SceneBusy(kept.project_name)
        replayed = replay(kept, self._journal.entries(kept.scene_id))
        if self.kept is not None and self.kept.scene_id != kept.scene_id:
            self._locks.release(self.kept.scene_id)
        self.kept = kept
        self._journal.open_scene(kept)
        self.store.load(replayed.scene, replayed.steps)
        self._wake_saver("")

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

    def take_remote(self, name: str, base: Scene, kept: KeptScene, saved: Scene) -> tuple[Conflict, ...]:
        """Take over what somebody else made of `base`; names what could not be. `saved` is what the platform has.

        A scene that is not open any more is merged just so, behind the one that is.
        """
        is_open = self.kept is not None and self.kept.scene_id == kept.scene_id
        store = self.store if is_open else self._store_of(kept.scene_id)
        rebased = rebase(store, name, base, saved)
        mine = rebased.mine
        text = "" if mine.is_empty else as_texts("remote", mine, Step("", name, mine))[0]
        if is_open:
            self.kept = kept
        self._journal.rebase(kept, text)
        self._wake_saver(kept.scene_id)
        return rebased.conflicts

    def _store_of(self, scene_id: str) -> SceneStore:
        before = self._journal.scene(scene_id)
        if before is None:
            return SceneStore()
        replayed = replay(before, self._journal.entries(scene_id))
        return SceneStore(replayed.scene, replayed.steps)

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
        self._wake_saver("")
        return outcome

    def _append(self, change: SceneChange, cause: str, step: Step) -> None:
        assert self.kept is not None
        causes: dict[str, Cause] = {"commit": "commit", "undo": "undo", "redo": "redo", "take_back": "take_back"}
        self._journal.append(self.kept.scene_id, causes[cause], *as_texts(causes[cause], change, step))
