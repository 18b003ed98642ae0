"""Approving a proposal, whole or in part: plain code, no model, days later; a part brings what it needs."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from scene.carry_over import carry_over
from scene.change import SceneChange
from scene.conflict import Conflict
from scene.parts import with_needs
from scene.proposal import Proposal
from scene.scene import Scene


@dataclass(frozen=True)
class Approval:
    """What to commit now, what no longer fitted, and what is still staged."""

    change: SceneChange
    conflicts: tuple[Conflict, ...] = ()
    rest: Proposal | None = None
    """The part that was not approved, ready to be staged on; None when nothing is left. To reject it, drop it."""


def approve(proposal: Proposal, scene: Scene, ids: Collection[str] | None = None) -> Approval:
    """All of the proposal (`ids` None), or the part with these ids and what it needs, carried onto the scene as it is.

    A work brings its walls, rooms, the way to them, lamps, signs and, for a new room, the theme. Nothing else is
    removed or moved unless the part could not stand beside it. Ids that the proposal does not touch mean nothing.
    """
    part = proposal.change if ids is None else proposal.change.only(with_needs(proposal.change, proposal.base, ids))
    carried = carry_over(part, scene)
    left = proposal.change.ids - part.ids
    if not left:
        return Approval(carried.change, carried.conflicts)
    rest = replace(proposal, change=proposal.change.only(left), base=part.apply_to(proposal.base))
    return Approval(carried.change, carried.conflicts, rest)
