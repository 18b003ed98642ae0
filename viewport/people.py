"""Others who are in the scene: a coloured head with an initial where each stands, named, and turned to the eye."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from vtkmodules.vtkRenderingCore import vtkActor

from viewport.graphics.lettering import lettering
from viewport.graphics.paint import SPRITE, Look, actor_for
from viewport.graphics.quads import QuadMesh, rectangles
from viewport.graphics.textures import Texture

MOST = 24
CELL_PX = (256, 224)
WIDTH_M = 0.62
HEAD_PX, NAME_PX, INITIAL_PX = 132, 30, 76
COLOURS = ("#e4572e", "#2e86ab", "#8e5ea2", "#3a9d5d", "#d1495b", "#b5179e", "#4f6bd8", "#0e9aa7")
STEM_M = 0.012
NEAREST_M = 0.9
"""Who stands nearer to the eye would hide the picture, and is not drawn."""


@dataclass(frozen=True)
class Bystander:
    """Somebody else in the scene: where their eye is."""

    key: str
    name: str
    position_m: tuple[float, float, float]


class People:
    """Up to `MOST` people."""

    def __init__(self) -> None:
        self._shown: tuple[Bystander, ...] = ()
        self._faced: NDArray[np.float64] = np.zeros(0)
        self._names: tuple[tuple[str, str], ...] = ()
        self._mesh: QuadMesh | None = None
        self._actor: vtkActor | None = None

    @property
    def actors(self) -> list[vtkActor]:
        """What is drawn of them."""
        return [] if self._actor is None else [self._actor]

    def show(self, people: Sequence[Bystander]) -> bool:
        """Show these and nobody else; whether that changed anything."""
        wanted = tuple(people[:MOST])
        if wanted == self._shown:
            return False
        self._shown, self._faced = wanted, np.zeros(0)
        names = tuple((person.key, person.name) for person in wanted)
        if names != self._names:
            self._names = names
            self._make()
        return True

    def face(self, eye: NDArray[np.float64]) -> None:
        """Turn everyone to the eye."""
        if self._mesh is None or np.array_equal(eye, self._faced):
            return
        self._faced = eye.copy()
        centres = np.array([person.position_m for person in self._shown], np.float64)
        towards = eye - centres
        towards[:, 1] = 0.0
        towards /= np.maximum(np.linalg.norm(towards, axis=1, keepdims=True), 1e-6)
        right = np.stack([towards[:, 2], np.zeros(len(centres)), -towards[:, 0]], axis=1)
        up = np.tile(np.array([0.0, 1.0, 0.0]), (len(centres), 1))
        height_m = WIDTH_M * CELL_PX[1] / CELL_PX[0]
        far = np.linalg.norm(centres - eye, axis=1)[:, None] > NEAREST_M
        right, up = right * far, up * far
        heads = rectangles(centres, right * WIDTH_M / 2, up * height_m / 2)
        stem_m = np.maximum(centres[:, 1] - height_m / 2 + 0.05, 0.02)[:, None]
        feet = centres.copy()
        feet[:, 1] = stem_m[:, 0] / 2
        stems = rectangles(feet, right * STEM_M / 2, up * stem_m / 2)
        self._mesh.corners[: len(centres)] = heads
        self._mesh.corners[len(centres) :] = stems
        self._mesh.changed()

    def _make(self) -> None:
        self._mesh = self._actor = None
        if not self._shown:
            return
        count = len(self._shown)
        self._mesh = QuadMesh(2 * count, colours=True)
        for row in range(count):
            low, high = 1 - (row + 1) / count, 1 - row / count
            self._mesh.uv[row] = np.array([(0, low), (1, low), (1, high), (0, high)], np.float32)
            middle = (low + high) / 2 + 0.16 / count  # a spot within the head: its plain colour
            self._mesh.uv[count + row] = np.full((4, 2), (0.28, middle), np.float32)
        sheet = np.concatenate([_face(person) for person in self._shown])
        self._actor = actor_for(self._mesh, Look(SPRITE, {"albedo": Texture(sheet)}, translucent=True))


def colour_of(key: str) -> str:
    """The colour that a person keeps wherever they are shown."""
    return COLOURS[hashlib.sha256(key.encode()).digest()[0] % len(COLOURS)]


def _face(person: Bystander) -> NDArray[np.uint8]:
    """A head with an initial, and the name beneath, as RGBA."""
    width, height = CELL_PX
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    left, top = (width - HEAD_PX) // 2, 6
    head = (left, top, left + HEAD_PX, top + HEAD_PX)
    draw.ellipse(head, fill=colour_of(person.key), outline="#ffffff", width=6)
    _letter(image, person.name.strip()[:1].upper() or "?", INITIAL_PX, (width // 2, top + HEAD_PX // 2), HEAD_PX)
    words = lettering(person.name, NAME_PX, width - 32)
    plate_top = top + HEAD_PX + 14
    half = words.shape[1] // 2 + 14
    plate = (width // 2 - half, plate_top, width // 2 + half, plate_top + NAME_PX + 22)
    draw.rounded_rectangle(plate, 14, fill=(16, 18, 22, 225))
    _letter(image, person.name, NAME_PX, (width // 2, plate_top + (NAME_PX + 22) // 2), width - 32)
    return np.asarray(image)


def _letter(image: Image.Image, text: str, size_px: int, middle: tuple[int, int], most_px: int) -> None:
    ink = lettering(text, size_px, most_px)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    place = (middle[0] - ink.shape[1] // 2, middle[1] - ink.shape[0] // 2)
    image.paste((255, 255, 255, 255), place, Image.fromarray(ink))
