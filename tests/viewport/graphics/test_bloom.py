"""Light that neon spills over the picture: wide and soft, hidden by what hides the lamp, and never on works."""

from collections.abc import Callable

import numpy as np
from PIL import Image

from scene.records import Placement
from scene.scene import Scene
from viewport.camera import Pose
from viewport.graphics.bloom import added, spread
from viewport.view import SceneView

Project = Callable[[SceneView, tuple[float, float, float]], tuple[int, int]]


def test_light_grows_fainter_with_the_distance_and_reaches_far() -> None:
    lamp = np.zeros((90, 160, 3), np.uint8)
    lamp[45, 78:82] = 0, 255, 200
    light = spread(lamp).astype(int)
    along = light[45, 80:, 1]
    assert (np.diff(along) <= 1).all()
    assert along[0] > 60
    assert along[20] > 0
    assert (light[..., 0] == 0).all()


def test_dark_stays_dark_and_bright_never_turns_over() -> None:
    assert not spread(np.zeros((40, 60, 3), np.uint8)).any()
    light = Image.new("RGB", (4, 4), (200, 0, 90))
    assert (added(np.full((4, 4, 3), 250, np.uint8), light, 1.0) >= 250).all()
    assert added(np.zeros((4, 4, 3), np.uint8), light, 0.5)[0, 0].tolist() == [100, 0, 45]


def complete(view: SceneView) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The picture in high quality; the view is left in standard."""
    view.quality = "high"
    view.load_all()
    try:
        return view.picture(320, 180)
    finally:
        view.quality, view.painting.is_complete = "standard", False


def test_high_quality_shows_light_around_neon_and_none_on_works(
    view: SceneView, make_room: Callable[..., Scene], hang: Callable[..., Placement], centre_pixel: Project
) -> None:
    view.show(make_room("cyberpunk", hang("red", 0.0, position_m=(0.0, 3.0, -2.96), size_m=(1.6, 1.1))))
    view.camera.go(Pose.of((0.0, 1.6, 2.5), (0.0, 1.6, -3.0)))
    shown = complete(view).astype(int)
    assert view.painting.exposure.spilled is not None
    view.painting.exposure.spilled = None
    plain = view.painting.exposure.pixels.astype(int)
    brighter = (shown - plain).sum(axis=2)
    assert view.painting.exposure.is_on
    x, y = centre_pixel(view, (1.8, 3.25, -3.0))
    assert brighter[y - 2 : y + 3, x - 4 : x + 5].mean() > 12, "on the wall beneath the tube"
    x, y = centre_pixel(view, (0.0, 3.35, -2.96))
    assert not brighter[y - 1 : y + 2, x - 10 : x + 11].any(), "as near to it, on a work"


def test_where_nothing_shines_nothing_is_added(view: SceneView, make_room: Callable[..., Scene]) -> None:
    view.show(make_room("white_cube"))
    complete(view)
    assert view.painting.exposure.spilled is None
