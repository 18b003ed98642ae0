"""The conversation of a session: what a turn is told before it starts, and what its end means for the open scene."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

from agent.events import TurnEnded, Understood
from agent.intent import Intent
from agent.ports.context import Stood, TurnContext, stood
from agent.ports.library import Query
from agent.running.steering import corrects, means_another, means_stop
from agent.running.terms import EarlierRun, Terms
from app.branching import Branching
from app.decision_words import Decision, decision_in
from app.keeping.letters import Letters
from app.messages import Message
from app.open_scene import OpenScene
from app.past import Past
from app.remembering.working_context import MOST_INTENTS, Working
from app.runs.beside import Beside, in_background
from app.runs.hosted_terms import hosted
from app.runs.of_scene import Runs
from app.runs.turn_runner import TurnRunner
from app.runs.words import run_word_in
from scene.history import Step
from scene.proposal import Proposal

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
        runs: Runs,
        branching: Branching,
    ) -> None:
        self._branching = branching
        self.beside = Beside(turns, lambda: scene.place[0])
        """The runs that nobody waits for."""
        self._runs = runs
        self._intent: Intent | None = None
        self._waiting: deque[tuple[str, str, Terms]] = deque()
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
        self._last_intents: tuple[Intent, ...] = ()
        self._earlier: tuple[Stood, ...] = ()
        self.viewpoint_m: tuple[float, float, float] = (0.0, 1.6, 0.0)
        self.folders: tuple[str, ...] = ()
        """Searches that name no folder stay inside these."""
        self.on_platform = False
        """Whether requests are run on the platform instead of this computer."""

    @property
    def running(self) -> bool:
        """Whether a turn is under way."""
        return self._context is not None

    def running_is(self, turn_id: str) -> bool:
        """Whether this turn is the one under way."""
        return self._context is not None and self._context.turn_id == turn_id

    def ask(self, text: str, intent: Intent | None, terms: Terms | None = None) -> str:
        """Start a turn; gives its id. While one goes on: "stop" ends it, a correction takes its place, anything else
        waits until it has ended."""
        terms = replace(terms or Terms(), intent=intent) if intent is not None or terms is None else terms
        if intent is None and (terms.background or (aside := in_background(text))):
            return self.beside.begin(text if terms.background else aside, self._now(), self._placed(terms))
        if self._context is not None and intent is None and means_stop(text):
            self.cancel()
            return self._context.turn_id
        if self._context is not None and intent is None and corrects(text):
            before = EarlierRun(self._request, self._intent)
            return self._begin(text, self._now(), replace(terms, instead_of=before), f"{self._request}; {text}")
        picked = self._runs.picked(text) if intent is None and not terms.only_plan else None
        if self._context is not None:
            waits_as = picked[1] if picked is not None and picked[0] == "go_on" else uuid4().hex
            self._waiting.append((waits_as, text, terms))
            return waits_as
        if intent is None and (found_aside := self.beside.shown(text, self._scene.staged)) is not None:
            return self._tell_shown(text, *found_aside)
        if intent is None and self.beside.going and means_stop(text):
            return self._stop_beside(text)
        if intent is None and (shown := self._proposed_just_now()) is not None and means_another(text):
            return self._begin(text, self._now(), replace(terms, instead_of=shown), f"{shown.request}; {text}")
        decision = decision_in(text) if self._scene.proposal is not None and intent is None else None
        if decision is not None:
            return self._settle(text, decision)
        if picked is not None:
            return self._settle(text, None, picked[1]) if picked[0] == "leave" else self.go_on(picked[1])
        word = run_word_in(text) if intent is None else None
        found = self._runs.terms_of(word) if word is not None else None
        request, terms = found or (text, terms)
        return self._begin(request, self._now(), self._placed(terms))

    def ask_again(self, turn_id: str, text: str) -> str:
        """Go back to before that turn, keeping hand edits, and ask anew; empty while a turn runs or without it."""
        if self._context is not None or not text.strip() or not self._branching.back_to(turn_id):
            return ""
        self._branched_from = turn_id
        return self.ask(text, None)

    def message_versions(self) -> dict[str, tuple[str, ...]]:
        """Of each message on show that was edited: its versions, by their turns, oldest first."""
        return self._branching.versions()

    def switch_branch(self, turn_id: str) -> bool:
        """Go on in the branch of that turn, with what it did, keeping hand edits; not while a turn runs."""
        if self._context is not None or not self._branching.switch_to(turn_id):
            return False
        self._asked = ("", "")
        return True

    def go_on(self, run_id: str = "") -> str:
        """Take up an interrupted run, the latest where none is named; gives its id, empty when there is none."""
        found = self._runs.go_on(self._now(), run_id)
        return "" if found is None else self._begin(*found)

    def look_back(self) -> None:
        """A project was opened: what was under way when it was last open comes back."""
        self._runs.look_back()

    def understood(self, understood: Understood) -> None:
        """What the turn under way means; a correction builds on it."""
        if self._context is not None and understood.turn_id == self._context.turn_id:
            self._intent = understood.intent

    def _begin(self, request: str, context: TurnContext, terms: Terms, kept_as: str = "") -> str:
        self._context, self._intent, self._decision = context, terms.intent, None
        self._request = (kept_as or request)[:_MOST_KEPT_CHARACTERS]
        self._turns.start(request, context, terms)
        return context.turn_id

    def _placed(self, terms: Terms) -> Terms:
        """Where the request runs."""
        ghost = self._scene.proposal
        return hosted(terms, None if ghost is None else ghost.change) if self.on_platform else terms

    def _settle(self, text: str, decision: Decision | None, leaves: str = "", turn_id: str = "") -> str:
        """What needs no agent: a decision, or giving up an interrupted run; the end comes as that of a turn."""
        context = self._context = self._now(turn_id)
        self._request, self._decision, self._intent = text[:_MOST_KEPT_CHARACTERS], decision, None
        said = self._runs.leave(leaves) if decision is None else ""
        self._tell(TurnEnded(context.turn_id, "acted", text=said, correlation_id=context.correlation_id))
        return context.turn_id

    def _proposed_just_now(self) -> EarlierRun | None:
        """The run whose proposal is on show, when nothing was asked since."""
        ghost = self._scene.proposal
        return self._runs.last if ghost is not None and ghost.turn_id == self._runs.last_id else None

    def _tell_shown(self, text: str, proposal: Proposal, said: str) -> str:
        """A proposal that was made in the background, as the end of a turn."""
        context = self._context = self._now()
        self._request, self._decision, self._intent = text, None, None
        ended = TurnEnded(context.turn_id, "proposed", text=said, proposal=proposal)
        if proposal.change.is_empty:
            ended = TurnEnded(context.turn_id, "refused", text=f"{said} Nothing of it fits the scene any more.")
        self._tell(replace(ended, correlation_id=context.correlation_id))
        return context.turn_id

    def _stop_beside(self, text: str) -> str:
        context = self._context = self._now()
        self._request, self._decision, self._intent = text, None, None
        self.beside.cancel()
        said = "Stopped in the background. Nothing was changed."
        self._tell(TurnEnded(context.turn_id, "acted", text=said, correlation_id=context.correlation_id))
        return context.turn_id

    def cancel(self) -> None:
        """Stop the turn under way, and what waits for it; the end of each follows."""
        while self._waiting:
            turn_id, _, _ = self._waiting.popleft()
            self._tell(TurnEnded(turn_id, "cancelled", text="Stopped before it began. Nothing was changed."))
        self._turns.cancel()

    def forget(self) -> None:
        """Another project is open: nothing that was said concerns it."""
        self._waiting.clear()
        self._asked, self._last_query, self._last_intents = ("", ""), None, ()
        self._earlier = ()

    def ended(self, ended: TurnEnded) -> TurnEnded:
        """Take in the end of the turn under way: stage its proposal, act, keep its record."""
        if self._context is None or ended.turn_id != self._context.turn_id:
            return self._ended_beside(ended)
        context, self._context = self._context, None
        if ended.intent is not None and ended.outcome in ("proposed", "asked", "acted"):
            self._last_query = ended.intent.query
            self._last_intents = (*self._last_intents, ended.intent)[-MOST_INTENTS:]
            if context.scene.placements and ended.outcome != "asked":
                self._earlier = (*self._earlier, stood(context.scene, self._request))[-MOST_INTENTS:]
        self._asked = (ended.text, ended.asked_about or self._request) if ended.outcome == "asked" else ("", "")
        if ended.outcome == "proposed" and ended.proposal is not None:
            staged = self._scene.stage(ended.proposal)
            self._branching.proposed(staged)
            ended = replace(ended, proposal=staged)
        if self._scene.project is not None:  # before it counts as ended: whoever is killed here ends it once more
            self._letters.run(ended, self._request, self._scene.project.id)
        self._runs.ended(ended, self._request)
        said = self._decided() or self._acted(ended)
        if said:
            ended = replace(ended, text=said)
        self._past.keep(ended, self._request, context, self._branched_from)
        self._branched_from = ""
        if self._waiting:
            self._next_waiting(*self._waiting.popleft())
        return ended

    def _next_waiting(self, turn_id: str, text: str, terms: Terms) -> None:
        """What was asked meanwhile begins."""
        picked = self._runs.picked(text) if terms.intent is None and not terms.only_plan else None
        if picked is None:
            self._begin(text, self._now(turn_id), self._placed(terms))
        elif picked[0] == "leave":
            self._settle(text, None, picked[1], turn_id)
        else:
            self.go_on(picked[1])

    def _ended_beside(self, ended: TurnEnded) -> TurnEnded:
        """The end of a run in the background, or of one that was stopped for another: nothing is staged."""
        found = self.beside.ended(ended)
        if found is None:
            self._runs.ended_elsewhere(ended)
            return ended
        ended, request, context = found
        if context.project_id:
            self._letters.run(ended, request, context.project_id)
        self._runs.ended_elsewhere(ended)
        self._past.keep(ended, request, context)
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

    @property
    def working(self) -> Working:
        """What the creator is at: every turn starts from it, and the platform is told the same."""
        scene_id, project_id = self._scene.place
        return Working(project_id, scene_id, self._scene.selection, self.viewpoint_m, self._last_intents)

    def _now(self, turn_id: str = "") -> TurnContext:
        """What a turn may read. Its id is the correlation id too: one word from the sentence to what hangs."""
        scene, ghost, working = self._scene, self._scene.proposal, self.working
        last = scene.store.history.steps[-1].id if scene.store.history.steps else ""
        shown = f"{ghost.turn_id}-{len(ghost.change.ids)}" if ghost is not None else ""
        turn_id = turn_id or uuid4().hex
        return TurnContext(
            scene=scene.staged,
            scene_ref=f"{working.scene_id}:{last}:{shown}",
            project_id=working.project_id,
            session_id=self._session_id,
            turn_id=turn_id,
            correlation_id=turn_id,
            selection=working.selection,
            today=self._today or date.today(),
            viewpoint_m=working.viewpoint_m,
            last_intents=working.last_intents,
            earlier=self._earlier,
            recent_requests=self._past.recent_requests(_RECENT),
            last_query=self._last_query,
            pending_question=self._asked[0],
            pending_request=self._asked[1],
            can_undo_turn=scene.proposal is not None or bool(scene.store.history.last_turn_id),
            preferences=self._past.preferences(),
            deeds=self._past.deeds(),
            house_rules=self._past.house_rules(),
            folders=self.folders,
        )


def _done(verb: str, step: Step | None, otherwise: str) -> str:
    return otherwise if step is None else f"{verb}: “{step.name}”."
