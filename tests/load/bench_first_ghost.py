"""From Enter to the first picture of the ghost: `python -m tests.load.bench_first_ghost [--json]`, milliseconds."""

import argparse
import json
import statistics
import time
from pathlib import Path

from app.environment import prepare_environment

prepare_environment()

from app.commands.headless import Headless  # noqa: E402
from tests.load.picture_library import opened  # noqa: E402
from viewport.offscreen import SceneView, offscreen_window, renderer_name  # noqa: E402

REQUESTS = (
    "create a gallery of 24 rainy streets",
    "create a cyberpunk gallery of 24 neon nights",
    "a timeline of 24 foggy harbours",
    "24 golden gardens in a white cube",
)


def measured(studio: Headless, repeats: int) -> list[dict[str, float]]:
    """For each request: the turn, staging and drawing it, and their sum."""
    view = SceneView(studio.session.themes, studio.session.renditions, offscreen_window(1280, 720))
    view.show(studio.session.store.scene)
    view.render()
    rows = []
    for number in range(repeats):
        begun = time.perf_counter()
        ended = studio.ask(REQUESTS[number % len(REQUESTS)])
        turned = time.perf_counter()
        assert ended.proposal is not None, ended.text
        view.stage(studio.session.proposal)
        view.render()
        drawn = time.perf_counter()
        rows.append(
            {
                "works": len(ended.proposal.works),
                "turn_ms": (turned - begun) * 1000,
                "draw_ms": (drawn - turned) * 1000,
                "ghost_ms": (drawn - begun) * 1000,
            }
        )
        view.stage(None)
        studio.session.reject()
    view.close()
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--build", type=Path, default=Path("build/bench"))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    studio = opened(options.build, options.count)
    try:
        studio.ask(REQUESTS[0])
        studio.session.reject()
        rows = measured(studio, options.repeats)
    finally:
        studio.session.stop()
    result = {"assets": options.count, "renderer": renderer_name(), "works": min(row["works"] for row in rows)}
    for name in ("turn_ms", "draw_ms", "ghost_ms"):
        values = sorted(row[name] for row in rows)
        result[name] = {
            "median": round(statistics.median(values), 1),
            "p95": round(values[min(len(values) - 1, round(0.95 * (len(values) - 1)))], 1),
        }
    if options.json:
        print(json.dumps(result))
        return
    print(f"First ghost, {options.count:,} assets, {result['works']:.0f} works, {result['renderer']}")
    for name in ("turn_ms", "draw_ms", "ghost_ms"):
        print(f"  {name:9} median {result[name]['median']:8.1f}   p95 {result[name]['p95']:8.1f}")


if __name__ == "__main__":
    main()
