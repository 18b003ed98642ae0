"""A finished turn as the one JSON object that `vernissage ask --json` prints."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from agent.events import Camera, TurnEnded
from agent.ports.library import Asset
from scene.proposal import Proposal
from scene.records import Placement
from scene.scene import Scene

Report = dict[str, Any]


def turn_report(request: str, ended: TurnEnded, staged: Scene, assets: Mapping[str, Asset]) -> Report:
    """The turn's object; `staged` is the scene as it is seen now, `assets` names the works by asset id."""
    report: Report = {
        "request": request,
        "turn_id": ended.turn_id,
        "outcome": ended.outcome,
        "text": ended.text,
        "intent": None if ended.intent is None else ended.intent.model_dump(mode="json"),
        "workflow": [
            {key: value for key, value in asdict(step).items() if key != "title"} | {"title": step.title}
            for step in ended.steps
        ],
        "camera": _camera(ended.camera, staged),
        "cost_usd": ended.cost_usd,
        "seconds": round(ended.seconds, 4),
        "error": None,
    }
    if ended.outcome == "asked":
        report["question"] = {"text": ended.text, "choices": [asdict(choice) for choice in ended.choices]}
    elif ended.outcome == "refused":
        report["refusal"] = {"text": ended.text, "choices": [asdict(choice) for choice in ended.choices]}
    elif ended.outcome == "failed":
        parts = {"what": ended.text, "kept": ended.kept, "advice": ended.advice}
        report["error"] = {**parts, "correlation_id": ended.correlation_id}
    elif ended.proposal is not None:
        report["proposal"] = _proposal(ended.proposal, staged, assets)
    if ended.action:
        report["action"] = {"name": ended.action, "ids": list(ended.ids)}
    return report


def _proposal(proposal: Proposal, staged: Scene, assets: Mapping[str, Asset]) -> Report:
    arrangement = staged.arrangement
    return {
        "id": proposal.id,
        "title": proposal.title,
        "layout": arrangement.layout if arrangement else None,
        "theme": staged.theme.theme,
        "rooms": len(staged.rooms),
        "count": len(staged.placements),
        "summary": proposal.receipt.summary,
        "notes": list(proposal.receipt.notes),
        "unmet": list(proposal.receipt.unmet),
        "unplaced": list(proposal.receipt.unplaced),
        "placements": [_placement(placement, assets) for placement in staged.placements],
    }


def _placement(placement: Placement, assets: Mapping[str, Asset]) -> Report:
    asset = assets.get(placement.asset_id)
    return {
        "id": placement.id,
        "asset_id": placement.asset_id,
        "title": asset.title if asset else placement.title,
        "taken": asset.taken.isoformat() if asset and asset.taken else None,
        "tags": list(asset.tags) if asset else [],
        "position_m": list(placement.position_m),
        "rotation": list(placement.rotation),
        "size_m": list(placement.size_m),
        "wall_id": placement.wall_id,
        "room_id": placement.room_id,
        "group": placement.group,
        "pinned": placement.pinned,
        "score": placement.provenance.score,
        "reason": placement.provenance.reason,
    }


def _camera(camera: Camera | None, staged: Scene) -> Report | None:
    if camera is not None:
        return {"position_m": list(camera.position_m), "target_m": list(camera.target_m)}
    if not staged.viewpoints:
        return None
    first = staged.viewpoints[0]
    return {"position_m": list(first.position_m), "target_m": list(first.target_m)}
