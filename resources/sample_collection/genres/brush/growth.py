"""What grows in an ink painting: pines with clouds of needles, jointed bamboo, a branch in blossom."""

import numpy as np
from numpy.random import Generator

from resources.sample_collection.drawing import Sheet, curve
from resources.sample_collection.palette import Floats


def pine(strokes: Sheet, x: float, y: float, tall: float, rng: Generator) -> None:
    """A leaning trunk, level branches, fans of needles in flat clouds."""
    lean = float(rng.uniform(-0.3, 0.3))
    kink = float(rng.uniform(-0.18, 0.18))
    trunk = curve(
        [
            (x, y),
            (x + kink * tall, y - tall * 0.4),
            (x + (lean - kink) * tall, y - tall * 0.7),
            (x + lean * tall, y - tall),
        ],
        26,
    )
    widths = np.linspace(0.062, 0.012, 26) * tall * (1 + 0.25 * rng.standard_normal(26) * 0.5)
    strokes.taper(trunk, np.maximum(widths, 1.0), 235)
    for k in range(8, 26, 3):
        side = 1 if (k // 3) % 2 else -1
        reach = tall * float(rng.uniform(0.2, 0.42)) * (1.25 - k / 30)
        end = trunk[k] + np.array([side * reach, -reach * float(rng.uniform(-0.05, 0.3))])
        limb = curve([trunk[k], trunk[k] + np.array([side * reach * 0.5, reach * 0.12]), end], 12)
        strokes.taper(limb, np.linspace(0.02, 0.006, 12) * tall, 225)
        for spot in (limb[6], limb[9], limb[11]):
            _needles(strokes, spot, tall * float(rng.uniform(0.07, 0.11)), rng)
    _needles(strokes, trunk[-1], tall * 0.1, rng)


def _needles(strokes: Sheet, at: Floats, size: float, rng: Generator) -> None:
    for _ in range(4):
        heart = at + np.array([float(rng.normal(0, size * 0.8)), float(rng.normal(-size * 0.15, size * 0.2))])
        tone = int(rng.integers(140, 235))
        for angle in np.linspace(-3.0, -0.14, 15) + rng.normal(0, 0.07, 15):
            reach = size * float(rng.uniform(0.7, 1.0))
            tip = heart + np.array([np.cos(angle) * reach, np.sin(angle) * reach * 0.72])
            strokes.line([heart, tip], max(size * 0.035, 0.8), tone)


def bamboo(strokes: Sheet, x: float, foot: float, tall: float, rng: Generator) -> None:
    """A jointed stem in one tone and leaves like blades in others."""
    tone = int(rng.integers(95, 215))
    lean = float(rng.uniform(-0.07, 0.07))
    thick = tall * float(rng.uniform(0.016, 0.026))
    joints = 9
    for number in range(joints):
        low, high = foot - tall * number / joints, foot - tall * (number + 0.93) / joints
        left, right = x + lean * (foot - low), x + lean * (foot - high)
        share = np.linspace(0, 1, 8)
        points = np.stack([left + (right - left) * share, low + (high - low) * share], axis=1)
        swell = thick * (1 - 0.035 * number) * (1 + 0.2 * (2 * share - 1) ** 4)
        strokes.taper(points, swell, tone)
        strokes.taper(
            [(right - thick * 0.62, high), (right, high - thick * 0.16), (right + thick * 0.62, high)],
            [thick * 0.1, thick * 0.22, thick * 0.1],
            min(tone + 40, 255),
        )
        if number > 2 and rng.random() < 0.8:
            side = 1 if rng.random() < 0.5 else -1
            reach = tall * float(rng.uniform(0.08, 0.17))
            twig = curve(
                [
                    (right, high),
                    (right + side * reach * 0.5, high - reach * 0.5),
                    (right + side * reach, high - reach * 0.55),
                ],
                10,
            )
            strokes.taper(twig, np.linspace(thick * 0.2, thick * 0.08, 10), tone)
            for spot in (twig[5], twig[9]):
                _blades(strokes, spot, side, tall * 0.085, min(tone + int(rng.integers(-20, 45)), 255), rng)


def _blades(strokes: Sheet, at: Floats, side: int, long: float, tone: int, rng: Generator) -> None:
    for angle in (0.15, 0.55, 0.95, 1.4):
        turn = angle + float(rng.normal(0, 0.12))
        reach = long * float(rng.uniform(0.75, 1.2))
        tip = at + np.array([side * np.cos(turn) * reach, np.sin(turn) * reach])
        blade = curve([at, (at + tip) / 2 + np.array([0, -reach * 0.06]), tip], 12)
        share = np.linspace(0, 1, 12)
        strokes.taper(blade, reach * 0.17 * np.sin(np.pi * share**0.7) + 0.4, tone)


def blossom(strokes: Sheet, tinted: Sheet, width: int, height: int, amount: int, rng: Generator) -> None:
    """A branch that enters from the side, forks with hard angles, and flowers along its twigs."""
    unit = min(width, height)
    tips: list[Floats] = []

    def limb(start: Floats, angle: float, reach: float, thick: float, depth: int) -> None:
        bend = angle + float(rng.normal(0, 0.22))
        end = start + reach * np.array([np.cos(bend), np.sin(bend)])
        middle = (start + end) / 2 + rng.normal(0, reach * 0.08, 2)
        path = curve([start, middle, end], 14)
        strokes.taper(
            path, np.linspace(thick, thick * 0.62, 14) * (1 + 0.12 * rng.standard_normal(14)).clip(0.5, 1.5), 240
        )
        tips.extend(path[3::4] if depth > 1 else [])
        if depth < 5:
            limb(end, bend + float(rng.uniform(-0.35, 0.35)), reach * 0.84, thick * 0.66, depth + 1)
            if rng.random() < 0.85:
                limb(
                    path[9],
                    bend + float(rng.choice([-1, 1]) * rng.uniform(0.5, 0.95)),
                    reach * 0.6,
                    thick * 0.45,
                    depth + 1,
                )

    limb(np.array([-0.02 * width, height * 0.74]), -0.52, unit * 0.34, unit * 0.036, 0)
    limb(np.array([-0.02 * width, height * 0.5]), -0.15, unit * 0.22, unit * 0.02, 1)
    for number in rng.permutation(len(tips))[: amount * 3]:
        at = tips[int(number)] + rng.normal(0, unit * 0.012, 2)
        size = unit * float(rng.uniform(0.012, 0.026))
        if rng.random() < 0.25:
            tinted.disc(float(at[0]), float(at[1]), size * 0.45, 255)
            continue
        turn = float(rng.uniform(0, 6.28))
        for k in range(5):
            angle = turn + k * 2 * np.pi / 5
            tinted.disc(
                float(at[0] + np.cos(angle) * size * 0.62),
                float(at[1] + np.sin(angle) * size * 0.62),
                size * 0.5,
                int(rng.integers(120, 225)),
            )
        for k in range(6):
            angle = turn + 0.5 + k
            strokes.line([at, at + size * 0.5 * np.array([np.cos(angle), np.sin(angle)])], 0.8, 190)
