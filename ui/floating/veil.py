"""A quiet cover over the viewport until works that are on show have been drawn for the first time."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.style.parts import label

LOOK_MS, WORDS_MS, LONGEST_MS = 60, 500, 10_000


class Veil(QWidget):
    """Hides the empty room that stands in while the first room is built; it never stays longer than ten seconds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("veil")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = label("Building the room…", "soft")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(self._words)
        self._is_drawn: Callable[[], bool] = _at_once
        self._waited_ms = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.hide()

    def cover_until(self, is_drawn: Callable[[], bool]) -> None:
        """Cover until this is so."""
        self._is_drawn, self._waited_ms = is_drawn, 0
        self._words.hide()
        self.show()
        self._timer.start()

    def lift(self) -> None:
        """Be gone."""
        self._timer.stop()
        self.hide()

    def _look(self) -> None:
        self._waited_ms += LOOK_MS
        self._words.setVisible(self._waited_ms >= WORDS_MS)
        if self._is_drawn() or self._waited_ms >= LONGEST_MS:
            self.lift()


def _at_once() -> bool:
    return True
