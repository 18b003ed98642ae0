"""Random layouts judged by geometry: `python tests/load/layout_cases.py [--cases 10000] [--seed 1] [--most 80]`."""

import argparse
import random
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from hanging_rules import broken, path_breaks

from scene.layouts.choose import arrange
from scene.layouts.contract import Arranged, Column, LayoutName, Relation, Wishes, Work
from scene.records import Arrangement
from scene.scene import Scene

COLOURS = ("red", "green", "blue", "magenta", "cyan", "black", "")


def random_works(draw: random.Random, count: int) -> list[Work]:
    """Works of any shape, some extreme, some undated, some alike, some without a title."""
    works = []
    same_day = draw.random() < 0.2
    span = draw.choice((0, 1, 20, 400, 15_000, 700_000))
    extreme = draw.random() < 0.3
    for i in range(count):
        aspect = draw.choice((20.0, 0.05, 1.0, 1.5, 0.7)) if extreme else draw.uniform(0.5, 2.2)
        pixels = draw.choice((1.0, 1e4, 1e6, 2e6, 1e8))
        taken = date(1, 1, 1) + timedelta(days=draw.randrange(1, 3_000_000)) if draw.random() < 0.02 else None
        if taken is None and draw.random() > 0.15:
            taken = date(2026, 6, 1) - timedelta(days=0 if same_day else draw.randint(0, span))
        works.append(
            Work(
                asset_id=f"{draw.getrandbits(256):064x}" if draw.random() > 0.05 else "a" * 64 if i % 2 else f"{i}",
                title=draw.choice(("", f"Work {i}", f"Work {i}", f"Work {i}", "long " * 80)),
                width_px=max(1, int((pixels * aspect) ** 0.5)),
                height_px=max(1, int((pixels / aspect) ** 0.5)),
                taken=taken,
                values={"colour": draw.choice(COLOURS), "folder": draw.choice(("a", "b", "very long " * 90))},
                tags=tuple(draw.sample(("rain", "city", "sea", "stars", "x" * 900, " "), draw.randint(0, 3))),
                score=draw.random() if draw.random() > 0.2 else None,
                brightness=draw.random() if draw.random() > 0.2 else None,
            )
        )
    return works


def random_wishes(draw: random.Random, works: list[Work]) -> Wishes:
    """Any mix of wishes, sensible or not."""

    def maybe(value: object, odds: float = 0.25) -> object:
        return value if draw.random() < odds else None

    ids = [work.asset_id for work in works] or ["nothing"]
    relations = tuple(
        Relation(
            asset_id=draw.choice(ids),
            how=draw.choice(("opposite", "beside", "same_wall", "on_wall", "hero", "first", "last")),
            to=draw.choice((*ids[:3], "back", "the left wall", "room-1-right", "windows", "entrance", "nowhere" * 90)),
        )
        for _ in range(draw.choice((0, 0, 0, 1, 2, 4)))
    )
    return Wishes.model_validate(
        {
            "count": maybe(draw.randint(1, 120)),
            "order": maybe(draw.choice(("given", "newest", "oldest", "colour", "brightness", "title", "score"))),
            "gap_m": maybe(draw.choice((0.02, 0.1, 0.5, 1.5, 5.0, 10.0))),
            "eye_height_m": maybe(draw.uniform(0.5, 3.0)),
            "scale": maybe(draw.choice((0.2, 0.6, 1.5, 3.0, 5.0))),
            "columns": maybe(draw.randint(1, 30)),
            "rooms": maybe(draw.randint(1, 8)),
            "group_by": maybe(draw.choice(get_args(Column))),
            "groups": maybe(draw.randint(1, 12)),
            "axis": maybe(draw.choice(("floor", "wall")), 0.5),
            "windows": maybe(draw.random() < 0.7, 0.3),
            "relations": relations,
            "keep_walls": draw.choice(((), (), ("back",), ("left wall", "room-1-right"), ("nowhere" * 90,))),
        }
    )


def shown_before(draw: random.Random, arranged: Arranged, layout: LayoutName) -> Scene:
    """The scene of an arrangement with some works pinned, to be laid out again."""
    records = {record.id: record for record in arranged.records}
    for placement in arranged.placements:
        if draw.random() < 0.15:
            records[placement.id] = placement.model_copy(update={"pinned": True})
    return Scene.of([*records.values(), Arrangement(layout=layout)])


def one_case(seed: int, most: int) -> tuple[str, list[str]]:
    """Lay one random collection out, half of the time twice, and judge every outcome."""
    draw = random.Random(seed)
    works = random_works(draw, draw.choice((0, 1, 2, 3, draw.randint(4, 30), draw.randint(4, most))))
    features = np.random.default_rng(seed).normal(size=(len(works), 12)).astype(np.float32)
    layout = draw.choice(get_args(LayoutName))
    wishes = random_wishes(draw, works)
    arranged = arrange(layout, works, wishes, features=features, seed=draw.choice((0, 0, 7)))
    found = judged(works, arranged)
    asked, came = min(len(works), wishes.count or len(works)), len(arranged.placements) + len(arranged.unplaced)
    if came != asked:
        found.append(f"{asked} works were to be laid out, {came} are accounted for")
    if draw.random() < 0.5 and not found:
        before = shown_before(draw, arranged, layout)
        layout = draw.choice(get_args(LayoutName))
        wishes = random_wishes(draw, works)
        again = arrange(layout, works, wishes, features=features, scene=before)
        found = judged(works, again)
        stayed = {r.id: r for r in again.records}
        found += [
            f"{p.id} was pinned and did not stay"
            for p in before.placements
            if p.pinned and wishes.keep_pinned and stayed.get(p.id) != p
        ]
    return layout, found


def judged(works: list[Work], arranged: Arranged) -> list[str]:
    """Broken rules of the records, and placements of works that were not given."""
    known = {work.asset_id for work in works}
    strangers = [p.id for p in arranged.placements if p.asset_id not in known]
    return broken(arranged.records) + path_breaks(arranged.records) + [f"{name} is no work given" for name in strangers]


def main() -> int:
    """Run the cases; the exit status is 1 when any rule was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=80)
    options = parser.parse_args()
    begun, counts, failed = time.perf_counter(), Counter[str](), 0
    for case in range(options.seed, options.seed + options.cases):
        layout, found = one_case(case, options.most)
        counts[layout] += 1
        if found:
            failed += 1
            if failed <= 20:
                print(f"case {case} ({layout}): {found[:4]}")
    print(f"{options.cases:,} cases, {failed:,} broken, {time.perf_counter() - begun:.0f} s; {dict(counts)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
