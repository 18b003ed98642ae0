"""The few parts that every panel is made of: plain-text labels, buttons by look, rules and rows."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from ui.style.icons import icon, icon_pixmap

_TICK_PX, _ICON_GAP_PX = 13, 4
LONGEST_RUN = 20
"""Letters without a break after which a line may be broken, so that a long word can't widen its panel."""


class _PushButton(QPushButton):
    """Enter presses it on every platform, as Space does; words that it has no room for end in dots."""

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        if not option.icon.isNull():
            room -= option.iconSize.width() + _ICON_GAP_PX
        dots, mnemonic = Qt.TextElideMode.ElideRight, Qt.TextFlag.TextShowMnemonic.value
        option.text = self.fontMetrics().elidedText(option.text, dots, room, mnemonic)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ToolButton(QToolButton):
    """Enter presses it on every platform, as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, or what a tool button does anyway."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ComboBox(QComboBox):
    """With a caret of our own; the wheel scrolls the page past it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, then the caret."""
        super().paintEvent(event)
        painter = QPainter(self)
        mark = icon("caret-down").pixmap(QSize(11, 11) * self.devicePixelRatioF())
        mark.setDevicePixelRatio(self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 19, (self.height() - 11) // 2, mark)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to what scrolls."""
        event.ignore()


class CheckBox(QCheckBox):
    """With a tick: the sheet colours the box, and colour alone does not say that it is on."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, then the tick."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        colour = "on_fill" if self.isEnabled() else "faint"
        mark = icon_pixmap("check-bold", colour, _TICK_PX, self.devicePixelRatioF())
        painter.drawPixmap(box.center().x() - _TICK_PX // 2, box.center().y() - _TICK_PX // 2, mark)
        painter.end()


class FigureBox(QDoubleSpinBox):
    """A figure on a page that scrolls: the wheel scrolls the page past it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to what scrolls."""
        event.ignore()


def label(text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label that shows its text literally: names, metadata and model text may hold markup."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(breakable(text) if wrap else text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


class Column(QWidget):
    """What scrolls: its height follows from its width alone, so that wrapped words leave no gap below them."""

    def minimumSizeHint(self) -> QSize:
        """None of its own."""
        return QSize(0, 0)


def breakable(text: str, longest: int = LONGEST_RUN) -> str:
    """The text with zero-width spaces inside words that are longer than `longest`."""
    if not any(len(word) > longest for word in text.split()):
        return text
    pieces, run = [], 0
    for letter in text:
        run = 0 if letter.isspace() else run + 1
        pieces.append(letter)
        if run == longest:
            pieces.append("\u200b")
            run = 0
    return "".join(pieces)


def button(text: str, on_click: Callable[[], object], look: str = "", *, name: str = "") -> QPushButton:
    """A push button; `name` is its accessible name where the text does not say enough."""
    made = _PushButton(literal(text))
    made.setAccessibleName(name or text)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: on_click())
    if look:
        made.setProperty("look", look)
    return made


def icon_button(icon_name: str, name: str, on_click: Callable[[], object] | None = None) -> QToolButton:
    """A small button with only an icon; its name is both its tooltip and what a screen reader says."""
    made = ToolButton()
    made.setIcon(icon(icon_name))
    made.setIconSize(QSize(16, 16))
    made.setProperty("look", "icon")
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def literal(text: str) -> str:
    """The text for a button, with ampersands that stay ampersands."""
    return text.replace("&", "&&")


def frame(look: str, parent: QWidget | None = None) -> QFrame:
    """A frame of one look of the style sheet."""
    made = QFrame(parent)
    made.setProperty("look", look)
    return made


def bring_into_view(widget: QWidget) -> None:
    """Scroll whatever it lies in so that it can be seen, once it has its place."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if isinstance(area, QScrollArea):
        found = area
        QTimer.singleShot(0, widget, lambda: found.ensureWidgetVisible(widget, 0, 16))


def rule() -> QFrame:
    """A thin line between two parts."""
    return frame("rule")


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and draw the widget anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def colour_of_state(state: str) -> str:
    """The token's name of the colour of a step, a platform or a save, by its state."""
    good, busy, bad = "good", "accent", "bad"
    return {
        "done": good, "ready": good, "saved": good, "kept": "soft", "running": busy, "starting": busy,
        "saving": busy, "restarting": busy, "scanning": busy, "failed": bad, "signed_out": bad,
    }.get(state, "faint")  # fmt: skip
