"""Likely next requests under the input, as chips: one click sends one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from ui.style.flow import FlowLayout
from ui.style.parts import literal

MOST = 3
_MOST_LETTERS = 34


class NextRequests(QWidget):
    """Emits `chosen` with a request. Hidden while there is nothing to suggest."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Suggested requests")
        self._flow = FlowLayout(self)
        self._chips: list[QToolButton] = []
        self.shown: tuple[str, ...] = ()
        self.hide()

    def show_requests(self, requests: Sequence[str]) -> None:
        """Offer these, at most three."""
        requests = tuple(requests[:MOST])
        if requests == self.shown:
            self.setVisible(bool(requests))
            return
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(words) for words in requests]
        for chip in self._chips:
            self._flow.addWidget(chip)
        self.shown = requests
        self.setVisible(bool(requests))

    def _chip(self, words: str) -> QToolButton:
        made = QToolButton(self)
        short = words if len(words) <= _MOST_LETTERS else words[: _MOST_LETTERS - 1].rstrip() + "…"
        made.setText(literal(short[:1].upper() + short[1:]))  # earlier requests come as they were typed
        made.setToolTip(literal(words))
        made.setAccessibleName(f"Ask: {words}")
        made.setProperty("look", "chip")
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.clicked.connect(partial(self._choose, words))
        return made

    def _choose(self, words: str, _checked: bool = False) -> None:
        self.chosen.emit(words)
