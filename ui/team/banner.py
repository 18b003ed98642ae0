"""A strip over the viewport while the line to the team is not as it should be: what is so, what is kept, what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.style.mark import Mark
from ui.style.parts import button, label

_ICONS = {
    "away": ("cloud-slash", "warn"),
    "signed_out": ("lock-key", "bad"),
    "look_only": ("eye", "soft"),
}


class Banner(QFrame):
    """Emits `sign_in_wanted`."""

    sign_in_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setProperty("over", "viewport")
        self.setAccessibleName("The line to your team")
        self.kind, self.words = "", ""
        self._mark, self._words, self._waiting = Mark(18), label("", "strong", wrap=True), label("", "soft")
        self.sign_in = button("Sign in…", self.sign_in_wanted.emit, "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(10)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        row.addWidget(self._waiting, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.sign_in, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_state(self, kind: str, words: str) -> None:
        """Say what is so: away, signed_out or look_only; an empty kind hides it."""
        self.kind, self.words = kind, words
        if kind:
            self._mark.show_icon(*_ICONS[kind])
            self._words.setText(words)
            self.sign_in.setVisible(kind == "signed_out")
            self.setAccessibleName(f"The line to your team: {words}")
        self.setVisible(bool(kind))
        self.updateGeometry()

    def show_waiting(self, count: int) -> None:
        """How many steps wait on this disk for the team's platform."""
        waits = f"{count:,} {'step waits' if count == 1 else 'steps wait'}" if count else ""
        self._waiting.setText(waits)
        self._waiting.setVisible(bool(waits))
