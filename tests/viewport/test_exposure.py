"""A picture at rest: how many frames it gathers, that edges turn smooth, corners dark, and works stay as they are."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene.records import Placement
from scene.scene import Scene
from viewport.camera import Pose
from viewport.exposure import FEWEST_SHADED, SAMPLES, Plan, plan, shift_px
from viewport.governor import Choice
from viewport.pace import Quality
from viewport.view import SceneView

SIZE = (320, 180)
Project = Callable[[SceneView, tuple[float, float, float]], tuple[int, int]]


def rested(view: SceneView, quality: Choice) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The picture as it is when nothing has moved for a while, however slow the machine."""
    view.quality = quality
    view.load_all()
    view.painting.exposure._shaded_cost = 0.01
    now = 50.0
    for _ in range(80):
        view.tick(now)
        if view.dirty:
            view.render()
        view.painting._recent_s.clear()
        view.painting._recent_s.append(1e-4)
        now += 0.05
    painting = view.painting
    return painting.exposure.pixels if painting.exposure.is_on else view.picture(*SIZE)


@given(st.sampled_from(["draft", "standard", "high"]), st.floats(0.0, 5.0), st.floats(0.0, 2.0))
def test_a_plan_fits_into_its_time_and_never_asks_for_more_than_the_quality(
    quality: Quality, plain_s: float, within_s: float
) -> None:
    found = plan(quality, plain_s, within_s)
    assert 0 <= found.samples <= SAMPLES[quality]
    assert found.samples * plain_s <= within_s + 1e-9
    assert not found.shaded or (quality == "high" and found.samples >= FEWEST_SHADED)


def test_a_slower_machine_gathers_less_then_leaves_out_the_corners_then_everything() -> None:
    assert plan("high", 0.004, 0.9) == Plan(16, shaded=True)
    assert plan("high", 0.04, 0.9) == Plan(7, shaded=True)
    assert plan("high", 0.1, 0.9) == Plan(7, shaded=False)
    assert plan("high", 0.8, 0.9) == Plan()
    assert plan("standard", 0.004, 0.35) == Plan(8)
    assert plan("standard", 0.1, 0.35) == Plan(2)
    assert plan("draft", 0.001, 0.35) == Plan()


def test_the_frames_look_at_different_spots_all_over_their_pixels() -> None:
    spots = np.array([shift_px(k) for k in range(16)])
    assert (np.abs(spots) <= 0.5).all()
    assert len({tuple(spot) for spot in spots}) == 16
    assert np.abs(spots.mean(axis=0)).max() < 0.1


@pytest.mark.parametrize("theme", ["white_cube", "cyberpunk", "noir", "museum"])
@pytest.mark.parametrize("quality", ["draft", "standard", "high"])
def test_a_works_true_colour_stands_at_every_quality(
    view: SceneView, make_room: Callable[..., Scene], hang: Callable[..., Placement], centre_pixel: Project,
    theme: str, quality: Choice,
) -> None:  # fmt: skip
    view.show(make_room(theme, hang("red", -2.0), hang("blue", 2.0)))
    picture = rested(view, quality).astype(int)
    view.quality = "standard"
    for x_m, colour in ((-2.0, (220, 30, 20)), (2.0, (20, 60, 230))):
        for dx, dy in ((0.0, 0.0), (-0.38, 0.5), (0.38, -0.5)):
            x, y = centre_pixel(view, (x_m + dx, 1.5 + dy, -2.96))
            assert np.abs(picture[y, x] - colour).max() <= 3, (x_m, dx, dy)


def test_an_exposure_has_smoother_edges_than_a_plain_frame(view: SceneView, three: Scene) -> None:
    view.show(three)
    view.camera.go(Pose.of((-2.4, 1.7, 1.5), (0.4, 1.2, -3.0)))
    plain, smooth = rested(view, "draft"), rested(view, "standard")
    assert _steepest(smooth) < 0.9 * _steepest(plain)


def _steepest(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> float:
    jumps = np.abs(np.diff(picture.astype(int).sum(axis=2), axis=1))
    return float(np.sort(jumps.ravel())[-400:].mean())


def test_high_quality_darkens_corners_and_nothing_in_the_middle_of_a_wall(
    view: SceneView, make_room: Callable[..., Scene], centre_pixel: Project
) -> None:
    view.show(make_room("paper"))
    standard = rested(view, "standard").astype(int)
    high = rested(view, "high").astype(int)
    assert view.painting.exposure.is_shaded
    view.quality = "standard"
    x, y = centre_pixel(view, (-3.97, 2.0, -2.99))
    darker = (standard - high).sum(axis=2)
    assert darker[y - 8 : y + 8, x - 2 : x + 3].mean() > 20
    x, y = centre_pixel(view, (0.0, 1.8, -3.0))
    assert np.abs(darker[y - 5 : y + 6, x - 5 : x + 6]).max() <= 6


def test_whatever_changes_ends_an_exposure(view: SceneView, three: Scene) -> None:
    view.show(three)
    rested(view, "standard")
    assert view.painting.exposure.is_on
    view.select(["work-red"])
    view.tick(90.0)
    view.render()
    assert not view.painting.exposure.is_on


def test_a_repaint_of_a_picture_at_rest_draws_nothing_anew(view: SceneView, three: Scene) -> None:
    view.show(three)
    smooth = rested(view, "standard")
    view.painting.is_complete = False
    assert np.array_equal(view.picture(*SIZE), smooth)


def test_reflections_that_are_too_slow_for_walking_are_there_at_rest(
    view: SceneView, make_room: Callable[..., Scene], hang: Callable[..., Placement], centre_pixel: Project,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("viewport.pace.QUICK_S", -1.0)
    view.show(make_room("cyberpunk", hang("red", 0.0)))
    view.camera.go(Pose.of((0.0, 1.5, 2.5), (0.0, 0.9, -3.0)))
    view.painting.pace._struggles = True
    view.painting.is_complete = False
    moving = view.picture(*SIZE).astype(int)
    resting = rested(view, "standard").astype(int)
    view.painting.pace._struggles = False
    x, y = centre_pixel(view, (0.0, -1.3, -2.96))
    assert resting[y, x, 0] > moving[y, x, 0] + 15
