"""One case of the viewport benchmark with one VTK actor, texture and mapper a card, in a process of its own."""

import json
import resource
import sys
import time
from collections.abc import Sequence

import numpy as np
from vtkmodules.vtkFiltersSources import vtkPlaneSource
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper, vtkRenderer

from scene.records import Placement
from tests.load.viewport_cases import SIZE_PX, Case, Thumbnails, case_of
from viewport.camera import Pose
from viewport.graphics.textures import Texture
from viewport.graphics.window import offscreen_window

MOST_S = 20.0


class Naive:
    """A renderer with an actor of its own for each card."""

    def __init__(self, case: Case, thumbnails: Thumbnails) -> None:
        self._window, self._renderer = offscreen_window(*SIZE_PX), vtkRenderer()
        self._window.AddRenderer(self._renderer)
        for placement in case.scene.placements:
            self._renderer.AddActor(_card(placement, thumbnails))

    def draw(self, pose: Pose) -> None:
        """One frame, waited for."""
        camera = self._renderer.GetActiveCamera()
        camera.SetPosition(*pose.position)
        camera.SetFocalPoint(*pose.target)
        camera.SetViewUp(0, 1, 0)
        camera.SetViewAngle(55)
        camera.SetClippingRange(0.05, 400)
        self._window.Render()
        self._window.WaitForCompletion()


def _card(placement: Placement, thumbnails: Thumbnails) -> vtkActor:
    width, height = placement.size_m
    plane = vtkPlaneSource()
    plane.SetOrigin(-width / 2, -height / 2, 0)
    plane.SetPoint1(width / 2, -height / 2, 0)
    plane.SetPoint2(-width / 2, height / 2, 0)
    mapper = vtkPolyDataMapper()
    mapper.SetInputConnection(plane.GetOutputPort())
    actor = vtkActor()
    actor.SetMapper(mapper)
    pixels = thumbnails.pixels(placement.asset_id, 64)
    assert pixels is not None
    actor.SetTexture(Texture(pixels).vtk)
    actor.SetPosition(*placement.position_m)
    actor.RotateY(float(np.degrees(2 * np.arctan2(placement.rotation[1], placement.rotation[3]))))
    return actor


def _orbited(naive: Naive, poses: Sequence[Pose]) -> list[float]:
    """How many milliseconds each frame took; no more frames than fit into the time."""
    frames: list[float] = []
    began = time.perf_counter()
    for pose in poses:
        before = time.perf_counter()
        naive.draw(pose)
        frames.append((time.perf_counter() - before) * 1000)
        if time.perf_counter() - began > MOST_S and len(frames) > 3:
            break
    return frames


def main() -> None:
    """Measure one case and print it as JSON."""
    name, count = sys.argv[1], int(sys.argv[2])
    case, thumbnails = case_of(name, count), Thumbnails(count)
    began = time.perf_counter()
    naive = Naive(case, thumbnails)
    naive.draw(case.poses[0])
    first_ms = (time.perf_counter() - began) * 1000
    frames = _orbited(naive, case.poses)
    measured = {
        "first_picture_ms": round(first_ms),
        "median_ms": round(float(np.median(frames)), 1),
        "p95_ms": round(float(np.percentile(frames, 95)), 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
