"""One case of the viewport benchmark, drawn by the viewport in a process of its own: `python -m ... NAME COUNT`."""

import gc
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

import resources
from app.allocation import keep_allocations_tight
from app.turns import take_short_turns
from scene.themes import themes_in
from tests.load.viewport_cases import SIZE_PX, Case, Thumbnails, case_of
from tests.load.viewport_fidelity import guards, psnr_to_supersampled
from viewport.graphics.window import offscreen_window
from viewport.view import SceneView

ROUNDS = 3
PATIENCE_S = 90.0
T = TypeVar("T")


class Blocks:
    """How long the calling thread was held by each call."""

    def __init__(self) -> None:
        self.longest: dict[str, float] = {}

    def timed(self, name: str, call: Callable[[], T]) -> T:
        """Call, and note the milliseconds."""
        began = time.perf_counter()
        result = call()
        took = (time.perf_counter() - began) * 1000
        self.longest[name] = max(self.longest.get(name, 0.0), took)
        return result


def measure(case: Case, view: SceneView) -> dict[str, object]:
    """First picture, everything sharp, frame times of a turn, picking; the longest calls of it all."""
    blocks = Blocks()
    began = time.perf_counter()
    blocks.timed("show", lambda: view.show(case.scene))
    view.camera.go(case.poses[0])
    first_ms = sharp_ms = 0.0
    while not sharp_ms:
        _frame(view, blocks, "arrive")
        passed = time.perf_counter() - began
        if not first_ms and len(view.work_ids) == len(case.scene.placements):
            first_ms = passed * 1000
            view.camera.go(case.poses[0])
        if (first_ms and view.is_sharp) or passed > PATIENCE_S:
            sharp_ms = passed * 1000
    frames, cpu = [], []
    for turn in range(ROUNDS):
        for pose in case.poses if turn % 2 == 0 else case.poses[::-1]:
            view.camera.go(pose)
            before, before_cpu = time.perf_counter(), time.process_time()
            _frame(view, blocks, "orbit")
            frames.append((time.perf_counter() - before) * 1000)
            cpu.append((time.process_time() - before_cpu) * 1000)
    drawn = view.cards_drawn
    picks = []
    for x, y in np.random.default_rng(3).integers((0, 0), SIZE_PX, (40, 2)):
        before = time.perf_counter()
        view.pick(float(x), float(y))
        picks.append((time.perf_counter() - before) * 1000)
    peak_mb = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return {
        "first_picture_ms": round(first_ms),
        "sharp_ms": round(sharp_ms) if sharp_ms < PATIENCE_S * 1000 else None,
        "median_ms": round(float(np.median(frames)), 1),
        "p95_ms": round(float(np.percentile(frames, 95)), 1),
        "cpu_ms": round(float(np.median(cpu)), 1),
        "pick_ms": round(float(np.median(picks)), 1),
        "peak_mb": peak_mb,
        **guards(view, case),
        **({"psnr_db": psnr_to_supersampled(view, case.poses[0])} if case.name == "wall" else {}),
        "longest_block_ms": round(max(blocks.longest.values())),
        "blocks_ms": {name: round(took, 1) for name, took in blocks.longest.items()},
        "cards_drawn": drawn,
        "texture_mb": round(view.texture_bytes / 2**20),
    }


def _frame(view: SceneView, blocks: Blocks, phase: str) -> None:
    blocks.timed(f"{phase} tick", lambda: view.tick(time.monotonic()))
    if view.dirty:
        blocks.timed(f"{phase} render", lambda: _drawn(view))
    else:
        time.sleep(0.004)


def _drawn(view: SceneView) -> None:
    view.render()
    view.window.WaitForCompletion()


def main() -> None:
    """Measure one case and print it as JSON."""
    keep_allocations_tight()  # as the studio does
    take_short_turns()
    name, count = sys.argv[1], int(sys.argv[2])
    case = case_of(name, count)
    view = SceneView(themes_in(resources.folder("themes")), Thumbnails(count), offscreen_window(*SIZE_PX))
    gc.collect()
    gc.freeze()  # as the window does with what stays
    start = Blocks()
    while not view.is_sharp:
        _frame(view, start, "start")
    found = {**measure(case, view), "start_block_ms": round(max(start.longest.values()))}
    view.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
