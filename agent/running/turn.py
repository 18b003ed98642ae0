"""The live side of one run: what was understood, which steps are planned, done, failed or lost, and its desk."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from agent.checking.all_checks import Examiner
from agent.desk import Desk
from agent.events import StepState, TurnEnded
from agent.intent import Intent
from agent.models.phrasing import Phraser
from agent.planner import Planner
from agent.ports.context import TurnContext
from agent.ports.money import Accounts
from agent.ports.runs import KeptStep, RunKeeper
from agent.running.cache import ResultCache
from agent.running.keys import reusable, step_keys
from agent.running.lanes import Lanes
from agent.running.ordering import ready_steps, waits_for
from agent.running.results import StepResult, copied, lay_on, result_from
from agent.running.steps import Step, Workflow
from agent.vocabulary import Vocabulary
from scene.scene import Scene


@dataclass(frozen=True)
class Failed:
    """A step that could not be done: why, what to do, and whether a cap stopped it."""

    step: Step
    what: str
    kept: str = ""
    advice: str = ""
    cap: bool = False


@dataclass(frozen=True)
class Shared:
    """What all runs of an agent share; everything but the cache may be absent."""

    cache: ResultCache
    lanes: Lanes
    keeper: RunKeeper | None = None
    accounts: Accounts | None = None
    examiner: Examiner = field(default_factory=Examiner)
    """What checks may use beyond metadata."""
    phraser: Phraser | None = None
    """Puts what tools found into words of a model."""


@dataclass
class Turn:
    """What one run of the graph works with. The graph's own state holds only its plain shadow."""

    request: str
    context: TurnContext
    words: Vocabulary
    planner: Planner
    lay: Callable[[Intent], Desk]
    """Puts a desk together for an intent."""
    shared: Shared
    adjust: Callable[[Intent], Intent] = lambda intent: intent
    """Puts in what was learnt, or what is being corrected."""
    given: Intent | None = None
    given_workflow: Workflow | None = None
    only_plan: bool = False
    background: bool = False
    library_version: str = ""
    kept: Mapping[str, KeptStep] = field(default_factory=dict)
    """What the finished steps gave before an interruption."""
    lead: str = ""
    """Said before the run: how this plan differs."""
    began: float = field(default_factory=time.perf_counter)
    intent: Intent | None = None
    workflow: Workflow = ()
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    reusable: frozenset[str] = frozenset()
    steps: dict[str, StepState] = field(default_factory=dict)
    results: dict[str, StepResult] = field(default_factory=dict)
    scenes: dict[str, Scene] = field(default_factory=dict)
    failures: dict[str, Failed] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    """Steps that cannot run since one before them failed."""
    cap_micro_usd: int | None = None
    spent_micro_usd: int = 0
    notes: list[str] = field(default_factory=list)
    ended: TurnEnded | None = None

    def begin(self, intent: Intent, workflow: Workflow) -> None:
        """The steps are known: find their order and keys, and take over what is kept of them."""
        self.intent, self.workflow = intent, workflow
        self.needs = waits_for(workflow)
        self.keys = step_keys(workflow, self.context)
        self.reusable = reusable(workflow, self.context)
        self.steps.update({step.id: replace(step.shown(), needs=self.needs[step.id]) for step in workflow})
        for step in workflow:
            self._take_over(step)

    def _take_over(self, step: Step) -> None:
        kept = self.kept.get(step.id)
        if kept is None or kept.key != self.keys[step.id]:
            return
        try:
            self.results[step.id] = result_from(kept.body)
            self.desk()
        except (ValueError, TypeError, KeyError):
            self.results.pop(step.id, None)
            return
        self.steps[step.id] = replace(self.steps[step.id], state="done", cached=True, result=self.results[step.id].text)

    def desk(self) -> Desk:
        """The desk with every result so far laid on it, in the workflow's order."""
        assert self.intent is not None
        desk = copied(self.lay(self.intent))
        for step in self.workflow:
            if step.id in self.results:
                lay_on(desk, step.id, self.results[step.id], self.scenes.get(step.id))
                if self.results[step.id].change is not None:
                    self.scenes[step.id] = desk.scene
        return desk

    def ready(self) -> list[str]:
        """The steps that could start now."""
        if self.ended is not None:
            return []
        return ready_steps(self.needs, self.results, {*self.failures, *self.lost})

    def lose(self, failed: Failed) -> None:
        """A step failed: what waits for it is lost, the rest goes on."""
        self.failures[failed.step.id] = failed
        gone = {failed.step.id}
        for step in self.workflow:
            if gone.intersection(self.needs[step.id]):
                gone.add(step.id)
        self.lost |= gone - {failed.step.id}

    def step(self, step_id: str) -> Step:
        """The step of that id."""
        return next(step for step in self.workflow if step.id == step_id)

    @property
    def elapsed_s(self) -> float:
        """Since the run began."""
        return time.perf_counter() - self.began
