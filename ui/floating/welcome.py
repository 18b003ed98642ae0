"""What stands in the middle before anything is on show: where to start."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.chat.first_requests import UNKNOWN
from ui.style.flow import FlowLayout
from ui.style.parts import Column, button, label

_READING_PX = 720

_REQUESTS = 3
"""More would be a list to read."""


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
        self._ways_in = _row(self._import, self._sample)
        self._requests = _row()
        self.requests: tuple[str, ...] = ()
        self.show_requests(UNKNOWN)
        self._column = Column()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addSpacing(8)
        column.addWidget(self._ways_in)
        column.addWidget(self._requests)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addStretch(2)
        whole.addWidget(self._column, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)
        self._count, self._preparing = 0, False
        self.show_library(0, ready=False)

    def show_requests(self, requests: Sequence[str]) -> None:
        """Offer the first of these as buttons."""
        requests = tuple(requests)[:_REQUESTS]
        if requests == self.requests:
            return
        self.requests = requests
        flow = self._requests.layout()
        assert isinstance(flow, FlowLayout)
        for old in self._requests.findChildren(QPushButton):
            flow.removeWidget(old)
            old.hide()
            old.setParent(None)
            old.deleteLater()
        for words in requests:
            flow.addWidget(button(words, partial(self.asked.emit, words)))

    def show_preparing(self) -> None:
        """The first pictures are on their way."""
        self._preparing = True
        if self._count == 0:
            self._ways_in.hide()
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
        self._ways_in.setVisible(ready and count == 0)
        self._requests.setVisible(ready and count > 0)
        if not ready:
            self.title.setText("An empty room")
            self.words.setText("Opening your library…")
        elif count == 0:
            self.title.setText("Bring your pictures")
            self.words.setText(
                "Import a folder to start. Your files stay where they are; nothing leaves this computer."
            )
        else:
            self.title.setText("An empty room")
            works = "1 work is" if count == 1 else f"{count:,} works are"
            self.words.setText(f"{works} waiting. Say what to show, or start from one of these:")

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What comes and goes inside, and may hold the keyboard when it goes."""
        return (self._ways_in, self._requests)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words keep a width that reads well; the layout keeps them a little above the middle."""
        self._column.setFixedWidth(max(0, min(_READING_PX, event.size().width() - 48)))
        super().resizeEvent(event)


def _row(*widgets: QWidget) -> QWidget:
    """Buttons side by side, broken into rows where there is little room."""
    holder = QWidget()
    policy = holder.sizePolicy()
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    flow = FlowLayout(holder, 8, centred=True)
    for widget in widgets:
        flow.addWidget(widget)
    return holder
