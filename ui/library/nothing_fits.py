"""What the library shows when a search finds nothing that fits: so it says, how to go on, and what comes near."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent.ports.library import Hit
from ui.style.parts import button, label, rule

NEAR, MOST_NEAR = 0.6, 24
"""What reaches this part of the cut-off comes near."""


class NothingFits(QWidget):
    """Stands above the grid, which then holds only what comes near."""

    def __init__(self, on_clear: Callable[[], object]) -> None:
        super().__init__()
        self._title = label("", "strong", wrap=True)
        self._line, self._nearest = rule(), label("Nearest", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(7)
        column.addWidget(self._title)
        column.addWidget(label("Try fewer or other words.", "soft", wrap=True))
        self.clear = button("Clear the search", on_clear)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(6)
        column.addWidget(self._line)
        column.addWidget(self._nearest)
        self.hide()

    def show_words(self, words: str, near: int) -> None:
        """What was searched for, and how many works come near."""
        self._title.setText(f"Nothing fits “{words[:120]}”")
        self._line.setVisible(near > 0)
        self._nearest.setVisible(near > 0)


def nearest(hits: tuple[Hit, ...], cut_off: float) -> tuple[Hit, ...]:
    """The few that miss the cut-off by little, best first."""
    near = [hit for hit in hits if hit.score >= NEAR * cut_off]
    return tuple(sorted(near, key=lambda hit: -hit.score)[:MOST_NEAR])
