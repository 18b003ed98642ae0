"""Pictures without a display and without Qt."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from scene.scene import Scene
from scene.themes import Theme
from viewport.offscreen import render_picture, renderer_name, write_picture
from viewport.ports import Renditions

PROGRAM = """
import sys
from pathlib import Path
import numpy as np
import resources
from scene.scene import Scene
from scene.themes import themes_in
from viewport.offscreen import render_picture

class NoPictures:
    def pixels(self, asset_id, edge_px): return None
    def colour(self, asset_id): return (128, 128, 128)

picture = render_picture(Scene(), themes_in(resources.folder("themes")), NoPictures(), (160, 90))
assert picture.shape == (90, 160, 3) and picture.dtype == np.uint8 and picture.std() > 1
assert not [name for name in sys.modules if name.startswith(("PySide6", "shiboken6", "pyvista"))]
assert "vtk" not in sys.modules and "vtkmodules.all" not in sys.modules
"""


def test_it_needs_neither_a_display_nor_qt() -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=root, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_a_picture_is_seen_from_the_first_viewpoint_or_from_where_it_is_told(
    three: Scene, themes: dict[str, Theme], renditions: Renditions
) -> None:
    entrance = render_picture(three, themes, renditions, (160, 90))
    told = render_picture(three, themes, renditions, (160, 90), (0.0, 1.5, 2.5), (0.0, 1.5, -3.0))
    elsewhere = render_picture(three, themes, renditions, (160, 90), (2.0, 1.5, 0.0), (2.0, 1.5, -3.0))
    assert np.array_equal(entrance, told)
    assert elsewhere[45, 80].argmax() == 2


def test_it_is_written_to_a_file(
    three: Scene, themes: dict[str, Theme], renditions: Renditions, tmp_path: Path
) -> None:
    write_picture(tmp_path / "seen.png", three, themes, renditions, (64, 48))
    with Image.open(tmp_path / "seen.png") as picture:
        assert picture.size == (64, 48)


def test_the_renderer_has_a_name() -> None:
    assert len(renderer_name()) > 2
