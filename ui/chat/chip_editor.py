"""The small menus in which a chip is corrected: a list, a number, words or two years."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from ui.chat.aspect_groups import grouped
from ui.chat.aspects import Aspect
from ui.chat.editors import Chip, Choose, Count, Editor, Value, Vocabulary, Words, Years
from ui.style.parts import button, label, literal

Use = Callable[[Value | None], object]


def value_menu(parent: QWidget, editor: Editor, chip: Chip, use: Use) -> QMenu:
    """The menu that corrects one chip; `use` is called with the new value, or None to remove it."""
    menu = QMenu(parent)
    _fill(menu, editor, chip.value, use)
    if chip.removable:
        menu.addSeparator()
        menu.addAction("Remove", lambda: use(None))
    return menu


def aspect_menu(
    parent: QWidget, aspects: Sequence[Aspect], known: Vocabulary, add: Callable[[Aspect, Value], object]
) -> QMenu:
    """The menu of aspects that can be added, by group, each with its editor as a submenu."""
    menu = QMenu(parent)
    for title, members in grouped(aspects):
        group = menu.addMenu(literal(title))
        for aspect in members:
            _fill(group.addMenu(literal(aspect.name.capitalize())), aspect.editor(known), None, _adding(aspect, add))
    return menu


def corner_for(anchor: QWidget, menu: QMenu) -> QPoint:
    """Where a menu opens: below its button, or above it where it would cover what is under the conversation."""
    below, height = anchor.mapToGlobal(anchor.rect().bottomLeft()), menu.sizeHint().height()
    holder = anchor.parentWidget()
    while holder is not None and not isinstance(holder, QScrollArea):
        holder = holder.parentWidget()
    if holder is None or below.y() + height <= holder.mapToGlobal(holder.rect().bottomLeft()).y():
        return below
    return anchor.mapToGlobal(QPoint(0, -height))


def _adding(aspect: Aspect, add: Callable[[Aspect, Value], object]) -> Use:
    return lambda value: add(aspect, value) if value is not None else None


def _fill(menu: QMenu, editor: Editor, now: Value | None, use: Use) -> None:
    if isinstance(editor, Choose):
        for option in editor.options:
            action = menu.addAction(literal(option.label), partial(use, option.value))
            action.setCheckable(True)
            action.setChecked(option.value == now)
        if not editor.own_words:
            return
        if editor.options:
            menu.addSeparator()
        field: QWidget = WordsField(Words("Another"), "", use, menu)
    elif isinstance(editor, Count):
        field = NumberField(editor, now if isinstance(now, float) else None, use, menu)
    elif isinstance(editor, Years):
        field = YearsField(editor, now if isinstance(now, tuple) else None, use, menu)
    else:
        field = WordsField(editor, now if isinstance(now, str) else "", use, menu)
    action = QWidgetAction(menu)
    action.setDefaultWidget(field)
    menu.addAction(action)
    menu.aboutToShow.connect(lambda: field.setFocus(Qt.FocusReason.PopupFocusReason))


class _Field(QWidget):
    """A row in a menu that ends with its button; Enter does the same as the button."""

    def __init__(self, use: Use, menu: QMenu) -> None:
        super().__init__(menu)
        self._use, self._menu = use, menu
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.addLayout(self._row)

    def finish(self, value: Value | None) -> None:
        """Close the menus and hand the value over."""
        top: QWidget | None = self._menu
        while isinstance(top, QMenu):
            top.close()
            top = top.parentWidget()
        self._use(value)


class WordsField(_Field):
    """A line of words."""

    def __init__(self, editor: Words, now: str, use: Use, menu: QMenu) -> None:
        super().__init__(use, menu)
        self.line = QLineEdit(now)
        self.line.setPlaceholderText(editor.hint)
        self.line.setAccessibleName(editor.hint or "Words")
        self.line.setMinimumWidth(180)
        self.line.setMaxLength(400)
        self.line.returnPressed.connect(self._done)
        self.setFocusProxy(self.line)
        self._row.addWidget(self.line)
        self._row.addWidget(button("Use", self._done))

    def _done(self) -> None:
        if words := self.line.text().strip():
            self.finish(words)


class NumberField(_Field):
    """A number in bounds."""

    def __init__(self, editor: Count, now: float | None, use: Use, menu: QMenu) -> None:
        super().__init__(use, menu)
        self.spin: QSpinBox | QDoubleSpinBox
        if editor.decimals:
            self.spin = QDoubleSpinBox()
            self.spin.setDecimals(editor.decimals)
            self.spin.setRange(editor.least, editor.most)
            self.spin.setSingleStep(editor.step)
            self.spin.setValue(now if now is not None else editor.least)
        else:
            self.spin = QSpinBox()
            self.spin.setRange(int(editor.least), int(editor.most))
            self.spin.setValue(int(now) if now is not None else int(editor.least))
        self.spin.setSuffix(editor.unit)
        self.spin.lineEdit().setTextMargins(8, 0, 4, 0)
        self.spin.setAccessibleName("Number")
        self.spin.setMinimumWidth(110)
        self.spin.lineEdit().returnPressed.connect(self._done)
        self.setFocusProxy(self.spin)
        self._row.addWidget(self.spin)
        self._row.addWidget(button("Use", self._done))

    def _done(self) -> None:
        self.spin.interpretText()
        self.finish(float(self.spin.value()))


class YearsField(_Field):
    """A first and a last year; the same year twice is that year alone."""

    def __init__(self, editor: Years, now: tuple[int | None, int | None] | None, use: Use, menu: QMenu) -> None:
        super().__init__(use, menu)
        start, end = now or (None, None)
        self.first, self.last = (
            self._spin(editor, start or 1990, "From year"),
            self._spin(editor, end or 2026, "To year"),
        )
        self.setFocusProxy(self.first)
        for widget in (self.first, label("to", "soft"), self.last, button("Use", self._done)):
            self._row.addWidget(widget)

    def _spin(self, editor: Years, value: int, name: str) -> QSpinBox:
        made = QSpinBox()
        made.setRange(editor.earliest, editor.latest)
        made.lineEdit().setTextMargins(8, 0, 4, 0)
        made.setValue(value)
        made.setAccessibleName(name)
        made.lineEdit().returnPressed.connect(self._done)
        return made

    def _done(self) -> None:
        self.first.interpretText()
        self.last.interpretText()
        ends = sorted((self.first.value(), self.last.value()))
        self.finish((ends[0], ends[1]))
