"""A sky of invented stars: places, brightness and colour, a milky band, and figures joined from bright neighbours."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from resources.sample_collection.darkroom import axes
from resources.sample_collection.noise import clouds, resized
from resources.sample_collection.palette import Floats


@dataclass(frozen=True)
class Sky:
    """Stars on the unit square (x, y), their radius factor, and pairs of stars that make up figures."""

    places: Floats
    sizes: Floats
    figures: list[list[tuple[int, int]]]


def scattered(rng: Generator, count: int, figures: int, aspect: float = 1.0, band: float = 0.35) -> Sky:
    """Stars at random, denser along a band; `aspect` is width over height, so that figures are not stretched."""
    across = rng.uniform(0, 1, (count, 2))
    lean = int(count * band)
    share = rng.uniform(0, 1, lean)
    across[:lean, 0] = share
    across[:lean, 1] = 0.5 + 0.26 * np.sin(share * 5.2 + 0.6) + rng.normal(0, 0.075, lean)
    sizes = np.clip(rng.pareto(1.9, count) * 0.35 + 0.3, 0.3, 3.4)
    places = across.astype(np.float32)
    return Sky(places, sizes.astype(np.float32), _figures(places, sizes, figures, aspect, rng))


def _figures(places: Floats, sizes: Floats, wanted: int, aspect: float, rng: Generator) -> list[list[tuple[int, int]]]:
    """Join five to nine bright stars near each chosen centre, each to the nearest one joined before it."""
    flat = places * np.array([aspect, 1.0], dtype=np.float32)
    free = np.ones(len(places), dtype=bool)
    figures: list[list[tuple[int, int]]] = []
    centres: list[Floats] = []
    for _ in range(wanted * 8):
        if len(figures) >= wanted:
            break
        centre = rng.uniform(0.08, 0.92, 2) * (aspect, 1.0)
        if any(np.hypot(*(centre - other)) < 0.2 * np.sqrt(12 / wanted) for other in centres):
            continue
        away = np.hypot(*(flat - centre).T)
        near = np.nonzero((away < 0.115 * np.sqrt(14 / wanted)) & free)[0]
        if len(near) < 6:
            continue
        chosen = near[np.argsort(-sizes[near])][: int(rng.integers(5, 10))]
        joined, links = [int(chosen[0])], []
        for star in chosen[1:]:
            to = joined[int(np.argmin([np.hypot(*(flat[star] - flat[j])) for j in joined]))]
            links.append((int(star), to))
            joined.append(int(star))
        free[near] = False
        centres.append(centre)
        figures.append(links)
    return figures


def milky(rng: Generator, width: int, height: int, tilt: float = 0.5) -> tuple[Floats, Floats]:
    """Brightness of the milky band (H, W) and the dark dust in it."""
    columns, rows = width // 3 + 1, height // 3 + 1
    x, y = axes(columns, rows)
    u, v = x / columns, y / rows
    unit = min(columns, rows)
    rough = clouds(rng, columns, rows, unit * 0.3, 6, 0.55)
    away = v - (0.5 + 0.26 * np.sin(u * 5.2 + 0.6)) * tilt - (1 - tilt) * (0.8 - 0.6 * u)
    glow = np.exp(-((away / 0.13) ** 2)) * (0.55 + 0.28 * rough) + 0.5 * np.exp(-((away / 0.3) ** 2)) * (
        0.3 + 0.1 * rough
    )
    dust = np.exp(-(((away + 0.03 * rough) / 0.05) ** 2)) * np.clip(
        clouds(rng, columns, rows, unit * 0.16, 5, 0.6) + 0.45, 0, 1.5
    )
    return (
        np.clip(resized(glow.astype(np.float32), width, height, smooth=False), 0, None),
        np.clip(resized(dust.astype(np.float32), width, height, smooth=False), 0, 1),
    )
