"""A work of the library as large as the stage, with what is known of it: the arrows go on, Escape leads back."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImageReader, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent.ports.library import Asset
from ui.library.describe import detail_lines
from ui.style.parts import button, icon_button, label
from ui.style.worn import tokens

EDGE_PX = 2048
"""Longest edge of the rendition that is shown."""
_MARGIN_PX = 28
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class CloserLook(QWidget):
    """Emits `stepped` with -1 or 1, `hang_wanted` with the work's id, and `closed`."""

    stepped = Signal(int)
    hang_wanted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("closer_look")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.asset_id = ""
        self.picture = _Picture()
        self._title, self._details = label("", "title", wrap=True), label("", "soft", wrap=True)
        self._keys = label("← → for the next · Enter hangs it · Esc goes back", "caption")
        words = QVBoxLayout()
        words.setSpacing(3)
        for line in (self._title, self._details, self._keys):
            words.addWidget(line)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addLayout(words, 1)
        foot.addWidget(icon_button("caret-left", "The one before (←)", lambda: self.stepped.emit(-1)))
        foot.addWidget(icon_button("caret-right", "The next one (→)", lambda: self.stepped.emit(1)))
        foot.addWidget(button("Hang it", lambda: self.hang_wanted.emit(self.asset_id)))
        foot.addWidget(icon_button("x", "Back (Esc)", self.closed.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, 18)
        column.setSpacing(16)
        column.addWidget(self.picture, 1)
        column.addLayout(foot)
        self.hide()

    def show_asset(self, asset: Asset, thumbnail: QPixmap | None) -> None:
        """Show a work; its thumbnail stands for it until the picture is there."""
        self.asset_id = asset.id
        title = asset.title or asset.file_name
        self._title.setText(title)
        self._details.setText("  ·  ".join(detail_lines(asset)))
        self.setAccessibleName(f"A closer look at {title}")
        self.setAccessibleDescription(self._details.text())
        self.picture.show_pixmap(thumbnail, QSize(asset.width_px, asset.height_px))

    def show_picture(self, asset_id: str, path: str) -> None:
        """The picture of a work is on disk; one that is looked at no more is left."""
        if asset_id != self.asset_id:
            return
        reader = QImageReader(path)
        reader.setAutoTransform(True)
        image = reader.read()
        if not image.isNull():
            self.picture.show_pixmap(QPixmap.fromImage(image), self.picture.size_px)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows, Enter, and the two keys that lead back."""
        if event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hang_wanted.emit(self.asset_id)
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the words leads back, and none reaches what is behind."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back, as the double click came here."""
        self.closed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """A large picture is not kept for nothing."""
        self.picture.show_pixmap(None, QSize())
        super().hideEvent(event)


class _Picture(QWidget):
    """The picture, whole, in the middle; never larger than it is."""

    def __init__(self) -> None:
        super().__init__()
        self.pixmap: QPixmap | None = None
        self.size_px = QSize()

    def show_pixmap(self, pixmap: QPixmap | None, size_px: QSize) -> None:
        """Show it at the size that the work has."""
        self.pixmap, self.size_px = pixmap, size_px
        self.update()

    def place(self) -> QRect:
        """Where the picture is, in the widget."""
        ratio = self.devicePixelRatioF()
        natural = QSize(round(self.size_px.width() / ratio), round(self.size_px.height() / ratio))
        if natural.isEmpty():
            return QRect()
        room = self.size()
        size = (
            natural if natural.boundedTo(room) == natural else natural.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        )
        return QRect(
            (room.width() - size.width()) // 2, (room.height() - size.height()) // 2, size.width(), size.height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, or its place as long as there is nothing to draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = self.place()
        if self.pixmap is not None and not self.pixmap.isNull():
            painter.drawPixmap(place, self.pixmap)
        elif not place.isEmpty():
            painter.fillRect(place, tokens().raised)
        painter.end()
