"""The conversation of a session: what a turn is told before it starts, and what its end means for the open scene."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from agent.events import TurnEnded
from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.ports.library import Query
from app.letters import Letters
from app.open_scene import OpenScene
from app.turn_runner import TurnRunner

_RECENT = 10
_MOST_KEPT_CHARACTERS = 20_000


class Conversation:
    """Lives on the UI thread; one turn at a time."""

    def __init__(
        self, scene: OpenScene, turns: TurnRunner, letters: Letters, session_id: str, today: date | None
    ) -> None:
        self._scene = scene
        self._turns = turns
        self._letters = letters
        self._session_id = session_id
        self._today = today
        self._context: TurnContext | None = None
        self._request = ""
        self._requests: list[str] = []
        self._asked = ("", "")
        self._last_query: Query | None = None
        self.viewpoint_m: tuple[float, float, float] = (0.0, 1.6, 0.0)

    @property
    def running(self) -> bool:
        """Whether a turn is under way."""
        return self._context is not None

    def ask(self, text: str, intent: Intent | None) -> str:
        """Start a turn; gives its id."""
        context = self._context = self._now()
        self._request = text[:_MOST_KEPT_CHARACTERS]
        self._turns.start(text, context, intent)
        return context.turn_id

    def cancel(self) -> None:
        """Stop the turn under way; its end follows."""
        self._turns.cancel()

    def forget(self) -> None:
        """Another project is open: nothing that was said concerns it."""
        self._asked, self._last_query = ("", ""), None
        self._requests.clear()

    def ended(self, ended: TurnEnded) -> TurnEnded:
        """Take in the end of the turn under way: stage its proposal, act, keep its record."""
        if self._context is None or ended.turn_id != self._context.turn_id:
            return ended
        self._context = None
        if ended.intent is not None and ended.outcome in ("proposed", "asked", "acted"):
            self._last_query = ended.intent.query
        self._asked = (ended.text, self._request) if ended.outcome == "asked" else ("", "")
        if ended.outcome == "proposed" and ended.proposal is not None:
            ended = replace(ended, proposal=self._scene.stage(ended.proposal))
        self._act(ended)
        self._requests.append(self._request)
        if self._scene.project is not None:
            self._letters.run(ended, self._request, self._scene.project.id)
        return ended

    def _act(self, ended: TurnEnded) -> None:
        match ended.action:
            case "undo_turn" | "undo_step" if self._scene.proposal is not None:
                self._scene.reject("taken back")
            case "undo_turn":
                self._scene.take_back_turn()
            case "undo_step":
                self._scene.undo()
            case "redo":
                self._scene.redo()
            case "select":
                self._scene.selection = frozenset(ended.ids)

    def _now(self) -> TurnContext:
        scene = self._scene
        return TurnContext(
            scene=scene.staged,
            project_id=scene.project.id if scene.project else "",
            session_id=self._session_id,
            turn_id=uuid4().hex,
            correlation_id=uuid4().hex,
            selection=scene.selection,
            today=self._today or date.today(),
            viewpoint_m=self.viewpoint_m,
            recent_requests=tuple(self._requests[-_RECENT:]),
            last_query=self._last_query,
            pending_question=self._asked[0],
            pending_request=self._asked[1],
            can_undo_turn=scene.proposal is not None or bool(scene.store.history.last_turn_id),
        )
