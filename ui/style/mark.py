"""A small icon that stands beside words, in a token's colour: it follows the look that is worn."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.style.icons import icon


class Mark(QLabel):
    """Empty until an icon is shown."""

    def __init__(self, edge_px: int, parent: QWidget | None = None, *, above_px: int = 0) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._edge_px, self._above_px = edge_px, above_px
        self.shown: tuple[str, str] = ("", "")
        """The icon's name, and the token's name or the colour that it is drawn in."""
        self.setFixedSize(edge_px, edge_px + above_px)

    def show_icon(self, name: str, colour: str = "soft") -> None:
        """Show it."""
        if (name, colour) != self.shown:
            self.shown = (name, colour)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon, as sharp as the screen is."""
        name, colour = self.shown
        if not name:
            return
        painter = QPainter(self)
        icon(name, colour).paint(painter, QRect(0, self._above_px, self._edge_px, self._edge_px))
        painter.end()
