"""Pictures of a scene without a window or a display."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from scene.scene import Scene
from scene.themes import Theme
from viewport.camera import Pose
from viewport.ports import Renditions
from viewport.view import SceneView
from viewport.window import offscreen_window

Point = tuple[float, float, float]


def render_picture(
    scene: Scene,
    themes: Mapping[str, Theme],
    renditions: Renditions,
    size_px: tuple[int, int] = (1280, 720),
    position_m: Point | None = None,
    target_m: Point | None = None,
) -> NDArray[np.uint8]:
    """RGB pixels, shape (height, width, 3), seen from the first viewpoint unless a position is given."""
    view = SceneView(themes, renditions, offscreen_window(*size_px))
    try:
        view.show(scene)
        if position_m is not None and target_m is not None:
            view.camera.go(Pose.of(position_m, target_m))
        view.load_all()
        return view.picture(*size_px)
    finally:
        view.close()
