"""The conversation of a session: what a turn is told before it starts, and what its end means for the open scene."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

from agent.events import TurnEnded
from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.ports.library import Query
from app.decision_words import Decision, decision_in
from app.letters import Letters
from app.messages import Message
from app.open_scene import OpenScene
from app.past import Past
from app.turn_runner import TurnRunner
from scene.history import Step

_RECENT = 10
_REPEATED = ("undo_step", "redo")
_MOST_KEPT_CHARACTERS = 20_000


class Conversation:
    """Lives on the UI thread; one turn at a time."""

    def __init__(
        self,
        scene: OpenScene,
        turns: TurnRunner,
        letters: Letters,
        tell: Callable[[Message], None],
        session_id: str,
        today: date | None,
        past: Past,
    ) -> None:
        self._past = past
        self._branched_from = ""
        self._tell = tell
        self._decision: Decision | None = None
        self._scene = scene
        self._turns = turns
        self._letters = letters
        self._session_id = session_id
        self._today = today
        self._context: TurnContext | None = None
        self._request = ""
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
        self._decision = decision_in(text) if self._scene.proposal is not None and intent is None else None
        if self._decision is not None:
            self._tell(TurnEnded(context.turn_id, "acted", correlation_id=context.correlation_id))
        else:
            self._turns.start(text, context, intent)
        return context.turn_id

    def cancel(self) -> None:
        """Stop the turn under way; its end follows."""
        self._turns.cancel()

    def forget(self) -> None:
        """Another project is open: nothing that was said concerns it."""
        self._asked, self._last_query = ("", ""), None

    def ended(self, ended: TurnEnded) -> TurnEnded:
        """Take in the end of the turn under way: stage its proposal, act, keep its record."""
        if self._context is None or ended.turn_id != self._context.turn_id:
            return ended
        context, self._context = self._context, None
        if ended.intent is not None and ended.outcome in ("proposed", "asked", "acted"):
            self._last_query = ended.intent.query
        self._asked = (ended.text, ended.asked_about or self._request) if ended.outcome == "asked" else ("", "")
        if ended.outcome == "proposed" and ended.proposal is not None:
            ended = replace(ended, proposal=self._scene.stage(ended.proposal))
        said = self._decided() or self._acted(ended)
        if said:
            ended = replace(ended, text=said)
        self._past.keep(ended, self._request, context, self._branched_from)
        self._branched_from = ""
        if self._scene.project is not None:
            self._letters.run(ended, self._request, self._scene.project.id)
        return ended

    def _decided(self) -> str:
        """Approve or reject, when the words were just that; gives what to say."""
        decision, self._decision = self._decision, None
        proposal = self._scene.proposal
        if decision is None or proposal is None:
            return ""
        if decision == "reject":
            self._scene.reject()
            return f"Rejected: {proposal.title}. The scene is as it was."
        return f"Approved: {proposal.title}." if self._scene.approve() else "It could not be approved."

    def _acted(self, ended: TurnEnded) -> str:
        """What the turn asked of the session, as many times as it asked; gives what really happened."""
        times = ended.intent.times if ended.intent is not None and ended.action in _REPEATED else 1
        said = [self._acted_once(ended)]
        while len(said) < times and not said[-1].startswith("There is nothing"):
            said.append(self._acted_once(ended))
        done = [words for words in said if words and not words.startswith("There is nothing")] or said[:1]
        short = len(done) < times and len(said) > len(done)
        return " ".join(done) + (" That was all there was." if short else "")

    def _acted_once(self, ended: TurnEnded) -> str:
        match ended.action:
            case "undo_turn" | "undo_step" if self._scene.proposal is not None:
                self._scene.previous_version()
                now = self._scene.proposal
                return f"Back to “{now.title}”." if now else "The proposal is taken back; the scene is as it was."
            case "undo_turn":
                return _done("Taken back", self._scene.take_back_turn(), "There is nothing of mine to take back.")
            case "undo_step":
                return _done("Undone", self._scene.undo(), "There is nothing to take back.")
            case "redo" if self._scene.next_version() and self._scene.proposal is not None:
                return f"Forward to “{self._scene.proposal.title}”."
            case "redo":
                return _done("Redone", self._scene.redo(), "There is nothing to bring back.")
            case "select":
                self._scene.selection = frozenset(ended.ids)
        return ""

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
            recent_requests=self._past.recent_requests(_RECENT),
            last_query=self._last_query,
            pending_question=self._asked[0],
            pending_request=self._asked[1],
            can_undo_turn=scene.proposal is not None or bool(scene.store.history.last_turn_id),
            preferences=self._past.preferences(),
            deeds=self._past.deeds(),
            house_rules=self._past.house_rules(),
        )


def _done(verb: str, step: Step | None, otherwise: str) -> str:
    return otherwise if step is None else f"{verb}: “{step.name}”."
