"""What should not happen in the real widget: no picture, no OpenGL, a lost context, one pixel of window, few works."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from scene.records import Placement
from scene.scene import Scene
from scene.themes import Theme
from viewport.ports import Renditions
from viewport.widget import Body, ViewportWidget, frame_clock
from viewport.widget.bodies import GlBody

SIZE = (480, 320)
MIDDLE = QPoint(SIZE[0] // 2, SIZE[1] // 2)
Make = Callable[..., ViewportWidget]


class Moody:
    """Renditions of which some are missing, broken or changed; `well` mends them."""

    def __init__(self) -> None:
        self.well = False

    def pixels(self, asset_id: str, edge_px: int) -> NDArray[np.uint8] | None:
        if self.well:
            return np.full((edge_px, edge_px, 3), (20, 200, 40), np.uint8)
        if "red" in asset_id:
            raise OSError("truncated")
        if "green" in asset_id:
            return None
        return np.zeros((0, 3), np.uint8)

    def colour(self, asset_id: str) -> tuple[int, int, int]:
        if "blue" in asset_id:
            raise KeyError(asset_id)
        return 160, 90, 60


@pytest.fixture(params=["raster", "gl"])
def make(
    request: pytest.FixtureRequest, qtbot: QtBot, themes: dict[str, Theme], renditions: Renditions
) -> Iterator[Make]:
    if request.param == "gl" and QGuiApplication.platformName() in ("offscreen", "minimal"):
        pytest.skip("this platform has no OpenGL in widgets")
    made: list[ViewportWidget] = []

    def build(
        scene: Scene,
        size: tuple[int, int] = SIZE,
        pictures: Renditions = renditions,
        lacking: Callable[[int], object] = bool,
    ) -> ViewportWidget:
        body: Body = request.param
        widget = ViewportWidget(themes, pictures, body=body)
        widget.lacking.connect(lacking)
        made.append(widget)
        qtbot.addWidget(widget, before_close_func=lambda it: it.stop())
        widget.resize(*size)
        widget.show_scene(scene)
        widget.show()
        qtbot.waitExposed(widget)
        qtbot.waitUntil(lambda: not widget.clock.is_running, timeout=15_000)
        return widget

    yield build
    for widget in made:
        widget.stop()


def middle_of(widget: ViewportWidget) -> tuple[int, int, int]:
    colour = widget.grab().toImage().pixelColor(widget.rect().center())
    return colour.red(), colour.green(), colour.blue()


def test_pictures_that_cannot_be_had_are_titles_and_are_told_until_they_come(
    make: Make, three: Scene, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame_clock, "PATIENCE_S", 0.2)
    moody, told = Moody(), list[int]()
    widget = make(three, pictures=moody, lacking=lambda count: told.append(count))
    qtbot.waitUntil(lambda: widget.view.lacking == 3, timeout=10_000)
    assert max(middle_of(widget)) > 40, "a placeholder is never black"
    qtbot.waitUntil(lambda: told == [3], timeout=10_000)
    moody.well = True
    widget.retry_pictures()
    qtbot.waitUntil(lambda: told == [3, 0], timeout=10_000)
    qtbot.waitUntil(lambda: middle_of(widget)[1] > 150, timeout=10_000)


@pytest.mark.parametrize("size", [(1, 1), (3000, 2)])
def test_a_window_of_next_to_nothing_draws_picks_and_grows_again(
    make: Make, three: Scene, qtbot: QtBot, size: tuple[int, int]
) -> None:
    widget = make(three, size)
    widget.view.flights.overview(0.0)
    widget.view.flights.home(0.0)
    widget.view.pick(0.0, 0.0)
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(0, 0))
    widget.navigation.wheel(3.0)
    widget.grasp.refresh()
    widget.view.flights.home(0.0)
    widget.resize(*SIZE)
    qtbot.waitUntil(lambda: not widget.clock.is_running, timeout=15_000)
    assert middle_of(widget)[1] > 150


@pytest.mark.parametrize("works", [0, 1])
def test_a_scene_of_no_work_or_one_can_be_moved_about_in(
    make: Make, hang: Callable[..., Placement], qtbot: QtBot, works: int
) -> None:
    widget = make(Scene.of([hang("green", 0.0, wall_id=None, room_id=None)][:works]))
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        qtbot.keyClick(widget, key)
    widget.view.flights.turn()
    widget.view.flights.turn()
    widget.view.flights.to_works(widget.view.work_ids)
    widget.view.dim(())
    widget.view.dim(None)
    qtbot.waitUntil(lambda: not widget.view.camera.is_flying, timeout=15_000)
    assert np.isfinite(widget.view.camera.pose.position).all()


def test_another_window_means_another_context_and_the_same_picture(make: Make, three: Scene, qtbot: QtBot) -> None:
    widget = make(three)
    widget.select({"work-red"})
    told: list[str] = []
    widget.failed.connect(told.append)
    other = QWidget()
    qtbot.addWidget(other)
    other.resize(*SIZE)
    QVBoxLayout(other).addWidget(widget)  # a widget that changes its window loses its OpenGL context
    other.show()
    qtbot.waitExposed(other)
    widget.show()
    try:
        qtbot.waitUntil(lambda: middle_of(widget)[1] > 150, timeout=15_000)
    finally:
        widget.setParent(None)
    assert told == []


def test_a_context_that_is_gone_for_good_is_replaced_and_told(
    make: Make, three: Scene, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget = make(three)
    if widget.body_kind != "gl":
        pytest.skip("only OpenGL has a context to lose")
    told: list[str] = []
    widget.failed.connect(told.append)
    monkeypatch.setattr(GlBody, "is_lost", property(lambda _: True))
    widget.view.touched()
    qtbot.waitUntil(lambda: widget.body_kind == "raster", timeout=10_000)
    assert told == ["The graphics driver was reset. Pictures are drawn without it, a little slower."]
    qtbot.waitUntil(lambda: middle_of(widget)[1] > 150, timeout=15_000)


WITHOUT_OPENGL = """
import resources
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.environment import prepare_environment
prepare_environment()
from scene.layouts.choose import arrange
from scene.layouts.contract import Wishes, Work
from scene.scene import Scene
from scene.themes import themes_in
from tests.viewport.conftest import FlatRenditions
from viewport.widget import ViewportWidget
app = QApplication([])
widget = ViewportWidget(themes_in(resources.folder("themes")), FlatRenditions())
widget.failed.connect(lambda why: print("told:", why, flush=True))
widget.show_scene(Scene.of(arrange("gallery", [Work(asset_id="a")], Wishes()).records))
widget.resize(640, 400)
widget.show()
waited = 0
def look():
    global waited
    waited += 1
    if (widget.body_kind != "blank" or widget.clock.is_running) and waited < 300:
        return QTimer.singleShot(20, look)
    found = widget.view.pick(320, 200)
    print("kind:", widget.body_kind, "picked:", bool(found), "rests:", not widget.clock.is_running, flush=True)
    widget.grab()
    widget.stop()
    app.quit()
QTimer.singleShot(100, look)
app.exec()
"""


def test_without_opengl_3_2_it_is_said_and_everything_else_goes_on() -> None:
    environment = os.environ | {"MESA_GL_VERSION_OVERRIDE": "2.1", "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.run(
        [sys.executable, "-c", WITHOUT_OPENGL], env=environment, capture_output=True, text=True, timeout=60
    )
    assert child.returncode == 0, child.stderr[-2000:]
    assert "told: No OpenGL 3.2 could be started." in child.stdout
    assert "kind: blank picked: True rests: True" in child.stdout
