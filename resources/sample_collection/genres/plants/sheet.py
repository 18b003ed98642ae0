"""A sheet that plants are drawn on: leaves of two halves with veins, stems, petals and seeds, in jittered tones."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from resources.sample_collection.drawing import Sheet, curve, tapered
from resources.sample_collection.palette import Floats, mix, rgb

_WHITE = np.ones(3, dtype=np.float32)
_BLACK = np.zeros(3, dtype=np.float32)
Point = tuple[float, float]


@dataclass
class Herbarium:
    """Colour and cover sheets, and how strongly halves, veins and outlines are set off."""

    colour: Sheet
    cover: Sheet
    rng: Generator
    outline: float = 0.35
    contrast: float = 0.22

    def _jittered(self, tone: Floats) -> Floats:
        shift = np.float32(self.rng.normal(0, 0.045)) + self.rng.normal(0, 0.012, 3).astype(np.float32)
        return np.clip(tone * (1 + shift * 2), 0, 1).astype(np.float32)

    def shape(self, points: Floats, tone: Floats) -> None:
        """A filled outline."""
        self.colour.polygon(points, rgb(tone))
        self.cover.polygon(points)

    def line(self, points: Floats, width_px: float, tone: Floats, covers: bool = True) -> None:
        """A thin line; veins do not add cover."""
        self.colour.line(points, width_px, rgb(tone))
        if covers:
            self.cover.line(points, width_px)

    def stem(self, points: Floats, thick: float, thin: float, tone: Floats) -> None:
        """A stem that tapers to its end."""
        outline = tapered(points, np.linspace(thick, thin, len(points)))
        self.shape(outline, tone)
        side = tapered(points + np.float32(thick * 0.18), np.linspace(thick * 0.4, thin * 0.3, len(points)))
        self.colour.polygon(side, rgb(mix(tone, _BLACK, 0.18)))

    def leaf(
        self,
        base: Point,
        angle: float,
        long: float,
        wide: float,
        tone: Floats,
        bend: float = 0.0,
        veins: int = 6,
        belly: float = 0.9,
    ) -> None:
        """A leaf from its base along an angle (radians, y down); `belly` below 1 is widest near the base."""
        tone = self._jittered(tone)
        ahead = np.array([np.cos(angle), np.sin(angle)])
        side = np.array([-ahead[1], ahead[0]])
        start = np.array(base)
        rib = curve([start, start + ahead * long * 0.5 + side * bend * long, start + ahead * long], 18)
        share = np.linspace(0, 1, 18)
        half = (wide / 2) * np.sin(np.pi * share**belly) ** 0.85
        along = np.gradient(rib, axis=0)
        along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
        across = np.stack([-along[:, 1], along[:, 0]], axis=1)
        left, right = rib + across * half[:, None], rib - across * half[:, None]
        self.shape(np.concatenate([left, right[::-1]]), mix(tone, _WHITE, self.contrast * 0.35))
        self.colour.polygon(np.concatenate([rib, right[::-1]]), rgb(mix(tone, _BLACK, self.contrast)))
        vein = mix(tone, _WHITE, 0.38)
        if veins:
            for k in np.linspace(3, 14, veins).astype(int):
                for edge in (left, right):
                    self.colour.line(
                        [rib[k], rib[min(k + 2, 17)] + (edge[min(k + 2, 17)] - rib[min(k + 2, 17)]) * 0.86],
                        0.6,
                        rgb(mix(tone, vein, 0.6)),
                    )
        self.colour.line(rib, max(wide * 0.02, 0.8), rgb(vein))
        if self.outline:
            self.colour.line(np.concatenate([left, right[::-1], left[:1]]), 0.7, rgb(mix(tone, _BLACK, self.outline)))

    def petal(self, base: Point, angle: float, long: float, wide: float, tone: Floats, ruffle: float = 0.06) -> None:
        """A petal: broad at its end, ruffled, streaked from the base."""
        tone = self._jittered(tone)
        turn = np.linspace(-1, 1, 26)
        reach = (
            long
            * (0.98 - 0.30 * np.abs(turn) ** 2.6)
            * (1 + ruffle * np.sin(turn * 9 + self.rng.uniform(0, 6)) * (1 - turn**2))
        )
        spread = turn * wide / max(long, 1e-6)
        rim = np.stack([base[0] + np.cos(angle + spread) * reach, base[1] + np.sin(angle + spread) * reach], axis=1)
        outline = np.concatenate([[base], rim])
        self.shape(outline.astype(np.float32), tone)
        for k in range(3, 24, 3):
            end = np.array(base) + (rim[k] - np.array(base)) * float(self.rng.uniform(0.6, 0.94))
            start = np.array(base) + (rim[k] - np.array(base)) * 0.12
            self.colour.line([start, end], 0.9, rgb(mix(tone, _BLACK, 0.14)))
        inner = np.concatenate([[base], np.array(base) + (rim - np.array(base)) * 0.34])
        self.colour.polygon(inner, rgb(mix(tone, _BLACK, 0.3)))
        if self.outline:
            self.colour.line(outline, 0.8, rgb(mix(tone, _BLACK, self.outline)))

    def seed(self, x: float, y: float, radius: float, tone: Floats) -> None:
        """A berry or seed with a small highlight."""
        tone = self._jittered(tone)
        self.colour.disc(x, y, radius, rgb(mix(tone, _BLACK, 0.22)))
        self.cover.disc(x, y, radius)
        self.colour.disc(x - radius * 0.12, y - radius * 0.12, radius * 0.8, rgb(tone))
        if radius > 3:
            self.colour.disc(x - radius * 0.35, y - radius * 0.35, radius * 0.22, rgb(mix(tone, _WHITE, 0.55)))
