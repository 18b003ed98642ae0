"""Pictures of a scene without a window or a display."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scene.scene import Scene
from scene.themes import Theme
from viewport.camera import Pose
from viewport.graphics.window import offscreen_window
from viewport.ports import Renditions
from viewport.view import SceneView

Point = tuple[float, float, float]
MOST_PX = 8192
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}


def render_picture(
    scene: Scene,
    themes: Mapping[str, Theme],
    renditions: Renditions,
    size_px: tuple[int, int] = (1280, 720),
    position_m: Point | None = None,
    target_m: Point | None = None,
) -> NDArray[np.uint8]:
    """RGB pixels, shape (height, width, 3), seen from the first viewpoint unless a position is given.

    Drawn in high quality, many frames averaged, so that edges are smooth; raises NoRenderer without any OpenGL.
    """
    width, height = (max(1, min(MOST_PX, int(edge))) for edge in size_px)
    view = SceneView(themes, renditions, offscreen_window(width, height))
    try:
        view.quality = "high"
        view.show(scene)
        if position_m is not None and target_m is not None:
            view.camera.go(Pose.of(position_m, target_m))
        view.load_all()
        return view.picture(width, height)
    finally:
        view.close()


def write_picture(
    path: Path,
    scene: Scene,
    themes: Mapping[str, Theme],
    renditions: Renditions,
    size_px: tuple[int, int] = (1280, 720),
) -> None:
    """Write what is seen from the first viewpoint: JPEG or WebP by the file's ending, else PNG.

    The file is replaced when the picture is complete; raises OSError when it cannot be written.
    """
    path = path.expanduser().absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.fromarray(render_picture(scene, themes, renditions, size_px))
    staged = path.with_name(f".{path.name}.new")
    picture.save(staged, format=_FORMATS.get(path.suffix.lower(), "PNG"))
    staged.replace(path)


def renderer_name() -> str:
    """The OpenGL renderer that pictures are drawn with; raises NoRenderer when there is none."""
    window = offscreen_window(16, 16)
    try:
        window.Render()
        report = window.ReportCapabilities() or ""
        lines = dict(line.split(":", 1) for line in report.splitlines() if ":" in line)
        return lines.get("OpenGL renderer string", window.GetClassName()).strip()
    finally:
        window.Finalize()
