"""A change staged over the scene and not yet committed: the ghost that the creator walks into."""

import hashlib
from dataclasses import dataclass, field

from scene.change import SceneChange
from scene.plain import canonical, change_to_plain
from scene.records import Placement
from scene.scene import Scene


@dataclass(frozen=True)
class Receipt:
    """What the proposal did and did not do, in plain words."""

    summary: str = ""
    notes: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    """Wishes that could not be met."""
    unplaced: tuple[str, ...] = ()
    """Works left out, each with its reason."""


@dataclass(frozen=True)
class Proposal:
    """A staged change with the scene it was made for; approving it is plain code (see `scene.operations`)."""

    id: str
    turn_id: str
    title: str
    """The name that its step will have in the history."""
    change: SceneChange
    base: Scene
    receipt: Receipt = field(default_factory=Receipt)
    request: str = ""

    @property
    def preview(self) -> Scene:
        """The scene as it would be if all of it were approved now."""
        return self.change.apply_to(self.base)

    @property
    def works(self) -> list[Placement]:
        """The placements that the proposal adds or updates, in hanging order."""
        updated = [after for _, after in self.change.updated.values()]
        found = [record for record in (*self.change.added.values(), *updated) if isinstance(record, Placement)]
        return sorted(found, key=lambda placement: placement.order)

    @property
    def digest(self) -> str:
        """SHA-256 over what was shown, in hex; an approval is bound to it."""
        return hashlib.sha256(canonical(change_to_plain(self.change)).encode()).hexdigest()
