"""The numbers of what is selected, to read and to set: place, size, turn, pinned; and the verbs for several works."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from scene.numbers import MEASURES, Measure, Numbers
from ui.commands.registry import Commands
from ui.style.icons import icon
from ui.style.parts import CheckBox, breakable, icon_button, label

_WIDTH = 216
_BEFORE_PX = 6
"""Between the edge of a field and its number, which the style sheet cannot say of the field's inner line."""
_FIELDS: dict[Measure, tuple[str, str, str, float, float, float]] = {
    "along": ("From left", "Place along the wall, from its left end", " m", -0.01, 1000.0, 0.05),
    "height": ("Centre at", "Height of the centre above the floor", " m", -0.01, 1000.0, 0.05),
    "wide": ("Width", "Width of the picture; its proportions are kept", " m", 0.0, 100.0, 0.05),
    "high": ("Height", "Height of the picture; its proportions are kept", " m", 0.0, 100.0, 0.05),
    "tilt": ("Rotation", "Turn in degrees, counter-clockwise", "°", -180.1, 180.0, 5.0),
}
"""Label, name, unit, lowest value (it stands for "they differ"), highest value and step of each number."""
_VERBS = (
    ("arrange.align_left", "align-left", "Align left edges"),
    ("arrange.align_centre", "align-center-horizontal", "Align centres"),
    ("arrange.align_right", "align-right", "Align right edges"),
    ("arrange.align_top", "align-top", "Align upper edges"),
    ("arrange.align_middle", "align-center-vertical", "Hang on one centre line"),
    ("arrange.align_bottom", "align-bottom", "Align lower edges"),
    ("arrange.evenly", "columns", "Distribute evenly"),
)


class Inspector(QFrame):
    """Emits `set_wanted` with a measure and its value, `pin_wanted` with whether to pin, `closed` when it is closed.

    It folds to its head, by a button or by itself where the picture is too narrow for it, and emits `folded`.
    """

    set_wanted = Signal(str, float)
    pin_wanted = Signal(bool)
    closed = Signal()
    folded = Signal(bool)
    """Whether the creator folded it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setAccessibleName("Inspector")
        self.setFixedWidth(_WIDTH)
        self._title, self._brief = label("", "strong"), label("", "caption")
        self.is_folded = False
        """Whether the creator folded it."""
        self.is_editable = True
        """Whether the numbers of what is shown can be set."""
        self.gives_way = False
        """Whether it is folded for want of room."""
        self._insists = False
        """Whether it was opened although there is little room."""
        self._facts = label("", "caption", wrap=True)
        self._verbs = QWidget()
        self._row = QHBoxLayout(self._verbs)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(1)
        self._fold = icon_button("caret-up", "Fold the inspector", self.toggle)
        self._body = QWidget()
        self.fields: dict[Measure, QDoubleSpinBox] = {}
        self._labels: dict[Measure, QWidget] = {}
        self.pinned = CheckBox("Pinned")
        self.pinned.setToolTip("Pinned works stay where they are (P)")
        self.pinned.clicked.connect(lambda on: self.pin_wanted.emit(on))
        self._build()
        self._show_folded()
        self.hide()

    def use_commands(self, commands: Commands) -> None:
        """Buttons for the verbs of several works."""
        for command_id, icon_name, name in _VERBS:
            button = icon_button(icon_name, name)
            button.clicked.connect(lambda _=False, command_id=command_id: commands.run(command_id))
            button.setIcon(icon(icon_name))
            self._row.addWidget(button)

    def toggle(self) -> None:
        """Fold it to its head, or open it."""
        if self.gives_way:
            self._insists = not self._insists
        else:
            self.is_folded = not self.is_folded
            self.folded.emit(self.is_folded)
        self._show_folded()

    def show_folded(self, folded: bool) -> None:
        """As it was left."""
        self.is_folded = folded
        self._show_folded()

    def give_way(self, on: bool) -> None:
        """Be only the head as long as there is little room, until it is opened."""
        if on != self.gives_way:
            self.gives_way, self._insists = on, False
            self._show_folded()

    @property
    def is_open(self) -> bool:
        """Whether its numbers are shown."""
        return self._insists if self.gives_way else not self.is_folded

    def _show_folded(self) -> None:
        name = "Fold the inspector" if self.is_open else "Open the inspector"
        self._fold.setIcon(icon("caret-up" if self.is_open else "caret-down"))
        self._fold.setToolTip(name)
        self._fold.setAccessibleName(name)
        self._body.setVisible(self.is_open)
        self._brief.setVisible(not self.is_open and bool(self._brief.text()))
        self.adjustSize()

    def show_numbers(self, title: str, count: int, numbers: Numbers, editable: bool) -> None:
        """Show what is selected; numbers that differ are shown as a dash."""
        self._title.setText(self._title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, _WIDTH - 84))
        self._title.setToolTip(title)
        self.is_editable = editable
        sized = numbers.wide_m is not None and numbers.high_m is not None
        self._brief.setText(f"{numbers.wide_m:.2f} × {numbers.high_m:.2f} m" if sized else "")
        values = (numbers.along_m, numbers.height_m, numbers.wide_m, numbers.high_m, numbers.tilt_deg)
        for measure, value in zip(MEASURES, values, strict=True):
            field = self.fields[measure]
            with QSignalBlocker(field):
                field.setValue(field.minimum() if value is None else value)
            field.setEnabled(editable and not numbers.pinned)
        for part in (self.fields["along"], self._labels["along"]):
            part.setVisible(numbers.hung and count == 1)
        with QSignalBlocker(self.pinned):
            self.pinned.setChecked(bool(numbers.pinned))
        self.pinned.setEnabled(editable)
        self._verbs.setVisible(count > 1)
        self._verbs.setEnabled(editable)
        self._show_folded()

    def show_facts(self, lines: Sequence[str]) -> None:
        """What is known of the one work that is selected: its size, date, creator and file."""
        self._facts.setText(breakable("\n".join(lines)))
        self._facts.setVisible(bool(lines))
        self.adjustSize()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._title, 1)
        head.addWidget(self._fold)
        head.addWidget(icon_button("x", "Close the inspector (F7)", self.closed.emit))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for row, measure in enumerate(MEASURES):
            self.fields[measure] = self._field(measure)
            self._labels[measure] = words = label(_FIELDS[measure][0], "soft")
            words.setBuddy(self.fields[measure])
            grid.addWidget(words, row, 0)
            grid.addWidget(self.fields[measure], row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 8, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._brief)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 6, 0)
        body.setSpacing(9)
        body.addWidget(self._facts)
        body.addLayout(grid)
        body.addWidget(self.pinned)
        body.addWidget(self._verbs)
        column.addWidget(self._body)

    def _field(self, measure: Measure) -> QDoubleSpinBox:
        _, name, unit, low, high, step = _FIELDS[measure]
        field = QDoubleSpinBox()
        field.setDecimals(1 if measure == "tilt" else 2)
        field.setRange(low, high)
        field.setSingleStep(step)
        field.setSuffix(unit)
        field.setSpecialValueText("—")
        field.setKeyboardTracking(False)
        for part in (field, field.lineEdit()):
            part.setAccessibleName(name)
        field.lineEdit().setTextMargins(_BEFORE_PX, 0, 0, 0)
        field.setToolTip(name)
        field.valueChanged.connect(lambda value: self._changed(measure, value))
        for part in (field, field.lineEdit()):
            part.installEventFilter(self)
        return field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo and redo reach the scene from a field in which nothing was typed since its number was set."""
        line = watched.lineEdit() if isinstance(watched, QDoubleSpinBox) else watched
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(line, QLineEdit) and _is_for_scene(line, event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _changed(self, measure: Measure, value: float) -> None:
        if value > self.fields[measure].minimum():
            self.set_wanted.emit(measure, value)


def _is_for_scene(field: QLineEdit, event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent):
        return False
    if event.matches(QKeySequence.StandardKey.Undo):
        return not field.isUndoAvailable()
    return event.matches(QKeySequence.StandardKey.Redo) and not field.isRedoAvailable()
