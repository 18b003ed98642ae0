"""The running turn over the viewport: the step it is at, how many there are, and stop."""

from time import monotonic

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from agent.events import Planned, StepChanged, StepState, TurnEnded, TurnEvent
from ui.style.parts import button, label


class RunProgress(QFrame):
    """Emits `stopped` when the creator stops the turn."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setAccessibleName("Progress of the turn")
        self._steps: dict[str, StepState] = {}
        self._started_s = 0.0
        self._words = label("", "strong")
        self._count = label("", "caption")
        self._bar = QProgressBar()
        self._bar.setAccessibleName("Progress of the turn")
        stop = button("Stop", self.stopped.emit, "quiet", name="Stop this turn")
        stop.setToolTip("Stop (Esc)")
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self._count)
        row.addWidget(stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 10, 12)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._bar)
        self._clock = QTimer(self)
        self._clock.setInterval(500)
        self._clock.timeout.connect(self._show_count)
        self._appear = QTimer(self)
        self._appear.setSingleShot(True)
        self._appear.setInterval(250)
        self._appear.timeout.connect(self.show)
        self.hide()

    def begin(self) -> None:
        """A turn started; shown only when it takes longer than a quarter of a second."""
        self._steps = {}
        self._started_s = monotonic()
        self._bar.setRange(0, 0)
        self._say("Reading your request…")
        self._appear.start()
        self._clock.start()

    def show_event(self, event: TurnEvent) -> None:
        """Follow the turn."""
        if isinstance(event, Planned):
            self._steps = {step.id: step for step in event.steps}
        elif isinstance(event, StepChanged):
            self._steps[event.step.id] = event.step
            if event.step.state == "running":
                self._say(f"{event.step.title}…")
        elif isinstance(event, TurnEnded):
            self.end()
        self._show_count()

    def end(self) -> None:
        """The turn ended."""
        self._appear.stop()
        self._clock.stop()
        self.hide()

    def sizeHint(self) -> QSize:
        """Wide enough for a step's title."""
        return QSize(440, super().sizeHint().height())

    def _say(self, words: str) -> None:
        shown = self._words.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, 260)
        self._words.setText(shown)
        self._words.setAccessibleName(words)

    def _show_count(self) -> None:
        done = sum(1 for step in self._steps.values() if step.state in ("done", "skipped", "failed"))
        seconds = int(monotonic() - self._started_s)
        parts = [f"{min(done + 1, len(self._steps))} of {len(self._steps)}"] if self._steps else []
        parts += [f"{seconds} s"] if seconds else []
        self._count.setText(" · ".join(parts))
        if self._steps:
            self._bar.setRange(0, len(self._steps))
            self._bar.setValue(done)
