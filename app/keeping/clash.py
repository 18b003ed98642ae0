"""What somebody else made of works that I changed too: drawn as a ghost over mine, to choose mine, theirs or both."""

from collections.abc import Iterable

from app.keeping.arrivals import SOMEBODY
from scene.carry_over import carry_over
from scene.change import SceneChange
from scene.conflict import Conflict, in_words
from scene.edits import change_of, fresh_id
from scene.proposal import Proposal, Receipt
from scene.records import AnyRecord, Placement
from scene.scene import Scene

_ID = "theirs-"


def theirs_as_ghost(
    conflicts: Iterable[Conflict], theirs: Scene, mine: Scene, version: int, who: str = SOMEBODY
) -> Proposal | None:
    """The parts of theirs that clash with mine, as a proposal over mine; None when mine could not become that."""
    clashes = tuple(conflicts)
    ids = {conflict.record_id for conflict in clashes}
    wanted = SceneChange.between(mine, theirs).only(ids)
    fitting = carry_over(wanted, mine).change
    if fitting.is_empty:
        return None
    summary = f"{who} changed this too. {in_words(clashes)} Yours is kept until you choose."
    return Proposal(f"{_ID}{version}", "", "Take theirs", fitting, mine, Receipt(summary))


def is_theirs(proposal: Proposal) -> bool:
    """Whether a proposal came from a clash and not from a turn."""
    return proposal.id.startswith(_ID)


def both(proposal: Proposal, scene: Scene) -> SceneChange:
    """What hangs theirs beside mine: a copy of each work of theirs, where they had it."""
    added: list[AnyRecord] = list(proposal.change.added.values())
    taken = {record.id for record in added}
    for record_id, (_, after) in proposal.change.updated.items():
        if isinstance(after, Placement):
            copy_id = fresh_id(scene, record_id, taken)
            taken.add(copy_id)
            added.append(after.but(id=copy_id))
    return carry_over(change_of(scene, added), scene).change
