"""Rows of lists and trees whose words are in a token's colour: they follow the look that is worn."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QListWidgetItem, QTreeWidgetItem

from ui.style.worn import colour_of

_FOREGROUND = Qt.ItemDataRole.ForegroundRole


class TintedTreeItem(QTreeWidgetItem):
    """One row of a tree, tinted column by column."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(words)
        self._tints: dict[int, str] = {}

    def tint(self, column: int, token: str) -> None:
        """The words of a column in this token's colour."""
        self._tints[column] = token

    def data(self, column: int, role: int) -> object:
        """What the view asks for."""
        if role == _FOREGROUND and column in self._tints:
            return QBrush(QColor(colour_of(self._tints[column])))
        return super().data(column, role)


class TintedListItem(QListWidgetItem):
    """One row of a list."""

    tint = ""
    """The token's name; without one the words have the list's own colour."""

    def data(self, role: int) -> object:
        """What the view asks for."""
        if role == _FOREGROUND and self.tint:
            return QBrush(QColor(colour_of(self.tint)))
        return super().data(role)
