"""The widget in both of its bodies, driven by mouse and keyboard."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from scene.scene import Scene
from scene.themes import Theme
from viewport.exposure import Plan
from viewport.ports import Renditions
from viewport.widget import Body, ViewportWidget

SIZE = (480, 320)
MIDDLE = QPoint(SIZE[0] // 2, SIZE[1] // 2)
Make = Callable[[Body], ViewportWidget]


@pytest.fixture
def make(qtbot: QtBot, themes: dict[str, Theme], renditions: Renditions, three: Scene) -> Iterator[Make]:
    made: list[ViewportWidget] = []

    def build(body: Body) -> ViewportWidget:
        widget = ViewportWidget(themes, renditions, body=body)
        qtbot.addWidget(widget, before_close_func=lambda it: it.stop())
        widget.resize(*SIZE)
        widget.show_scene(three)
        widget.show()
        qtbot.waitExposed(widget)
        made.append(widget)
        return widget

    yield build
    for widget in made:
        widget.stop()


@pytest.fixture(params=["raster", "gl"])
def widget(request: pytest.FixtureRequest, make: Make, qtbot: QtBot) -> ViewportWidget:
    if request.param == "gl" and QGuiApplication.platformName() in ("offscreen", "minimal"):
        pytest.skip("this platform has no OpenGL in widgets")
    found = make(request.param)
    qtbot.waitUntil(lambda: not found.clock.is_running, timeout=15_000)
    return found


def test_it_shows_the_works_and_then_rests(widget: ViewportWidget) -> None:
    image = widget.grab().toImage()
    colour = image.pixelColor(MIDDLE)
    assert colour.green() > 150
    assert colour.red() < 90
    assert not widget.clock.is_running, "nothing is drawn while nothing moves"


def test_at_rest_the_whole_widget_shows_its_exposure(widget: ViewportWidget, qtbot: QtBot) -> None:
    exposure = widget.view.painting.exposure
    exposure.begin(Plan(3))
    widget.wake()
    qtbot.waitUntil(lambda: exposure.is_on and not widget.clock.is_running, timeout=15_000)
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    shown = rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)
    assert np.abs(shown - exposure.pixels).max() <= 2


def test_a_click_picks_and_a_click_beside_picks_nothing(widget: ViewportWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(widget.picked) as picked:
        qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=MIDDLE)
    assert picked.args == ["work-green", False]
    with qtbot.waitSignal(widget.picked) as extended:
        qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, QPoint(MIDDLE.x(), 12))
    assert extended.args == ["", True]


def test_a_double_click_flies_to_the_work(widget: ViewportWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(widget.activated) as activated:
        qtbot.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=MIDDLE)
        qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=MIDDLE)
    assert activated.args == ["work-green"]
    qtbot.waitUntil(lambda: not widget.view.camera.is_flying, timeout=15_000)
    assert widget.view.camera.target_m == pytest.approx((0.0, 1.5, -2.96))


def test_a_drag_turns_the_head_and_is_no_click(widget: ViewportWidget, qtbot: QtBot) -> None:
    before = widget.view.camera.target_m
    with qtbot.assertNotEmitted(widget.picked), qtbot.waitSignal(widget.camera_moved):
        qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=MIDDLE)
        for step in range(1, 6):
            qtbot.mouseMove(widget, MIDDLE + QPoint(20 * step, 0))
            qtbot.wait(5)
        qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=MIDDLE + QPoint(100, 0))
    assert widget.view.camera.target_m != pytest.approx(before)


def test_walking_goes_on_while_the_key_is_held(widget: ViewportWidget, qtbot: QtBot) -> None:
    start = widget.view.camera.position_m
    qtbot.keyPress(widget, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: widget.view.camera.position_m[2] < start[2] - 0.2, timeout=10_000)
    qtbot.keyRelease(widget, Qt.Key.Key_W)
    assert widget.view.camera.walking == (0, 0, 0)
    assert start[1] < widget.view.camera.position_m[1] <= 1.6, "the eye comes to eye height"


def test_pointing_names_the_work_in_plain_text(widget: ViewportWidget, qtbot: QtBot) -> None:
    hovered: list[str] = []
    widget.hovered.connect(hovered.append)

    def point() -> bool:
        qtbot.mouseMove(widget, MIDDLE - QPoint(3 + len(hovered) % 2, 3))
        qtbot.mouseMove(widget, MIDDLE)
        return "work-green" in hovered and widget.pointing.name_tag.isVisible()

    qtbot.waitUntil(point, timeout=10_000)
    assert widget.pointing.name_tag.isVisible()
    assert widget.pointing.name_tag.textFormat() == Qt.TextFormat.PlainText
    widget.select({"work-green"})
    assert not widget.pointing.name_tag.isVisible(), "handles are not covered"
    qtbot.mouseMove(widget, MIDDLE + QPoint(2, 2))
    assert not widget.pointing.name_tag.isVisible()


def test_page_down_walks_the_hanging_order(widget: ViewportWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(widget.picked) as first:
        qtbot.keyClick(widget, Qt.Key.Key_PageDown)
    widget.select({first.args[0]})
    with qtbot.waitSignal(widget.picked) as second:
        qtbot.keyClick(widget, Qt.Key.Key_PageDown)
    assert (first.args[0], second.args[0]) == ("work-red", "work-green")


def test_without_opengl_the_raster_body_takes_over_and_shows_the_same(make: Make, qtbot: QtBot) -> None:
    widget = make("gl")
    widget.select({"work-red"})
    with qtbot.waitSignal(widget.failed) as failed:
        widget.embodiment.fall_back("OpenGL did not start in this window")
    assert "OpenGL did not start" in failed.args[0]
    assert widget.body_kind == "raster"
    qtbot.waitUntil(lambda: not widget.clock.is_running, timeout=15_000)
    assert widget.grab().toImage().pixelColor(MIDDLE).green() > 150
    assert widget.view.stage_shown.scene.get("work-red") is not None


def test_stopping_twice_and_events_after_it_do_no_harm(widget: ViewportWidget, qtbot: QtBot) -> None:
    widget.stop()
    widget.stop()
    widget.resize(100, 100)
    qtbot.wait(30)


def test_the_name_tag_goes_when_the_camera_moves(widget: ViewportWidget, qtbot: QtBot) -> None:
    qtbot.mouseMove(widget, MIDDLE - QPoint(3, 3))
    qtbot.mouseMove(widget, MIDDLE)
    assert widget.pointing.name_tag.isVisible()
    qtbot.keyClick(widget, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: not widget.pointing.name_tag.isVisible())


def test_the_right_button_asks_for_a_menu_unless_it_drags(widget: ViewportWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(widget.menu_wanted) as caught:
        qtbot.mouseClick(widget, Qt.MouseButton.RightButton, pos=MIDDLE)
    assert caught.args == ["work-green", widget.mapToGlobal(MIDDLE)]
    with qtbot.assertNotEmitted(widget.menu_wanted):
        qtbot.mousePress(widget, Qt.MouseButton.RightButton, pos=MIDDLE)
        for step in range(1, 6):
            qtbot.mouseMove(widget, MIDDLE + QPoint(8 * step, 0))
        qtbot.mouseRelease(widget, Qt.MouseButton.RightButton, pos=MIDDLE + QPoint(40, 0))


def test_in_a_window_neon_spills_light_at_rest_in_high_quality(
    widget: ViewportWidget, make_room: Callable[..., Scene], qtbot: QtBot
) -> None:
    widget.show_scene(make_room("cyberpunk"))
    widget.view.quality = "high"
    exposure = widget.view.painting.exposure
    qtbot.waitUntil(lambda: exposure.is_on and not exposure.lacks_light, timeout=15_000)
    assert exposure.spilled is not None
    assert exposure.spilled.getbbox() is not None
