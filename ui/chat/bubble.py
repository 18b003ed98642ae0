"""What the creator said: a bubble on the right, plain text, folded when it is long."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QResizeEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QVBoxLayout, QWidget

from ui.chat.versions import VersionSwitch
from ui.style.parts import breakable, button, frame, icon_button, label

FOLDED_LETTERS = 700
_PENCIL_PX = 32


class Bubble(QWidget):
    """One request; `note` is a caption above it, such as what was corrected."""

    edit_wanted = Signal()
    version_wanted = Signal(str)
    """The turn of another version of this message."""

    def __init__(self, text: str, note: str = "") -> None:
        super().__init__()
        self._text = text
        self._words = label("", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setAccessibleName(f"You: {text[:400]}")
        box = frame("bubble")
        column = self._column = QVBoxLayout(box)
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
        self._edit = icon_button("pencil-simple", "Edit this message", self.edit_wanted.emit)
        self._edit.setEnabled(True)
        self._fade = QGraphicsOpacityEffect(self._edit)
        self._fade.setOpacity(0.0)
        self._edit.setGraphicsEffect(self._fade)
        row.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(box)
        self._box, self._note = box, note
        self.versions: VersionSwitch | None = None
        self._folded = len(text) > FOLDED_LETTERS
        self._more.setVisible(self._folded)
        self._show()

    def show_versions(self, shown: str, versions: Sequence[str]) -> None:
        """Which version of this message is on show; nothing where there is but one."""
        if self.versions is not None:
            self.versions.hide()
            self.versions.deleteLater()
            self.versions = None
        if len(versions) > 1:
            self.versions = VersionSwitch(shown, versions)
            self.versions.wanted.connect(self.version_wanted)
            self._column.addWidget(self.versions)
        self._hug()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pencil is seen while the pointer is here."""
        self._fade.setOpacity(1.0)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """And hidden when it is not, unless the keyboard is on it."""
        self._fade.setOpacity(1.0 if self._edit.hasFocus() else 0.0)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The box is as wide as its longest line, up to the room there is."""
        super().resizeEvent(event)
        self._hug()

    def _hug(self) -> None:
        lines = [*self._words.text().splitlines(), self._note]
        widest = max(self._words.fontMetrics().horizontalAdvance(line) for line in lines)
        least = 60 if self.versions is None else self.versions.sizeHint().width() + 28
        self._box.setFixedWidth(max(least, min(self.width() - 36 - _PENCIL_PX, widest + 28)))

    def _toggle(self) -> None:
        self._folded = not self._folded
        self._show()

    def _show(self) -> None:
        shown = f"{self._text[:FOLDED_LETTERS]}…" if self._folded else self._text
        self._words.setText(breakable(shown))
        self._more.setText("Show all" if self._folded else "Show less")
        self._hug()
