"""File > Open Recent: the projects that were open on this computer, the last one first."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from ui.style.parts import literal
from ui.wiring.session_controller import SessionController

MOST_RECENT = 9
"""As many as there are digits to open them by."""
_MOST_LETTERS = 60


class ProjectWires(QObject):
    """Fills the menu whenever it is about to be shown."""

    def __init__(self, studio: SessionController) -> None:
        super().__init__(studio)
        self._studio = studio
        studio.window.fill_recent = self.fill

    def callbacks(self) -> dict[str, Callable[[], object]]:
        """What the command of this file does."""
        return {"project.previous": self.open_previous}

    def fill(self, menu: QMenu) -> None:
        """One line for each project, with a digit that opens it."""
        session = self._studio.session
        recent = session.recent_projects[:MOST_RECENT] if session is not None else ()
        for number, project in enumerate(recent, 1):
            name = project.name if len(project.name) <= _MOST_LETTERS else f"{project.name[: _MOST_LETTERS - 1]}…"
            menu.addAction(f"&{number}  {literal(name)}", partial(self._studio.open_project, project))
        if not recent:
            menu.addAction("No other project was open yet").setEnabled(False)

    def open_previous(self) -> None:
        """The project that was open before this one."""
        session = self._studio.session
        recent = session.recent_projects if session is not None else ()
        if recent:
            self._studio.open_project(recent[0])
        else:
            self._studio.notice("info", "No other project was open yet.", advice="Make one with Ctrl+N.")
