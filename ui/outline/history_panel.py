"""The history: every named step with who made it; a click undoes or redoes up to there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.style.icons import icon
from ui.style.parts import label
from ui.style.tinted import TintedListItem
from ui.style.worn import tokens

_ICONS = {"user": "hand", "agent": "sparkle", "remote": "users"}
_AUTHORS = {"user": "you", "agent": "Vernissage", "remote": "someone else"}


TIME_ROLE = Qt.ItemDataRole.UserRole + 1
_ICON_AND_GAPS_PX = 40

Index = QModelIndex | QPersistentModelIndex


class Step(Protocol):
    """What the list shows of a step."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def author(self) -> str: ...  # noqa: D102
    @property
    def at(self) -> str: ...  # noqa: D102


class HistoryPanel(QWidget):
    """Emits `wanted` with how many steps to go: negative undoes, positive redoes."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("History")
        self.list = QListWidget()
        self.list.setAccessibleName("Steps, newest first")
        self.list.setIconSize(QSize(15, 15))
        self._delegate = _WithTime()
        self.list.setItemDelegate(self._delegate)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._go)
        self._done = 0
        self._empty = label(
            "Everything you approve or change by hand becomes a step here that can be undone.", "soft", wrap=True
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 6)
        column.addWidget(holder)
        self.show_steps((), ())

    def show_steps(self, done: Sequence[Step], undone: Sequence[Step] = ()) -> None:
        """Steps that are in the scene, oldest first, and those that were undone, next to redo first."""
        self.list.clear()
        self._done = len(done)
        for step in reversed(undone):
            self._add(step, undone=True)
        for step in reversed(done):
            self._add(step, undone=False)
        if done:
            self.list.setCurrentRow(len(undone))
        self._undone = len(undone)
        self._stack.setCurrentWidget(self.list if done or undone else self._empty)

    def _add(self, step: Step, undone: bool) -> None:
        item = TintedListItem(icon(_ICONS.get(step.author, "hand"), "disabled" if undone else "faint"), step.name)
        who = _AUTHORS.get(step.author, step.author)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{step.name}, by {who}{', undone' if undone else ''}")
        item.setToolTip(f"By {who}. Enter goes back or forward to here.")
        item.setData(TIME_ROLE, spoken_time(step.at, datetime.now().astimezone()))
        if undone:
            item.tint = "faint"
        self.list.addItem(item)

    def _go(self, item: QListWidgetItem) -> None:
        steps = self._undone - self.list.row(item)
        if steps:
            self.wanted.emit(steps)


class _WithTime(QStyledItemDelegate):
    """A step's name, shortened where it must be, with its time at the right."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave room for the time."""
        super().initStyleOption(option, index)
        room = option.rect.width() - _ICON_AND_GAPS_PX - option.fontMetrics.horizontalAdvance(_time_of(index))
        option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, max(20, room))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the step, then its time."""
        super().paint(painter, option, index)
        painter.save()
        small = painter.font()
        small.setPixelSize(tokens().small_px)
        painter.setFont(small)
        painter.setPen(QColor(tokens().faint))
        where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(option.rect.adjusted(0, 0, -8, 0), where, _time_of(index))
        painter.restore()


def _time_of(index: Index) -> str:
    return str(index.data(TIME_ROLE) or "")


def spoken_time(at: str, now: datetime) -> str:
    """When a step was made, on this computer's clock: "14:32" today, "21 Nov" before; "" when it is not known."""
    try:
        made = datetime.fromisoformat(at).astimezone(now.tzinfo)
    except ValueError:
        return ""
    return f"{made:%H:%M}" if made.date() == now.date() else f"{made.day} {made:%b}"
