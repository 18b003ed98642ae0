"""The filter's bar under the viewport's top edge: words, chips with counts, how many fit, and what to do with them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.filter.matching import Chosen
from ui.library.facet_bar import SWATCHES, swatch_icon
from ui.style.flow import FlowLayout
from ui.style.icons import icon
from ui.style.parts import button, icon_button, label, literal

PAUSE_MS = 220
WIDTH_PX, NARROW_PX = 620, 520
"""A bar that is narrower has its buttons in a row of their own, where their words are whole."""


class FilterBar(QFrame):
    """Emits `changed` when words or chips change, `select_wanted`, `canvas_wanted`, `go_wanted` and `closed`."""

    changed = Signal()
    select_wanted = Signal()
    canvas_wanted = Signal()
    go_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setProperty("over", "viewport")
        self.setAccessibleName("Filter the works on show")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.chosen: Chosen = frozenset()
        self.chips: dict[tuple[str, str], QToolButton] = {}
        self._counts: list[tuple[str, str, int]] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE_MS)
        self._later.timeout.connect(self.changed)
        self._build()
        self.hide()

    @property
    def words(self) -> str:
        """What was typed."""
        return self.field.text().strip()

    @property
    def is_filtering(self) -> bool:
        """Whether anything was typed or chosen."""
        return bool(self.words or self.chosen)

    def open(self) -> None:
        """Show it, the cursor in its field."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_filter(self) -> None:
        """Hide it; nothing is filtered any more."""
        self.clear()
        self.hide()
        self.closed.emit()

    def clear(self) -> None:
        """Neither words nor chips."""
        self._later.stop()
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        for chip in self.chips.values():
            chip.blockSignals(True)
            chip.setChecked(False)
            chip.blockSignals(False)
        self.chosen = frozenset()

    def show_counts(self, counts: Sequence[tuple[str, str, int]]) -> None:
        """What there is to filter by: facet, value and how many works on show have it."""
        if list(counts) == self._counts:
            return
        self._counts = list(counts)
        for chip in self.chips.values():
            chip.hide()
            chip.deleteLater()
        while self._flow.takeAt(0):
            pass
        self.chips = {}
        for facet, value, count in counts:
            chip = _chip(facet, value, count)
            chip.setChecked((facet, value) in self.chosen)
            chip.toggled.connect(lambda on, pair=(facet, value): self._choose(pair, on))
            self.chips[facet, value] = chip
            self._flow.addWidget(chip)
        self._rows.setVisible(bool(counts))
        self.updateGeometry()

    def show_fitting(self, fitting: int, total: int) -> None:
        """How many of the works on show fit."""
        filtering = self.is_filtering
        self.count.setText(f"{fitting:,} of {total:,}" if filtering else f"{total:,} works")
        for action in (self._select, self._canvas, self._go):
            action.setEnabled(filtering and fitting > 0)

    def sizeHint(self) -> QSize:
        """Two rows at the usual width; more where chips need them."""
        holder = self.parentWidget()
        width = min(WIDTH_PX, holder.width() - 36) if holder is not None else WIDTH_PX
        self._fold(width < NARROW_PX)
        layout = self.layout()
        return QSize(width, layout.totalHeightForWidth(width) if layout is not None else 80)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends the filter."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_filter()
        else:
            super().keyPressEvent(event)

    def _choose(self, pair: tuple[str, str], on: bool) -> None:
        self.chosen = self.chosen | {pair} if on else self.chosen - {pair}
        self.changed.emit()

    def _entered(self) -> None:
        self._later.stop()
        self.changed.emit()
        self.go_wanted.emit()

    def _build(self) -> None:
        self.field = QLineEdit()
        self.field.setPlaceholderText("Filter the works on show")
        self.field.setAccessibleName("Filter the works on show")
        self.field.setClearButtonEnabled(True)
        self.field.addAction(QAction(icon("funnel"), "", self.field), QLineEdit.ActionPosition.LeadingPosition)
        self.field.textChanged.connect(lambda _: self._later.start())
        self.field.returnPressed.connect(self._entered)
        self.count = label("", "soft")
        self._go = button("Go there", self.go_wanted.emit, "quiet", name="Go to the works that fit")
        self._select = button("Select", self.select_wanted.emit, "quiet", name="Select the works that fit")
        self._canvas = button(
            "To canvas…", self.canvas_wanted.emit, "quiet", name="Save the works that fit as a canvas"
        )
        self._actions = QWidget()
        actions = QHBoxLayout(self._actions)
        actions.setContentsMargins(0, 0, 0, 0)
        actions.setSpacing(4)
        for action in (self._go, self._select, self._canvas):
            actions.addWidget(action)
        self._head = head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.field, 1)
        head.addSpacing(6)
        head.addWidget(self.count)
        head.addWidget(self._actions)
        head.addWidget(icon_button("x", "Close the filter (Esc)", self.close_filter))
        self._rows = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._rows.setSizePolicy(policy)
        self._flow = FlowLayout(self._rows, 4)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 8, 9)
        column.setSpacing(7)
        column.addLayout(head)
        column.addWidget(self._rows)

    def _fold(self, narrow: bool) -> None:
        """The buttons beside the field, or under it."""
        if narrow is (self._column.indexOf(self._actions) >= 0):
            return
        if narrow:
            self._head.removeWidget(self._actions)
            self._column.insertWidget(1, self._actions, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._column.removeWidget(self._actions)
            self._head.insertWidget(self._head.count() - 1, self._actions)


def _chip(facet: str, value: str, count: int) -> QToolButton:
    made = QToolButton()
    made.setCheckable(True)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setProperty("look", "chip")
    words = value if len(value) <= 18 else f"{value[:17]}…"
    if facet == "colour" and value in SWATCHES:
        made.setIcon(swatch_icon(SWATCHES[value], 14))
        made.setIconSize(QSize(12, 12))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        words = ""
    made.setText(f"{literal(words)} {count:,}".strip())
    counted = "1 work" if count == 1 else f"{count:,} works"
    made.setAccessibleName(f"{facet} {value}, {counted}")
    made.setToolTip(f"{value} · {counted}".replace("<", "&lt;"))
    return made
