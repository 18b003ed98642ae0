"""Approving a proposal, whole or in part: plain code, no model, days later; a part brings what it needs."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from scene.carry_over import carry_over
from scene.change import SceneChange
from scene.conflict import Conflict
from scene.edits import change_of
from scene.hanging import remove
from scene.parts import with_needs
from scene.proposal import Proposal
from scene.records import Placement
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


def leave_out(proposal: Proposal, scene: Scene, ids: Collection[str]) -> Proposal | None:
    """The proposal without the works of these ids that it would hang, carried onto the scene as it is.

    Their lamps go with them; works that are on show already stay, with whatever the proposal does to them. None when
    no work is left to decide about.
    """
    dropped = [work for i in ids if isinstance(work := proposal.change.added.get(i), Placement)]
    preview = carry_over(proposal.change, scene).change.apply_to(scene)
    loose = change_of(preview, [work.but(pinned=False) for work in dropped if work.id in preview]).apply_to(preview)
    rest = remove(loose, [work.id for work in dropped]).apply_to(loose)
    left = replace(proposal, base=scene, change=SceneChange.between(scene, rest))
    return left if left.works else None
