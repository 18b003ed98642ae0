"""What the history calls a gesture."""

from collections.abc import Sequence

from scene.naming import title_of
from scene.records import Placement, Wall
from scene.scene import Scene
from viewport.hands.gestures import Gesture, Preview
from viewport.hands.scaling import Scale
from viewport.hands.turning import Turn


def step_name(gesture: Gesture, preview: Preview, scene: Scene) -> str:
    """The verb, the works, and where to or how far."""
    name = f"{gesture.name} {named(gesture.works)}"
    if isinstance(gesture, Scale | Turn):
        return f"{name} to {preview.words}"
    wall = scene.get(preview.board.wall_id)
    walls = {work.wall_id for work in gesture.works}
    if isinstance(wall, Wall) and wall.id not in walls:
        return f"{name} to {title_of(wall)}"
    return name


def named(works: Sequence[Placement]) -> str:
    """One work by its title, several by their number."""
    return title_of(works[0]) if len(works) == 1 else f"{len(works)} works"


def way_words(way_m: tuple[float, float]) -> str:
    """How far to the right and up, in whole centimetres."""
    right_cm, up_cm = round(way_m[0] * 100), round(way_m[1] * 100)
    parts = [
        f"{abs(right_cm)} cm {'right' if right_cm > 0 else 'left'}" if right_cm else "",
        f"{abs(up_cm)} cm {'up' if up_cm > 0 else 'down'}" if up_cm else "",
    ]
    return " and ".join(part for part in parts if part) or "0 cm"
