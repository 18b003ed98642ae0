"""Keeps everything that shows the scene in step with the store: outline, history, bar, counts, contexts, viewport."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from scene.change import SceneChange
from scene.records import Placement
from scene.scene import Scene
from ui.commands.catalogue import Command
from ui.main_window import MainWindow
from ui.wiring.verdicts import ONLY_PROPOSED, Verdicts, approved_words, proposed_works, rejected_words
from ui.wiring.view import Side, View

if TYPE_CHECKING:
    from app.session import Session


class SceneWires:
    """Follows one session's store, proposal and selection. `view` joins when the viewport has been made."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session: Session | None = None
        self._unfollow: Callable[[], None] | None = None
        self._viewpoints: list[str] = []
        self.view: View | None = None
        self.selection_shown: Callable[[], None] = lambda: None
        """Called after the selection, or what is selected, may be another one."""
        self.side: Side = "after"
        self._verdicts = Verdicts()
        self._chosen_before = True
        """Whether the selection was made before the proposal came, and so says nothing about it."""
        self.works_shown: Callable[[Scene], object] = _nobody
        """Told of a scene with works in it, before the viewport can have drawn it."""
        self.scene_shown: Callable[[Scene], object] = _nobody
        self.selection_seen: Callable[[frozenset[str]], object] = _nobody
        """Told of what is shown and selected, besides the panels."""
        window.outline.selected.connect(self.select)
        window.outline.activated.connect(self.fly_to_record)
        bar = window.stage.proposal_bar
        bar.side_chosen.connect(self.show_side)
        bar.approved_all.connect(lambda: window.commands.run("proposal.approve"))
        bar.approved_selected.connect(lambda: window.commands.run("proposal.approve_selected"))
        bar.change_wanted.connect(lambda: window.commands.run("proposal.change"))
        bar.rejected.connect(self.reject)
        bar.both_kept.connect(self.keep_both)
        window.history.wanted.connect(self.go)

    def attach(self, session: "Session") -> None:
        """Follow a session."""
        self._session = session
        self.show_all()

    def detach(self) -> None:
        """Stop following."""
        if self._unfollow is not None:
            self._unfollow()
        self._unfollow, self._session = None, None

    def set_view(self, view: View) -> None:
        """The viewport is there: show it what is so now."""
        self.view = view
        self.show_all()

    @property
    def shown_scene(self) -> Scene:
        """The scene as the creator sees it: with the ghost, unless the side before it is shown."""
        if self._session is None:
            return Scene()
        return self._session.store.scene if self.side == "before" else self._session.staged

    # -- from the session to the window ----------------------------------------------------------

    def show_all(self) -> None:
        """Everything anew, as when a project opens; the store may be another one."""
        if self._session is None:
            return
        if self._unfollow is not None:
            self._unfollow()
        self._unfollow = self._session.store.follow(self._changed)
        if self.view is not None:
            self.view.show_scene(self._session.store.scene)
        self.show_proposal()
        self._show_history()

    def show_proposal(self) -> None:
        """The proposal in the bar and as a ghost, or neither."""
        session = self._session
        if session is None:
            return
        bar, proposal = self._window.stage.proposal_bar, session.proposal
        if bar.proposal is not proposal:
            self._window.stage.toasts.drop(ONLY_PROPOSED)
            self.side = "after"
            self._chosen_before |= proposal is None or bar.proposal is None or bar.proposal.id != proposal.id
            bar.show_proposal(proposal)
            bar.show_clash(session.has_clash)
        if proposal is not None:
            bar.show_decided(self._verdicts.of(proposal, session.store.scene))
        if self.view is not None:
            self.view.stage(session.proposal)
        self._window.commands.set_contexts(has_proposal=session.proposal is not None, has_clash=session.has_clash)
        self._show_undo()
        self._show_scene()

    @property
    def chosen_of_proposal(self) -> frozenset[str]:
        """The selected works that the proposal in hand hangs or moves, chosen since it came."""
        if self._session is None or self._chosen_before:
            return frozenset()
        return proposed_works(self._session.proposal, self._session.selection)

    def show_selection(self) -> None:
        """The selection everywhere."""
        session = self._session
        if session is None:
            return
        ids = session.selection
        self._window.outline.show_selection(ids)
        if self.view is not None:
            self.view.select(ids)
        self.selection_seen(ids)
        proposed = len(self.chosen_of_proposal)
        self._window.stage.proposal_bar.show_selected(proposed)
        self._window.commands.set_contexts(has_selection=bool(ids), has_proposed_selection=bool(proposed))
        self._name_delete(ids)
        self._window.status.show_counts(len(self.shown_scene.all(Placement)), len(ids))
        self.selection_shown()

    def _name_delete(self, ids: frozenset[str]) -> None:
        """Works that only the ghost hangs cannot be deleted yet: they are left out of it."""
        session = self._session
        if session is not None:
            only_proposed = bool(ids) and all(i not in session.store.scene for i in ids)
            self._window.commands.rename("edit.delete", "Leave Out" if only_proposed else "Delete")

    def _changed(self, change: SceneChange, scene: Scene, cause: str) -> None:
        if self.view is not None:
            if cause == "load":
                self.view.show_scene(scene)
            else:
                self.view.follow(change, scene)
        self.show_proposal()
        self._show_history()

    def _show_scene(self) -> None:
        session = self._session
        if session is None:
            return
        scene = self.shown_scene
        works = scene.all(Placement)
        self._window.outline.show_scene(scene)
        self._window.library.rows.show_hung(frozenset(work.asset_id for work in works))
        self._window.show_theme(scene.theme.theme)
        self._window.stage.welcome.setVisible(not works and not scene.rooms and session.proposal is None)
        self._window.commands.set_contexts(has_works=bool(works))
        if works:
            self.works_shown(scene)
        self._show_viewpoints(scene)
        self.scene_shown(scene)
        known = frozenset(scene.records)
        if self.side == "before":
            known |= frozenset(session.staged.records)
        session.select(session.selection & known)
        self.show_selection()

    def _show_history(self) -> None:
        if self._session is None:
            return
        history = self._session.store.history
        self._window.history.show_steps(history.steps, [undone.step for undone in reversed(history.undone)])
        self._show_undo()

    def _show_undo(self) -> None:
        if self._session is not None:
            self._window.commands.set_contexts(can_undo=self._session.can_undo, can_redo=self._session.can_redo)

    def _show_viewpoints(self, scene: Scene) -> None:
        found = scene.viewpoints
        names = [f"{viewpoint.id} {viewpoint.name}" for viewpoint in found]
        if names == self._viewpoints:
            return
        commands = self._window.commands
        for name in self._viewpoints:
            commands.remove(f"viewpoint.{name.split(' ', 1)[0]}")
        self._viewpoints = names
        for viewpoint in found[:60]:
            command = Command(f"viewpoint.{viewpoint.id}", viewpoint.name or viewpoint.id, "viewpoints")
            commands.add(command, partial(self.fly_to_record, viewpoint.id))

    # -- from the window to the session ----------------------------------------------------------

    def select(self, ids: frozenset[str]) -> None:
        """The creator selected these."""
        if self._session is not None:
            self._chosen_before = False
            self._session.select(ids)
            self.show_selection()

    def pick(self, placement_id: str, extend: bool) -> None:
        """A click in the viewport: one work, or one more or less with the key held; "" is the empty wall."""
        if self._session is None:
            return
        chosen = frozenset({placement_id}) if placement_id else frozenset()
        self.select(self._session.selection ^ chosen if extend else chosen)

    def show_side(self, side: Side) -> None:
        """Before or after the proposal."""
        self.side = side
        if self.view is not None:
            self.view.show_side(side)
        self._show_scene()

    def approve(self, ids: frozenset[str] | None = None) -> None:
        """Approve all of the proposal, or these parts."""
        session = self._session
        if session is None or session.proposal is None:
            return
        before = session.proposal
        if session.approve(ids):
            self._window.chat.note(approved_words(before, session.proposal))
        self.show_proposal()

    def reject(self, reason: str = "") -> None:
        """Drop the proposal."""
        session = self._session
        if session is None or session.proposal is None:
            return
        self._window.chat.note(rejected_words(session.proposal, reason))
        session.reject(reason)
        self.show_proposal()

    def keep_both(self) -> None:
        """Of a clash with somebody else's work: hang theirs beside mine."""
        if self._session is not None and self._session.take_both():
            self._window.chat.note("Both were kept.")
            self.show_proposal()

    def leave_out(self, ids: frozenset[str], reason: str = "") -> None:
        """Take works out of the proposal, which may teach something; without any work left there is no proposal."""
        session = self._session
        if session is None or session.proposal is None:
            return
        if all(work.id in ids for work in session.proposal.works):
            self.reject(reason)
            return
        self._verdicts.left_out(ids)
        session.reject(reason, about=ids)
        self.show_proposal()

    def undo(self) -> None:
        """Take back what was done last: a version of the ghost, or a step."""
        if self._session is not None and self._session.undo_latest():
            self.show_proposal()
            self._show_history()

    def redo(self) -> None:
        """Bring back what was taken back last."""
        if self._session is not None and self._session.redo_latest():
            self.show_proposal()
            self._show_history()

    def go(self, steps: int) -> None:
        """Undo or redo that many steps."""
        if self._session is None:
            return
        move = self._session.undo if steps < 0 else self._session.redo
        for _ in range(abs(steps)):
            if not move():
                break

    def fly_to_record(self, record_id: str) -> None:
        """Fly to a work, room, wall, sign or viewpoint."""
        if self.view is not None:
            self.view.fly_to_record(record_id, self.shown_scene)

    def fly(self, position_m: tuple[float, float, float], target_m: tuple[float, float, float]) -> None:
        """Fly to a place."""
        if self.view is not None:
            self.view.fly_to(position_m, target_m)


def _nobody(shown: object) -> None:
    del shown
