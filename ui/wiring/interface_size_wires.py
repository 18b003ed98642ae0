"""View > Interface Size: a choice of percents, kept for the next start."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from ui.shell.interface_size import PERCENTS, SETTING, interface_percent
from ui.wiring.session_controller import SessionController


class InterfaceSizeWires(QObject):
    """One window's choice."""

    def __init__(self, studio: SessionController) -> None:
        super().__init__(studio)
        self._studio = studio
        self._began_with = interface_percent(studio.window.settings)
        self._show()

    def callbacks(self) -> dict[str, Callable[[], object]]:
        """What each command of this file does."""
        return {f"interface.{percent}": partial(self.choose, percent) for percent in PERCENTS}

    def choose(self, percent: int) -> None:
        """Words and buttons of this size from the next start on."""
        window = self._studio.window
        window.settings.setValue(SETTING, str(percent))
        self._show()
        if percent != self._began_with:
            what = f"Words and buttons will be at {percent} % from the next start on."
            self._studio.notice("info", what, "This window stays as it is.", "A new window has the size already.")

    def _show(self) -> None:
        chosen, commands = interface_percent(self._studio.window.settings), self._studio.window.commands
        for percent in PERCENTS:
            if action := commands.actions.get(f"interface.{percent}"):
                action.setChecked(percent == chosen)
        commands.set_contexts(**{f"interface_{percent}": percent == chosen for percent in PERCENTS})
