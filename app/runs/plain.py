"""A proposal and a turn's surroundings as JSON text and back, so that both outlive the program."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from agent.ports.context import TurnContext
from agent.ports.library import Query
from scene.document import DocumentError, change_from_plain, change_to_plain
from scene.proposal import Proposal, Receipt
from scene.scene import Scene

MOST_RECORDS = 3_000
"""A proposal of more records is not kept beyond the program; its run can be asked for again."""


@dataclass(frozen=True)
class Surroundings:
    """What a turn was told besides the scene."""

    scene_ref: str = ""
    selection: tuple[str, ...] = ()
    today: str = ""
    viewpoint_m: tuple[float, float, float] = (0.0, 1.6, 0.0)
    last_query: str = ""
    pending_question: str = ""
    pending_request: str = ""
    on_platform: bool = False


def surroundings_to_text(context: TurnContext, *, on_platform: bool = False) -> str:
    """The parts of a context that cannot be had from the scene, and where the run went on."""
    query = context.last_query.model_dump_json(exclude_defaults=True) if context.last_query else ""
    return json.dumps(
        asdict(
            Surroundings(
                context.scene_ref, tuple(sorted(context.selection)), context.today.isoformat(), context.viewpoint_m,
                query, context.pending_question, context.pending_request, on_platform,
            )
        )
    )  # fmt: skip


def surrounded(context: TurnContext, text: str) -> TurnContext:
    """The context with what was kept of an earlier one; what cannot be read stays as it is now."""
    try:
        kept = Surroundings(**json.loads(text))
        x, y, z = (float(part) for part in kept.viewpoint_m)
        return replace(
            context,
            selection=frozenset(i for i in kept.selection if i in context.scene),
            today=date.fromisoformat(kept.today),
            viewpoint_m=(x, y, z),
            last_query=Query.model_validate_json(kept.last_query) if kept.last_query else None,
            pending_question=kept.pending_question,
            pending_request=kept.pending_request,
        )
    except (ValueError, TypeError):
        return context


def was_on_platform(text: str) -> bool:
    """Whether the run with these surroundings went on on the platform."""
    try:
        return bool(json.loads(text).get("on_platform", False))
    except (ValueError, AttributeError):
        return False


def proposal_to_text(proposal: Proposal) -> str | None:
    """The proposal without the scene it was made for; None when it is too big to be kept."""
    if len(proposal.change.ids) > MOST_RECORDS:
        return None
    plain = {
        "id": proposal.id, "turn_id": proposal.turn_id, "title": proposal.title, "request": proposal.request,
        "change": change_to_plain(proposal.change), "receipt": asdict(proposal.receipt),
    }  # fmt: skip
    return json.dumps(plain, ensure_ascii=False)


def proposal_from_text(text: str, base: Scene) -> Proposal | None:
    """The proposal over the scene as it is now; None when it cannot be read."""
    try:
        return proposal_from_plain(json.loads(text), base)
    except ValueError:
        return None


def proposal_from_plain(plain: Any, base: Scene) -> Proposal | None:
    """A proposal as the platform tells it; None when it cannot be read."""
    try:
        told = plain["receipt"]
        parts = {name: tuple(map(str, told[name])) for name in ("notes", "unmet", "unplaced")}
        return Proposal(
            id=str(plain["id"]),
            turn_id=str(plain["turn_id"]),
            title=str(plain["title"]),
            request=str(plain["request"]),
            change=change_from_plain(plain["change"]),
            base=base,
            receipt=Receipt(str(told["summary"]), **parts),
        )
    except (DocumentError, ValueError, TypeError, KeyError):
        return None
