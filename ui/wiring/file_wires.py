"""Show in folder: where the file of a work lies on this computer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from app.messages import FileFound, Message
from scene.records import Placement
from ui.shell.reveal import reveal
from ui.wiring.session_controller import SessionController


class FileWires(QObject):
    """One window's way from a work to its file."""

    def __init__(self, studio: SessionController, show: Callable[[Path], bool] = reveal) -> None:
        super().__init__(studio)
        self._studio, self._show_file = studio, show

    def callbacks(self) -> dict[str, Callable[[], object]]:
        """What the command of this file does."""
        return {"library.folder": self.show_picked}

    def show_picked(self) -> None:
        """The first work that is picked in the library, else the one that is selected on show."""
        session, grid = self._studio.session, self._studio.window.library.grid
        picked = grid.picked_ids()
        if not picked and session is not None:
            works = (self._studio.scene_wires.shown_scene.get(one) for one in sorted(session.selection))
            picked = [work.asset_id for work in works if isinstance(work, Placement)]
        if picked:
            self.show(picked[0])

    def show(self, asset_id: str) -> None:
        """Ask where its file is; what comes back is shown."""
        if self._studio.session is not None:
            self._studio.session.find_file(asset_id)

    def receive(self, message: Message) -> None:
        """The first place where the file still is, else what is known of it."""
        if not isinstance(message, FileFound):
            return
        there = next((path for path in map(Path, message.places) if path.is_file()), None)
        if there is not None and self._show_file(there):
            return
        if there is not None:
            self._studio.notice("info", f"The file is {there.name}.", advice=f"It lies in {there.parent}.")
        elif message.places:
            last = Path(message.places[0])
            what, kept = f"{last.name} is not where it was.", "The library keeps its record and its preview."
            self._studio.notice("warning", what, kept, f"It was last seen in {last.parent}.")
        else:
            self._studio.notice("info", "This work's file is not on this computer.", "The library keeps its record.")
