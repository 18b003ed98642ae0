"""Makes the viewport after the first paint: VTK is imported on a thread of its own, the widget is made on this one."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from ui.wiring.studio import Studio


class ViewMaker(QObject):
    """Emits `made` when the viewport is in its place."""

    made = Signal()
    _imported = Signal(str)

    def __init__(self, studio: "Studio") -> None:
        super().__init__(studio)
        self._studio = studio
        self._imported.connect(self._make, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._import, name="vernissage-viewport-import", daemon=True)

    def start(self) -> None:
        """Begin to import."""
        self._thread.start()

    def _import(self) -> None:
        try:
            import viewport.widget  # noqa: F401
        except ImportError as error:
            self._imported.emit(str(error))
        else:
            self._imported.emit("")

    def _make(self, failure: str) -> None:
        self._thread.join()
        session = self._studio.session
        if session is None:
            return
        if failure:
            advice = "Install what is missing and start again; everything else works meanwhile."
            self._studio.notice("error", f"The viewport cannot be shown: {failure}.", "Your scene is safe.", advice)
            return
        from viewport.widget import ViewportWidget

        view = ViewportWidget(session.themes, session.renditions)
        self._studio.use_view(view)
        self.made.emit()
