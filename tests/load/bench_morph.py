"""Works that fly between layouts: `python -m tests.load.bench_morph [--json] [--counts 1000,5000] [--rounds 2]`.

Each leg shows the next layout of the same works and draws its whole flight off-screen at 1280x720: frames a second
(median, and of the slowest twentieth), processor time a frame, the longest call before, in and after the flight.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

import resources
from scene.layouts.choose import arrange
from scene.layouts.contract import LayoutName, Wishes, Work
from scene.records import ThemeChoice
from scene.scene import Scene
from scene.themes import themes_in
from tests.load.bench_layouts import library
from tests.load.viewport_cases import SIZE_PX, Thumbnails
from viewport.graphics.window import offscreen_window
from viewport.offscreen import renderer_name
from viewport.view import SceneView

LEGS: tuple[LayoutName, ...] = ("gallery", "timeline", "cluster", "grid", "gallery")
COUNTS = (1_000, 5_000)
PATIENCE_S = 60.0
GOAL_FPS = 30.0


@dataclass
class Leg:
    """One flight as it was measured."""

    name: str
    works: int
    frames_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    blocks_ms: dict[str, float] = field(default_factory=dict)
    """The longest call of each kind."""
    waited_ms: float = 0.0

    def timed(self, name: str, call: Callable[[], object]) -> None:
        """Call, and note how long the calling thread was held."""
        began = time.perf_counter()
        call()
        self.blocks_ms[name] = max(self.blocks_ms.get(name, 0.0), (time.perf_counter() - began) * 1000)

    @property
    def row(self) -> dict[str, object]:
        """Its line of the table."""
        frames = np.array(self.frames_ms or [0.0])
        median, slow = float(np.median(frames)), float(np.percentile(frames, 95))
        return {
            "leg": self.name,
            "works": self.works,
            "frames": len(self.frames_ms),
            "fps_median": round(1000 / median, 1) if median else None,
            "fps_p95": round(1000 / slow, 1) if slow else None,
            "median_ms": round(median, 1),
            "p95_ms": round(slow, 1),
            "cpu_ms": round(float(np.median(self.cpu_ms or [0.0])), 1),
            "longest_block_ms": round(max(self.blocks_ms.values(), default=0.0), 1),
            "blocks_ms": {name: round(took, 1) for name, took in self.blocks_ms.items()},
            "begins_after_ms": round(self.waited_ms),
        }


def scenes_of(count: int) -> list[tuple[LayoutName, Scene]]:
    """The same works in every layout."""
    works: Sequence[Work] = [work.model_copy(update={"asset_id": f"a-{n}"}) for n, work in enumerate(library(count))]
    features = np.random.default_rng(2).normal(size=(count, 64)).astype(np.float32)
    found = {name: _scene(name, works, features) for name in dict.fromkeys(LEGS)}
    return [(name, found[name]) for name in LEGS]


def _scene(
    name: LayoutName, works: Sequence[Work], features: "np.ndarray[tuple[int, int], np.dtype[np.float32]]"
) -> Scene:
    records = arrange(name, works, Wishes(), features=features).records
    return Scene.of([*(record for record in records if record.id != "theme"), ThemeChoice(theme="white_cube")])


def settle(view: SceneView, work: str) -> None:
    """Wait until everything is in place and sharp."""
    end = time.perf_counter() + PATIENCE_S
    while time.perf_counter() < end:
        wanted = view.tick(time.monotonic())
        if view.dirty:
            view.render()
        elif not wanted and work in view.work_ids:
            return
        else:
            time.sleep(0.004)


def flown(view: SceneView, scene: Scene, leg: Leg) -> None:
    """Show a scene and draw the flight to it."""
    leg.timed("show", lambda: view.show(scene))
    began = time.perf_counter()
    while view.staging.morph is None:
        leg.timed("enter", lambda: view.tick(time.monotonic()))
        if time.perf_counter() - began > PATIENCE_S:
            raise SystemExit(f"nothing flew on the leg {leg.name}")
        time.sleep(0.002)
    leg.waited_ms = (time.perf_counter() - began) * 1000
    while view.staging.morph is not None:
        before, cpu = time.perf_counter(), time.process_time()
        leg.timed("fly", lambda: view.tick(time.monotonic()))
        leg.timed("first frame" if not leg.frames_ms else "frame", lambda: _drawn(view))
        leg.frames_ms.append((time.perf_counter() - before) * 1000)
        leg.cpu_ms.append((time.process_time() - cpu) * 1000)
    for _ in range(10):
        leg.timed("landed", lambda: view.tick(time.monotonic()))
        leg.timed("frame after", lambda: _drawn(view))


def _drawn(view: SceneView) -> None:
    view.render()
    view.window.WaitForCompletion()


def measured(count: int, rounds: int) -> list[Leg]:
    """Every leg, several times over."""
    view = SceneView(themes_in(resources.folder("themes")), Thumbnails(count), offscreen_window(*SIZE_PX))
    stops = scenes_of(count)
    view.show(stops[0][1])
    work = stops[0][1].placements[0].id
    settle(view, work)
    legs: dict[str, Leg] = {}
    for _ in range(rounds):
        for (name, _), (to, scene) in pairwise(stops):
            leg = legs.setdefault(f"{name} to {to}", Leg(f"{name} to {to}", count))
            view.flights.overview(0.0)
            settle(view, work)
            flown(view, scene, leg)
            settle(view, work)
    view.close()
    return list(legs.values())


def main() -> None:
    """Print the table, or JSON."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--counts", default=",".join(map(str, COUNTS)))
    asked.add_argument("--rounds", type=int, default=2)
    options = asked.parse_args()
    rows = [leg.row for count in options.counts.split(",") for leg in measured(int(count), options.rounds)]
    if options.json:
        print(json.dumps({"renderer": renderer_name(), "goal_fps": GOAL_FPS, "rows": rows}, indent=2))
        return
    print(f"renderer {renderer_name()}, 1280x720, goal {GOAL_FPS:.0f} frames a second")
    print(HEAD)
    for row in rows:
        cells = (f"{row[key]:>{width}}" for key, width in _CELLS)
        print(f"{row['leg']:<20}{row['works']:>7,}" + "".join(cells), flush=True)


HEAD = "leg                   works  frames    fps  fps p95     ms    p95    cpu   block  begins"
_CELLS = (("frames", 8), ("fps_median", 7), ("fps_p95", 9), ("median_ms", 7), ("p95_ms", 7), ("cpu_ms", 7),
          ("longest_block_ms", 8), ("begins_after_ms", 8))  # fmt: skip

if __name__ == "__main__":
    main()
