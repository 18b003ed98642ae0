"""The receipt in full: wishes that were not met, works left out, and notes, as plain text."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from scene.proposal import Receipt
from ui.style.parts import Column, label

_WIDTH, _MOST_HEIGHT = 380, 320


class ReceiptPopup(QFrame):
    """Opens above a widget and closes with Escape or a click outside."""

    def __init__(self, receipt: Receipt, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "popup")
        self.setAccessibleName("Receipt")
        self._content = Column()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(5)
        for title, lines in (("Not met", receipt.unmet), ("Left out", receipt.unplaced), ("Notes", receipt.notes)):
            if not lines:
                continue
            column.addWidget(label(title, "strong"))
            for line in lines[:100]:
                column.addWidget(label(line, "soft", wrap=True))
            if len(lines) > 100:
                column.addWidget(label(f"and {len(lines) - 100:,} more", "caption"))
            column.addSpacing(5)
        area = QScrollArea()
        area.setWidget(self._content)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("Receipt")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(area)

    def open_above(self, anchor: QWidget) -> None:
        """Show it with its lower left corner at the anchor's upper left one."""
        height = min(_MOST_HEIGHT, self._content.heightForWidth(_WIDTH - 14) + 8)
        self.resize(_WIDTH, height)
        corner = anchor.mapToGlobal(QPoint(0, 0))
        self.move(corner.x(), corner.y() - height - 8)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
