"""Scenes of the viewport benchmark: `wall`, `cloud`, `near` and `gallery`, with a thumbnail for each card."""

import io
import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.pictures.miniatures import Miniatures
from scene.layouts.choose import arrange
from scene.layouts.contract import Wishes, Work
from scene.records import Placement, ThemeChoice
from scene.scene import Scene
from viewport.camera import Pose

BUILD = Path(__file__).parents[2] / "build" / "bench"
SIZE_PX = (1280, 720)
SMALL_PX = 64
ROOM_A_CARD_M3 = 6.0
TURN_RAD = math.radians(1.5)
FRAMES = 24


class Thumbnails:
    """Distinct JPEG thumbnails of 64 px in one file that is made once; larger ones are drawn from the same seed."""

    def __init__(self, count: int, folder: Path = BUILD) -> None:
        path = folder / f"thumbnails-{count}.bin"
        if not path.exists():
            _write_thumbnails(path, count)
        self._ends = np.load(path.with_suffix(".npy"))
        self._file = os.open(path, os.O_RDONLY)
        self.kept = Miniatures(path.with_suffix(".miniatures"))

    def pixels(self, asset_id: str, edge_px: int) -> NDArray[np.uint8] | None:
        """The thumbnail decoded, or a larger picture of the same blobs."""
        number = int(asset_id[2:])
        if edge_px > SMALL_PX:
            return _blobs(number, edge_px)
        start = int(self._ends[number - 1]) if number else 0
        picture = Image.open(io.BytesIO(os.pread(self._file, int(self._ends[number]) - start, start)))
        if edge_px < SMALL_PX:
            picture.draft("RGB", (edge_px, 1))
        return np.asarray(picture)

    def miniatures(self, asset_ids: Sequence[str], edge_px: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """The squares that were kept, as the studio keeps them."""
        return self.kept.found(asset_ids, edge_px)

    def keep_miniatures(self, asset_ids: Sequence[str], squares: NDArray[np.uint8]) -> None:
        """Keep them."""
        self.kept.keep(asset_ids, squares)

    def colour(self, asset_id: str) -> tuple[int, int, int]:
        """Near the mean of the blobs, as an index would know it."""
        number = int(asset_id[2:]) * 2654435761
        return number >> 3 & 255, number >> 11 & 255, number >> 19 & 255


def _write_thumbnails(path: Path, count: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    ends, at = np.zeros(count, np.int64), 0
    staged = path.with_suffix(".new")
    with staged.open("wb") as file:
        for number in range(count):
            data = io.BytesIO()
            Image.fromarray(_blobs(number, SMALL_PX)).save(data, "JPEG", quality=80)
            at += file.write(data.getvalue())
            ends[number] = at
    np.save(path.with_suffix(".npy"), ends)
    staged.replace(path)


def _blobs(number: int, edge_px: int) -> NDArray[np.uint8]:
    base = np.array([number * 2654435761 >> shift & 255 for shift in (3, 11, 19)])
    spread = np.random.default_rng(number).integers(-70, 71, (3, 4, 3))
    seed = np.clip(base + spread, 0, 255).astype(np.uint8)
    return np.asarray(Image.fromarray(seed).resize((edge_px, edge_px * 2 // 3), Image.Resampling.BICUBIC))


@dataclass(frozen=True, eq=False)
class Case:
    """A scene and the poses of a turn through it."""

    name: str
    scene: Scene
    poses: Sequence[Pose]


def case_of(name: str, count: int) -> Case:
    """One of the four cases with so many cards."""
    return {"wall": _wall, "cloud": _cloud, "near": _near, "gallery": _gallery}[name](count)


def turn_of(poses: Sequence[Pose], draw: Callable[[Pose], None]) -> None:
    """Draw every pose."""
    for pose in poses:
        draw(pose)


def _wall(count: int) -> Case:
    columns = max(1, math.ceil(math.sqrt(count * 16 / 9 * 0.7)))
    x = (np.arange(count) % columns - (columns - 1) / 2) * 1.0
    y = (np.arange(count) // columns) * 0.7 + 1.0
    scene = _scene(np.stack([x, y, np.zeros(count)], axis=1), np.zeros(count))
    height, width = float(y.max()) + 1, columns * 1.0
    away = max(height / 2, width / 2 / (16 / 9)) / math.tan(math.radians(27.5)) * 1.08
    return Case("wall", scene, _orbit(np.array([0.0, height / 2, 0.0]), away, 0.0))


def _cloud(count: int) -> Case:
    scene, middle, radius = _ball(count)
    return Case("cloud", scene, _orbit(middle, radius * 2.4, 0.25))


def _near(count: int) -> Case:
    scene, middle, radius = _ball(count)
    return Case("near", scene, _orbit(middle, radius * 0.6, 0.1))


def _gallery(count: int) -> Case:
    works = [
        Work(asset_id=f"a-{k}", title=f"Work {k}", width_px=1500, height_px=1000, taken=date(1985 + k % 40, 1, 1))
        for k in range(count)
    ]
    arranged = arrange("gallery", works, Wishes())
    scene = Scene.of([*(r for r in arranged.records if r.id != "theme"), ThemeChoice(theme="cyberpunk")])
    entrance = scene.viewpoints[0]
    start = Pose.of(entrance.position_m, entrance.target_m)
    return Case("gallery", scene, [start.walked(0.06 * k, 0.0).looked(0.01 * k, 0.0) for k in range(FRAMES)])


def _ball(count: int) -> tuple[Scene, NDArray[np.float64], float]:
    draw = np.random.default_rng(7)
    radius = (count * ROOM_A_CARD_M3 / (4 / 3 * math.pi)) ** (1 / 3)
    direction = draw.normal(size=(count, 3))
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    middle = np.array([0.0, radius + 1.0, 0.0])
    centre = middle + direction * radius * draw.random((count, 1)) ** (1 / 3)
    return _scene(centre, draw.uniform(-0.7, 0.7, count)), middle, radius


def _scene(centre: NDArray[np.float64], yaw_rad: NDArray[np.float64]) -> Scene:
    half = yaw_rad / 2
    works = [
        Placement(
            id=f"w-{k}",
            asset_id=f"a-{k}",
            title=f"Work {k}",
            position_m=(float(x), float(y), float(z)),
            rotation=(0.0, float(sine), 0.0, float(cosine)),
            size_m=(0.9, 0.6),
            order=k,
        )
        for k, ((x, y, z), sine, cosine) in enumerate(zip(centre, np.sin(half), np.cos(half), strict=True))
    ]
    return Scene.of([*works, ThemeChoice(theme="white_cube")])


def _orbit(middle: NDArray[np.float64], away_m: float, lift_rad: float) -> list[Pose]:
    found = []
    for k in range(FRAMES):
        angle = (k - FRAMES / 2) * TURN_RAD
        direction = np.array(
            [math.sin(angle) * math.cos(lift_rad), math.sin(lift_rad), math.cos(angle) * math.cos(lift_rad)]
        )
        found.append(Pose.of(middle + direction * away_m, middle))
    return found
