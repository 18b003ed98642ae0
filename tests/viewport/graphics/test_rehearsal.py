"""What is to be shown is drawn once out of sight, piece by piece, and leaves the picture as it is."""

from collections.abc import Iterator
from time import monotonic

import numpy as np
import pytest

from scene.records import Placement, ThemeChoice
from scene.scene import Scene
from scene.themes import Theme
from viewport.graphics.window import offscreen_window
from viewport.picture import window_pixels
from viewport.ports import Renditions
from viewport.view import SceneView


@pytest.fixture
def view(themes: dict[str, Theme], renditions: Renditions) -> Iterator[SceneView]:
    made = SceneView(themes, renditions, offscreen_window(160, 90))
    yield made
    made.close()


def scene_of(count: int, theme: str) -> Scene:
    works = [
        Placement(id=f"w{k}", asset_id="red", position_m=(k * 1.0, 1.5, -4.0), size_m=(0.6, 0.4)) for k in range(count)
    ]
    return Scene.of([*works, ThemeChoice(theme=theme)])


def test_the_first_picture_is_made_piece_by_piece(view: SceneView) -> None:
    assert view.rehearsing
    frames = 0
    while view.rehearsing:
        view.tick(monotonic())
        view.render()
        frames += 1
    assert frames > 1
    view.tick(monotonic())
    view.render()
    assert view.picture(160, 90).std() > 1


def test_a_picture_that_nobody_waits_before_needs_no_rehearsal(view: SceneView) -> None:
    view.load_all()
    assert view.picture(160, 90).std() > 1


def test_a_rehearsal_changes_no_pixel(view: SceneView, themes: dict[str, Theme]) -> None:
    view.guide.reduced_motion = True
    view.load_all()
    view.picture(160, 90)
    before = window_pixels(view.window, 160, 90)
    composition = view.composition
    other = next(theme for theme in themes if theme != composition.theme.id)
    ready = composition.prepared(view.stage_shown.with_scene(scene_of(5, other)))
    composition.rehearsal.want(ready.actors)
    assert composition.rehearsal.waits
    while composition.rehearsal.waits:
        composition.rehearsal.step()
    assert np.array_equal(window_pixels(view.window, 160, 90), before)
    composition.rehearsal.want(ready.actors)
    assert not composition.rehearsal.waits, "what was drawn once is known"


def test_a_large_stage_is_shown_when_it_was_rehearsed(view: SceneView, themes: dict[str, Theme]) -> None:
    other = next(theme for theme in themes if theme != view.composition.theme.id)
    view.show(scene_of(80, other))
    for _ in range(2_000):
        view.tick(monotonic())
        view.render()
        if view.work_ids:
            break
    assert len(view.work_ids) == 80
    assert view.composition.theme.id == other
    assert not view.rehearsing
