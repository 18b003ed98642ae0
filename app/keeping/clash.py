"""What somebody else made of works that I changed too: drawn as a ghost over mine, to choose mine, theirs or both."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from app.keeping.arrivals import SOMEBODY
from app.keeping.journal import KeptClash, KeptScene
from scene.carry_over import carry_over
from scene.change import SceneChange
from scene.conflict import Conflict, in_words
from scene.document import read_document, write_document
from scene.edits import change_of, fresh_id
from scene.proposal import Proposal, Receipt
from scene.records import AnyRecord, Placement
from scene.scene import Scene

_ID = "theirs-"


def kept_clash(kept: KeptScene, conflicts: Iterable[Conflict], theirs: Scene, who: str) -> KeptClash | None:
    """What clashed at a seat whose work was just based on theirs, as the journal keeps it; None where nothing did."""
    clashes = tuple(conflicts)
    if not clashes:
        return None
    concerned = Scene.of(theirs.records[one.record_id] for one in clashes if one.record_id in theirs)
    named = json.dumps([asdict(one) for one in clashes], ensure_ascii=False)
    return KeptClash(kept.scene_id, kept.seat, kept.version, who, write_document(concerned), named)


def kept_as_ghost(clash: KeptClash, newer: Iterable[KeptClash], mine: Scene) -> Proposal | None:
    """A clash that was kept, as a proposal over mine, but for what a newer one is about; None when nothing is left.

    Raises ValueError for texts that were tampered with.
    """
    again = {one.record_id for other in newer for one in _conflicts(other)}
    conflicts = [one for one in _conflicts(clash) if one.record_id not in again]
    ids = {one.record_id for one in conflicts}
    others = (record for record in mine if record.id not in ids)
    concerned = (record for record in read_document(clash.theirs) if record.id in ids)
    return theirs_as_ghost(conflicts, Scene.of([*others, *concerned]), mine, clash.version, clash.who)


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


def _conflicts(clash: KeptClash) -> tuple[Conflict, ...]:
    try:
        return tuple(Conflict(**one) for one in json.loads(clash.conflicts))
    except TypeError as error:
        raise ValueError(f"the names of what clashed cannot be read: {error}") from error
