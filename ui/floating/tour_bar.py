"""The tour's bar: back, pause, on, which stop this is, and the end."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.style.icons import icon
from ui.style.parts import icon_button, label


class TourBar(QFrame):
    """Emits `stepped` with -1 or 1, `paused`, and `ended`."""

    stepped = Signal(int)
    paused = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setProperty("over", "viewport")
        self.setAccessibleName("Tour")
        self._previous = icon_button("skip-back", "Previous stop", lambda: self.stepped.emit(-1))
        self._pause = icon_button("pause", "Pause the tour", self.paused.emit)
        self._next = icon_button("skip-forward", "Next stop", lambda: self.stepped.emit(1))
        self.name, self._count = label(""), label("", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 8, 5)
        row.setSpacing(4)
        for part in (self._previous, self._pause, self._next):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(self.name)
        row.addSpacing(6)
        row.addWidget(self._count)
        row.addSpacing(8)
        row.addWidget(icon_button("x", "End the tour", self.ended.emit))
        self.hide()

    def show_stop(self, name: str, number: int, count: int, paused: bool) -> None:
        """Which stop this is."""
        self.name.setText(name if len(name) <= 44 else f"{name[:43]}…")
        self._count.setText(f"{number} of {count}")
        self._previous.setEnabled(number > 1)
        self._next.setEnabled(number < count)
        self._pause.setIcon(icon("play" if paused else "pause"))
        words = "Go on with the tour" if paused else "Pause the tour"
        self._pause.setToolTip(words)
        self._pause.setAccessibleName(words)
        self.show()
        self.adjustSize()
