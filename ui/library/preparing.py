"""A line that says what is being made ready, with a bar that moves, until there are counts to show."""

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.style.parts import frame, label


class Preparing(QWidget):
    """Hidden unless something is being prepared."""

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "soft", wrap=True)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setAccessibleName("Being prepared")
        box = frame("card")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(10, 9, 10, 11)
        inner.setSpacing(7)
        inner.addWidget(self._words)
        inner.addWidget(bar)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(box)
        self.hide()

    def show_words(self, words: str) -> None:
        """Show what is being prepared; "" hides the line."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
