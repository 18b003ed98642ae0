"""One turn of the agent: chips, ticking steps, words, and its end: a receipt, a question, a refusal or an error."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent.events import Choice, Planned, Said, StepChanged, TurnEnded, TurnEvent, Understood
from agent.intent import Intent
from ui.chat.chip_row import ChipRow
from ui.chat.editors import Vocabulary
from ui.chat.steps_view import StepsView, spoken_seconds
from ui.style.flow import FlowLayout
from ui.style.parts import breakable, button, frame, label


class TurnView(QWidget):
    """Follows the events of one turn. Emits `corrected` with an intent and `chosen` with a request."""

    corrected = Signal(object)
    chosen = Signal(str)

    import_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, turn_id: str, known: Vocabulary, *, library_empty: bool = False) -> None:
        super().__init__()
        self.turn_id = turn_id
        self._library_empty = library_empty
        self.ended: TurnEnded | None = None
        self._known = known
        self.chips: ChipRow | None = None
        self.steps: StepsView | None = None
        self._said = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(9)
        self._waiting = label("Reading your request…", "caption")
        self._column.addWidget(self._waiting)
        self._words = label("", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.hide()

    def show_event(self, event: TurnEvent) -> None:
        """Show what happened next."""
        self._waiting.hide()
        if isinstance(event, Understood):
            self._show_intent(event.intent)
        elif isinstance(event, Planned):
            self.steps = StepsView(event.steps)
            self._column.addWidget(self.steps)
        elif isinstance(event, StepChanged):
            self._ensure_steps().show_step(event.step)
        elif isinstance(event, Said):
            self._say(self._said + event.text)
        elif isinstance(event, TurnEnded):
            self._end(event)

    @property
    def text(self) -> str:
        """The words of the turn, as they are shown."""
        return self._words.text().replace("\u200b", "")

    def _show_intent(self, intent: Intent) -> None:
        if self.chips is not None or intent.kind == "unclear":
            return
        self.chips = ChipRow(intent, self._known)
        self.chips.corrected.connect(self.corrected)
        self._column.insertWidget(0, self.chips)

    def _ensure_steps(self) -> StepsView:
        if self.steps is None:
            self.steps = StepsView()
            self._column.addWidget(self.steps)
        return self.steps

    def _say(self, text: str) -> None:
        self._said = text
        self._words.setText(breakable(text))
        self._words.setAccessibleName(f"Vernissage: {text[:2000]}")
        if self._words.isHidden():
            self._column.addWidget(self._words)
            self._words.show()

    def _end(self, event: TurnEnded) -> None:
        self.ended = event
        if event.intent is not None:
            self._show_intent(event.intent)
        for step in event.steps:
            self._ensure_steps().show_step(step)
        if self.steps is not None:
            self.steps.skip_rest()
        if event.outcome == "failed":
            self._column.addWidget(_alarm(event))
        elif event.text:
            self._say(event.text)
        elif event.outcome == "cancelled":
            self._say("Stopped. Nothing was changed.")
        if event.outcome == "refused" and self._library_empty:
            self._column.addWidget(self._ways_to_fill())
        if event.choices:
            self._column.addWidget(self._choices(event.choices))
        if event.seconds and event.outcome in ("proposed", "answered", "acted"):
            cost = f"${event.cost_usd:.4f}" if event.cost_usd else ""
            spent = " · ".join(part for part in (spoken_seconds(event.seconds), cost) if part)
            self._column.addWidget(label(spent, "caption")) if spent else None

    def _ways_to_fill(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        flow.addWidget(button("Import a folder…", self.import_wanted.emit, "primary"))
        flow.addWidget(button("Use the sample collection", self.sample_wanted.emit))
        return holder

    def _choices(self, choices: tuple[Choice, ...]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        buttons = [button(c.label[:80], partial(self._choose, holder, c)) for c in choices]
        for made in buttons:
            flow.addWidget(made)
        return holder

    def _choose(self, holder: QWidget, choice: Choice) -> None:
        holder.setEnabled(False)
        self.chosen.emit(choice.request)


def _alarm(event: TurnEnded) -> QWidget:
    box = frame("alarm")
    column = QVBoxLayout(box)
    column.setContentsMargins(12, 9, 12, 10)
    column.setSpacing(5)
    what = label(event.text or "Something went wrong.", "strong", wrap=True)
    what.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(what)
    for text in (event.kept, event.advice):
        if text:
            column.addWidget(label(text, "soft", wrap=True))
    if event.correlation_id:
        reference = label(f"Reference {event.correlation_id}", "caption", wrap=True)
        reference.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.addWidget(reference)
        column.addLayout(row)
    return box
