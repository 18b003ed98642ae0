"""What stands in the middle before anything is on show: where to start."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.style.parts import Column, button, label

_READING_PX = 560

REQUESTS = ("Create a cyberpunk gallery", "A timeline of the 90s", "Group everything by colour")


class Welcome(QWidget):
    """Emits `asked` with a request, `import_wanted` and `sample_wanted`."""

    asked = Signal(str)
    import_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Nothing is on show yet")
        self.title = label("", "display", wrap=True)
        self.words = label("", "soft", wrap=True)
        for widget in (self.title, self.words):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._import = button("Import a folder…", self.import_wanted.emit, "primary")
        self._sample = button("Use the sample collection", self.sample_wanted.emit)
        self._requests = QWidget()
        row = QHBoxLayout(self._requests)
        row.setContentsMargins(0, 0, 0, 0)
        for words in REQUESTS:
            row.addWidget(button(words, partial(self.asked.emit, words)))
        self._column = Column()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addSpacing(8)
        column.addLayout(_centred(self._import, self._sample))
        column.addLayout(_centred(self._requests))
        self._column.setParent(self)
        self._count, self._preparing = 0, False
        self.show_library(0, ready=False)

    def show_preparing(self) -> None:
        """The first pictures are on their way."""
        self._preparing = True
        if self._count == 0:
            self._import.hide()
            self._sample.hide()
            self.title.setText("Your pictures are on their way")
            self.words.setText("The first ones can be shown in a few seconds.")

    def end_preparing(self) -> None:
        """Nothing more is on its way."""
        self._preparing = False
        self.show_library(self._count)

    def show_library(self, count: int, ready: bool = True) -> None:
        """How many works there are to show; before the library is there, only a calm line."""
        self._count = count
        if self._preparing and count == 0:
            return
        self._preparing = False
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
        self.resizeEvent(QResizeEvent(self.size(), self.size()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words stand a little above the middle."""
        super().resizeEvent(event)
        width = min(_READING_PX, self.width() - 48)
        height = self._column.heightForWidth(width)
        self._column.setGeometry((self.width() - width) // 2, max(24, (self.height() - height) * 2 // 5), width, height)


def _centred(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
