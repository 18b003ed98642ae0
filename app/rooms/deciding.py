"""What becomes of a proposal, edits by hand, and the way back from both."""

from collections.abc import Collection, Mapping
from pathlib import Path

from agent.learning.noticing import known_reasons
from app.open_scene import OpenScene
from scene.change import SceneChange
from scene.document import write_document
from scene.operations import set_theme
from scene.proposal import Proposal
from scene.themes import Theme


class Deciding:
    """Part of a session; what was decided is on disk when a method returns."""

    _scene: OpenScene
    themes: Mapping[str, Theme]

    def stage(self, proposal: Proposal) -> Proposal:
        """Show a proposal, as the end of a turn does; over a ghost the two become one."""
        return self._scene.stage(proposal)

    def approve(self, ids: frozenset[str] | None = None) -> bool:
        """Commit the proposal, whole or these parts; on disk when this returns. Whether it was committed."""
        return self._scene.approve(ids)

    def reject(self, reason: str = "", about: Collection[str] = ()) -> None:
        """Drop the proposal, or only these works (ids) of it; the scene stays byte for byte as it is.

        The reason, in words or as a chip of `reject_reasons`, and the works teach preferences.
        """
        self._scene.reject(reason, about)

    @property
    def has_clash(self) -> bool:
        """Whether the ghost is somebody else's version of what I changed too."""
        return self._scene.others.has_clash

    def take_both(self) -> bool:
        """Of a clash with somebody else's work: keep mine and hang theirs beside it. Whether there was one."""
        return self._scene.others.take_both()

    @property
    def reject_reasons(self) -> tuple[str, ...]:
        """Reasons that can be pressed; `reject` takes them as they are."""
        return known_reasons().chips

    def commit(self, name: str, change: SceneChange) -> bool:
        """One edit by hand as one step; whether it was kept."""
        return self._scene.commit(name, change)

    def undo(self) -> bool:
        """Take back the latest step; whether there was one."""
        return self._scene.undo() is not None

    def redo(self) -> bool:
        """Bring back the step that was undone last; whether there was one."""
        return self._scene.redo() is not None

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back: a version of the ghost in hand, or a step."""
        return self._scene.version_to_undo or self._scene.store.history.next_undo is not None

    @property
    def can_redo(self) -> bool:
        """Whether there is anything to bring back."""
        return self._scene.version_to_redo or bool(self._scene.store.history.undone)

    def undo_latest(self) -> bool:
        """Take back what was done last, a version of the ghost in hand or a step; whether there was anything."""
        if not self._scene.version_to_undo:
            return self.undo()
        self._scene.previous_version()
        return True

    def redo_latest(self) -> bool:
        """Bring back what was taken back last; whether there was anything."""
        return self._scene.next_version() if self._scene.version_to_redo else self.redo()

    def take_back_turn(self) -> bool:
        """Undo the agent's latest turn and keep what was done by hand since; whether there was one."""
        return self._scene.take_back_turn() is not None

    def roll_back(self, run_id: str) -> bool:
        """Undo what was approved of one run and keep what was done since; whether there was anything."""
        return self._scene.take_back_turn(run_id) is not None

    def set_theme(self, theme_id: str) -> bool:
        """Dress the scene in another theme; whether that changed anything."""
        change = set_theme(self._scene.store.scene, theme_id)
        return not change.is_empty and self.commit(f"Theme: {self.themes[theme_id].name}", change)

    def export_document(self, path: Path) -> None:
        """Write the scene as a JSON document; raises OSError."""
        staged = path.with_name(f".{path.name}.new")
        staged.write_text(write_document(self._scene.store.scene), encoding="utf-8")
        staged.replace(path)
