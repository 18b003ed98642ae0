"""A line at the foot of the viewport when nothing of the show is in the picture, with the two ways back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.style.parts import button, label


class Astray(QFrame):
    """Emits `entrance_wanted` and `overview_wanted`."""

    entrance_wanted = Signal()
    overview_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setProperty("over", "viewport")
        self.setAccessibleName("Nothing of the show is in sight")
        entrance = button("To the entrance", self.entrance_wanted.emit)
        entrance.setToolTip("Home")
        everything = button("See everything", self.overview_wanted.emit)
        everything.setToolTip("End")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(label("Nothing of the show is in sight.", "soft"))
        row.addSpacing(6)
        row.addWidget(entrance)
        row.addWidget(everything)
        self.hide()
