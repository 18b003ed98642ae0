"""The theme picker: each theme with its swatches, name and words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui.style.icons import icon
from ui.style.parts import label
from ui.style.worn import tokens


@dataclass(frozen=True)
class ThemeEntry:
    """A theme as the picker shows it; `colours` are hex, the leading one first."""

    id: str
    name: str
    description: str
    colours: tuple[str, ...]


class Swatches(QWidget):
    """The colours of a theme side by side."""

    def __init__(self, colours: tuple[str, ...], size: QSize) -> None:
        super().__init__()
        self._colours = colours
        self.setFixedSize(size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint them in one rounded strip, the first one widest."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(whole, 4, 4)
        painter.setClipPath(path)
        shares = [3.0] + [1.0] * (len(self._colours) - 1)
        left = whole.left()
        for colour, share in zip(self._colours, shares, strict=False):
            width = whole.width() * share / sum(shares)
            painter.fillRect(QRectF(left, whole.top(), width + 1, whole.height()), QColor(colour))
            left += width
        painter.setClipping(False)
        painter.setPen(QColor(tokens().strong_line))
        painter.drawPath(path)


class _ThemeButton(QPushButton):
    def __init__(self, entry: ThemeEntry) -> None:
        super().__init__()
        self.setProperty("look", "quiet")
        self.setCheckable(True)
        self.setAccessibleName(f"Theme {entry.name}")
        self.setAccessibleDescription(entry.description)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 7)
        column.setSpacing(5)
        column.addWidget(Swatches(entry.colours, QSize(150, 34)))
        column.addWidget(label(entry.name))
        self.setFixedSize(QSize(168, 74))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ThemePopup(QFrame):
    """Emits `chosen` with a theme's id; arrows move between themes."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[ThemeEntry], current: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "popup")
        self.setAccessibleName("Themes")
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setSpacing(4)
        self.buttons: dict[str, QPushButton] = {}
        for place, entry in enumerate(entries):
            made = _ThemeButton(entry)
            made.setToolTip(entry.description)
            made.setChecked(entry.id == current)
            made.clicked.connect(lambda _=False, entry=entry: self._choose(entry.id))
            self.buttons[entry.id] = made
            grid.addWidget(made, place // 2, place % 2)

    def open_below(self, anchor: QWidget) -> None:
        """Show it under a button, the current theme focused."""
        self.adjustSize()
        self.move(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        self.show()
        focused = next((made for made in self.buttons.values() if made.isChecked()), None)
        if focused is None and self.buttons:
            focused = next(iter(self.buttons.values()))
        if focused is not None:
            focused.setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, theme_id: str) -> None:
        self.close()
        self.chosen.emit(theme_id)


class ThemePicker(QToolButton):
    """The tool bar's theme button. Emits `chosen` with a theme's id."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[ThemeEntry, ...] = ()
        self._current = ""
        self.setIcon(icon("palette"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("look", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self.open)
        self._show()

    def show_themes(self, entries: Sequence[ThemeEntry]) -> None:
        """The themes there are."""
        self._entries = tuple(entries)
        self._show()

    def show_current(self, theme_id: str) -> None:
        """The theme that dresses the scene."""
        self._current = theme_id
        self._show()

    def open(self) -> ThemePopup:
        """Open the popup."""
        popup = ThemePopup(self._entries, self._current, self)
        popup.chosen.connect(self.chosen)
        popup.open_below(self)
        return popup

    def _show(self) -> None:
        name = next((entry.name for entry in self._entries if entry.id == self._current), "Theme")
        self.setText(f" {name}")
        self.setAccessibleName(f"Theme: {name}")
        self.setToolTip("Choose a theme")
        self.setEnabled(bool(self._entries))
