"""The conversation before its first request: what this is for, and requests to start from."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.chat.first_requests import UNKNOWN
from ui.style.parts import label, literal


class Suggestions(QWidget):
    """Emits `chosen` with a request."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label("Say what to show", "title"))
        column.addWidget(
            label(
                "Describe an exhibition in your own words and walk into the proposal. "
                "Nothing changes until you approve it.",
                "soft",
                wrap=True,
            )
        )
        column.addSpacing(8)
        self._column, self._buttons = column, list[_Suggestion]()
        self.shown: tuple[str, ...] = ()
        self.show_requests(UNKNOWN)

    def show_requests(self, requests: Sequence[str]) -> None:
        """Offer these and no others."""
        if tuple(requests) == self.shown:
            return
        self.shown = tuple(requests)
        for old in self._buttons:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = [self._button(words) for words in requests]
        for made in self._buttons:
            self._column.addWidget(made)

    def _button(self, words: str) -> "_Suggestion":
        made = _Suggestion(literal(words))
        made.setAccessibleName(words)
        made.setProperty("look", "suggestion")
        made.clicked.connect(partial(self._choose, words))
        return made

    def _choose(self, words: str, _checked: bool = False) -> None:
        self.chosen.emit(words)


class _Suggestion(QPushButton):
    """Enter chooses it; letters and spaces are left to the request field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif is_typed(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


def is_typed(event: QKeyEvent) -> bool:
    """Whether a key writes something, rather than commanding."""
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & commands
