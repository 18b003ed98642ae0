"""Charts of the sky: a round polar chart, twin hemispheres, a strip along the ecliptic, the orbits of a system."""

from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import ImageDraw, ImageFont

from resources.sample_collection.drawing import Sheet
from resources.sample_collection.genres.sky.stars import Sky, scattered
from resources.sample_collection.palette import Floats

Covers = dict[str, Floats]
"""Covers (H, W) by the ink they are printed in: lines, stars, figures, ground of the chart."""


class _Chart:
    """Sheets by ink for one chart."""

    def __init__(self, width: int, height: int) -> None:
        self.lines, self.stars, self.figures, self.ground = (Sheet(width, height) for _ in range(4))

    def covers(self) -> Covers:
        return {
            "lines": self.lines.read(),
            "stars": self.stars.read(),
            "figures": self.figures.read(),
            "ground": self.ground.read(),
        }

    def words(self, x: float, y: float, text: str, size: float) -> None:
        """Figures on a scale, centred."""
        font = ImageFont.load_default(size * self.lines.scale)
        pen = ImageDraw.Draw(self.lines.image)
        pen.text((x * self.lines.scale, y * self.lines.scale), text, fill=230, font=font, anchor="mm")


def polar(width: int, height: int, look: dict[str, Any], rng: Generator) -> Covers:
    """One hemisphere about its pole."""
    chart = _Chart(width, height)
    _disc(chart, width / 2, height / 2, min(width, height) * 0.435, look, rng, True)
    _corners(chart, width, height)
    return chart.covers()


def twin(width: int, height: int, look: dict[str, Any], rng: Generator) -> Covers:
    """Both hemispheres side by side, or one over the other."""
    chart = _Chart(width, height)
    if width > height:
        radius = min(width * 0.225, height * 0.41)
        places = [(width * 0.26, height / 2), (width * 0.74, height / 2)]
    else:
        radius = min(height * 0.225, width * 0.41)
        places = [(width / 2, height * 0.26), (width / 2, height * 0.74)]
    for x, y in places:
        _disc(chart, x, y, radius, look, rng, False)
    _corners(chart, width, height)
    return chart.covers()


def _disc(
    chart: _Chart, x: float, y: float, radius: float, look: dict[str, Any], rng: Generator, labelled: bool
) -> None:
    chart.ground.disc(x, y, radius)
    for share in (1 / 3, 2 / 3):
        chart.lines.ring(x, y, radius * share, 1.0, 110)
    chart.lines.ring(x, y, radius, 2.4, 255)
    chart.lines.ring(x, y, radius * 1.035, 1.2, 220)
    chart.lines.ring(x, y, radius * 1.085, 2.4, 255)
    for hour in range(24):
        angle = np.deg2rad(hour * 15)
        inner = radius * (0.08 if hour % 6 == 0 else 1 / 3 if hour % 2 == 0 else 2 / 3)
        direction = np.array([np.cos(angle), np.sin(angle)])
        chart.lines.line([np.array([x, y]) + direction * inner, np.array([x, y]) + direction * radius], 0.9, 95)
        if labelled and hour % 2 == 0:
            at = np.array([x, y]) + direction * radius * 1.125
            chart.words(float(at[0]), float(at[1]), f"{hour}h", radius * 0.04)
    for degree in range(0, 360, 2):
        angle = np.deg2rad(degree)
        direction = np.array([np.cos(angle), np.sin(angle)])
        long = 1.085 if degree % 10 == 0 else 1.062
        chart.lines.line(
            [np.array([x, y]) + direction * radius * 1.035, np.array([x, y]) + direction * radius * long], 1.2, 235
        )
    shift = radius * 0.24
    chart.lines.ring(x + shift, y - shift * 0.4, radius * 0.70, 1.6, 170)
    sky = scattered(rng, look.get("stars", 1500), look.get("figures", 14))
    places = (sky.places - 0.5) * 2
    inside = np.hypot(*places.T) < 0.975
    _set(chart, sky, np.array([x, y]) + places * radius, inside, radius / 340)


def strip(width: int, height: int, look: dict[str, Any], rng: Generator) -> Covers:
    """A broad chart with the ecliptic as a wave."""
    chart = _Chart(width, height)
    margin = min(width, height) * 0.07
    left, top, right, bottom = margin, margin, width - margin, height - margin
    chart.ground.box(left, top, right, bottom)
    for inset, thick in ((0.0, 2.6), (margin * 0.3, 1.0), (margin * 0.42, 2.2)):
        box = [
            (left - inset, top - inset),
            (right + inset, top - inset),
            (right + inset, bottom + inset),
            (left - inset, bottom + inset),
        ]
        chart.lines.line([*box, box[0]], thick, 245)
    columns = 24 if width > height else 12
    for number in range(1, columns):
        x = left + (right - left) * number / columns
        chart.lines.line([(x, top), (x, bottom)], 0.9, 80)
        if number % 2 == 0:
            chart.words(x, bottom + margin * 0.19, f"{number}h", margin * 0.2)
    for number in range(1, 6):
        y = top + (bottom - top) * number / 6
        chart.lines.line([(left, y), (right, y)], 0.9, 80 if number != 3 else 170)
    share = np.linspace(0, 1, 200)
    wave = np.stack(
        [left + (right - left) * share, (top + bottom) / 2 - (bottom - top) * 0.2 * np.sin(share * 2 * np.pi)], axis=1
    )
    for k in range(0, 198, 4):
        chart.lines.line(wave[k : k + 3], 2.0, 190)
    aspect = (right - left) / (bottom - top)
    sky = scattered(rng, look.get("stars", 1900), look.get("figures", 18), aspect)
    places = np.array([left, top]) + sky.places * np.array([right - left, bottom - top])
    inside = ((places > np.array([left + 4, top + 4])) & (places < np.array([right - 4, bottom - 4]))).all(axis=1)
    _set(chart, sky, places, inside, min(width, height) / 900)
    return chart.covers()


def orbits(width: int, height: int, look: dict[str, Any], rng: Generator) -> Covers:
    """A sun, the paths of its planets seen at a slant, moons and a comet."""
    chart = _Chart(width, height)
    x, y, unit = width * look.get("at_x", 0.5), height * look.get("at_y", 0.52), min(width, height)
    flat = look.get("flat", 0.42)
    turn = np.linspace(0, 2 * np.pi, 241)
    planets = look.get("planets", 8)
    widest = min(width * 0.44, height * 0.43 / flat)
    for number in range(planets):
        reach = widest * (number + 1.6) / (planets + 0.6)
        path = np.stack([x + reach * np.cos(turn), y + reach * flat * np.sin(turn)], axis=1)
        chart.lines.line(path, 1.6 if number % 3 else 2.2, 150)
        for degree in range(0, 240, 4):
            at, further = path[degree], np.array([x, y]) + (path[degree] - np.array([x, y])) * 1.018
            chart.lines.line([at, further], 0.9, 120)
        _planet(chart, path, number, unit, rng)
    _sun(chart, x, y, unit)
    comet = np.stack(
        [
            x - unit * 0.2 + unit * 0.62 * np.cos(turn),
            y - unit * 0.12 + unit * 0.16 * np.sin(turn) - unit * 0.3 * np.cos(turn),
        ],
        axis=1,
    )
    chart.lines.line(comet, 1.0, 110)
    sky = scattered(rng, look.get("stars", 700), 0)
    _set(chart, sky, sky.places * np.array([width, height]), np.ones(len(sky.sizes), dtype=bool), unit / 1300)
    _corners(chart, width, height)
    return chart.covers()


def _planet(chart: _Chart, path: Floats, number: int, unit: float, rng: Generator) -> None:
    """A planet somewhere on its path, the sixth with a ring, those further out with moons."""
    k = int(40 + number * 91.7 + rng.uniform(-12, 12)) % 240
    x, y = path[k]
    size = unit * float(rng.uniform(0.008, 0.026)) * (1.35 if number in (4, 5) else 1.0)
    chart.figures.disc(x, y, size)
    chart.lines.ring(x, y, size * 1.5, 1.2, 180)
    if number == 5:
        turn = np.linspace(0, 2 * np.pi, 241)
        chart.figures.line(np.stack([x + size * 2.3 * np.cos(turn), y + size * 0.7 * np.sin(turn)], axis=1), 2.4)
    for moon in range(int(rng.integers(0, 3)) * (number > 2)):
        angle = float(rng.uniform(0, 6.28))
        at = (x + np.cos(angle) * size * (1.9 + 0.4 * moon), y + np.sin(angle) * size * 1.4)
        chart.stars.disc(*at, unit * 0.003)


def _sun(chart: _Chart, x: float, y: float, unit: float) -> None:
    for k in range(24):
        along = np.array([np.cos(k * np.pi / 12), np.sin(k * np.pi / 12)]) * unit
        chart.stars.line([(x, y) + along * 0.05, (x, y) + along * (0.085 if k % 2 else 0.066)], 2.0)
    chart.stars.disc(x, y, unit * 0.042)


def _set(chart: _Chart, sky: Sky, places: Floats, inside: Any, scale: float) -> None:
    """Stars as discs, the brightest with rays, and the figures' lines cut short of their stars."""
    for links in sky.figures:
        for one, other in links:
            if not (inside[one] and inside[other]):
                continue
            a, b = places[one], places[other]
            gap = (b - a) / max(float(np.hypot(*(b - a))), 1e-6) * 6 * scale
            chart.figures.line([a + gap, b - gap], 1.3 * max(scale, 0.9), 200)
    joined = {star for links in sky.figures for link in links for star in link}
    for number in np.nonzero(inside)[0]:
        x, y = (float(v) for v in places[number])
        size = float(sky.sizes[number]) * scale * (1.7 if int(number) in joined else 1.15)
        size = max(size, 2.2 * scale) if int(number) in joined else size
        chart.stars.disc(x, y, max(size, 0.5))
        if size > 4.4 * scale:
            for k in range(8):
                angle = k * np.pi / 4
                long = size * (2.3 if k % 2 == 0 else 1.6)
                chart.stars.line([(x, y), (x + np.cos(angle) * long, y + np.sin(angle) * long)], 0.9, 230)


def _corners(chart: _Chart, width: int, height: int) -> None:
    """A double frame with arcs in its corners."""
    unit = min(width, height)
    for inset, thick in ((0.028, 2.6), (0.038, 1.0)):
        a = unit * inset
        box = [(a, a), (width - a, a), (width - a, height - a), (a, height - a)]
        chart.lines.line([*box, box[0]], thick, 235)
    a = unit * 0.038
    for x, y, start in ((a, a, 0), (width - a, a, 90), (width - a, height - a, 180), (a, height - a, 270)):
        for k in range(5):
            chart.lines.arc(x, y, unit * (0.035 + 0.016 * k), start, start + 90, 1.4, 200)
