"""Collections to lay out, and the geometric judge that the load scripts use too."""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from scene.layouts.contract import Work

sys.path.insert(0, str(Path(__file__).parents[2] / "load"))

COLOURS = ("red", "green", "blue", "magenta")
ASPECTS = (1.5, 0.75, 1.0, 1.78, 0.67)


def made(count: int) -> list[Work]:
    return [
        Work(
            asset_id=f"{i:08x}" + "e" * 56,
            title=f"Work {i}",
            width_px=round(1200 * ASPECTS[i % 5] ** 0.5),
            height_px=round(1200 / ASPECTS[i % 5] ** 0.5),
            taken=date(1990, 1, 15) + timedelta(days=(i * 977) % 12_000),
            values={"colour": COLOURS[i % 4]},
            tags=(("rain", "city", "sea")[i % 3],),
            score=round(1 - i / 1000, 4),
            brightness=(i * 37 % 100) / 100,
        )
        for i in range(count)
    ]


@pytest.fixture
def works() -> Callable[[int], list[Work]]:
    return made
