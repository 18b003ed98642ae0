"""Panels that give way to the picture in a narrow window, and get their width back when it grows."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow

PICTURE_PX = 560
"""The picture keeps at least that before panels get what they are wanted to have."""
SETTLE_MS = 40
Widths = dict[str, int]


def fitted(wanted: Mapping[str, int], window_px: int) -> Widths:
    """The widths of the panels in a window that wide: what is wanted, or in proportion as much as there is."""
    total, room = sum(wanted.values()), max(window_px - PICTURE_PX, 0)
    share = min(1.0, room / total) if total else 1.0
    return {name: round(width * share) for name, width in wanted.items()}


class DockWidths(QObject):
    """Follows one window; a width is wanted once it was dragged, or set by the layout."""

    def __init__(self, window: QMainWindow, docks: Mapping[str, QDockWidget], usual: Mapping[str, int]) -> None:
        super().__init__(window)
        self._window, self._docks = window, {name: docks[name] for name in usual}
        self._usual = dict(usual)
        self.wanted: Widths = dict(usual)
        self._pressed_at: Widths | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SETTLE_MS)
        self._later.timeout.connect(self.fit)
        window.installEventFilter(self)

    def reset(self) -> None:
        """The usual widths."""
        self.wanted = dict(self._usual)
        self.fit()

    def fit(self) -> None:
        """Give every panel its width, as far as there is room."""
        shown = self._shown
        widths = fitted({name: self.wanted[name] for name in shown}, self._window.width())
        changed = [name for name, dock in shown.items() if dock.width() != widths[name]]
        if changed:
            docks, sizes = [shown[name] for name in changed], [max(1, widths[name]) for name in changed]
            self._window.resizeDocks(docks, sizes, Qt.Orientation.Horizontal)

    def keep(self, settings: QSettings) -> None:
        """Remember what is wanted, which in a narrow window is more than there is."""
        for name, width in self.wanted.items():
            settings.setValue(f"window/width/{name}", width)

    def restore(self, settings: QSettings) -> None:
        """Want what was wanted."""
        for name, usual in self._usual.items():
            width = settings.value(f"window/width/{name}", usual, type=int)
            self.wanted[name] = width if isinstance(width, int) and 120 <= width <= 2_000 else usual
        self._later.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window itself is pressed where panels meet; what is dragged there is wanted."""
        match event.type():
            case QEvent.Type.Resize | QEvent.Type.WindowStateChange:
                self._later.start()
            case QEvent.Type.MouseButtonPress:
                self._pressed_at = self._present
            case QEvent.Type.MouseButtonRelease if self._pressed_at is not None:
                self._learn(self._pressed_at)
                self._pressed_at = None
            case _:
                pass
        return super().eventFilter(watched, event)

    def _learn(self, before: Widths) -> None:
        self.wanted |= {name: width for name, width in self._present.items() if width != before.get(name)}

    @property
    def _present(self) -> Widths:
        return {name: dock.width() for name, dock in self._shown.items()}

    @property
    def _shown(self) -> dict[str, QDockWidget]:
        return {name: dock for name, dock in self._docks.items() if not dock.isHidden() and not dock.isFloating()}
