"""Going on from what somebody else saved: theirs is taken over where it fits, and what is mine follows it; pure."""

from dataclasses import dataclass

from scene.change import SceneChange
from scene.conflict import Conflict
from scene.scene import Scene
from scene.store import SceneStore


@dataclass(frozen=True)
class Rebased:
    """`mine` turns what the platform has into the scene of the store; conflicts name what of theirs gave way."""

    mine: SceneChange
    conflicts: tuple[Conflict, ...] = ()


def rebase(store: SceneStore, name: str, base: Scene, theirs: Scene) -> Rebased:
    """Bring `store`, which grew from `base`, over what became of `base` elsewhere."""
    carried = store.apply_remote(name, SceneChange.between(base, theirs))
    return Rebased(SceneChange.between(theirs, store.scene), carried.conflicts)
