"""One turn of the agent: chips, ticking steps, words, and its end: a receipt, a question, a refusal or an error."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent.events import (
    Choice,
    Planned,
    Priced,
    Resumed,
    Said,
    Spending,
    StepChanged,
    StepState,
    TurnEnded,
    TurnEvent,
    Understood,
)
from agent.intent import Intent
from agent.running.steps import UnreadableSteps, Workflow, steps_from_plain
from ui.chat.chip_row import ChipRow
from ui.chat.editors import Vocabulary
from ui.chat.plan_editor import PlanEditor
from ui.chat.plan_intent import as_planned
from ui.chat.price_line import PriceLine
from ui.chat.steps_view import StepsView, spoken_seconds
from ui.settings.words import spoken_usd
from ui.style.flow import FlowLayout
from ui.style.parts import breakable, button, frame, label, literal

_LEAST_OFFER_PX = 120
_SAME_LETTERS = 40
"""A result that begins like the answer is the answer, cut short."""


class TurnView(QWidget):
    """Follows the events of one turn. Emits `corrected` with an intent and `chosen` with a request."""

    corrected = Signal(object)
    chosen = Signal(str)
    plan_run = Signal(object, object)
    """Its intent, and the steps to run, as planned or as edited."""

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
        self.plan: PlanEditor | None = None
        self.price = PriceLine()
        self.offers: list[QWidget] = []
        """The buttons of its choices, in their order."""
        self.taken: Choice | None = None
        """The choice that was clicked."""
        self._said = ""
        self._stop: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(9)
        self._waiting = label("Reading your request…", "caption")
        self._column.addWidget(self._waiting)
        self._column.addWidget(self.price.line)
        self._words = label("", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.hide()

    def show_event(self, event: TurnEvent) -> None:
        """Show what happened next."""
        self._waiting.hide()
        if isinstance(event, Understood):
            self._show_intent(event.intent)
        elif isinstance(event, Planned):
            self._show_steps(event)
        elif isinstance(event, Priced):
            self.price.show_price(event)
        elif isinstance(event, Spending):
            self.price.show_spending(event)
        elif isinstance(event, Resumed):
            self._show_resumed(event)
        elif isinstance(event, StepChanged):
            self._ensure_steps().show_step(event.step)
        elif isinstance(event, Said):
            self._say(self._said + event.text)
        elif isinstance(event, TurnEnded):
            self._end(event)

    def wait(self) -> None:
        """Another turn runs before this one."""
        self._waiting.setText("Waiting for the run before this one…")

    def offer_stop(self, stop: Callable[[], object]) -> None:
        """A button that stops this turn alone, until it has ended."""
        self._stop = QWidget()
        row = QHBoxLayout(self._stop)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button("Stop", stop, name="Stop this run in the background"))
        row.addStretch(1)
        self._column.addWidget(self._stop)

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

    def _show_steps(self, planned: Planned) -> None:
        if self.steps is not None:
            self._column.removeWidget(self.steps)
            self.steps.hide()
            self.steps.deleteLater()
        self.steps = StepsView(planned.steps)
        self._column.addWidget(self.steps)

    def _show_resumed(self, resumed: Resumed) -> None:
        done = len(resumed.done)
        kept = f"; {done} {'step was' if done == 1 else 'steps were'} done before" if done else ""
        self._column.addWidget(label(f"Going on{kept}", "caption"))

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

    def _below_the_steps(self) -> None:
        """What was said before the plan was known gives way to the end, which stands last."""
        if self.steps is not None:
            self._column.removeWidget(self._words)
            self._words.hide()

    def _end(self, event: TurnEnded) -> None:
        self.ended = event
        if self._stop is not None:
            self._stop.hide()
        self.price.line.setVisible(event.outcome == "planned" and bool(self.price.line.text()))
        if event.outcome == "planned" and self._show_plan(event):
            return
        if event.intent is not None:
            self._show_intent(event.intent)
        for step in event.steps:
            self._ensure_steps().show_step(_said_once(step, event))
        if self.steps is not None:
            self.steps.skip_rest()
        if event.outcome == "failed":
            self._column.addWidget(_alarm(event))
        elif event.text:
            self._below_the_steps()
            self._say(event.text)
        elif event.outcome == "cancelled":
            self._say("Stopped. Nothing was changed.")
        if event.outcome == "refused" and self._library_empty:
            self._column.addWidget(self._ways_to_fill())
        if event.choices:
            self._column.addWidget(self._choices(event.choices))
        told = event.outcome in ("proposed", "answered", "acted")
        cost = spoken_usd(event.cost_usd) if event.cost_usd > 0 else ""
        spent = " · ".join(part for part in (spoken_seconds(event.seconds) if told else "", cost) if part)
        if spent:
            self._column.addWidget(label(spent, "caption"))

    def _show_plan(self, event: TurnEnded) -> bool:
        """The plan, to be edited and run; whether there is one."""
        try:
            workflow: Workflow = steps_from_plain(list(event.workflow))
        except UnreadableSteps:
            return False
        if not workflow or event.intent is None:
            return False
        self._show_intent(event.intent)
        if self.steps is not None:
            self.steps.hide()
        self.plan = PlanEditor(workflow, self._known.themes)
        intent = event.intent
        self.plan.run_wanted.connect(lambda steps: self.plan_run.emit(as_planned(intent, workflow, steps), steps))
        self._column.addWidget(self.plan)
        return True

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
        self.offers += buttons
        for made in buttons:
            made.setMinimumWidth(min(_LEAST_OFFER_PX, made.sizeHint().width()))
            made.setToolTip(literal(made.accessibleName()))
            flow.addWidget(made)
        return holder

    def _choose(self, holder: QWidget, choice: Choice) -> None:
        holder.setEnabled(False)
        self.taken = choice
        self.chosen.emit(choice.request)


def _said_once(step: StepState, ended: TurnEnded) -> StepState:
    """The step without its result where the words below it say the same."""
    again = bool(step.result) and step.result[:_SAME_LETTERS] in ended.text and ended.outcome != "proposed"
    return replace(step, result="") if again else step


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
