"""A hosted run's events, as the platform tells them, back into what a turn reports; what cannot be read is left out."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from agent.events import (
    Camera,
    Choice,
    Planned,
    Priced,
    Resumed,
    Said,
    Spending,
    StepChanged,
    StepPrice,
    StepState,
    TurnEnded,
    TurnEvent,
    Understood,
)
from agent.intent import Intent
from app.runs.plain import proposal_from_plain
from scene.scene import Scene

_STEP: TypeAdapter[StepState] = TypeAdapter(StepState)
_STEPS: TypeAdapter[tuple[StepState, ...]] = TypeAdapter(tuple[StepState, ...])
_PRICES: TypeAdapter[tuple[StepPrice, ...]] = TypeAdapter(tuple[StepPrice, ...])
_CHOICES: TypeAdapter[tuple[Choice, ...]] = TypeAdapter(tuple[Choice, ...])
_CAMERA: TypeAdapter[Camera | None] = TypeAdapter(Camera | None)
_UNREADABLE = "The platform's answer cannot be read by this version of Vernissage."


def event_of(turn_id: str, request: str, kind: str, what: Mapping[str, Any], base: Scene) -> TurnEvent | None:
    """What an event of the platform is to the conversation; None for what only the platform has to know.

    A proposal is one over `base`, the scene as it was seen when the request was made.
    """
    try:
        return _event(turn_id, request, kind, what, base)
    except (ValidationError, KeyError, TypeError, ValueError):
        if kind == "ended":
            return TurnEnded(turn_id, "failed", text=_UNREADABLE, kept="The scene is as it was.", advice="Update it.")
        return None


def _event(turn_id: str, request: str, kind: str, what: Mapping[str, Any], base: Scene) -> TurnEvent | None:
    match kind:
        case "understood":
            return Understood(turn_id, Intent.model_validate(what["intent"]))
        case "planned":
            return Planned(turn_id, _STEPS.validate_python(what["steps"]))
        case "priced":
            return Priced(
                turn_id, _PRICES.validate_python(what["steps"]), what["total_usd"], what["most_usd"], what["cap_usd"]
            )
        case "spending":
            return Spending(turn_id, what["spent_usd"], what["cap_usd"])
        case "resumed":
            return Resumed(turn_id, request, tuple(what["done"]))
        case "step":
            return StepChanged(turn_id, _STEP.validate_python({k: v for k, v in what.items() if k != "number"}))
        case "said":
            return Said(turn_id, str(what["text"]))
        case "ended":
            return _ended(turn_id, what, base)
    return None


def _ended(turn_id: str, what: Mapping[str, Any], base: Scene) -> TurnEnded:
    proposal = what.get("proposal")
    intent = what.get("intent")
    found = None if proposal is None else proposal_from_plain(proposal, base)
    if proposal is not None and found is None:
        raise ValueError("the proposal cannot be read")
    return TurnEnded(
        turn_id,
        what["outcome"],
        None if intent is None else Intent.model_validate(intent),
        _STEPS.validate_python(what.get("steps", ())),
        str(what.get("text", "")),
        str(what.get("asked_about", "")),
        _CHOICES.validate_python(what.get("choices", ())),
        found,
        _CAMERA.validate_python(what.get("camera")),
        what.get("action", ""),
        tuple(what.get("ids", ())),
        float(what.get("cost_usd") or 0.0),
        float(what.get("seconds") or 0.0),
        str(what.get("kept", "")),
        str(what.get("advice", "")),
        workflow=tuple(what.get("workflow", ())),
    )
