"""The verbs that menus, mouse and agent share: pure functions from a scene to the change that they mean.

All of them leave pinned works alone and ignore ids that are not in the scene; a verb with nothing to do gives the
empty change. What can't be is refused with OperationRefused, in plain words.
"""

from collections.abc import Collection

from scene.approval import Approval, approve
from scene.change import SceneChange
from scene.edits import OperationRefused, change_of, edited, fresh_id, movable
from scene.hanging import duplicate, exchange, hang, remove
from scene.placing import (
    Edge,
    align,
    lower,
    move,
    place,
    raise_,
    resize,
    rotate,
    scale,
    slide,
    space_evenly,
    straighten,
    swap,
)
from scene.records import (
    Placement,
    Room,
    Sign,
    Vector3,
    Viewpoint,
    Wall,
)
from scene.scene import Scene
from scene.staging import stage_arrangement

__all__ = [
    "Approval",
    "Edge",
    "OperationRefused",
    "align",
    "approve",
    "duplicate",
    "exchange",
    "forget_viewpoint",
    "hang",
    "keep_viewpoint",
    "lower",
    "move",
    "pin",
    "place",
    "raise_",
    "remove",
    "rename",
    "resize",
    "rotate",
    "scale",
    "set_light",
    "set_theme",
    "slide",
    "space_evenly",
    "stage_arrangement",
    "straighten",
    "swap",
    "unpin",
]
_ORIGIN_M = (0.0, 0.0, 0.0)


def pin(scene: Scene, ids: Collection[str]) -> SceneChange:
    """Pin works: layouts, the agent and these verbs leave them where they are."""
    return change_of(scene, [work.but(pinned=True) for work in movable(scene, ids)])


def unpin(scene: Scene, ids: Collection[str]) -> SceneChange:
    """Unpin works."""
    works = [record for record_id in ids if isinstance(record := scene.get(record_id), Placement)]
    return change_of(scene, [work.but(pinned=False) for work in works])


def set_theme(scene: Scene, theme: str, *, accent: str | None = None, light: float | None = None) -> SceneChange:
    """Dress the scene in a theme; `accent` None is the theme's own, `light` None keeps the brightness."""
    brightness = scene.theme.light if light is None else _brightness(light)
    return change_of(scene, [edited(scene.theme, theme=theme, accent=accent, light=brightness)])


def set_light(scene: Scene, light: float) -> SceneChange:
    """Brightness of the theme's lamps relative to its default, kept within 0.2 to 3."""
    return change_of(scene, [scene.theme.but(light=_brightness(light))])


def rename(scene: Scene, record_id: str, name: str) -> SceneChange:
    """Another title, name or text for a work, room, wall, viewpoint or sign."""
    record = scene.get(record_id)
    match record:
        case Placement():
            return change_of(scene, [edited(record, title=name[:400])])
        case Room() | Wall() | Viewpoint():
            return change_of(scene, [edited(record, name=name[:400])])
        case Sign():
            return change_of(scene, [edited(record, text=name[:400])])
    return SceneChange()


def keep_viewpoint(scene: Scene, name: str, position_m: Vector3, target_m: Vector3) -> SceneChange:
    """Remember where someone stands and looks; it survives a new layout."""
    order = max((viewpoint.order for viewpoint in scene.all(Viewpoint)), default=-1) + 1
    first = Viewpoint(id=fresh_id(scene, "viewpoint"), name=name[:400], position_m=_ORIGIN_M, target_m=_ORIGIN_M)
    viewpoint = edited(first, position_m=position_m, target_m=target_m, order=order)
    return SceneChange(added={viewpoint.id: viewpoint})


def forget_viewpoint(scene: Scene, record_id: str) -> SceneChange:
    """Remove a place that was kept."""
    record = scene.get(record_id)
    return SceneChange(removed={record_id: record}) if isinstance(record, Viewpoint) else SceneChange()


def _brightness(light: float) -> float:
    if light != light:
        raise OperationRefused("the brightness is not a number")
    return min(max(light, 0.2), 3.0)
