"""What an edited plan means: its intent with the changes that a chip can show too."""

from pydantic import ValidationError

from agent.intent import Intent
from agent.running.plan_fields import PlanField, fields_of
from agent.running.steps import Workflow
from ui.chat.aspects import corrected

_ASPECTS: dict[tuple[str, ...], str] = {
    ("query", "words"): "subject", ("count",): "count", ("layout",): "layout", ("theme",): "theme",
    ("light",): "light", ("wishes", "order"): "order", ("wishes", "group_by"): "group_by",
    ("wishes", "gap_m"): "gap", ("wishes", "scale"): "scale", ("wishes", "columns"): "columns",
    ("wishes", "rooms"): "rooms",
}  # fmt: skip


def as_planned(intent: Intent, before: Workflow, after: Workflow) -> Intent:
    """The intent of the plan as it was, brought in step with the plan as it is."""
    was, now = _values(before), _values(after)
    for path, key in _ASPECTS.items():
        if was.get(path) == now.get(path):
            continue
        try:
            intent = corrected(intent, key, now.get(path) or None)
        except ValidationError:
            continue
    return intent


def _values(workflow: Workflow) -> dict[tuple[str, ...], str | float | None]:
    fields: list[PlanField] = [field for step in workflow for field in fields_of(step)]
    return {field.path: field.value for field in reversed(fields)}
