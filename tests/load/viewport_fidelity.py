"""Guards that keep frame times honest: what a moving frame shows of the whole one, and how true the whole one is."""

import time

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.load.viewport_cases import SIZE_PX, Case
from viewport.camera import Pose
from viewport.picture import window_pixels
from viewport.view import SceneView

SUPERSAMPLED = 4
SEEN = 6
"""Levels by which a pixel differs from the picture without cards when a card is on it."""
PATIENCE_S = 20.0

Pixels = NDArray[np.int16]


def guards(view: SceneView, case: Case) -> dict[str, object]:
    """Share of the full frame's card pixels that a moving frame covers too; after a rest, how long until the frame is
    full, and until it is smooth and sharp."""
    pose, before = case.poses[len(case.poses) // 2], case.poses[len(case.poses) // 2 - 1]
    for step in (before, pose):
        view.camera.go(step)
        view.tick(time.monotonic())
        view.render()
    moving = _shown(view)
    rested_s = time.monotonic()
    while time.monotonic() - rested_s < PATIENCE_S:
        view.tick(time.monotonic())
        if view.dirty:
            view.render()
            view.window.WaitForCompletion()
        elif not view.composition.tiers.missing and view.painting.pace.is_settled:
            break
    full_ms = (time.monotonic() - rested_s) * 1000
    refined_ms = _refined_s(view, rested_s) * 1000
    view.painting.finish()
    full = _shown(view)
    ground = _without_cards(view)
    on_full, on_moving = (np.abs(picture - ground).max(axis=2) > SEEN for picture in (full, moving))
    covered = float((on_full & on_moving).sum() / max(1, on_full.sum()))
    return {"covered": round(covered, 3), "full_after_rest_ms": round(full_ms), "refined_ms": round(refined_ms)}


def _refined_s(view: SceneView, rested_s: float) -> float:
    """How long after a rest everything is sharp and all frames of the picture at rest are gathered."""
    while time.monotonic() - rested_s < PATIENCE_S and not (view.is_sharp and not view.painting.exposure.is_due):
        view.tick(time.monotonic())
        if view.dirty:
            view.render()
            view.window.WaitForCompletion()
        else:
            time.sleep(0.004)
    return time.monotonic() - rested_s


def psnr_to_supersampled(view: SceneView, pose: Pose) -> float:
    """Decibels between the full frame and the same one drawn four times as large and averaged."""
    view.camera.go(pose)
    view.tick(time.monotonic())
    view.painting.finish()
    plain = _shown(view)
    width, height = SIZE_PX
    view.window.SetSize(width * SUPERSAMPLED, height * SUPERSAMPLED)
    view.tick(time.monotonic())
    view.painting.finish()
    large = window_pixels(view.window, width * SUPERSAMPLED, height * SUPERSAMPLED)
    view.window.SetSize(width, height)
    reference = np.asarray(Image.fromarray(large).reduce(SUPERSAMPLED)).astype(np.float64)
    error = float(((plain - reference) ** 2).mean())
    return round(10 * np.log10(255.0**2 / max(error, 1e-9)), 1)


def _shown(view: SceneView) -> Pixels:
    return window_pixels(view.window, *SIZE_PX).astype(np.int16)


def _without_cards(view: SceneView) -> Pixels:
    actors = view.composition.tiers.actors
    were_seen = [actor.GetVisibility() for actor in actors]
    view.composition.attach()
    for actor in actors:
        actor.VisibilityOff()
    view.window.Render()
    picture = _shown(view)
    for actor, was_seen in zip(actors, were_seen, strict=True):
        actor.SetVisibility(was_seen)
    return picture
