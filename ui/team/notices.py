"""The bell of the status bar: what the platform told, newest first, and which sessions of the team are open."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.messages import NoticeCame, SessionThere
from ui.style.icons import icon
from ui.style.mark import Mark
from ui.style.parts import Column, ToolButton, label
from ui.style.worn import tokens

MOST_KEPT = 50
_WIDTH, _MOST_HEIGHT = 340, 380
_MARKS = {
    "good": ("check-circle", "good"),
    "people": ("users", "accent"),
    "bad": ("warning-circle", "warn"),
}


class NoticeBell(ToolButton):
    """Counts what was not read; a click opens the list and asks who is there."""

    opened = Signal()
    chosen = Signal(object)
    """A NoticeCame that was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self.notices: list[NoticeCame] = []
        self.sessions: tuple[SessionThere, ...] = ()
        self.unread = 0
        self.popup = NoticesPopup(self)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(13, 13))
        self.setProperty("look", "status")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._open)
        self.popup.chosen.connect(self.chosen)
        self._show_count()

    def add(self, notice: NoticeCame) -> None:
        """One more; the oldest leave the list."""
        self.notices = [notice, *self.notices][:MOST_KEPT]
        self.unread += 1
        self._show_count()
        self._refresh()

    def show_sessions(self, sessions: Sequence[SessionThere]) -> None:
        """Who of the team is there."""
        self.sessions = tuple(sessions)
        self._refresh()

    def _refresh(self) -> None:
        if self.popup.isVisible():
            self.popup.show_all(self.notices, self.sessions)

    def _show_count(self) -> None:
        some = self.unread > 0
        self.setIcon(icon("bell-fill" if some else "bell", "accent" if some else "faint"))
        self.setText(f"{self.unread:,}" if some else "")
        told = f"{self.unread:,} new" if some else "nothing new"
        self.setAccessibleName(f"Notices: {told}")
        self.setToolTip(f"Notices of your team: {told}")

    def _open(self) -> None:
        self.unread = 0
        self._show_count()
        self.popup.show_all(self.notices, self.sessions)
        self.popup.open_above(self)
        self.opened.emit()


class NoticesPopup(QFrame):
    """Opens above the bell and closes with Escape, a click outside, or a notice that is chosen."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setProperty("look", "popup")
        self.setAccessibleName("Notices")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._anchor: QWidget | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._area)

    def show_all(self, notices: Sequence[NoticeCame], sessions: Sequence[SessionThere]) -> None:
        """Show both lists anew."""
        content = Column()
        column = QVBoxLayout(content)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(9)
        column.addWidget(label("Notices", "strong"))
        if not notices:
            column.addWidget(
                label("Nothing yet. Ends of runs and imports, and what your team does, come here.", "soft", wrap=True)
            )
        for notice in notices:
            row = NoticeRow(notice)
            row.clicked.connect(partial(self._choose, notice))
            column.addWidget(row)
        people = _people(sessions)
        if people:
            column.addSpacing(4)
            column.addWidget(label("Open now", "strong"))
            for line in people:
                column.addWidget(label(line, "soft", wrap=True))
        column.addStretch(1)
        before = self._area.takeWidget()
        if before is not None:
            before.deleteLater()
        self._area.setWidget(content)
        self._place(content)

    def _choose(self, notice: NoticeCame) -> None:
        self.close()
        self.chosen.emit(notice)

    def open_above(self, anchor: QWidget) -> None:
        """Show it with its lower right corner at the anchor's upper right one."""
        self._anchor = anchor
        content = self._area.widget()
        if content is not None:
            self._place(content)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self, content: QWidget) -> None:
        if self._anchor is None:
            return
        height = min(_MOST_HEIGHT, content.heightForWidth(_WIDTH - 14) + 8)
        self.resize(_WIDTH, height)
        corner = self._anchor.mapToGlobal(QPoint(self._anchor.width(), 0))
        self.move(corner.x() - _WIDTH, corner.y() - height - 8)


class NoticeRow(QAbstractButton):
    """A notice as a line; a click or Enter opens what it is about, where it is about something."""

    def __init__(self, notice: NoticeCame) -> None:
        super().__init__()
        opens = bool(notice.project_id or notice.is_import)
        self.setEnabled(opens)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"{notice.words}. Press to open it." if opens else notice.words)
        self.setToolTip("Open it" if opens else "")
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 6, 8, 6)
        line.setSpacing(9)
        mark = Mark(15)
        mark.show_icon(*_MARKS[notice.kind])
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(notice.words, wrap=True), 1)
        line.addWidget(label(ago(notice.at, datetime.now(UTC)), "caption"), 0, Qt.AlignmentFlag.AlignTop)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As its line."""
        found = self.layout()
        return super().sizeHint() if found is None else found.sizeHint()

    def hasHeightForWidth(self) -> bool:
        """Words may take several lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As the line needs it."""
        found = self.layout()
        return super().heightForWidth(width) if found is None else found.heightForWidth(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A quiet ground under the pointer and the keyboard."""
        if self.isEnabled() and (self.underMouse() or self.hasFocus()):
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().hover))
            painter.drawRoundedRect(self.rect(), 6, 6)
            painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is here."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """It is gone."""
        self.update()


def _people(sessions: Sequence[SessionThere]) -> list[str]:
    """A line for each person: their sessions are counted."""
    counts: dict[str, int] = {}
    for one in sessions:
        name = "a service key" if one.user.startswith("key:") else one.user
        counts[name] = counts.get(name, 0) + 1
    return [user if count == 1 else f"{user}, in {count} windows" for user, count in sorted(counts.items())]


def ago(at: str, now: datetime) -> str:
    """How long ago, as people say it; nothing for what is no moment."""
    try:
        seconds = (now - datetime.fromisoformat(at)).total_seconds()
    except (ValueError, TypeError):
        return ""
    if seconds < 60:
        return "now"
    if seconds < 3_600:
        return f"{seconds // 60:.0f} min"
    return f"{seconds // 3_600:.0f} h" if seconds < 86_400 else f"{seconds // 86_400:.0f} d"
