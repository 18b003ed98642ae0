"""Frame times of the viewport beside a scene of one VTK actor a card: `python tests/load/bench_viewport.py [counts]`.

Both draw the same cards off-screen at 1280x720 while the eye orbits, in turns, three rounds each; medians are compared.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from vtkmodules.vtkFiltersSources import vtkPlaneSource
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper, vtkRenderer, vtkRenderWindow

import resources
from scene.layouts.choose import arrange
from scene.layouts.contract import LayoutName, Wishes, Work
from scene.records import Placement, ThemeChoice
from scene.scene import Scene
from scene.themes import themes_in
from viewport.camera import Pose
from viewport.textures import Texture
from viewport.view import SceneView
from viewport.window import offscreen_window

SIZE = (1280, 720)
FRAMES, ROUNDS = 24, 3
TURN_RAD = 2 * np.pi / 180


class Blobs:
    """A different soft picture for every asset, made on the spot."""

    def pixels(self, asset_id: str, edge_px: int) -> NDArray[np.uint8] | None:
        """A blurred grid of nine colours."""
        seeds = np.random.default_rng(int(asset_id.split("-")[1])).integers(0, 255, (3, 3, 3), dtype=np.uint8)
        return np.asarray(Image.fromarray(seeds).resize((edge_px, edge_px * 2 // 3), Image.Resampling.BICUBIC))

    def colour(self, asset_id: str) -> tuple[int, int, int]:
        """A colour by number."""
        number = int(asset_id.split("-")[1]) * 2654435761
        return number & 255, number >> 8 & 255, number >> 16 & 255


def scene_of(layout: LayoutName, count: int) -> Scene:
    """So many works laid out, in the cyberpunk theme."""
    works = [
        Work(
            asset_id=f"a-{k}",
            title=f"Work {k}",
            width_px=1500,
            height_px=1000,
            taken=date(1985 + k % 40, 1 + k % 12, 1),
        )
        for k in range(count)
    ]
    wishes = Wishes(group_by="year") if layout == "grid" else Wishes()
    arranged = arrange(layout, works, wishes)
    return Scene.of([*(r for r in arranged.records if r.id != "theme"), ThemeChoice(theme="cyberpunk")])


def naive_scene(placements: list[Placement], renditions: Blobs, edge_px: int) -> tuple[vtkRenderWindow, vtkRenderer]:
    """One plane source, mapper, texture and actor for each card."""
    window, renderer = offscreen_window(*SIZE), vtkRenderer()
    window.AddRenderer(renderer)
    for placement in placements:
        width, height = placement.size_m
        plane = vtkPlaneSource()
        plane.SetOrigin(-width / 2, -height / 2, 0)
        plane.SetPoint1(width / 2, -height / 2, 0)
        plane.SetPoint2(-width / 2, height / 2, 0)
        mapper = vtkPolyDataMapper()
        mapper.SetInputConnection(plane.GetOutputPort())
        actor = vtkActor()
        actor.SetMapper(mapper)
        pixels = renditions.pixels(placement.asset_id, edge_px)
        assert pixels is not None
        actor.SetTexture(Texture(pixels).vtk)
        actor.SetPosition(*placement.position_m)
        turn = 2 * np.arctan2(placement.rotation[1], placement.rotation[3])
        actor.RotateY(float(np.degrees(turn)))
        renderer.AddActor(actor)
    return window, renderer


def times_of(draw: Callable[[Pose], None], pose: Pose, frames: int = FRAMES) -> list[float]:
    """Milliseconds of each frame of a turn."""
    found = []
    for _ in range(frames):
        pose = pose.orbited(float(TURN_RAD), 0.0)
        began = time.perf_counter()
        draw(pose)
        found.append((time.perf_counter() - began) * 1000)
    return found


def compare(layout: LayoutName, count: int) -> str:
    """One line of the table."""
    renditions = Blobs()
    scene = scene_of(layout, count)
    view = SceneView(themes_in(resources.folder("themes")), renditions, offscreen_window(*SIZE))
    began = time.perf_counter()
    view.show(scene)
    view.render()
    shown_ms = (time.perf_counter() - began) * 1000
    view.fly_to_overview(0.0)
    start = view.camera.pose
    view.load_all()
    window, renderer = naive_scene(scene.placements, renditions, 64)

    def ours(pose: Pose) -> None:
        view.camera.go(pose)
        view.tick(time.monotonic())
        view.render()
        view.window.WaitForCompletion()

    def naive(pose: Pose) -> None:
        camera = renderer.GetActiveCamera()
        camera.SetPosition(*pose.position)
        camera.SetFocalPoint(*pose.target)
        camera.SetViewUp(0, 1, 0)
        camera.SetViewAngle(55)
        camera.SetClippingRange(0.05, 400)
        window.Render()
        window.WaitForCompletion()

    patience = max(4, min(FRAMES, 20_000 // count))
    times_of(ours, start), times_of(naive, start, 2)
    rounds = [(times_of(ours, start), times_of(naive, start, patience)) for _ in range(ROUNDS)]
    view.close()
    window.Finalize()
    mine = sorted(ms for pair in rounds for ms in pair[0])
    theirs = sorted(ms for pair in rounds for ms in pair[1])
    median, other = statistics.median(mine), statistics.median(theirs)
    return (
        f"{layout:9} {count:7,} {shown_ms:11.0f} {median:9.1f} {mine[int(len(mine) * 0.95)]:8.1f} "
        f"{other:14.1f} {other / median:7.1f}x"
    )


def main() -> None:
    """Print the table."""
    counts = [int(text) for text in sys.argv[1:]] or [30, 1_000, 10_000]
    print("layout      works  first ms  median ms   p95 ms  actor-a-card     ratio")
    for count in counts:
        print(compare("gallery", count), flush=True)
        if count > 100:
            print(compare("grid", count), flush=True)


if __name__ == "__main__":
    main()
