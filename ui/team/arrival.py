"""A quiet line that says who did what just now, in their colour; it goes by itself."""

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.style.mark import Mark
from ui.style.parts import label

_SHOWN_MS, _MOST_LETTERS = 6_000, 90


class Arrival(QFrame):
    """The newest thing that came from somebody else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setProperty("over", "viewport")
        self._mark, self.words = Mark(10), label("", "soft")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 14, 6)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self.words)
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.setInterval(_SHOWN_MS)
        self._gone.timeout.connect(self.hide)
        self.hide()

    def tell(self, text: str, colour: str) -> None:
        """Somebody did something."""
        shown = text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
        self._mark.show_icon("circle-fill", colour)
        self.words.setText(shown)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.show()
        self.updateGeometry()
        self._gone.start()

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        return super().sizeHint()
