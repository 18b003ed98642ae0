"""The conversation: requests on the right, the agent's turns below them, and the composer at the foot."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from agent.events import TurnEnded, TurnEvent
from ui.chat.bubble import Bubble
from ui.chat.composer import Composer
from ui.chat.editors import Vocabulary
from ui.chat.next_requests import NextRequests
from ui.chat.suggestions import Suggestions, is_typed
from ui.chat.turn_view import TurnView
from ui.style.parts import Column, label

EDITING = "Editing an earlier message. What came after is taken back, and can be gone back to; Esc leaves it."
SENT_MEANWHILE = "Sent while another ran"
"""The note of a request that waits for the one before it."""
MOST_TURNS = 200
"""Older turns leave the list, so that a long day stays quick."""


class ChatPanel(QWidget):
    """Emits `asked` (words), `corrected` (the request's words, the corrected intent) and `stopped`."""

    asked = Signal(str)
    plan_wanted = Signal(str)
    """A request whose plan shall be shown before it runs."""
    asked_aside = Signal(str)
    """A request that shall be run in the background."""
    aside_stopped = Signal(str)
    """The run in the background with this turn's id shall end."""
    plan_run = Signal(str, object, object)
    """The request, its intent, and the steps to run."""
    corrected = Signal(str, object, object)
    """The request, the corrected intent, and what it was before."""
    edited = Signal(str, str)
    """An earlier message (its turn's id) shall be this instead."""
    version_wanted = Signal(str)
    """Another version of an edited message, by its turn, with the branch that it began."""
    stopped = Signal()
    import_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Conversation")
        self.setMinimumWidth(288)
        self.known = Vocabulary()
        self.library_empty = False
        self.turns: dict[str, TurnView] = {}
        self._bubbles: dict[str, Bubble] = {}
        self._notes: defaultdict[str, list[QLabel]] = defaultdict(list)
        self.composer = Composer()
        self.next_requests = NextRequests()
        self._editing = ""
        self._editing_line = label(EDITING, "caption", wrap=True)
        self._editing_line.setContentsMargins(16, 6, 14, 0)
        self._editing_line.hide()
        self.suggestions = Suggestions()
        self._list = QVBoxLayout()
        self._list.setContentsMargins(14, 12, 14, 8)
        self._list.setSpacing(14)
        self._list.addWidget(self.suggestions)
        self._list.addStretch(1)
        self._scroll = self._scroll_area()
        self._at_foot = True
        self._scroll.verticalScrollBar().valueChanged.connect(self._note_place)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._stay_at_foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._editing_line)
        column.addWidget(self.composer)
        self.composer.place_below(self.next_requests)
        self.composer.sent.connect(self._sent)
        self.composer.planned.connect(lambda text: self._sent(text, plan=True))
        self.composer.aside.connect(self._sent_aside)
        self.composer.stopped.connect(self.stopped)
        self.suggestions.chosen.connect(self._choose)

    def begin_turn(self, turn_id: str, request: str, note: str = "", *, aside: bool = False) -> None:
        """Show a request and wait for its turn's events; one in the background has a button of its own to stop it."""
        self.suggestions.hide()
        if turn_id in self.turns:
            self._drop(turn_id)
        bubble = Bubble(self._as_clicked(request), note)
        bubble.edit_wanted.connect(lambda: self._edit(turn_id, request))
        bubble.version_wanted.connect(self.version_wanted)
        turn = TurnView(turn_id, self.known, library_empty=self.library_empty)
        if note == SENT_MEANWHILE:
            turn.wait()
        if aside:
            turn.offer_stop(lambda: self.aside_stopped.emit(turn_id))
        turn.import_wanted.connect(self.import_wanted)
        turn.sample_wanted.connect(self.sample_wanted)
        turn.corrected.connect(lambda intent: self.corrected.emit(request, intent, turn.chips and turn.chips.intent))
        turn.chosen.connect(self._choose)
        turn.plan_run.connect(lambda intent, steps: self.plan_run.emit(request, intent, steps))
        self.turns[turn_id], self._bubbles[turn_id] = turn, bubble
        for widget in (bubble, turn):
            self._list.insertWidget(self._list.count() - 1, widget)
        self._forget_oldest()
        self._at_foot = True

    def show_event(self, event: TurnEvent) -> None:
        """Hand an event to its turn; events of a turn that left the list are dropped."""
        turn = self.turns.get(event.turn_id)
        if turn is None:
            return
        turn.show_event(event)
        if isinstance(event, TurnEnded):
            self._within_reach(turn)

    def _within_reach(self, turn: TurnView) -> None:
        """The last turn's choices are just before the request field for the keyboard: Shift+Tab goes to them."""
        before = self.composer.field.previousInFocusChain()
        # one that takes no keyboard cannot have a place in the order
        while before is not None and before.focusPolicy() == Qt.FocusPolicy.NoFocus:
            before = before.previousInFocusChain()
        row = [before, *turn.offers] if before is not None else turn.offers
        for one, following in pairwise(row):
            QWidget.setTabOrder(one, following)

    def _as_clicked(self, request: str) -> str:
        """The words of the button, where the last turn offered this request as an answer and it was taken."""
        last = next(reversed(self.turns.values()), None)
        taken = last.taken if last is not None else None
        return taken.label if taken is not None and taken.request == request else request

    def _choose(self, words: str) -> None:
        """An offered request was taken: what offered it goes, and the keyboard is where the next one is typed."""
        self.focus_input()
        self.asked.emit(words)

    def note(self, words: str) -> None:
        """A quiet line of what was decided, between the turns; it leaves with the turn before it."""
        if not self.turns:
            return
        line = label(words, "caption", wrap=True)
        line.setAccessibleName(words)
        self._notes[next(reversed(self.turns))].append(line)
        self._list.insertWidget(self._list.count() - 1, line)
        line.show()

    def show_versions(self, versions: Mapping[str, Sequence[str]]) -> None:
        """Of each message that was edited: the turns of all its versions."""
        for turn_id, bubble in self._bubbles.items():
            if versions.get(turn_id) or bubble.versions is not None:
                bubble.show_versions(turn_id, versions.get(turn_id, ()))

    def leave_from(self, turn_id: str) -> None:
        """This turn and all after it leave the list: another branch begins here."""
        known = list(self.turns)
        for later in known[known.index(turn_id) :] if turn_id in self.turns else []:
            self._drop(later)

    def _edit(self, turn_id: str, request: str) -> None:
        self._editing = turn_id
        self._editing_line.show()
        self.focus_input(request)

    def _sent(self, text: str, plan: bool = False) -> None:
        turn_id, self._editing = self._editing, ""
        self._editing_line.hide()
        if turn_id in self.turns:
            self.edited.emit(turn_id, text)
        elif plan:
            self.plan_wanted.emit(text)
        else:
            self.asked.emit(text)

    def _sent_aside(self, text: str) -> None:
        self._editing = ""
        self._editing_line.hide()
        self.asked_aside.emit(text)

    def clear(self) -> None:
        """An empty conversation, as a project starts with."""
        for turn_id in tuple(self.turns):
            self._drop(turn_id)
        self.suggestions.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Words typed anywhere in the conversation go into the request field."""
        if is_typed(event):
            self.composer.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.composer.field.insertPlainText(event.text())
        elif event.key() == Qt.Key.Key_Escape and self._editing:
            self._editing = ""
            self._editing_line.hide()
            self.focus_input("")
        else:
            super().keyPressEvent(event)

    def set_running(self, running: bool) -> None:
        """Whether a turn runs, and so can be stopped."""
        self.composer.set_running(running)

    def focus_input(self, prefill: str | None = None) -> None:
        """Put the cursor into the request field, with words in it when given."""
        if prefill is not None:
            self.composer.field.prefill(prefill)
        self.composer.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _scroll_area(self) -> QScrollArea:
        holder = Column()
        holder.setLayout(self._list)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("Turns")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _note_place(self, value: int) -> None:
        """Whether the foot is in view, and so should stay in view as turns grow."""
        self._at_foot = value >= self._scroll.verticalScrollBar().maximum() - 40

    def _stay_at_foot(self, _low: int, high: int) -> None:
        if self._at_foot:
            self._scroll.verticalScrollBar().setValue(high)

    def _forget_oldest(self) -> None:
        while len(self.turns) > MOST_TURNS:
            self._drop(next(iter(self.turns)))

    def _drop(self, turn_id: str) -> None:
        for widget in (self.turns.pop(turn_id), self._bubbles.pop(turn_id), *self._notes.pop(turn_id, ())):
            self._list.removeWidget(widget)
            widget.deleteLater()
