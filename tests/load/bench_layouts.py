"""Times the layouts, in milliseconds: `python tests/load/bench_layouts.py [--json] [--repeats N]`."""

import argparse
import json
import random
import statistics
import time
from datetime import date, timedelta
from typing import get_args

import numpy as np

from scene.layouts.choose import arrange
from scene.layouts.contract import LayoutName, Wishes, Work

COLOURS = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "magenta", "black", "white")


def library(count: int) -> list[Work]:
    """Works with mixed aspects, dates from 1985 to 2026, colours and tags; the same on every run."""
    draw = random.Random(5)
    works = []
    for i in range(count):
        aspect, pixels = draw.choice((1.5, 1.33, 0.75, 0.67, 1.0, 1.78, 3.0)), draw.uniform(8e5, 4e6)
        works.append(
            Work(
                asset_id=f"{draw.getrandbits(256):064x}",
                title=f"Work {i + 1}",
                width_px=int((pixels * aspect) ** 0.5),
                height_px=int((pixels / aspect) ** 0.5),
                taken=date(1985, 1, 1) + timedelta(days=draw.randrange(15_000)),
                values={"colour": draw.choice(COLOURS)},
                tags=(draw.choice(("rain", "city", "sea", "stars")),),
                score=1 - i / count,
                reason="fits the words",
            )
        )
    return works


def timed(layout: LayoutName, count: int, repeats: int) -> dict[str, object]:
    """Wall-clock and processor time of one layout at one size; on a busy machine the latter is the steadier figure."""
    works = library(count)
    features = np.random.default_rng(2).normal(size=(count, 384)).astype(np.float32)
    wishes = Wishes(group_by="colour") if layout == "grid" else Wishes()
    spent, worked = [], []
    for _ in range(repeats):
        begun, cpu = time.perf_counter(), time.process_time()
        arrange(layout, works, wishes, features=features)
        spent.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - cpu) * 1000)
    p95 = sorted(spent)[min(len(spent) - 1, round(0.95 * (len(spent) - 1)))]
    return {
        "layout": layout,
        "works": count,
        "best_ms": round(min(spent), 2),
        "median_ms": round(statistics.median(spent), 2),
        "p95_ms": round(p95, 2),
        "cpu_ms": round(statistics.median(worked), 2),
    }


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    rows = [
        timed(layout, count, options.repeats) for count in (1, 30, 1_000, 10_000) for layout in get_args(LayoutName)
    ]
    if options.json:
        print(json.dumps(rows, indent=2))
        return
    print(f"{'layout':<10}{'works':>8}{'best ms':>10}{'median ms':>12}{'p95 ms':>10}{'cpu ms':>10}")
    for row in rows:
        print(
            f"{row['layout']:<10}{row['works']:>8,}{row['best_ms']:>10}{row['median_ms']:>12}{row['p95_ms']:>10}{row['cpu_ms']:>10}"
        )


if __name__ == "__main__":
    main()
