"""What is done with the works of the library besides searching them: a closer look, and copies by the clipboard."""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtWidgets import QApplication

from app.messages import Message, RenditionReady
from scene.naming import title_of
from ui.library.closer_look import EDGE_PX, CloserLook
from ui.wiring.hand_wires import HandWires
from ui.wiring.session_controller import SessionController

if TYPE_CHECKING:
    from viewport.hands.hanging import Hangable

WORKS_MIME = "application/x-vernissage-works"
"""Works on the clipboard: a JSON list of asset, title and aspect."""
_MOST_PASTED = 500


class LibraryWires(QObject):
    """One studio's closer look and clipboard; what is pasted may come from another project or another window."""

    def __init__(self, studio: SessionController, hands: HandWires) -> None:
        super().__init__(studio)
        self._studio, self._hands = studio, hands
        self._grid, self._rows = studio.window.library.grid, studio.window.library.rows
        self.closer = CloserLook(studio.window.stage)
        studio.window.stage.cover_with(self.closer)
        self.closer.stepped.connect(self._step)
        self.closer.closed.connect(self.close)
        self.closer.hang_wanted.connect(self._hang)
        self._grid.look_wanted.connect(self.look)
        self._grid.picked.connect(self._picked)

    def callbacks(self) -> dict[str, Callable[[], object]]:
        """What the commands of this file do, by id."""
        return {
            "library.look": self._look_at_picked,
            "edit.cut": self._cut,
            "edit.copy": self.copy,
            "edit.paste": self.paste,
        }

    def receive(self, message: Message) -> None:
        """The picture that is looked at may have come."""
        if isinstance(message, RenditionReady) and message.edge_px == EDGE_PX:
            self.closer.show_picture(message.asset_id, message.path)

    # -- a closer look ---------------------------------------------------------------------------

    def look(self, asset_id: str) -> None:
        """Show a work of the library as large as it goes."""
        found, session = self._rows.assets([asset_id]), self._studio.session
        if not found or session is None:
            return
        self.closer.show_asset(found[0], self._rows.pixmap(asset_id))
        path = session.rendition_path(asset_id, EDGE_PX)
        if path is not None:
            self.closer.show_picture(asset_id, str(path))
        else:
            session.request_rendition(asset_id, EDGE_PX)
        self.closer.show()
        self.closer.raise_()
        self.closer.setFocus(Qt.FocusReason.OtherFocusReason)

    def close(self) -> None:
        """Back to the library, at the work that was looked at."""
        self.closer.hide()
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_at_picked(self) -> None:
        picked = self._grid.picked_ids()
        if picked:
            self.look(picked[0])

    def _step(self, by: int) -> None:
        row = self._rows.row_of(self.closer.asset_id)
        if row is not None and 0 <= row + by < self._rows.rowCount():
            self._grid.setCurrentIndex(self._rows.index(row + by, 0))
            self.look(self._rows.asset(row + by).id)

    def _hang(self, asset_id: str) -> None:
        self.close()
        self._hands.hang([asset_id])

    # -- the clipboard ---------------------------------------------------------------------------

    def copy(self) -> int:
        """The works that are picked in the library, when it has the keyboard, else those that are selected."""
        works = self._picked_works() if self._grid.hasFocus() else self._selected_works()
        if not works:
            self._studio.notice("info", "Nothing is selected to be copied.", advice="Click a work first.")
            return 0
        data = QMimeData()
        data.setData(WORKS_MIME, json.dumps(works).encode())
        data.setText("\n".join(title for _, title, _ in works))
        QApplication.clipboard().setMimeData(data)
        return len(works)

    def paste(self) -> None:
        """Hang what was copied, at the nearest free places before the eye."""
        found = works_of(QApplication.clipboard().mimeData())
        if found:
            self._hands.hang_these(found)
        else:
            self._studio.notice("info", "No works were copied yet.", advice="Select some and press Ctrl+C.")

    def _cut(self) -> None:
        if not self._grid.hasFocus() and self.copy():
            self._studio.run("edit.delete")

    def _picked(self, ids: Sequence[str]) -> None:
        self._studio.window.library.show_picked(len(ids))
        self._studio.window.commands.set_contexts(has_picked=bool(ids))

    def _picked_works(self) -> list[tuple[str, str, float]]:
        known = self._rows.assets(self._grid.picked_ids())
        return [(a.id, a.title or a.file_name, a.width_px / max(a.height_px, 1)) for a in known]

    def _selected_works(self) -> list[tuple[str, str, float]]:
        session, scene = self._studio.session, self._studio.scene_wires.shown_scene
        chosen = session.selection if session is not None else frozenset[str]()
        works = [work for work in scene.placements if work.id in chosen]
        return [(w.asset_id, title_of(w).strip("“”"), w.size_m[0] / max(w.size_m[1], 1e-6)) for w in works]


def works_of(data: QMimeData) -> "list[Hangable]":
    """The works on a clipboard; whatever else is there, or is broken, is none."""
    from viewport.hands.hanging import Hangable

    try:
        told = json.loads(bytes(data.data(WORKS_MIME).data()) or b"[]")
        found = [Hangable(str(asset), str(title), float(aspect)) for asset, title, aspect in told[:_MOST_PASTED]]
    except (ValueError, TypeError, KeyError):
        return []
    return [one for one in found if 0.01 < one.aspect < 100.0]
