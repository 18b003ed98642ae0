"""What a run reports, as JSON: its progress event by event, and its end with the proposal as a document."""

from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from agent.events import (
    Planned,
    Priced,
    Resumed,
    Said,
    Spending,
    StepChanged,
    StepState,
    TurnEnded,
    TurnEvent,
    Understood,
)
from agent.ports.context import TurnContext
from agent.ports.projects import RunRecord
from platform_service.runs.around import last_intents_of
from platform_service.runs.journal import Attempt
from platform_service.runs.values import Around, PostedRun
from scene.plain import change_to_plain
from scene.proposal import Proposal
from scene.scene import Scene

_ARGUMENTS: TypeAdapter[Any] = TypeAdapter(Any)
_OUTCOMES = {"acted": "answered", "planned": "asked"}


def told_of(event: TurnEvent) -> tuple[str, dict[str, Any]] | None:
    """The kind and the document of what is told of an event; None for what is not."""
    match event:
        case Understood(intent=intent):
            return "understood", {"intent": intent.model_dump(mode="json", exclude_defaults=True)}
        case Planned(steps=steps):
            return "planned", {"steps": [_step(step) for step in steps]}
        case Priced(steps=steps, total_usd=total, most_usd=most, cap_usd=cap):
            rows = [asdict(row) for row in steps]
            return "priced", {"steps": rows, "total_usd": total, "most_usd": most, "cap_usd": cap}
        case Spending(spent_usd=spent, cap_usd=cap):
            return "spending", {"spent_usd": spent, "cap_usd": cap}
        case Resumed(done=done):
            return "resumed", {"done": list(done)}
        case StepChanged(step=step):
            return "step", _step(step)
        case Said(text=text):
            return "said", {"text": text}
        case _:
            return None


def result_of(ended: TurnEnded) -> dict[str, Any]:
    """The end of a run as a document."""
    return {
        "outcome": ended.outcome,
        "text": ended.text,
        "kept": ended.kept,
        "advice": ended.advice,
        "asked_about": ended.asked_about,
        "choices": [asdict(choice) for choice in ended.choices],
        "camera": None if ended.camera is None else asdict(ended.camera),
        "action": ended.action,
        "ids": list(ended.ids),
        "intent": None if ended.intent is None else ended.intent.model_dump(mode="json", exclude_defaults=True),
        "steps": [_step(step) for step in ended.steps],
        "proposal": None if ended.proposal is None else proposal_document(ended.proposal),
        "workflow": list(ended.workflow),
        "cost_usd": ended.cost_usd,
        "seconds": ended.seconds,
    }


def proposal_document(proposal: Proposal) -> dict[str, Any]:
    """A proposal without the scene that it was made for, as desktops keep and stage it."""
    return {
        "id": proposal.id,
        "turn_id": proposal.turn_id,
        "title": proposal.title,
        "request": proposal.request,
        "change": change_to_plain(proposal.change),
        "receipt": asdict(proposal.receipt),
    }


def record_of(attempt: Attempt, ended: TurnEnded) -> RunRecord:
    """The run as it is kept beside those that desktops ran themselves."""
    error = {"what": ended.text, "kept": ended.kept, "advice": ended.advice} if ended.outcome == "failed" else None
    asked = attempt.posted.asked
    return RunRecord.model_validate(
        {
            "id": attempt.run_id,
            "project_id": asked.project_id,
            "request": asked.request,
            "intent": {} if ended.intent is None else ended.intent.model_dump(mode="json", exclude_defaults=True),
            "workflow": {"steps": [_step(step) for step in ended.steps]},
            "outcome": _OUTCOMES.get(ended.outcome, ended.outcome),
            "cost_usd": ended.cost_usd,
            "seconds": ended.seconds,
            "error": error,
        }
    )


def context_of(run_id: str, posted: PostedRun, around: Around, scene: Scene) -> TurnContext:
    """What the turn may read: all of it was fixed when the request was accepted, so that a run resumes as it began."""
    asked = posted.asked
    today: date = posted.today
    return TurnContext(
        scene=scene,
        scene_ref=_reference(run_id, posted, around),
        project_id=asked.project_id,
        session_id=asked.session_id,
        turn_id=run_id,
        correlation_id=posted.correlation_id,
        selection=frozenset(one for one in asked.selection if one in scene),
        today=today,
        viewpoint_m=asked.viewpoint_m,
        recent_requests=asked.recent_requests,
        last_query=asked.last_query,
        last_intents=last_intents_of(around),
        earlier=around.earlier,
        folders=around.folders,
        pending_question=asked.pending_question,
        pending_request=asked.pending_request,
        can_undo_turn=around.can_undo_turn,
        preferences=around.preferences,
        house_rules=around.house_rules,
        deeds=around.deeds,
    )


def _reference(run_id: str, posted: PostedRun, around: Around) -> str:
    """What the scene holds, by name: results are only reused over the same; a ghost is this run's alone."""
    if posted.asked.scene_id is None:
        return ""
    return f"{posted.asked.scene_id}:{posted.scene_version}:{'' if around.staged is None else run_id}"


def _step(step: StepState) -> dict[str, Any]:
    plain: dict[str, Any] = _ARGUMENTS.dump_python(asdict(step), mode="json", fallback=str)
    return plain
