"""Keeps everything that shows the scene in step with the store: outline, history, bar, counts, contexts, viewport."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from scene.change import SceneChange
from scene.records import Placement
from scene.scene import Scene
from ui.commands.catalogue import Command
from ui.main_window import MainWindow
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
        bar = self._window.stage.proposal_bar
        if bar.proposal is not session.proposal:
            self.side = "after"
            bar.show_proposal(session.proposal)
        if self.view is not None:
            self.view.stage(session.proposal)
        self._window.commands.set_contexts(has_proposal=session.proposal is not None)
        self._show_scene()

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
        proposed = len(ids & session.proposal.change.ids) if session.proposal else 0
        self._window.stage.proposal_bar.show_selected(proposed)
        self._window.commands.set_contexts(has_selection=bool(ids))
        self._window.status.show_counts(len(self.shown_scene.all(Placement)), len(ids))
        self.selection_shown()

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
        self._window.tools.themes.show_current(scene.theme.theme)
        self._window.stage.welcome.setVisible(not works and not scene.rooms)
        self._window.commands.set_contexts(has_works=bool(works))
        self._show_viewpoints(scene)
        self.scene_shown(scene)
        session.select(session.selection & frozenset(scene.records))
        self.show_selection()

    def _show_history(self) -> None:
        if self._session is None:
            return
        history = self._session.store.history
        self._window.history.show_steps(history.steps, [undone.step for undone in reversed(history.undone)])
        self._window.commands.set_contexts(can_undo=history.next_undo is not None, can_redo=bool(history.undone))

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
        if self._session is not None:
            self._session.approve(ids)
            self.show_proposal()

    def reject(self, reason: str = "") -> None:
        """Drop the proposal."""
        if self._session is not None:
            self._session.reject(reason)
            self.show_proposal()

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
