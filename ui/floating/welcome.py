"""What stands in the middle before anything is on show: where to start."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.style.flow import FlowLayout
from ui.style.parts import button, label

REQUESTS = ("Create a cyberpunk gallery", "A timeline of the 90s", "Group everything by colour")


class Welcome(QWidget):
    """Emits `asked` with a request, `import_wanted` and `sample_wanted`."""

    asked = Signal(str)
    import_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Nothing is on show yet")
        self.title = label("", "display", wrap=True)
        self.words = label("", "soft", wrap=True)
        for widget in (self.title, self.words):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._import = button("Import a folder…", self.import_wanted.emit, "primary")
        self._sample = button("Use the sample collection", self.sample_wanted.emit)
        self._requests = QWidget()
        row = FlowLayout(self._requests)
        for words in REQUESTS:
            row.addWidget(button(words, lambda words=words: self.asked.emit(words)))  # type: ignore[misc]
        actions = QHBoxLayout()
        actions.addStretch(1)
        actions.addWidget(self._import)
        actions.addWidget(self._sample)
        actions.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addSpacing(8)
        column.addLayout(actions)
        column.addWidget(self._requests)
        self.show_library(0, ready=False)

    def show_library(self, count: int, ready: bool = True) -> None:
        """How many works there are to show; before the library is there, only a calm line."""
        self._import.setVisible(ready and count == 0)
        self._sample.setVisible(ready and count == 0)
        self._requests.setVisible(ready and count > 0)
        if not ready:
            self.title.setText("An empty room")
            self.words.setText("Opening your library…")
        elif count == 0:
            self.title.setText("Bring your pictures")
            self.words.setText("Import a folder to start. Your files stay where they are; nothing leaves this machine.")
        else:
            self.title.setText("An empty room")
            self.words.setText(f"{count:,} works are waiting. Say what to show, or start from one of these:")

    def sizeHint(self) -> QSize:
        """A comfortable reading width."""
        return QSize(520, super().sizeHint().height())
