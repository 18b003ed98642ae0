"""Thousands of cards: made ready on a thread, completed over several frames, all of them on the picture in the end."""

import time
from collections.abc import Callable

import numpy as np

from scene.records import Placement, ThemeChoice
from scene.scene import Scene
from viewport.camera import Pose
from viewport.picture import window_pixels
from viewport.view import SceneView

COLUMNS, COUNT = 160, 12_000
SIZE = (320, 180)


def red_wall(hang: Callable[..., Placement]) -> Scene:
    works = [
        hang(
            "red",
            0.0,
            id=f"w-{k}",
            position_m=((k % COLUMNS - COLUMNS / 2) * 0.8, k // COLUMNS * 0.8 + 1.0, 0.0),
            size_m=(0.8, 0.8),
            wall_id=None,
            room_id=None,
        )
        for k in range(COUNT)
    ]
    return Scene.of([ThemeChoice(theme="white_cube"), *works])


def settled(view: SceneView, now_s: float) -> float:
    """Tick and draw until nothing is wanted any more."""
    for _ in range(600):
        wanted = view.tick(now_s)
        if view.dirty:
            view.render()
        elif not wanted:
            return now_s
        now_s += 0.02
        time.sleep(0.002)
    raise AssertionError("the picture never came to rest")


def reds(view: SceneView) -> float:
    """The share of what the window shows that is red."""
    picture = window_pixels(view.window, *SIZE).astype(int)
    return float(((picture[..., 0] > 180) & (picture[..., 1] < 80)).mean())


def test_a_large_stage_arrives_complete_and_stays_so_after_a_turn(
    view: SceneView, hang: Callable[..., Placement]
) -> None:
    scene = red_wall(hang)
    view.show(scene)
    assert view.work_ids == (), "the stage before it stays until it is ready"
    now = settled(view, 0.0)
    assert len(view.work_ids) == COUNT
    middle = np.array([0.0, 30.0, 0.0])
    view.camera.go(Pose.of(middle + np.array([0.0, 0.0, 44.0]), middle))
    view.painting.pace.budget = 2_000
    settled(view, now + 1.0)
    assert view.is_sharp
    assert view.cards_drawn > 4_000, "more than the budget of one frame"
    assert reds(view) > 0.98
    view.load_all()
    view.picture(*SIZE)
    assert reds(view) > 0.98


def test_the_last_of_several_orders_is_shown(view: SceneView, hang: Callable[..., Placement], three: Scene) -> None:
    view.show(red_wall(hang))
    view.show(three)
    settled(view, 0.0)
    assert len(view.work_ids) == 3
