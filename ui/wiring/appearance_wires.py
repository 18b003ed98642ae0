"""View > Appearance: as the system, light or dark, at once."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ui.shell.appearance import CHOICES, Appearance
from ui.wiring.session_controller import SessionController


class AppearanceWires(QObject):
    """One window's choice."""

    def __init__(self, studio: SessionController) -> None:
        super().__init__(studio)
        self._commands = studio.window.commands
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.appearance = Appearance(app, studio.window.settings, self)
        self._show()

    def callbacks(self) -> dict[str, Callable[[], object]]:
        """What each command of this file does."""
        return {f"appearance.{choice}": partial(self.choose, choice) for choice in CHOICES}

    def choose(self, choice: str) -> None:
        """This look from now on."""
        self.appearance.choose(choice)
        self._show()

    def _show(self) -> None:
        for choice in CHOICES:
            if action := self._commands.actions.get(f"appearance.{choice}"):
                action.setChecked(choice == self.appearance.choice)
        self._commands.set_contexts(**{f"appearance_{choice}": choice == self.appearance.choice for choice in CHOICES})
