"""The runs of the open scene on the UI thread: what a request means for them, what was interrupted, how each ended."""

import json
from collections.abc import Callable
from dataclasses import replace

import structlog
from pydantic import ValidationError

from agent.events import Choice, TurnEnded
from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.running.steps import UnreadableSteps, steps_from_plain
from agent.running.terms import EarlierRun, Terms
from app.messages import Message, Noticed, RunInterrupted
from app.open_scene import OpenScene
from app.runs.history import RunDetail, RunHistory, RunSummary, ToolFigures
from app.runs.hosted_terms import hosted
from app.runs.plain import proposal_from_text, proposal_to_text, surrounded, was_on_platform
from app.runs.programs import Programs
from app.runs.store import Decided, RunStore, RunStoreError, UnfinishedRun
from app.runs.trace_export import TraceExport
from app.runs.words import GO_ON, LEAVE, RunWord, run_word_in, words_for
from scene.carry_over import carry_over

log = structlog.get_logger()

_MOST_OFFERED = 5
"""Interrupted runs that are offered again; older ones are given up."""


class Runs:
    """Lives on the UI thread; the store behind it is shared with the background loop."""

    def __init__(self, store: RunStore, scene: OpenScene, tell: Callable[[Message], None], programs: Programs) -> None:
        self._traces = TraceExport()
        self._programs = programs
        self._taken_over: set[str] = set()
        """Runs that a program which has ended left unfinished, and that are this program's to offer now."""
        self._store = store
        self._history = RunHistory(store)
        self._scene = scene
        self._tell = tell
        self.interrupted: tuple[UnfinishedRun, ...] = ()
        """The runs that can be gone on with, the latest first."""
        self.last: EarlierRun | None = None
        """What was run last, and its id."""
        self.last_id = ""
        self._last_failed = False
        scene.on_decided = self.decided

    def close(self) -> None:
        """Close the store, and send the last traces where they are wanted."""
        self._store.close()
        self._traces.close()
        self._programs.leave()

    # -- opening ---------------------------------------------------------------------------------

    def look_back(self) -> None:
        """A scene was opened: put back the proposal that nobody decided about, and offer what was interrupted."""
        self.last, self._last_failed, self.interrupted = None, False, ()
        try:
            self._take_over(self._scene.place[0])
            self._restage()
            left = [run for run in self.left() if run.run_id in self._taken_over]
            for older in left[_MOST_OFFERED:]:
                self._store.leave(older.run_id)
        except RunStoreError as error:
            self._warn(error)
            return
        self.interrupted = tuple(left[:_MOST_OFFERED])
        for run in reversed(self.interrupted):
            self._tell(RunInterrupted(run.run_id, run.request, _offer(run, one_of=len(self.interrupted))))

    def _take_over(self, scene_id: str) -> None:
        """What belongs to a program that has ended; another one that lives keeps its runs and its ghost."""
        for session_id in self._store.whose(scene_id):
            if not self._programs.lives(session_id):
                left = {run.run_id for run in self._store.unfinished(scene_id) if run.session_id == session_id}
                self._store.take_over(scene_id, session_id, self._programs.mine)
                self._taken_over |= left

    def _restage(self) -> None:
        if self._scene.proposal is not None:
            return
        found = self._store.open_proposal(self._scene.place[0], self._programs.mine)
        while found is not None and self._scene.has_step_of(found.run_id):  # killed right after it was approved
            self._store.decide(found.run_id, "approved")
            found = self._store.open_proposal(self._scene.place[0], self._programs.mine)
        if found is None:
            return
        store = self._scene.store
        proposal = proposal_from_text(found.proposal, store.scene)
        if proposal is None or (fitting := carry_over(proposal.change, store.scene).change).is_empty:
            return
        staged = self._scene.stage(replace(proposal, change=fitting))
        ended = TurnEnded(found.run_id, "proposed", text=found.text, proposal=staged)
        self._tell(RunInterrupted(found.run_id, found.request, ended))

    # -- a request -------------------------------------------------------------------------------

    def picked(self, text: str) -> tuple[RunWord, str] | None:
        """Which interrupted run these words are about, by its id, and whether to go on with it or to leave it."""
        for run in self.interrupted:
            if text.strip() == words_for("go_on", run.request):
                return "go_on", run.run_id
            if text.strip() == words_for("leave", run.request):
                return "leave", run.run_id
        word = run_word_in(text)
        if word in ("go_on", "leave") and self.interrupted:
            return word, self.interrupted[0].run_id
        return None

    def terms_of(self, word: RunWord) -> tuple[str, Terms] | None:
        """What such a word means now: the request to run and its terms; None where it means nothing."""
        last = self.last
        if word == "again" and last is not None and self._last_failed:
            return last.request, Terms(intent=last.intent)
        if word == "another_way" and last is not None and self._last_failed:
            return last.request, Terms(another_way_of=last)
        return None

    def go_on(self, context: TurnContext, run_id: str = "") -> tuple[str, TurnContext, Terms] | None:
        """Take up an interrupted run, the latest where none is named: its request, its own context, its terms."""
        run = self._taken(run_id)
        if run is None:
            return None
        context = replace(surrounded(context, run.surroundings), turn_id=run.run_id, correlation_id=run.correlation_id)
        intent = workflow = None
        try:
            intent = Intent.model_validate_json(run.intent) if run.intent else None
            workflow = steps_from_plain(json.loads(run.workflow)) if run.workflow else None
        except (ValidationError, UnreadableSteps, ValueError):
            log.warning("what was planned of an interrupted run could not be read; it is planned anew")
        terms = Terms(intent=intent, workflow=workflow, resumed=True)
        return run.request, context, hosted(terms, None) if was_on_platform(run.surroundings) else terms

    def _taken(self, run_id: str) -> UnfinishedRun | None:
        run = next((run for run in self.interrupted if run_id in ("", run.run_id)), None)
        self.interrupted = tuple(other for other in self.interrupted if other is not run)
        return run

    def leave(self, run_id: str = "") -> str:
        """Give an interrupted run up, the latest where none is named; gives what to say."""
        run = self._taken(run_id)
        if run is None:
            return ""
        self._try(lambda: self._store.leave(run.run_id))
        return "Left. The scene is as it was."

    # -- ends ------------------------------------------------------------------------------------

    def ended(self, ended: TurnEnded, request: str) -> None:
        """A run's end was taken in. For one that acts on the scene this is written before it acts: at most once."""
        proposal = None
        if ended.proposal is not None:
            proposal = proposal_to_text(ended.proposal)
        self._try(lambda: self._store.end(ended, proposal))
        self._traces.ended(ended)
        failed = tuple(step.id for step in ended.steps if step.state == "failed")
        self._last_failed = bool(failed) or ended.outcome in ("failed", "cancelled")
        try:
            workflow = steps_from_plain(list(ended.workflow))
        except UnreadableSteps:
            workflow = ()
        self.last_id = ended.turn_id
        self.last = EarlierRun(request, ended.intent, workflow, failed)

    def ended_elsewhere(self, ended: TurnEnded) -> None:
        """A run that was stopped for another, or went on in the background, has ended; what it proposes is kept."""
        proposal = proposal_to_text(ended.proposal) if ended.proposal is not None else None
        self._try(lambda: self._store.end(ended, proposal))
        self._traces.ended(ended)

    def decided(self, run_id: str, decided: Decided) -> None:
        """The creator has decided about a run's proposal."""
        self._try(lambda: self._store.decide(run_id, decided))

    def _try(self, write: Callable[[], None]) -> None:
        try:
            write()
        except RunStoreError as error:
            self._warn(error)

    def _warn(self, error: RunStoreError) -> None:
        self._tell(Noticed("warning", error.what, error.kept, error.advice))

    def left(self) -> list[UnfinishedRun]:
        """The runs of the open scene whose end was never taken in, but those of other programs that live."""
        return [one for one in self._store.unfinished(self._scene.place[0]) if one.session_id == self._programs.mine]

    # -- looking ---------------------------------------------------------------------------------

    def runs(self, *, project_id: str = "", outcome: str = "", most: int = 100) -> list[RunSummary]:
        """The latest runs, newest first."""
        return self._history.runs(project_id=project_id, outcome=outcome, most=most)

    def run(self, run_id: str) -> RunDetail | None:
        """One run as a timeline."""
        return self._history.run(run_id)

    def tools(self) -> list[ToolFigures]:
        """How each tool has done."""
        return self._history.tools()


def _offer(run: UnfinishedRun, *, one_of: int) -> TurnEnded:
    how_far = f" after {run.steps_done} of {run.steps} steps" if run.steps else ""
    text = f"This was interrupted{how_far}. What was done is kept: go on?"
    if was_on_platform(run.surroundings):
        text = "This went on on the platform while the program was closed: see what came of it?"
    go_on = GO_ON if one_of == 1 else words_for("go_on", run.request)
    leave = LEAVE if one_of == 1 else words_for("leave", run.request)
    choices = (Choice("Go on", go_on), Choice("Leave it", leave))
    return TurnEnded(run.run_id, "asked", text=text, choices=choices, correlation_id=run.correlation_id)
