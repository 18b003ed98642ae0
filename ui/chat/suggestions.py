"""The conversation before its first request: what this is for, and requests to start from."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.style.parts import button, label

SUGGESTIONS = (
    "Create a cyberpunk gallery",
    "A timeline of the 90s, newest first",
    "24 calm seascapes in a white cube",
    "Group everything by colour",
    "Botanicals without people, in a forest",
)


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
        for words in SUGGESTIONS:
            column.addWidget(button(words, partial(self.chosen.emit, words), "suggestion"))
