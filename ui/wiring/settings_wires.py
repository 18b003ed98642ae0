"""Opens the settings over the window, and keeps the state of the language models in the status bar."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.main_window import MainWindow
from ui.wiring.session_controller import SessionController

if TYPE_CHECKING:
    from app.session import Session
    from ui.settings.dialog import SettingsDialog

_EVERY_MS = 2_000


class SettingsWires(QObject):
    """Follows one session."""

    def __init__(self, studio: SessionController) -> None:
        super().__init__(studio)
        self._studio = studio
        self._window: MainWindow = studio.window
        self.dialog: SettingsDialog | None = None
        self._complaint = ""
        self._window.status.models.clicked.connect(lambda: self.open("models"))
        self._look_again = QTimer(self)
        self._look_again.setInterval(_EVERY_MS)
        self._look_again.timeout.connect(self.show_health)

    def callbacks(self) -> dict[str, Callable[[], object]]:
        """The commands that open the settings."""
        return {"settings.open": lambda: self.open(), "settings.preferences": lambda: self.open("preferences")}

    def attach(self) -> None:
        """A session is there."""
        self._look_again.start()
        self.show_health()

    def detach(self) -> None:
        """It is about to stop."""
        self._look_again.stop()
        if self.dialog is not None:
            self.dialog.close()

    def show_health(self) -> None:
        """How the providers do; nothing where none is configured."""
        session = self._studio.session
        self._window.status.show_models(session.models.health() if session is not None else ())
        if session is not None and session.models.complaint != self._complaint:
            self._tell_complaint(session.models.complaint)

    def _tell_complaint(self, complaint: str) -> None:
        """Settings that do not hold are told once, where they are missed; the notice leaves when they hold again."""
        if self._complaint:
            self._window.stage.toasts.drop(self._complaint)
        self._complaint = complaint
        if complaint:
            kept = "Requests are read by rules; the file was left as it is."
            self._studio.notice("error", complaint, kept, "File > Settings can start with the usual ones.")

    def open(self, page: str = "models") -> "SettingsDialog | None":
        """Open the settings, or bring them to the front."""
        session = self._studio.session
        if session is None:
            return None
        if self.dialog is None:
            self.dialog = _made(session, self._window, self._studio.run)
            self.dialog.destroyed.connect(self._closed)
        self.dialog.show_page(page)
        self.dialog.open()
        return self.dialog

    def _closed(self) -> None:
        self.dialog = None


def _made(session: "Session", window: MainWindow, run: Callable[[str], object]) -> "SettingsDialog":
    from ui.settings.dialog import SettingsDialog
    from ui.settings.look_page import LookPage
    from ui.settings.models_page import ModelsPage
    from ui.settings.money_page import MoneyPage
    from ui.settings.preferences_page import PreferencesPage

    themes = {theme.id: theme.name for theme in session.themes.values()}
    models, money = ModelsPage(session.models), MoneyPage(session.models, session.ledger)
    preferences = PreferencesPage(session, themes, lambda: session.project.id if session.project is not None else "")
    look = LookPage(window.settings, run)
    made = SettingsDialog({"models": models, "money": money, "preferences": preferences, "look": look}, window)
    refresh = {"money": money.show_settings, "preferences": preferences.show_settings, "look": look.show_settings}
    made.turned.connect(lambda name: refresh[name]() if name in refresh else None)
    return made
