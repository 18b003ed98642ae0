"""The command palette: type a few letters, run a command; words that fit none can be asked in the conversation."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.commands.ranking import fit
from ui.style.parts import label

_WIDTH, _SHOWN_ROWS, _ROW_PX = 560, 11, 32
MOST_LISTED = 120
_NEAR_THE_BEST = 0.5
"""What fits less than this part of the best is not listed."""


@dataclass(frozen=True)
class Entry:
    """One line of the palette."""

    id: str
    title: str
    where: str = ""
    keys: str = ""
    typed: bool = False
    """Listed only once something was typed."""


class CommandPalette(QFrame):
    """Emits `chosen` with a command's id, or `asked` with words for the conversation."""

    chosen = Signal(str)
    asked = Signal(str)

    def __init__(
        self,
        entries: list[Entry],
        parent: QWidget,
        *,
        hint: str = "Type a command, or something to ask",
        asks: bool = True,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "popup")
        self.setAccessibleName("Command palette")
        self._entries, self._asks = entries, asks
        self.field = QLineEdit()
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName("Command")
        self.field.textChanged.connect(self._show)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("Commands")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._choose)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self._show("")

    def open_over(self, window: QWidget) -> None:
        """Show it near the top of a window, in place of one that is open there."""
        for before in window.findChildren(CommandPalette):
            if before is not self:
                before.close()  # as when a list came late and was asked for again
        self.setFixedWidth(min(_WIDTH, window.width() - 40))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + 76)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk the list and Enter chooses while the cursor stays in the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
            key = Qt.Key(event.key())
            if key in steps:
                row = self.list.currentRow() + steps[key]
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentItem():
                self._choose(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def titles(self) -> list[str]:
        """The titles that are listed now."""
        return [str(self.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(self.list.count())]

    def _show(self, typed: str) -> None:
        self.list.clear()
        ranked = [
            (fit(typed, f"{entry.where} {entry.title}".strip()), -place)
            for place, entry in enumerate(self._entries)
            if typed.strip() or not entry.typed
        ]
        least = max((score for score, _ in ranked), default=0.0) * _NEAR_THE_BEST
        for score, place in sorted(ranked, reverse=True)[:MOST_LISTED]:
            if score > 0 and score >= least:
                self._add(self._entries[-place])
        if typed.strip() and self._asks:
            self._add(Entry("", f"Ask: “{typed.strip()}”", keys="conversation"))
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(min(_SHOWN_ROWS, self.list.count()) * _ROW_PX + 2)
        self.adjustSize()

    def _add(self, entry: Entry) -> None:
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.UserRole, entry.id)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.title)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(10, 0, 10, 0)
        title = label(row.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, 380))
        for widget, stretch in ((title, 0), (label(entry.where, "caption"), 1), (label(entry.keys, "caption"), 0)):
            line.addWidget(widget, stretch)
        item.setSizeHint(row.sizeHint().expandedTo(row.minimumSize()))
        hint = item.sizeHint()
        hint.setHeight(_ROW_PX)
        item.setSizeHint(hint)
        self.list.addItem(item)
        self.list.setItemWidget(item, row)

    def _choose(self, item: QListWidgetItem) -> None:
        command_id, words = str(item.data(Qt.ItemDataRole.UserRole)), self.field.text().strip()
        self.close()
        if command_id:
            self.chosen.emit(command_id)
        else:
            self.asked.emit(words)
