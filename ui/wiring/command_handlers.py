"""What each command does, by its id."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt

from agent.events import TurnEnded
from scene.change import SceneChange
from scene.operations import pin, remove, unpin
from scene.records import Placement
from scene.scene import Scene
from scene.themes import Theme
from ui.commands.catalogue import COMMANDS, Command, theme_context
from ui.shell.shortcuts import ShortcutsDialog, show_about
from ui.wiring.dialogs import ask_name, choose_file, choose_folder
from ui.wiring.session_controller import SessionController
from ui.wiring.tour import Tour
from ui.wiring.verdicts import ONLY_PROPOSED, proposed_works

if TYPE_CHECKING:
    from app.session import Session


VIEW_COMMANDS = {
    "walk": "move.walk", "orbit": "move.orbit", "fly": "move.fly", "full_screen": "view.full_screen",
    "frame_all": "view.frame_all", "compare": "view.side", "filter": "filter.open", "draft": "quality.draft",
    "standard": "quality.standard", "high": "quality.high",
}  # fmt: skip
"""The command behind each way to look that can be asked for."""
Operation = Callable[[Scene, frozenset[str]], SceneChange]


class Commanding(Protocol):
    """Wires that bring commands of their own."""

    def callbacks(self) -> Mapping[str, Callable[[], object]]:
        """What to do, by the command's id."""
        ...


class CommandHandlers(QObject):
    """Registers every command of the catalogue with its callback."""

    def __init__(self, studio: SessionController, tour: Tour, others: Sequence[Commanding]) -> None:
        super().__init__(studio)
        self._studio = studio
        self._window = studio.window
        self._wires = studio.scene_wires
        self._tour = tour
        self._others = others

    def register(self) -> None:
        """Register all commands, and build menus and tool bar from them."""
        self._window.commands.add_all(COMMANDS, self._callbacks())
        self._window.outline.remove_wanted.connect(lambda: self._window.commands.run("edit.delete"))
        self._window.use_commands()

    def register_themes(self, themes: Mapping[str, Theme]) -> None:
        """A command for each theme."""
        for theme in themes.values():
            self._window.commands.set_contexts(**{theme_context(theme.id): False})
            command = Command(f"theme.{theme.id}", theme.name, "theme", checked=theme_context(theme.id))
            self._window.commands.add(command, partial(self._set_theme, theme.id))

    def act(self, ended: TurnEnded) -> None:
        """What a turn asked of the window itself."""
        if ended.action == "export_picture":
            self._studio.run("export.picture")
        elif ended.action == "export_document":
            self._studio.run("export.document")
        elif ended.action == "tour":
            self._tour.start(self._wires.shown_scene)
        elif ended.action == "show_panel" and ended.ids:
            self._show_panel(ended.ids[0])
        elif ended.action == "set_view" and ended.ids and ended.ids[0] in VIEW_COMMANDS:
            self._studio.run(VIEW_COMMANDS[ended.ids[0]])

    def _show_panel(self, name: str) -> None:
        """A docked panel, or one that floats over the picture."""
        if name in self._window.docks:
            self._window.show_panel(name)
        elif name in ("inspector", "plan") and not self._window.commands.model.context.get(f"{name}_shown"):
            self._studio.run(f"view.{name}")

    def _callbacks(self) -> dict[str, Callable[[], object]]:
        window, wires, studio = self._window, self._wires, self._studio
        callbacks: dict[str, Callable[[], object]] = {
            "project.new": self._new_project,
            "project.open": lambda: self._with(lambda s: s.list_projects()),
            "library.import": lambda: choose_folder(
                window, lambda path: studio.import_paths([str(path)]), window.settings
            ),
            "export.picture": self._export_picture,
            "export.document": self._export_document,
            "window.new": studio.window_wanted.emit,
            "window.quit": window.close,
            "edit.undo": wires.undo,
            "edit.redo": wires.redo,
            "edit.delete": self._delete,
            "edit.pin": lambda: self._edit("Pin", pin),
            "edit.unpin": lambda: self._edit("Unpin", unpin),
            "select.all": lambda: wires.select(frozenset(p.id for p in wires.shown_scene.all(Placement))),
            "select.none": lambda: wires.select(frozenset()),
            "turn.plan_first": lambda: window.chat.composer.plan_first.toggle(),
            "turn.background": window.chat.composer.send_in_background,
            "turn.stop": self._stop,
            "proposal.approve": wires.approve,
            "proposal.approve_selected": lambda: wires.approve(wires.chosen_of_proposal),
            "proposal.reject": wires.reject,
            "proposal.keep_both": wires.keep_both,
            "proposal.change": self._say_what_to_change,
            "help.shortcuts": lambda: ShortcutsDialog(window.commands, window).open(),
            "help.about": lambda: show_about(window),
        }
        for layout in ("gallery", "timeline", "cluster", "grid"):
            callbacks[f"arrange.{layout}"] = partial(studio.arrange, layout)
        for other in self._others:
            callbacks |= other.callbacks()
        return callbacks | self._view_callbacks()

    def _view_callbacks(self) -> dict[str, Callable[[], object]]:
        window = self._window
        callbacks: dict[str, Callable[[], object]] = {
            "view.palette": window.open_palette,
            "view.reset": window.reset_panels,
            "view.side": window.stage.proposal_bar.toggle_side,
            "view.entrance": self._fly_to_entrance,
            "view.full_screen": window.toggle_full_screen,
            "focus.chat": lambda: self._focus("conversation", window.chat.focus_input),
            "focus.library": lambda: self._focus("library", window.library.focus_search),
            "focus.outline": lambda: self._focus("outline", window.outline.focus_tree),
            "focus.viewport": lambda: (window.stage.view or window.stage).setFocus(Qt.FocusReason.ShortcutFocusReason),
        }
        for name in window.docks:
            callbacks[f"view.{name}"] = partial(window.toggle_panel, name)
        return callbacks

    def _with(self, do: Callable[["Session"], object]) -> None:
        if self._studio.session is not None:
            do(self._studio.session)

    def _set_theme(self, theme_id: str) -> None:
        self._with(lambda session: session.set_theme(theme_id))
        self._window.show_theme(self._wires.shown_scene.theme.theme)  # a click on the ticked one unticks it

    def _stop(self) -> None:
        """The turn under way, or else the tour."""
        session = self._studio.session
        if session is not None and session.running:
            session.cancel()
        else:
            self._tour.stop()

    def _focus(self, panel: str, focus: Callable[[], object]) -> None:
        self._window.show_panel(panel)
        focus()

    def _new_project(self) -> None:
        ask_name(
            self._window, "New project", "Name of the project", lambda name: self._with(lambda s: s.new_project(name))
        )

    def _say_what_to_change(self) -> None:
        self._window.show_panel("conversation")
        self._window.chat.focus_input()

    def _delete(self) -> None:
        """Works on show are removed; works that are only proposed are taken out of the proposal."""
        session = self._studio.session
        if session is None:
            return
        scene, ids = session.store.scene, session.selection
        hung = frozenset(i for i in ids if isinstance(scene.get(i), Placement))
        if ghosts := proposed_works(session.proposal, ids) - hung:
            self._wires.leave_out(ghosts)
        if hung:
            self._edit("Remove", remove)

    def _edit(self, verb: str, operation: Operation) -> None:
        session = self._studio.session
        if session is None:
            return
        scene = session.store.scene
        ids = frozenset(i for i in session.selection if isinstance(scene.get(i), Placement))
        if not ids:
            self._studio.notice("info", ONLY_PROPOSED, advice="Approve them first.")
            return
        one = scene.get(next(iter(ids)))
        what = f"“{one.title}”" if len(ids) == 1 and isinstance(one, Placement) and one.title else f"{len(ids)} works"
        change = operation(scene, ids)
        if not change.is_empty:
            session.commit(f"{verb} {what}", change)

    def _fly_to_entrance(self) -> None:
        found = self._wires.shown_scene.viewpoints
        if found:
            self._wires.fly_to_record(found[0].id)

    def _export_document(self) -> None:
        def write(path: Path) -> None:
            try:
                self._with(lambda s: s.export_document(path))
            except OSError as error:
                self._export_failed(path, error)
            else:
                self._studio.notice("info", f"The scene was written to {path.name}.", advice=str(path.parent))

        choose_file(self._window, "Export the scene as a document", "json", write)

    def _export_picture(self) -> None:
        view = self._wires.view
        if view is None:
            return

        def write(path: Path) -> None:
            try:
                view.write_picture(path)
            except OSError as error:
                self._export_failed(path, error)
            else:
                self._studio.notice("info", f"The picture was written to {path.name}.", advice=str(path.parent))

        choose_file(self._window, "Export a picture of the viewport", "png", write)

    def _export_failed(self, path: Path, error: OSError) -> None:
        why = error.strerror or str(error)
        self._studio.notice(
            "error", f"{path.name} could not be written: {why}.", "The scene is as it was.", "Choose another folder."
        )
