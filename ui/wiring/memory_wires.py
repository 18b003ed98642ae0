"""What the window shows of what is remembered: earlier turns, likely next requests, messages edited after all."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.events import TurnEnded
from app.remembering.talk import PastTurn
from ui.main_window import MainWindow
from ui.wiring.session_controller import SessionController

if TYPE_CHECKING:
    from app.session import Session

EARLIER = 12
"""How many turns of before are shown when a project opens."""


class MemoryWires:
    """Follows one session."""

    def __init__(self, studio: SessionController) -> None:
        self._studio = studio
        self._window: MainWindow = studio.window
        chat = self._window.chat
        chat.next_requests.chosen.connect(studio.ask)
        chat.edited.connect(self.ask_again)
        chat.version_wanted.connect(self.switch_branch)

    @property
    def _session(self) -> "Session | None":
        return self._studio.session

    def show_earlier(self) -> None:
        """The latest turns of the project that was opened, as they were."""
        if self._session is None:
            return
        turns = self._session.conversation_history()[-EARLIER:]
        self._show_past(turns)
        if turns:
            self._window.chat.note("Earlier, in this project")
        self.suggest()

    def _show_past(self, turns: Sequence[PastTurn]) -> None:
        for turn in turns:
            if turn.turn_id in self._window.chat.turns:
                continue
            self._window.chat.begin_turn(turn.turn_id, turn.request)
            self._window.chat.show_event(TurnEnded(turn.turn_id, "answered", text=turn.text))
            if turn.verdict:
                title = f": {turn.title}" if turn.title else ""
                self._window.chat.note(f"{turn.verdict.capitalize()}{title}")

    def suggest(self) -> None:
        """Likely next requests under the input, once something was said."""
        session, chat = self._session, self._window.chat
        offered = session is not None and not session.running and bool(chat.turns)
        chat.next_requests.show_requests(session.suggestions(3) if session is not None and offered else ())
        chat.show_versions(session.message_versions() if session is not None else {})

    def ask_again(self, turn_id: str, text: str) -> None:
        """An earlier message was edited: the conversation goes on from there."""
        if self._session is None:
            return
        again = self._session.ask_again(turn_id, text)
        if not again:
            words = "This message can't be edited now." if self._session.running else "This message is gone."
            self._studio.notice("info", words, "Nothing was changed.")
            return
        self._window.chat.leave_from(turn_id)
        self._studio.begin(again, text, "Edited; the earlier version is kept")
        self._studio.scene_wires.show_proposal()

    def switch_branch(self, turn_id: str) -> None:
        """Another version of a message is wanted: the branch that it began comes back with what it did."""
        session, chat = self._session, self._window.chat
        if session is None or not session.switch_branch(turn_id):
            words = "The branch can be changed when the running request has ended."
            self._studio.notice("info", words, "Nothing was changed.")
            return
        now = session.conversation_history()
        ids = {turn.turn_id for turn in now}
        left = next((shown for shown in chat.turns if shown not in ids), None)
        if left is not None:
            chat.leave_from(left)
        self._show_past(now[-EARLIER:])
        self._studio.scene_wires.show_proposal()
        self.suggest()
        chat.note("Back in this branch. What was done by hand is kept.")
