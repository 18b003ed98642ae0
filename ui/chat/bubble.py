"""What the creator said: a bubble on the right, plain text, folded when it is long."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.style.parts import breakable, button, frame, label

FOLDED_LETTERS = 700


class Bubble(QWidget):
    """One request; `note` is a caption above it, such as what was corrected."""

    def __init__(self, text: str, note: str = "") -> None:
        super().__init__()
        self._text = text
        self._words = label("", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setAccessibleName(f"You: {text[:400]}")
        box = frame("bubble")
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 8, 12, 9)
        column.setSpacing(3)
        if note:
            column.addWidget(label(note, "caption", wrap=True))
        column.addWidget(self._words)
        self._more = button("Show all", self._toggle, "link")
        column.addWidget(self._more)
        row = QHBoxLayout(self)
        row.setContentsMargins(36, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(box)
        self._box, self._note = box, note
        self._folded = len(text) > FOLDED_LETTERS
        self._more.setVisible(self._folded)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The box is as wide as its longest line, up to the room there is."""
        super().resizeEvent(event)
        self._hug()

    def _hug(self) -> None:
        lines = [*self._words.text().splitlines(), self._note]
        widest = max(self._words.fontMetrics().horizontalAdvance(line) for line in lines)
        self._box.setFixedWidth(max(60, min(self.width() - 36, widest + 28)))

    def _toggle(self) -> None:
        self._folded = not self._folded
        self._show()

    def _show(self) -> None:
        shown = f"{self._text[:FOLDED_LETTERS]}…" if self._folded else self._text
        self._words.setText(breakable(shown))
        self._more.setText("Show all" if self._folded else "Show less")
        self._hug()
