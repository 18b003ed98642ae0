"""How a run is said: its time, its outcome, its seconds and its cost."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from agent.events import StepState
from app.runs.history import RunDetail, RunSummary
from ui.settings.words import spoken_usd

_OUTCOMES = {
    "proposed": "Proposed", "answered": "Answered", "asked": "Asked back", "refused": "Refused", "acted": "Done",
    "failed": "Failed", "cancelled": "Stopped", "planned": "Planned",
}  # fmt: skip
_DECIDED = {"approved": "Approved", "rejected": "Rejected", "left": "Left", "taken_back": "Taken back"}
_COLOURS = {
    "done": "good", "failed": "bad", "running": "accent", "pending": "disabled", "skipped": "disabled",
}  # fmt: skip
_MOST_ARGUMENT = 4_000


def spoken_outcome(run: RunSummary) -> str:
    """What became of it, in a word or two."""
    if run.state == "running":
        return "In the background" if run.background else "Under way"
    return _DECIDED.get(run.decided) or _OUTCOMES.get(run.outcome, run.outcome)


def colour_of_outcome(run: RunSummary) -> str:
    """Good, bad, busy or quiet: a token's name."""
    if run.state == "running":
        return "accent"
    if run.outcome == "failed":
        return "bad"
    return "good" if run.decided == "approved" or run.outcome in ("acted", "answered") else "faint"


def colour_of_step(step: StepState) -> str:
    """Of its bar: a token's name."""
    return _COLOURS[step.state]


def spoken_when(begun: datetime, now: datetime) -> str:
    """On this computer's clock: "14:32" today, "21 Nov 14:32" before."""
    at = begun.astimezone(now.tzinfo)
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at.day} {at:%b %H:%M}"


def exact_seconds(seconds: float) -> str:
    """A duration for an inspector: "3 ms", "0.42 s", "12.4 s", "1 min 20 s"."""
    if seconds <= 0:
        return ""
    if seconds < 0.0995:
        return f"{max(1, round(seconds * 1000))} ms"
    if seconds < 60:
        return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"
    return f"{int(seconds // 60)} min {int(seconds % 60)} s"


def cost_if_any(usd: float) -> str:
    """Nothing where nothing was spent."""
    return spoken_usd(usd) if usd > 0 else ""


def spoken_arguments(workflow: Sequence[Mapping[str, Any]], step_id: str) -> str:
    """What a step was called with, as readable JSON; a reference to another step as "@step.name"."""
    plain = next((one for one in workflow if one.get("id") == step_id), None)
    arguments = plain.get("arguments") if plain is not None else None
    if not isinstance(arguments, Mapping):
        return ""
    told = {name: _told(value) for name, value in arguments.items()}
    kept = {name: value for name, value in told.items() if value not in (None, "", [], {}, False)}
    return json.dumps(kept, indent=2, ensure_ascii=False, default=str)[:_MOST_ARGUMENT] if kept else ""


def _told(value: Any) -> Any:
    if isinstance(value, Mapping) and set(value) == {"ref"}:
        return "@" + ".".join(map(str, value["ref"]))
    return value.get("value") if isinstance(value, Mapping) and set(value) == {"value"} else value


def with_reading(run: RunDetail, cost_usd: float) -> RunDetail:
    """The run with what came before its first step: the request was read, and the steps were planned."""
    began_s = min((step.started_s for step in run.steps if step.started_s > 0), default=0.0)
    if not run.steps and run.summary.state == "ended":
        began_s = run.summary.seconds
    if began_s <= 0:
        return run
    title = "Read the request and plan" if run.steps else "Read the request"
    read = StepState("(read)", "planner", title, state="done", seconds=began_s, attempts=1, cost_usd=cost_usd)
    return replace(run, steps=(read, *run.steps))
