"""The menus of the right button: over a work, over the empty room, over a row of the outline, over the library."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from scene.records import Placement
from ui.wiring.session_controller import SessionController
from ui.wiring.verdicts import proposed_works

if TYPE_CHECKING:
    from viewport.widget import ViewportWidget

WHY = "Why is this here?"


class ContextMenus(QObject):
    """Builds them from the commands, so that words, keys and what can be done are the same everywhere."""

    def __init__(self, studio: SessionController) -> None:
        super().__init__(studio)
        self._studio = studio
        self._window = studio.window
        self._window.outline.menu_wanted.connect(lambda node_id, at: self.record_menu(node_id).popup(at))
        self._window.library.grid.menu_wanted.connect(lambda asset_id, at: self.library_menu(asset_id).popup(at))

        self._show_file: Callable[[str], object] = lambda asset_id: None

    def use_files(self, show: Callable[[str], object]) -> None:
        """How a work's file is shown."""
        self._show_file = show

    def use_view(self, view: "ViewportWidget") -> None:
        """The viewport is there."""
        view.menu_wanted.connect(
            lambda work_id, at: (self.record_menu(work_id) if work_id else self.room_menu()).popup(at)
        )

    def record_menu(self, record_id: str) -> QMenu:
        """What can be done with a work, which is selected with it; a room or wall stands for what is selected."""
        session, wires = self._studio.session, self._studio.scene_wires
        record = wires.shown_scene.get(record_id)
        if session is not None and isinstance(record, Placement) and record_id not in session.selection:
            wires.select(frozenset({record_id}))
        menu = self._menu()
        menu.addAction("Go There", partial(wires.fly_to_record, record_id))
        if isinstance(record, Placement):
            menu.addAction(WHY.rstrip("?").title() + "?", lambda: self._studio.ask(WHY))
        if wires.chosen_of_proposal:
            self._add(menu, "proposal.approve_selected")
            self._add_reasons(menu)
        hung = session is not None and record_id in session.store.scene
        if isinstance(record, Placement) and hung:
            self._add(menu, "edit.unpin" if record.pinned else "edit.pin")
            self._add(menu, "edit.cut", "edit.copy", "edit.duplicate", "edit.delete")
        else:
            self._add(menu, "edit.delete")
        if isinstance(record, Placement) and self._window.commands.can_run("library.folder"):
            menu.addSeparator()
            menu.addAction("Show in Folder", partial(self._show_file, record.asset_id))
        self._add(menu, "select.wall", "select.none")
        return menu

    def room_menu(self) -> QMenu:
        """Over no work in particular."""
        menu = self._menu()
        self._add(menu, "view.entrance", "view.frame_all")
        self._add(menu, "select.all", "select.none")
        self._add(menu, "edit.undo", "edit.redo", "edit.paste")
        return menu

    def library_menu(self, asset_id: str) -> QMenu:
        """Over a work in the library: hang the picked ones, or find where this one hangs."""
        wires, menu = self._studio.scene_wires, self._menu()
        if asset_id:
            menu.addAction("Closer Look\tSpace", partial(self._studio.run, "library.look"))
            self._add(menu, "library.hang", "edit.copy")
            self._add(menu, "library.folder")
            hung = [work.id for work in wires.shown_scene.placements if work.asset_id == asset_id]
            if hung:
                menu.addAction("Go to Where It Hangs", partial(self._show_hung, hung))
        self._add(menu, "library.import")
        return menu

    def _add_reasons(self, menu: QMenu) -> None:
        """Leave the selected works out of the proposal, and say why."""
        session, wires = self._studio.session, self._studio.scene_wires
        if session is None:
            return
        ids, why = proposed_works(session.proposal, session.selection), menu.addMenu("Leave Out Because")
        for reason in session.reject_reasons:
            why.addAction(reason, partial(wires.leave_out, ids, reason))

    def _show_hung(self, ids: list[str]) -> None:
        self._studio.scene_wires.select(frozenset(ids))
        self._studio.scene_wires.fly_to_record(ids[0])

    def _menu(self) -> QMenu:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add(self, menu: QMenu, *command_ids: str) -> None:
        """These commands as a group, without those that cannot be run now."""
        commands = self._window.commands
        actions = [commands.actions[found] for found in command_ids if commands.can_run(found)]
        if actions and menu.actions():
            menu.addSeparator()
        menu.addActions(actions)
