"""Dark or light: what was chosen, kept between starts; without a choice as the system says, where it says so."""

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication

from ui.style.apply import dress
from ui.style.tokens import DARK, LIGHT, Tokens
from ui.style.worn import tokens

SETTING = "view/appearance"
CHOICES = ("system", "light", "dark")
_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


def chosen_appearance(settings: QSettings) -> str:
    """One of the choices; the system's where none was made, or something strange stands in the file."""
    kept = str(settings.value(SETTING, "system"))
    return kept if kept in CHOICES else "system"


def tokens_for(choice: str, told: Qt.ColorScheme) -> Tokens:
    """What to wear; a system that tells nothing gets the dark look."""
    return LIGHT if choice == "light" or (choice == "system" and told is Qt.ColorScheme.Light) else DARK


class Appearance(QObject):
    """One application's look: follows the choice, and the system while that was chosen."""

    def __init__(self, app: QApplication, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent or app)
        self._app, self._settings = app, settings
        self._hints = app.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow)

    @property
    def choice(self) -> str:
        """What was chosen."""
        return chosen_appearance(self._settings)

    def begin(self) -> None:
        """Dress the application, before its first window."""
        self._tell_system()
        dress(self._app, tokens_for(self.choice, self._hints.colorScheme()))

    def choose(self, choice: str) -> None:
        """Another look, at once and from the next start on."""
        self._settings.setValue(SETTING, choice)
        self._tell_system()
        self._follow()

    def _tell_system(self) -> None:
        """Title bars and the system's own dialogs go with the choice."""
        scheme = _SCHEMES.get(self.choice)
        if scheme is None:
            self._hints.unsetColorScheme()
        else:
            self._hints.setColorScheme(scheme)

    def _follow(self) -> None:
        wanted = tokens_for(self.choice, self._hints.colorScheme())
        if wanted is not tokens():
            dress(self._app, wanted)
