"""A finished turn as the record that is kept of it."""

from dataclasses import asdict

from agent.events import TurnEnded
from agent.ports.projects import RunRecord

_OUTCOMES = {"acted": "answered", "planned": "asked"}


def run_record(ended: TurnEnded, request: str, project_id: str) -> RunRecord:
    """The run of one turn; its id is the turn's."""
    error = {"what": ended.text, "kept": ended.kept, "advice": ended.advice} if ended.outcome == "failed" else None
    return RunRecord.model_validate(
        {
            "id": ended.turn_id,
            "project_id": project_id,
            "request": request,
            "intent": {} if ended.intent is None else ended.intent.model_dump(mode="json", exclude_defaults=True),
            "workflow": {"steps": [asdict(step) for step in ended.steps]},
            "outcome": _OUTCOMES.get(ended.outcome, ended.outcome),
            "cost_usd": ended.cost_usd,
            "seconds": ended.seconds,
            "error": error,
        }
    )
