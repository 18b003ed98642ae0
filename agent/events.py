"""What a turn reports while it runs and when it ends: frozen messages, past facts, safe to cross threads."""

from dataclasses import dataclass, field
from typing import Any, Literal

from agent.intent import Intent
from scene.proposal import Proposal

Action = Literal[
    "", "undo_step", "undo_turn", "redo", "select", "export_picture", "export_document", "tour",
    "show_panel", "set_view",
]  # fmt: skip
"""What the session does on the UI thread when a turn has acted."""


@dataclass(frozen=True)
class Understood:
    """The request has been understood; shown as chips."""

    turn_id: str
    intent: Intent


@dataclass(frozen=True)
class StepState:
    """One step of the workflow as it stands. `state` moves pending -> running -> done | failed | skipped."""

    id: str
    tool: str
    title: str
    arguments: dict[str, Any] = field(default_factory=dict)
    state: Literal["pending", "running", "done", "failed", "skipped"] = "pending"
    seconds: float = 0.0
    result: str = ""
    """One line for people: "48 found, 31 fit"."""
    needs: tuple[str, ...] = ()
    """Steps that had to be done first."""
    started_s: float = 0.0
    """Since the run began."""
    attempts: int = 0
    cached: bool = False
    """Taken over from an earlier run, or from before an interruption."""
    estimate_usd: float = 0.0
    cost_usd: float = 0.0


@dataclass(frozen=True)
class Planned:
    """The workflow is known; its steps are all pending."""

    turn_id: str
    steps: tuple[StepState, ...]


@dataclass(frozen=True)
class StepChanged:
    """A step started or ended."""

    turn_id: str
    step: StepState


@dataclass(frozen=True)
class StepPrice:
    """What one step is likely to cost; `input_tokens` and `output_tokens` are those of language models."""

    id: str
    title: str
    input_tokens: int = 0
    output_tokens: int = 0
    usd: float = 0.0


@dataclass(frozen=True)
class Priced:
    """The price tag: told before a model is asked, and again when the workflow is known and before it runs."""

    turn_id: str
    steps: tuple[StepPrice, ...]
    total_usd: float = 0.0
    most_usd: float = 0.0
    """What is held back at most."""
    cap_usd: float | None = None


@dataclass(frozen=True)
class Spending:
    """The running count of what the run has spent."""

    turn_id: str
    spent_usd: float
    cap_usd: float | None = None


@dataclass(frozen=True)
class Resumed:
    """An interrupted run goes on; `done` steps are taken over, the others run."""

    turn_id: str
    request: str
    done: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """Words for the chat; plain text, may come in pieces."""

    turn_id: str
    text: str


@dataclass(frozen=True)
class Choice:
    """One answer that can be clicked: what the button says, and the request it stands for."""

    label: str
    request: str


@dataclass(frozen=True)
class Camera:
    """Where to look from and at, in metres."""

    position_m: tuple[float, float, float]
    target_m: tuple[float, float, float]


@dataclass(frozen=True)
class TurnEnded:
    """The end of a turn. `outcome` says which of the other fields count."""

    turn_id: str
    outcome: Literal["proposed", "answered", "asked", "refused", "acted", "failed", "cancelled", "planned"]
    """`planned`: the workflow was asked for and has not run; `workflow` holds it."""
    intent: Intent | None = None
    steps: tuple[StepState, ...] = ()
    text: str = ""
    """What to say: the receipt, the answer, the question, the refusal or the error, as plain text."""
    asked_about: str = ""
    """For `asked`: the request that the question is about, with all that was said of it since; the next turn's
    `TurnContext.pending_request`."""
    choices: tuple[Choice, ...] = ()
    proposal: Proposal | None = None
    camera: Camera | None = None
    action: Action = ""
    """For `acted`: what the session does on the UI thread; ids are in `ids`."""
    ids: tuple[str, ...] = ()
    cost_usd: float = 0.0
    seconds: float = 0.0
    kept: str = ""
    advice: str = ""
    correlation_id: str = ""
    workflow: tuple[dict[str, Any], ...] = ()
    """The steps as they were planned (see `agent.running.steps.steps_from_plain`), to be kept, edited or run again."""
    puzzled: bool = False
    """For `asked`: nothing of the request was understood, so the question is a general one."""


TurnEvent = Understood | Planned | Priced | Spending | Resumed | StepChanged | Said | TurnEnded
