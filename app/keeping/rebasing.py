"""Going on from what somebody else saved: theirs is taken over where it fits, and what is mine follows it; pure."""

from dataclasses import dataclass, replace

from app.keeping.journal import Entry, KeptScene
from app.keeping.replay import as_text, kept_as, kept_steps, replay
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


def caught_up(mine: KeptScene, newest: KeptScene) -> KeptScene:
    """`mine`, at which nothing waits, brought to a newer version that another program of this computer was told of."""
    if newest.version <= mine.version:
        return mine
    base, theirs = replay(mine, ()), replay(newest, ()).scene
    store = SceneStore(base.scene, base.steps)
    store.apply_remote("Changed in another window", SceneChange.between(base.scene, theirs))
    return replace(kept_as(mine, replay(newest, ()), newest.version), steps=kept_steps(store.history.steps))


def rebased_text(
    mine: KeptScene, entries: list[Entry], theirs: Scene, version: int, name: str
) -> tuple[KeptScene, str, tuple[Conflict, ...]]:
    """A scene that is not open, with what waits there as one change over a newer version, and what clashed."""
    base, now = replay(mine, ()), replay(mine, entries)
    store = SceneStore(now.scene, now.steps)
    rebased = rebase(store, name, base.scene, theirs)
    kept = replace(kept_as(mine, replace(base, scene=theirs), version), steps=kept_steps(store.history.steps))
    return kept, as_text(rebased.mine), rebased.conflicts
