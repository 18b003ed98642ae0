"""One door to all layouts, by name."""

from collections.abc import Sequence

from scene.layouts.bulk import collected_once
from scene.layouts.cluster import arrange_cluster
from scene.layouts.contract import Arranged, Features, LayoutName, Wishes, Work
from scene.layouts.gallery import arrange_gallery
from scene.layouts.grid import arrange_grid
from scene.layouts.lettering import ENGLISH, Lettering
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
    lettering: Lettering = ENGLISH,
) -> Arranged:
    """Lay the works out; `scene` is the current one, for pinned works and walls to keep."""
    with collected_once(len(works)):
        if layout == "timeline":
            return arrange_timeline(works, wishes, seed=seed, scene=scene, lettering=lettering)
        if layout == "cluster":
            return arrange_cluster(works, features, wishes, seed=seed, scene=scene, lettering=lettering)
        if layout == "grid":
            return arrange_grid(works, wishes, seed=seed, scene=scene, lettering=lettering)
        return arrange_gallery(works, wishes, seed=seed, scene=scene, lettering=lettering)
