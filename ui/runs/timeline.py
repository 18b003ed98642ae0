"""A run as a trace: a row for each step with its bar on one axis of time, coloured by its state, retries marked."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from agent.events import StepState
from ui.runs.words import colour_of_step, cost_if_any, exact_seconds
from ui.style.icons import icon
from ui.style.tinted import TintedTreeItem
from ui.style.worn import colour_of, tokens

_COLUMNS = ("Step", "", "Took", "Tries", "Cost")
_BAR = 1
_STEP = Qt.ItemDataRole.UserRole
_MARGIN_PX, _BAR_PX, _LEAST_PX = 10, 10, 3
_LABEL_PX = 3
_MOST_MARKS = 8
_ICONS = {"pending": "circle", "running": "spinner", "done": "check", "failed": "x", "skipped": "minus"}

Index = QModelIndex | QPersistentModelIndex


class Timeline(QTreeWidget):
    """Emits `chosen` with a step's id, or "" for none."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.span_s = 1.0
        self.setAccessibleName("Steps of the run on a time axis")
        self.setColumnCount(len(_COLUMNS))
        self._axis = _Axis(self)
        self.setHeader(self._axis)
        self.setHeaderLabels(_COLUMNS)
        self.setRootIsDecorated(False)
        self.setProperty("look", "table")
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bars = _Bars(self)
        self.setItemDelegateForColumn(_BAR, self._bars)
        header = self.header()
        header.setStretchLastSection(False)
        for column in (2, 3, 4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_BAR, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, 200)
        header.setMinimumSectionSize(36)
        self.currentItemChanged.connect(lambda item, _: self.chosen.emit(_id_of(item)))

    @property
    def step_chosen(self) -> str:
        """The id of the step that is chosen."""
        return _id_of(self.currentItem())

    def choose_nothing(self) -> None:
        """No step is chosen."""
        self.setCurrentIndex(QModelIndex())

    def show_steps(self, steps: Sequence[StepState], seconds: float = 0.0) -> None:
        """Show a run's steps; the chosen one stays chosen where it is still there."""
        before = _id_of(self.currentItem())
        self.span_s = span_of(steps, seconds)
        self.blockSignals(True)
        self.clear()
        self.addTopLevelItems([_item(step) for step in steps])
        self.blockSignals(False)
        ids = [step.id for step in steps]
        if before in ids and (item := self.topLevelItem(ids.index(before))) is not None:
            self.setCurrentItem(item)
        self.setColumnHidden(3, all(step.attempts < 2 for step in steps))
        self.setColumnHidden(4, all(step.cost_usd <= 0 for step in steps))
        self._axis.viewport().update()


class _Axis(QHeaderView):
    """Writes times over the column of bars."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(Qt.Orientation.Horizontal, timeline)
        self._timeline = timeline
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """A column's name, or the ticks of the axis."""
        super().paintSection(painter, rect, section)
        if section != _BAR or not self._timeline.topLevelItemCount():
            return
        painter.save()
        font = painter.font()
        font.setPixelSize(tokens().small_px - 1)
        painter.setFont(font)
        painter.setPen(QColor(tokens().faint))
        span = self._timeline.span_s
        for at_s in ticks_of(span, rect.width()):
            x = place_of(at_s, span, rect)
            words = "0" if not at_s else f"{at_s * 1000:g} ms" if span < 1 else f"{at_s:g} s"
            left = label_at(x, painter.fontMetrics().horizontalAdvance(words), rect)
            painter.drawText(QRectF(left, rect.top(), 70, rect.height()), Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class _Bars(QStyledItemDelegate):
    """Draws the bar of a step over faint lines of the axis."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._timeline = timeline

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row's ground, the lines, the bar."""
        super().paint(painter, option, index)
        step = index.sibling(index.row(), 0).data(_STEP)
        if not isinstance(step, StepState):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, span = option.rect, self._timeline.span_s
        painter.setPen(QPen(QColor(tokens().line), 1.0))
        for at_s in ticks_of(span, rect.width()):
            x = round(place_of(at_s, span, rect)) + 0.5
            painter.drawLine(int(x), rect.top(), int(x), rect.bottom())
        if step.state in ("done", "failed", "running"):
            _draw_bar(painter, bar_of(step, span, rect), step)
        painter.restore()


def _draw_bar(painter: QPainter, bar: QRectF, step: StepState) -> None:
    colour = QColor(colour_of(colour_of_step(step)))
    if step.cached:
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
    painter.drawRoundedRect(bar, 2.5, 2.5)
    marks = min(step.attempts - 1, _MOST_MARKS)
    painter.setPen(QPen(QColor(tokens().panel), 2.0))
    for number in range(1, marks + 1):
        x = bar.left() + bar.width() * number / (marks + 1)
        painter.drawLine(int(x), int(bar.top()), int(x), int(bar.bottom()))
    if marks > 0:
        painter.setPen(QColor(tokens().warn))
        where = QRectF(bar.right() + 5, bar.top() - 4, 60, bar.height() + 8)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, f"×{step.attempts}")


def span_of(steps: Sequence[StepState], seconds: float) -> float:
    """The end of the axis: that of the run, or of its last step."""
    return max([seconds, *(step.started_s + step.seconds for step in steps)], default=0.0) or 1.0


def place_of(at_s: float, span_s: float, rect: QRect) -> float:
    """Where a moment lies in a column."""
    return rect.left() + _MARGIN_PX + (rect.width() - 2 * _MARGIN_PX) * min(max(at_s / span_s, 0.0), 1.0)


def label_at(x: float, width_px: float, rect: QRect) -> float:
    """Where a tick's words begin: right of its line, or left of it where the column ends before they do."""
    return x + _LABEL_PX if x + _LABEL_PX + width_px <= rect.right() else x - _LABEL_PX - width_px


def bar_of(step: StepState, span_s: float, rect: QRect) -> QRectF:
    """The place of a step's bar; the shortest can still be seen."""
    left, right = (place_of(at, span_s, rect) for at in (step.started_s, step.started_s + step.seconds))
    width = max(right - left, _LEAST_PX)
    return QRectF(min(left, rect.right() - width), rect.center().y() - _BAR_PX / 2 + 0.5, width, _BAR_PX)


def ticks_of(span_s: float, width_px: int) -> list[float]:
    """Round moments from 0 on, far enough apart to be written."""
    most = max(2, width_px // 80)
    raw = span_s / most
    if raw <= 0 or not math.isfinite(raw):
        return [0.0]
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * 0.999)
    return [number * step for number in range(int(span_s / step + 1e-6) + 1)]


def _item(step: StepState) -> TintedTreeItem:
    tries = str(step.attempts) if step.attempts > 1 else ""
    took = "from before" if step.cached else exact_seconds(step.seconds)
    item = TintedTreeItem([step.title, "", took, tries, cost_if_any(step.cost_usd)])
    item.setData(0, _STEP, step)
    item.setIcon(0, icon(_ICONS[step.state], colour_of_step(step)))
    item.setToolTip(0, step.result or step.title)
    spoken = (step.title, step.state, took, f"{tries} tries" if tries else "", step.result)
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in spoken if part))
    for column in (2, 3, 4):
        item.tint(column, "warn" if column == 3 else "faint")
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


def _id_of(item: QTreeWidgetItem | None) -> str:
    step = item.data(0, _STEP) if item is not None else None
    return step.id if isinstance(step, StepState) else ""
