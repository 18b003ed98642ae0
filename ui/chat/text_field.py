"""The multi-line input: Enter sends, Shift+Enter breaks the line, the up arrow brings back earlier requests."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

_FEWEST_LINES, _MOST_LINES = 1, 8


class TextField(QPlainTextEdit):
    """A plain-text field that grows with its text up to eight lines."""

    sent = Signal(str)
    focus_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._history: list[str] = []
        self._place = 0
        self._draft = ""
        self._invitations: tuple[str, ...] = ()
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._grow)
        self._grow()

    def event(self, event: QEvent) -> bool:
        """With nothing written to undo here, the undo keys mean the scene."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            document = self.document()
            keys, nothing_written = QKeySequence.StandardKey, document.isEmpty()
            undo = event.matches(keys.Undo) and (nothing_written or not document.isUndoAvailable())
            redo = event.matches(keys.Redo) and not document.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends; up and down walk the history when the cursor can't move further."""
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
            self.send()
        elif key == Qt.Key.Key_Up and not shift and self._at_first_line():
            self._walk(-1)
        elif key == Qt.Key.Key_Down and not shift and self._at_last_line():
            self._walk(1)
        else:
            super().keyPressEvent(event)

    def send(self) -> None:
        """Send what is written, keep it in the history, and empty the field."""
        text = self.toPlainText().strip()
        if not text:
            return
        if not self._history or self._history[-1] != text:
            self._history.append(text)
        self._place = len(self._history)
        self._draft = ""
        self.clear()
        self.sent.emit(text)

    def prefill(self, text: str) -> None:
        """Put text into the field with the cursor behind it."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def invite(self, words: tuple[str, ...]) -> None:
        """What stands in the empty field: the first of these that fits on one line, else the last."""
        self._invitations = words
        room = self.viewport().width() - 2 * round(self.document().documentMargin()) - 2
        fitting = (line for line in words if self.fontMetrics().horizontalAdvance(line) <= room)
        self.setPlaceholderText(next(fitting, words[-1] if words else ""))

    def remember(self, requests: tuple[str, ...]) -> None:
        """Earlier requests, oldest first, for the up arrow."""
        self._history = list(requests)
        self._place = len(self._history)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the composer to show its focus ring."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the composer to hide its focus ring."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def _walk(self, step: int) -> None:
        place = self._place + step
        if not 0 <= place <= len(self._history):
            return
        if self._place == len(self._history):
            self._draft = self.toPlainText()
        self._place = place
        self.prefill(self._draft if place == len(self._history) else self._history[place])

    def _at_first_line(self) -> bool:
        cursor = self.textCursor()
        return not cursor.movePosition(QTextCursor.MoveOperation.Up)

    def _at_last_line(self) -> bool:
        cursor = self.textCursor()
        return not cursor.movePosition(QTextCursor.MoveOperation.Down)

    def _grow(self) -> None:
        lines = round(self.document().size().height())
        shown = max(_FEWEST_LINES, min(_MOST_LINES, lines))
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if lines > _MOST_LINES else policy.ScrollBarAlwaysOff)
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapping changes with the width, so the height does too."""
        super().resizeEvent(event)
        self.invite(self._invitations)
        self._grow()

    def sizeHint(self) -> QSize:
        """As wide as it is given, as high as its text."""
        return QSize(200, self.height())
