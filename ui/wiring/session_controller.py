"""What the window asks of its session: turns, plans, searches, imports, projects; requests wait until one is there."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from agent.intent import Intent
from agent.ports.projects import Project
from agent.running.steps import Workflow
from app.messages import MOST_FOUND, MOST_SORTED, Noticed
from scene.change import ChangeDoesNotFit
from scene.document import DocumentError
from ui.chat.panel import SENT_MEANWHILE
from ui.library.grid import THUMBNAIL_PX
from ui.main_window import MainWindow
from ui.wiring.scene_wires import SceneWires

if TYPE_CHECKING:
    from app.session import Session


class SessionController(QObject):
    """The window, its session when there is one, and what is asked of it; errors become notices."""

    window_wanted = Signal()
    """A further window of this data folder is wanted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.session: Session | None = None
        self.scene_wires = SceneWires(window)
        self.search_id = 0
        """The newest search; answers to others are old."""
        self.aside: set[str] = set()
        """The turns that were begun in the background."""
        self._held: list[str] = []
        self._import_held: list[str] = []

    def send_held(self) -> None:
        """The session is there: send what was asked before."""
        held, paths = self._held, self._import_held
        self._held, self._import_held = [], []
        for request in held:
            self.ask(request)
        if paths:
            self.import_paths(paths)

    def ask(self, text: str, intent: Intent | None = None, note: str = "") -> None:
        """Send a request; while a turn runs, "stop" ends it, a correction takes its place, anything else waits."""
        if self.session is None:
            self._held.append(text)
            return
        under_way = self.session.running
        turn_id = self.session.ask(text, intent)
        if under_way and turn_id in self.window.chat.turns:
            return
        if turn_id in self.session.in_background:
            self._begin_aside(turn_id, text)
            return
        waits = under_way and not self.session.running_is(turn_id)
        self.begin(turn_id, text, note or (SENT_MEANWHILE if waits else ""))

    def ask_aside(self, text: str) -> None:
        """Run a request in the background, while the conversation goes on."""
        if self.session is None:
            self._held.append(text)
            return
        self._begin_aside(self.session.ask_in_background(text), text)

    def _begin_aside(self, turn_id: str, text: str) -> None:
        self.aside.add(turn_id)
        self.window.show_panel("conversation")
        self.window.chat.begin_turn(turn_id, text, "In the background", aside=True)

    def stop_aside(self, turn_id: str) -> None:
        """Stop a run in the background."""
        if self.session is not None:
            self.session.cancel_background(turn_id)

    def plan(self, text: str) -> None:
        """Show what a request would do before any of it is done."""
        if self.session is None or self.session.running:
            self.ask(text)
            return
        self.begin(self.session.plan(text), text, "Plan first")

    def run_plan(self, text: str, intent: Intent, workflow: Workflow) -> None:
        """Run a plan as the creator left it."""
        if self.session is not None:
            waits = "; waits for the one that runs" if self.session.running else ""
            self.begin(self.session.run_plan(text, intent, workflow), text, f"As planned{waits}")

    def arrange(self, layout: str) -> None:
        """Lay out what is on show, from the menu."""
        if self.session is not None and not self.session.running:
            self.begin(self.session.arrange(layout), f"Arrange as {layout}", "From the menu")

    def open_project(self, project: Project) -> None:
        """Open another project; when it cannot be opened, the present one stays."""
        if self.session is None:
            return
        try:
            self.session.open_project(project)
        except (ChangeDoesNotFit, DocumentError) as error:
            what, kept = f"“{project.name}” could not be read.", "It was left as it is."
            self.window.stage.toasts.show_notice(Noticed("error", what, kept, details=str(error)))

    def search(self, words: str) -> None:
        """Search the library; only the newest answer is shown."""
        if self.session is not None:
            library = self.window.library
            whole = library.order.order != "fit" and self.session.facets.total > MOST_FOUND
            self.search_id = self.session.search(words, MOST_SORTED if whole else MOST_FOUND)

    def import_paths(self, paths: list[str]) -> None:
        """Import files and folders."""
        if self.session is None:
            self._import_held += paths
            return
        self.window.show_panel("library")
        self.session.import_paths([Path(path) for path in paths])

    def thumbnail(self, asset_id: str) -> None:
        """Give the grid a thumbnail: at once when it is on disk, else when it has come."""
        if self.session is None:
            return
        path = self.session.rendition_path(asset_id, THUMBNAIL_PX)
        if path is not None:
            self.window.library.rows.set_thumbnail(asset_id, path)
        else:
            self.session.request_rendition(asset_id, THUMBNAIL_PX)

    def notice(self, level: Literal["info", "warning", "error"], what: str, kept: str = "", advice: str = "") -> None:
        """Show a notice of the window's own."""
        self.window.stage.toasts.show_notice(Noticed(level, what, kept, advice))

    def begin(self, turn_id: str, text: str, note: str = "") -> None:
        """Show a turn that has been started."""
        self.window.show_panel("conversation")
        self.window.chat.begin_turn(turn_id, text, note)
        if note != SENT_MEANWHILE:
            self.window.stage.progress.begin()
        self.show_running(True)

    def show_running(self, running: bool) -> None:
        """Whether a turn runs, in every place that shows it."""
        self.window.chat.set_running(running)
        self.window.commands.set_contexts(running=running)
        if not running:
            self.window.stage.progress.end()

    def run(self, command_id: str) -> None:
        """Run a command by its id."""
        self.window.commands.run(command_id)

    def cancel_import(self, import_id: str) -> None:
        """Stop an import; what it added stays."""
        if self.session is not None:
            self.session.cancel_import(import_id)

    def import_sample(self) -> None:
        """Make and import the sample collection."""
        if self.session is not None:
            self.session.import_sample()
            self.window.library.show_preparing("Making the sample collection…")
            self.window.stage.welcome.show_preparing()
