"""One door to all layouts, by name."""

from collections.abc import Sequence

from scene.layouts.contract import Arranged, Features, LayoutName, Wishes, Work
from scene.layouts.gallery import arrange_gallery
from scene.layouts.timeline import arrange_timeline
from scene.scene import Scene


def arrange(
    layout: LayoutName,
    works: Sequence[Work],
    wishes: Wishes,
    *,
    features: Features | None = None,
    scene: Scene | None = None,
    seed: int = 0,
) -> Arranged:
    """Lay the works out; `scene` is the current one, for pinned works and walls to keep."""
    if layout == "timeline":
        return arrange_timeline(works, wishes, seed=seed, scene=scene)
    return arrange_gallery(works, wishes, seed=seed, scene=scene)
