"""Makes and imports a library of many small pictures once, for benchmarks that need a full one."""

import itertools
import random
from datetime import date
from pathlib import Path

import numpy as np
from PIL import Image

from app.commands.headless import Headless
from app.compose import compose_session
from app.logs import start_logging
from app.places import Places

TODAY = date(2026, 11, 22)
PLACES = ("harbour", "forest", "street", "desert", "mountain", "market", "garden", "bridge", "station", "coast")
MOODS = ("rainy", "sunny", "foggy", "neon", "quiet", "crowded", "snowy", "golden", "blue", "abandoned")
TIMES = ("morning", "noon", "evening", "night")


def made(folder: Path, count: int) -> Path:
    """`count` JPEG files of 320 x 240 pixels with telling names, the same on every run."""
    draw = random.Random(7)
    pixels = np.random.default_rng(7)
    words = itertools.cycle(itertools.product(PLACES, MOODS, TIMES))
    for number, (place, mood, time_of_day) in zip(range(count), words, strict=False):
        path = (
            folder
            / place
            / f"{mood} {place} at {time_of_day} {1985 + number % 42}-06-{1 + number % 28:02d} {number}.jpg"
        )
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        base = np.array([draw.randrange(256) for _ in range(3)])
        small = np.clip(base + pixels.normal(0, 40, (12, 16, 3)), 0, 255).astype(np.uint8)
        Image.fromarray(small).resize((320, 240), Image.Resampling.BICUBIC).save(path, quality=75)
    return folder


def opened(build: Path, count: int) -> Headless:
    """A started session whose library holds `count` pictures; made and imported where they are missing."""
    places = Places.at(build / f"data-{count}")
    studio = Headless(compose_session(places, TODAY))
    start_logging(places.logs, "bench")
    studio.open("Benchmark")
    if studio.session.facets.total < count:
        studio.import_library(str(made(build / f"pictures-{count}", count)))
    return studio
