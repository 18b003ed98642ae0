"""On what terms a request is run: with a finished intent or plan, in place of another run, or after an interruption."""

from dataclasses import dataclass

from agent.intent import Intent
from agent.running.steps import Workflow

ANOTHER_WAY = "try a different approach"
AGAIN = "try again"
"""What the buttons below a failure ask for."""


@dataclass(frozen=True)
class EarlierRun:
    """The run that a request is about: what was asked and understood, its steps, and those that failed."""

    request: str
    intent: Intent | None = None
    workflow: Workflow = ()
    failed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """All of it may be left out: then the request is understood, planned and run."""

    intent: Intent | None = None
    """What was understood already (chips were corrected, a recipe, a menu)."""
    workflow: Workflow | None = None
    """The steps to run, instead of those that the intent means."""
    only_plan: bool = False
    """Stop when the plan is known and priced."""
    background: bool = False
    """Nobody waits for it; interactive runs go first."""
    instead_of: EarlierRun | None = None
    """The run that was stopped for this request, which corrects it."""
    another_way_of: EarlierRun | None = None
    """The run that failed, to be tried with another plan."""
    resumed: bool = False
    """The same run, by its turn id, was interrupted."""
