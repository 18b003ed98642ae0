"""What a team's platform does for this window: runs requests when the switch says so, and tells what happened."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from agent.ports.projects import Project
from app.messages import Message, NoticeCame, SessionsListed
from ui.main_window import MainWindow
from ui.wiring.session_controller import SessionController

_SETTING = "conversation/on platform"


class HostedWires(QObject):
    """Follows one session; absent where the platform is this computer's own."""

    def __init__(self, studio: SessionController) -> None:
        super().__init__(studio)
        self._studio = studio
        self._window: MainWindow = studio.window
        self._window.chat.composer.on_platform_changed.connect(self._switched)
        self._window.status.bell.opened.connect(self._ask_who_is_there)
        self._window.status.bell.chosen.connect(self.open_notice)

    def callbacks(self) -> dict[str, Callable[[], object]]:
        """The command behind the switch."""
        return {"turn.on_platform": self._window.chat.composer.on_platform.toggle}

    def attach(self) -> None:
        """A session is there: of a team's platform the switch is shown as it was left."""
        session, button = self._studio.session, self._window.chat.composer.on_platform
        is_team = session is not None and session.is_team
        button.setVisible(is_team)
        self._window.status.bell.setVisible(is_team)
        button.setChecked(is_team and bool(self._window.settings.value(_SETTING, False, type=bool)))

    def _switched(self, on: bool) -> None:
        session = self._studio.session
        if session is not None and session.is_team:
            session.run_on_platform(on)
            self._window.settings.setValue(_SETTING, on)
        self._window.commands.set_contexts(on_platform=on)

    def receive(self, message: Message) -> None:
        """What the bell shows."""
        match message:
            case NoticeCame():
                self._window.status.bell.add(message)
            case SessionsListed(sessions=sessions):
                self._window.status.bell.show_sessions(sessions)

    def open_notice(self, notice: NoticeCame) -> None:
        """Show what it is about: the library after an import, else its project, and there the runs for a run."""
        session = self._studio.session
        if session is None:
            return
        if notice.is_import:
            self._window.show_panel("library")
        elif notice.project_id:
            if session.project is None or session.project.id != notice.project_id:
                self._studio.open_project(Project(id=notice.project_id, name=""))
            if notice.run_id:
                self._window.show_panel("runs")

    def _ask_who_is_there(self) -> None:
        if self._studio.session is not None:
            self._studio.session.list_sessions()
