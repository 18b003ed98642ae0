"""Whole plants, each grown from the foot of the sheet: fern, branch, poppy, umbel, monstera, ginkgo, grass, tulip."""

from collections.abc import Callable

import numpy as np

from resources.sample_collection.drawing import curve
from resources.sample_collection.genres.plants.sheet import Herbarium, Point
from resources.sample_collection.palette import Floats, mix, rgb

Tones = list[Floats]
"""Leaf, second leaf, stem, flower, second flower."""


def _grown(herbarium: Herbarium, foot: Point, tall: float, lean: float, steps: int = 28) -> Floats:
    x, y = foot
    sway = lean * tall + float(herbarium.rng.uniform(-0.06, 0.06)) * tall
    return curve(
        [(x, y), (x + sway * 0.1, y - tall * 0.4), (x + sway * 0.4, y - tall * 0.75), (x + sway, y - tall)], steps
    )


def _heading(path: Floats, k: int) -> float:
    ahead = path[min(k + 1, len(path) - 1)] - path[max(k - 1, 0)]
    return float(np.arctan2(ahead[1], ahead[0]))


def fern(h: Herbarium, foot: Point, tall: float, lean: float, tones: Tones) -> None:
    """A frond whose pinnae carry leaflets of their own."""
    stem = _grown(h, foot, tall, lean, 40)
    h.stem(stem, tall * 0.014, tall * 0.003, tones[2])
    for k in range(5, 40, 2):
        share = (k - 5) / 35
        long = tall * 0.25 * np.sin(np.pi * (0.12 + 0.86 * share) ** 0.75) ** 0.9 + tall * 0.012
        for side in (-1, 1):
            angle = _heading(stem, k) + side * (1.18 - 0.35 * share)
            end = (stem[k][0] + np.cos(angle) * long, stem[k][1] + np.sin(angle) * long + long * 0.06)
            rib = curve([stem[k], (stem[k] + np.array(end)) / 2 - np.array([0, long * 0.08]), end], 12)
            h.stem(rib, tall * 0.004, 1.0, tones[2])
            for j in range(1, 12):
                small = long * 0.17 * (1 - j / 13)
                for turn in (-1, 1):
                    h.leaf(
                        tuple(rib[j]),
                        _heading(rib, j) + turn * 0.95,
                        small,
                        small * 0.42,
                        mix(tones[0], tones[1], share),
                        veins=0,
                    )


def branch(
    h: Herbarium, foot: Point, tall: float, lean: float, tones: Tones, rounded: bool = False, berries: bool = True
) -> None:
    """A twig with leaves in turn, side twigs, and berries in the axils."""
    stem = _grown(h, foot, tall, lean, 30)
    h.stem(stem, tall * 0.014, tall * 0.004, tones[2])
    for k in range(4, 30, 2):
        share = k / 30
        for side in (-1, 1):
            angle = _heading(stem, k) + side * float(h.rng.uniform(0.6, 1.0))
            long = tall * (0.17 - 0.09 * share) * float(h.rng.uniform(0.85, 1.15))
            wide = long * (0.78 if rounded else 0.30)
            tone = mix(tones[0], tones[1], float(h.rng.random()))
            start = stem[k] + np.array([np.cos(angle), np.sin(angle)]) * long * 0.12
            h.line(np.stack([stem[k], start]), max(tall * 0.003, 1), tones[2])
            h.leaf(
                tuple(start),
                angle,
                long,
                wide,
                tone,
                float(h.rng.uniform(-0.1, 0.1)),
                veins=5,
                belly=0.85 if rounded else 0.95,
            )
        if berries and h.rng.random() < 0.55:
            for _ in range(int(h.rng.integers(2, 5))):
                spot = stem[k] + h.rng.normal(0, tall * 0.018, 2) + np.array([0, tall * 0.015])
                h.line(np.stack([stem[k], spot]), 1.0, tones[2])
                h.seed(float(spot[0]), float(spot[1]), tall * float(h.rng.uniform(0.008, 0.013)), tones[3])
    h.leaf(tuple(stem[-1]), _heading(stem, 29), tall * 0.1, tall * (0.07 if rounded else 0.035), tones[1], veins=4)


def eucalyptus(h: Herbarium, foot: Point, tall: float, lean: float, tones: Tones) -> None:
    """Round leaves in pairs."""
    branch(h, foot, tall, lean, tones, rounded=True, berries=False)


def poppy(h: Herbarium, foot: Point, tall: float, lean: float, tones: Tones) -> None:
    """One open flower, a bud or a pod, and cut leaves at the foot."""
    tall *= 0.9
    stem = _grown(h, foot, tall, lean, 26)
    h.stem(stem, tall * 0.011, tall * 0.006, tones[2])
    for k in (2, 4, 6, 9):
        _cut_leaf(h, stem, k, tall, tones)
    x, y = float(stem[-1][0]), float(stem[-1][1])
    kind = h.rng.random()
    if kind < 0.72:
        _open_flower(h, x, y, tall * float(h.rng.uniform(0.12, 0.16)), tones)
    elif kind < 0.86:
        h.leaf((x, y - tall * 0.005), float(h.rng.uniform(0.9, 1.9)), tall * 0.075, tall * 0.05, tones[0], veins=3)
    else:
        h.seed(x, y, tall * 0.03, tones[0])
        h.shape(
            np.array(
                [
                    (x - tall * 0.036, y - tall * 0.024),
                    (x + tall * 0.036, y - tall * 0.024),
                    (x + tall * 0.026, y - tall * 0.037),
                    (x - tall * 0.026, y - tall * 0.037),
                ],
                np.float32,
            ),
            tones[2],
        )


def _cut_leaf(h: Herbarium, stem: Floats, k: int, tall: float, tones: Tones) -> None:
    side = 1 if k % 4 else -1
    angle = _heading(stem, k) + side * float(h.rng.uniform(0.5, 0.9))
    rib = curve(
        [
            stem[k],
            stem[k] + tall * 0.13 * np.array([np.cos(angle), np.sin(angle)]),
            stem[k] + tall * 0.24 * np.array([np.cos(angle + side * 0.3), np.sin(angle + side * 0.3)]),
        ],
        10,
    )
    h.stem(rib, tall * 0.005, 1.0, tones[2])
    for j in range(2, 10):
        for turn in (-1, 1):
            wide, heading = tall * 0.07 * (1 - j / 14), _heading(rib, j) + turn * 0.7
            h.leaf(tuple(rib[j]), heading, wide, tall * 0.018, tones[0], veins=0)


def _open_flower(h: Herbarium, x: float, y: float, size: float, tones: Tones) -> None:
    tilt = float(h.rng.uniform(-0.5, 0.5))
    for angle in (-2.5, -0.64, -1.57):
        h.petal((x, y), angle + tilt, size, size * 1.25, mix(tones[3], tones[4], float(h.rng.uniform(0.1, 0.4))))
    for angle in (-2.05, -1.05):
        h.petal((x, y), angle + tilt, size * 0.82, size * 1.05, tones[3])
    heart = (x + np.cos(tilt - 1.57) * size * 0.3, y + np.sin(tilt - 1.57) * size * 0.3)
    for _ in range(46):
        spot = np.array(heart) + h.rng.normal(0, size * 0.1, 2)
        h.colour.disc(float(spot[0]), float(spot[1]), max(size * 0.016, 1), rgb(tones[2] * np.float32(0.35)))
    h.seed(float(heart[0]), float(heart[1]), size * 0.085, mix(tones[0], tones[2], 0.5))


def umbel(h: Herbarium, foot: Point, tall: float, lean: float, tones: Tones) -> None:
    """A flat head of many small heads, as wild carrot has."""
    stem = _grown(h, foot, tall * 0.86, lean, 24)
    h.stem(stem, tall * 0.010, tall * 0.005, tones[2])
    for k in (3, 7, 12):
        side = 1 if k % 2 else -1
        for j in range(7):
            h.leaf(
                tuple(stem[k]),
                -1.57 + side * (0.5 + 0.16 * j),
                tall * (0.2 - 0.018 * j),
                tall * 0.016,
                tones[0],
                side * 0.1,
                veins=0,
            )
    top = stem[-1]
    for angle in np.linspace(-2.75, -0.4, 17) + h.rng.normal(0, 0.04, 17):
        reach = tall * 0.24 * (0.72 + 0.28 * np.cos(angle + np.pi / 2) ** 2) * float(h.rng.uniform(0.85, 1.08))
        end = top + np.array([np.cos(angle) * reach * 1.1, np.sin(angle) * reach * 0.72])
        ray = curve([top, top + np.array([np.cos(angle) * reach * 0.4, -reach * 0.18]), end], 10)
        h.stem(ray, tall * 0.0035, 1.0, tones[2])
        for _ in range(17):
            spot = end + h.rng.normal(0, 1, 2) * np.array([tall * 0.021, tall * 0.010])
            h.line(np.stack([end + np.array([0, tall * 0.012]), spot]), 0.7, tones[2])
            h.seed(
                float(spot[0]),
                float(spot[1]),
                tall * float(h.rng.uniform(0.0035, 0.0075)),
                mix(tones[3], tones[4], float(h.rng.random())),
            )


def monstera(h: Herbarium, foot: Point, tall: float, lean: float, tones: Tones) -> None:
    """One great heart-shaped leaf with slits between its veins."""
    stem = _grown(h, foot, tall * 0.55, lean, 20)
    h.stem(stem, tall * 0.016, tall * 0.010, tones[2])
    base, size = stem[-1], tall * 0.46
    turn = lean * 1.6 + float(h.rng.uniform(-0.35, 0.35))
    cos, sin = np.cos(turn), np.sin(turn)

    def at(u: np.ndarray, v: np.ndarray) -> Floats:
        return np.stack([base[0] + (u * cos - v * sin) * size, base[1] + (u * sin + v * cos) * size], axis=1).astype(
            np.float32
        )

    share = np.linspace(0, 1, 220)
    half = 0.62 * np.sin(np.pi * share**0.62) ** 0.75
    notch = np.clip(np.cos(share * 2 * np.pi * 6.5) - 0.55, 0, 1) / 0.45
    cut = half * (1 - 0.62 * notch * (share > 0.14) * (share < 0.92))
    rise = 0.16 - share * 1.12
    tone = tones[0]
    left, right = at(-cut, rise + 0.25 * half), at(cut, rise + 0.25 * half)
    rib = at(share * 0, rise)
    h.shape(np.concatenate([left, right[::-1]]), tone)
    h.colour.polygon(np.concatenate([rib, right[::-1]]), rgb(mix(tone, np.zeros(3, np.float32), 0.2)))
    for k in range(24, 205, 17):
        for side in (-1, 1):
            start = at(np.array([0.0]), np.array([rise[k] + 0.02]))[0]
            end = at(np.array([side * half[k] * 0.9]), np.array([rise[k] + 0.25 * half[k] * 0.9]))[0]
            if notch[k] < 0.3:
                h.colour.line([start, end], max(size * 0.006, 1), rgb(mix(tone, tones[1], 0.75)))
    h.colour.line(rib, max(size * 0.012, 1.5), rgb(mix(tone, tones[1], 0.9)))


def ginkgo(h: Herbarium, foot: Point, tall: float, lean: float, tones: Tones) -> None:
    """Fans on long stalks along a knotty twig."""
    tall *= 0.9
    stem = _grown(h, foot, tall, lean, 22)
    h.stem(stem, tall * 0.02, tall * 0.006, tones[2])
    for k in range(3, 22, 2):
        for side in (-1, 1):
            angle = _heading(stem, k) + side * float(h.rng.uniform(0.55, 1.25))
            stalk = tall * float(h.rng.uniform(0.07, 0.12))
            base = stem[k] + np.array([np.cos(angle), np.sin(angle)]) * stalk
            h.line(
                curve([stem[k], (stem[k] + base) / 2 + np.array([0, stalk * 0.12]), base], 8),
                max(tall * 0.0035, 1.0),
                tones[2],
            )
            _fan(
                h,
                base,
                angle + float(h.rng.uniform(-0.35, 0.35)),
                tall * float(h.rng.uniform(0.1, 0.15)),
                mix(tones[0], tones[1], float(h.rng.random())),
            )


def _fan(h: Herbarium, base: Floats, angle: float, size: float, tone: Floats) -> None:
    turn = np.linspace(-1.05, 1.05, 40)
    rim = size * (0.94 + 0.05 * np.sin(turn * 15) - 0.42 * np.exp(-((turn / 0.07) ** 2)) - 0.1 * np.abs(turn) ** 3)
    outer = np.stack([base[0] + np.cos(angle + turn) * rim, base[1] + np.sin(angle + turn) * rim], axis=1)
    h.shape(np.concatenate([[base], outer]).astype(np.float32), tone)
    for k in range(1, 40, 2):
        h.colour.line([base, base + (outer[k] - base) * 0.95], 0.6, rgb(mix(tone, np.zeros(3, np.float32), 0.16)))
    if h.outline:
        h.colour.line(np.concatenate([[base], outer, [base]]), 0.8, rgb(mix(tone, np.zeros(3, np.float32), h.outline)))


def grass(h: Herbarium, foot: Point, tall: float, lean: float, tones: Tones) -> None:
    """A tuft of blades and two ears."""
    for _ in range(9):
        bend = float(h.rng.uniform(-0.45, 0.45)) + lean
        reach = tall * float(h.rng.uniform(0.45, 0.85))
        blade = curve(
            [
                foot,
                (foot[0] + bend * reach * 0.1, foot[1] - reach * 0.6),
                (foot[0] + bend * reach, foot[1] - reach * 0.85),
            ],
            20,
        )
        h.stem(blade, tall * 0.016, 0.8, mix(tones[0], tones[1], float(h.rng.random())))
    for _ in range(2):
        stem = _grown(h, foot, tall * float(h.rng.uniform(0.8, 1.0)), lean + float(h.rng.uniform(-0.2, 0.2)), 30)
        h.stem(stem, tall * 0.006, 1.2, tones[2])
        for k in range(19, 30):
            for side in (-1, 1):
                angle = _heading(stem, k) + side * 0.42
                h.leaf(tuple(stem[k]), angle, tall * 0.045, tall * 0.014, tones[3], veins=0)
                h.line(
                    np.stack(
                        [
                            stem[k],
                            stem[k] + tall * 0.1 * np.array([np.cos(angle - side * 0.2), np.sin(angle - side * 0.2)]),
                        ]
                    ),
                    0.6,
                    tones[3],
                )


def tulip(h: Herbarium, foot: Point, tall: float, lean: float, tones: Tones) -> None:
    """A cup of five petals and long leaves that clasp the stem."""
    stem = _grown(h, foot, tall * 0.8, lean, 24)
    for side in (-1, 1):
        h.leaf(
            foot,
            -1.57 + side * float(h.rng.uniform(0.22, 0.5)),
            tall * float(h.rng.uniform(0.45, 0.62)),
            tall * 0.085,
            mix(tones[0], tones[1], float(h.rng.random())),
            side * 0.08,
            veins=0,
            belly=0.8,
        )
    h.stem(stem, tall * 0.015, tall * 0.011, tones[2])
    x, y, size = float(stem[-1][0]), float(stem[-1][1]), tall * 0.2
    tilt = lean * 0.8
    for shift in (-0.42, 0.42):
        h.leaf((x, y), -1.57 + tilt + shift * 0.55, size, size * 0.5, tones[4], -shift * 0.4, veins=3, belly=0.72)
    for shift in (-0.3, 0.3):
        h.leaf(
            (x, y),
            -1.57 + tilt + shift * 0.75,
            size * 0.96,
            size * 0.52,
            mix(tones[3], tones[4], 0.3),
            shift * 0.45,
            veins=4,
            belly=0.66,
        )
    h.leaf((x, y + size * 0.02), -1.57 + tilt, size * 0.9, size * 0.56, tones[3], 0.02, veins=6, belly=0.62)


GROWN: dict[str, Callable[[Herbarium, Point, float, float, Tones], None]] = {
    "fern": fern,
    "branch": branch,
    "eucalyptus": eucalyptus,
    "poppy": poppy,
    "umbel": umbel,
    "monstera": monstera,
    "ginkgo": ginkgo,
    "grass": grass,
    "tulip": tulip,
}
