"""Room for a work that a layout hung against the rules: a little to the side, else a little smaller."""

from scene.change import SceneChange
from scene.fit import Surroundings
from scene.operations import OperationRefused, scale, slide
from scene.records import Placement
from scene.scene import Scene

_STEPS_M = tuple(sign * step * 0.1 for step in range(1, 16) for sign in (1, -1))
_SMALLER = (0.9, 0.8, 0.7)


def respaced(scene: Scene, work: Placement) -> tuple[Scene, str] | None:
    """The scene with the work where it breaks no rule, and what was done to it in words; None where nothing helps."""
    around = Surroundings.of(scene, {work.id})
    without = Surroundings(around.building, around.others, frozenset(), frozenset())
    for factor in (1.0, *_SMALLER):
        sized = _after(scene, work, factor=factor)
        if sized is None:
            continue
        if factor < 1.0 and not without.broken([sized[1]]):
            return sized[0], f"hangs smaller, at {factor:.0%}".replace("%", " %")
        for along_m in _STEPS_M if work.wall_id is not None else ():
            slid = _after(sized[0], sized[1], along_m=along_m)
            if slid is not None and not without.broken([slid[1]]):
                told = f"hangs {abs(along_m):.1f} m further {'right' if along_m > 0 else 'left'}"
                return slid[0], told + (f", at {factor:.0%}".replace("%", " %") if factor < 1.0 else "")
    return None


def _after(
    scene: Scene, work: Placement, *, factor: float = 1.0, along_m: float = 0.0
) -> tuple[Scene, Placement] | None:
    """The scene and the work after one verb; None where the verb refuses or takes it off its wall."""
    try:
        change = scale(scene, [work.id], factor) if factor != 1.0 else SceneChange()
        if along_m:
            change = slide(scene, [work.id], right_m=along_m)
    except OperationRefused:
        return None
    after = change.apply_to(scene)
    moved = after.get(work.id)
    return (after, moved) if isinstance(moved, Placement) and moved.wall_id == work.wall_id else None
