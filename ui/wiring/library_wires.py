"""What is done with the works of the library besides searching them: a closer look, and copies by the clipboard."""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtWidgets import QApplication

from app.messages import MOST_FOUND, ImportProgressed, Message, RenditionReady, SearchAnswered
from scene.naming import title_of
from ui.library.closer_look import EDGE_PX, CloserLook
from ui.wiring.hand_wires import HandWires
from ui.wiring.session_controller import SessionController

if TYPE_CHECKING:
    from viewport.hands.hanging import Hangable

WORKS_MIME = "application/x-vernissage-works"
"""Works on the clipboard: a JSON list of asset, title and aspect; of works that hung, also width and pin."""
_MOST_PASTED = 500
_ORDER = "library/order"
_UNDER_WAY = ("uploading", "queued", "scanning", "running")
_LEAST_M, _MOST_M = 0.02, 100.0
_SAME = 0.995
Copied = tuple[str, str, float] | tuple[str, str, float, float, bool]


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
        order = studio.window.library.order
        order.show_order(str(studio.window.settings.value(_ORDER, "fit")))
        order.chosen.connect(self._order_chosen)
        studio.window.installEventFilter(self)

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
        if isinstance(message, ImportProgressed):
            welcome = self._studio.window.stage.welcome
            (welcome.show_preparing if message.state in _UNDER_WAY else welcome.end_preparing)()
        session, found = self._studio.session, message.result if isinstance(message, SearchAnswered) else None
        if session is not None and found is not None and found.total < session.facets.total:
            session.look_again()  # somebody else took works out of the library

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever comes back to the window may have changed the library with another program."""
        if event.type() == QEvent.Type.WindowActivate and self._studio.session is not None:
            self._studio.session.look_again()
        return super().eventFilter(watched, event)

    def _order_chosen(self, order: str) -> None:
        """Kept for the next start; a large library is asked for more than its first part."""
        studio = self._studio
        studio.window.settings.setValue(_ORDER, order)
        if studio.session is not None and studio.session.facets.total > MOST_FOUND:
            studio.search(studio.window.library.words)

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
        data.setText("\n".join(str(work[1]) for work in works))
        QApplication.clipboard().setMimeData(data)
        return len(works)

    def paste(self) -> None:
        """Hang what was copied, at the nearest free places before the eye."""
        found = works_of(QApplication.clipboard().mimeData())
        if found:
            before = frozenset(self._ids_on_show())
            self._hands.hang_these(found)
            self._tell_smaller(found, before)
        else:
            self._studio.notice("info", "No works were copied yet.", advice="Select some and press Ctrl+C.")

    def _ids_on_show(self) -> list[str]:
        session = self._studio.session
        return [work.id for work in session.store.scene.placements] if session is not None else []

    def _tell_smaller(self, wanted: "Sequence[Hangable]", before: frozenset[str]) -> None:
        """Works that are too high for the walls here hang smaller than they did, and that is said."""
        session = self._studio.session
        hung = [work for work in session.store.scene.placements if work.id not in before] if session is not None else []
        widths_m = {one.asset_id: one.width_m for one in wanted if one.width_m is not None}
        smaller = [work for work in hung if work.size_m[0] < widths_m.get(work.asset_id, 0.0) * _SAME]
        if smaller:
            what = f"{title_of(smaller[0])} hangs" if len(smaller) == 1 else f"{len(smaller)} works hang"
            self._studio.notice("info", f"{what} smaller than before: the walls are lower here.")

    def _cut(self) -> None:
        if not self._grid.hasFocus() and self.copy():
            self._studio.run("edit.delete")

    def _picked(self, ids: Sequence[str]) -> None:
        self._studio.window.library.show_picked(len(ids))
        self._studio.window.commands.set_contexts(has_picked=bool(ids))

    def _picked_works(self) -> list[Copied]:
        known = self._rows.assets(self._grid.picked_ids())
        return [(a.id, a.title or a.file_name, a.width_px / max(a.height_px, 1)) for a in known]

    def _selected_works(self) -> list[Copied]:
        session, scene = self._studio.session, self._studio.scene_wires.shown_scene
        chosen = session.selection if session is not None else frozenset[str]()
        works = [work for work in scene.placements if work.id in chosen]
        return [
            (w.asset_id, title_of(w).strip("“”"), w.size_m[0] / max(w.size_m[1], 1e-6), w.size_m[0], w.pinned)
            for w in works
        ]


def works_of(data: QMimeData) -> "list[Hangable]":
    """The works on a clipboard; whatever else is there, or is broken, is none."""
    try:
        told = json.loads(bytes(data.data(WORKS_MIME).data()) or b"[]")
        found = [_hangable(*one) for one in told[:_MOST_PASTED]]
    except (ValueError, TypeError, KeyError):
        return []
    return [one for one in found if 0.01 < one.aspect < 100.0 and _can_hang(one.width_m)]


def _hangable(
    asset: object, title: object, aspect: float, width_m: float | None = None, pinned: object = False
) -> "Hangable":
    from viewport.hands.hanging import Hangable

    return Hangable(str(asset), str(title), float(aspect), None if width_m is None else float(width_m), pinned is True)


def _can_hang(width_m: float | None) -> bool:
    return width_m is None or _LEAST_M <= width_m <= _MOST_M
