"""The foot of the conversation: the input field with its send and stop buttons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.chat.text_field import TextField
from ui.style.icons import icon
from ui.style.parts import frame, icon_button, label, restyle

PLACEHOLDERS = ("Say what to show, or what to change…", "Say what to show…", "Say it…")
"""The longest one that fits is shown."""


class Composer(QWidget):
    """Emits `sent` with the request (`planned` where its plan shall be shown first), and `stopped`."""

    sent = Signal(str)
    planned = Signal(str)
    aside = Signal(str)
    """A request that shall be run in the background."""
    plan_first_changed = Signal(bool)
    on_platform_changed = Signal(bool)
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = TextField()
        self.field.invite(PLACEHOLDERS)
        self.field.setAccessibleName("Request")
        self.field.setAccessibleDescription("Enter sends, Shift and Enter breaks the line, the up arrow recalls.")
        self.plan_first = icon_button("list-numbers", "Plan first: show the steps, run them when you say so")
        self.plan_first.setCheckable(True)
        self.plan_first.toggled.connect(self._show_plan_first)
        self.on_platform = icon_button(
            "cloud", "Run on the platform: requests are carried out there, not on this computer"
        )
        self.on_platform.setCheckable(True)
        self.on_platform.toggled.connect(self._show_on_platform)
        self.on_platform.hide()
        self._send = icon_button("arrow-up", "Send (Enter)", self.field.send)
        self._stop = icon_button("stop", "Stop this turn (Esc)", self.stopped.emit)
        self._stop.setIcon(icon("stop-fill", "accent"))
        self._stop.hide()
        self._box = frame("composer")
        row = QHBoxLayout(self._box)
        row.setContentsMargins(12, 9, 8, 9)
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        row.addWidget(self.on_platform)
        row.addWidget(self.plan_first)
        row.addWidget(self._send)
        row.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 12)
        column.setSpacing(5)
        column.addWidget(self._box)
        self._column = column
        column.addWidget(
            label("Enter to send · Shift+Enter for a new line · ↑ for earlier requests", "caption", wrap=True)
        )
        self._in_background = False
        self.field.sent.connect(self._tell)
        self.field.focus_changed.connect(lambda on: restyle(self._box, "focused", "true" if on else "false"))
        self.field.textChanged.connect(self._show_send)
        self._show_send()

    def send_in_background(self) -> None:
        """Send what is written, to be run while the conversation goes on."""
        self._in_background = True
        self.field.send()
        self._in_background = False

    def _tell(self, text: str) -> None:
        planned = self.planned if self.plan_first.isChecked() else self.sent
        (self.aside if self._in_background else planned).emit(text)

    def _show_plan_first(self, on: bool) -> None:
        self.plan_first.setIcon(icon("list-numbers", "accent" if on else "soft"))
        self.plan_first_changed.emit(on)

    def _show_on_platform(self, on: bool) -> None:
        self.on_platform.setIcon(icon("cloud-fill" if on else "cloud", "accent" if on else "soft"))
        self.on_platform_changed.emit(on)

    def place_below(self, widget: QWidget) -> None:
        """Put a widget between the field and the line that explains it."""
        self._column.insertWidget(1, widget)

    def set_running(self, running: bool) -> None:
        """Show the stop button while a turn runs."""
        self._send.setVisible(not running)
        self._stop.setVisible(running)

    def _show_send(self) -> None:
        some = bool(self.field.toPlainText().strip())
        self._send.setEnabled(some)
        self._send.setIcon(icon("arrow-up", "accent" if some else "disabled"))
