"""A small room with flat-coloured pictures, themes, and views that are closed when a test ends."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

import resources
from scene.records import Opening, Placement, Room, ThemeChoice, Viewpoint, Wall
from scene.scene import Scene
from scene.themes import Theme, themes_in
from viewport.graphics.window import offscreen_window
from viewport.view import SceneView

COLOURS = {"red": (220, 30, 20), "green": (20, 200, 40), "blue": (20, 60, 230)}


class FlatRenditions:
    """Every asset is one plain colour; assets not named here have no pixels."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.missing: set[str] = set()

    def pixels(self, asset_id: str, edge_px: int) -> NDArray[np.uint8] | None:
        self.asked.append((asset_id, edge_px))
        if asset_id in self.missing or asset_id not in COLOURS:
            return None
        return np.full((edge_px, edge_px * 3 // 4, 3), COLOURS[asset_id], np.uint8)

    def colour(self, asset_id: str) -> tuple[int, int, int]:
        return COLOURS.get(asset_id, (128, 128, 128))


def hung(asset_id: str, x: float, /, **changes: object) -> Placement:
    values: dict[str, object] = {
        "id": f"work-{asset_id}",
        "asset_id": asset_id,
        "title": asset_id.title(),
        "position_m": (x, 1.5, -2.96),
        "size_m": (0.9, 1.2),
        "wall_id": "back",
        "room_id": "room-1",
    }
    return Placement.model_validate(values | changes)


def room(theme: str = "white_cube", *works: Placement) -> Scene:
    corners = ((-4.0, -3.0), (4.0, -3.0), (4.0, 3.0), (-4.0, 3.0))
    names = ("back", "right", "front", "left")
    walls = [
        Wall(id=name, room_id="room-1", start_m=corners[k], end_m=corners[(k + 1) % 4], height_m=3.6)
        for k, name in enumerate(names)
    ]
    return Scene.of(
        [
            Room(id="room-1", name="One", min_corner_m=(-4.0, -3.0), max_corner_m=(4.0, 3.0), height_m=3.6),
            *walls,
            Opening(id="door", wall_id="right", offset_m=2.2, width_m=1.6),
            Viewpoint(id="entrance", name="Entrance", position_m=(0.0, 1.5, 2.5), target_m=(0.0, 1.5, -3.0)),
            ThemeChoice(theme=theme),
            *works,
        ]
    )


@pytest.fixture(scope="session")
def flat_renditions() -> FlatRenditions:
    return FlatRenditions()


@pytest.fixture
def renditions(flat_renditions: FlatRenditions) -> FlatRenditions:
    flat_renditions.missing.clear()
    flat_renditions.asked.clear()
    return flat_renditions


@pytest.fixture(scope="session")
def themes() -> dict[str, Theme]:
    return themes_in(resources.folder("themes"))


@pytest.fixture
def make_room() -> Callable[..., Scene]:
    return room


@pytest.fixture
def hang() -> Callable[..., Placement]:
    return hung


@pytest.fixture
def three(make_room: Callable[..., Scene]) -> Scene:
    return make_room("white_cube", hung("red", -2.0, order=0), hung("green", 0.0, order=1), hung("blue", 2.0, order=2))


@pytest.fixture(scope="session")
def _one_view(themes: dict[str, Theme], flat_renditions: FlatRenditions) -> Iterator[SceneView]:
    made = SceneView(themes, flat_renditions, offscreen_window(320, 180))
    yield made
    made.close()


@pytest.fixture
def view(_one_view: SceneView, renditions: FlatRenditions) -> Iterator[SceneView]:
    """A view that shows nothing; one window serves all tests, since a new one takes half a second to warm up.

    Its context is let go of after each test: while an EGL context is current, Qt cannot make its own of GLX current.
    """
    _one_view.camera.walking = (0.0, 0.0, 0.0)
    _one_view.guide.reduced_motion, _one_view.guide.mode = True, "walk"
    _one_view.stage(None)
    _one_view.show(Scene())
    _one_view.load_all()
    _one_view.camera.go(_one_view.flights.entrance())
    _one_view.guide.reduced_motion = False
    _one_view.select(())
    _one_view.hover(None)
    _one_view.retry_pictures()
    _one_view.window.SetSize(320, 180)
    _one_view.painting.exposure.moved()
    _one_view.painting.pace._moved_s = _one_view.painting.pace._patched_s = -1.0  # each test has a clock of its own
    yield _one_view
    _one_view.window.ReleaseCurrent()


@pytest.fixture
def centre_pixel() -> Callable[[SceneView, tuple[float, float, float]], tuple[int, int]]:
    """Where a point in space falls on the picture, worked out independently with VTK's own camera."""

    def project(view: SceneView, point_m: tuple[float, float, float]) -> tuple[int, int]:
        view.render()
        width, height = view.window.GetSize()
        matrix = view.renderer.GetActiveCamera().GetCompositeProjectionTransformMatrix(width / height, -1, 1)
        x, y, _, w = matrix.MultiplyPoint((*point_m, 1.0))
        return round((x / w + 1) / 2 * width - 0.5), round((1 - y / w) / 2 * height - 0.5)

    return project
