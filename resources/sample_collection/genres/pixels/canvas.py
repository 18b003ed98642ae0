"""A canvas of few, large pixels: dithered ramps, masks, sprites written as rows of letters."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from resources.sample_collection.noise import ridge
from resources.sample_collection.palette import Floats, paint, rgb

Mask = NDArray[np.bool_]
_BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], dtype=np.float32) / np.float32(
    16
) + np.float32(1 / 32)


class PixelCanvas:
    """Pixels (H, W, 3) of whole numbers, painted in place."""

    def __init__(self, width: int, height: int, rng: Generator) -> None:
        self.width, self.height, self.rng = width, height, rng
        self.pixels = np.zeros((height, width, 3), dtype=np.uint8)
        self.x = np.arange(width, dtype=np.float32)[None, :]
        self.y = np.arange(height, dtype=np.float32)[:, None]

    def all(self) -> Mask:
        """Every pixel."""
        return np.ones((self.height, self.width), dtype=bool)

    def ramp(self, mask: Mask, colours: Sequence[str], where: Floats) -> None:
        """Dithered steps from the first colour (where = 0) to the last (1) inside the mask."""
        tiles = np.tile(_BAYER, (self.height // 4 + 1, self.width // 4 + 1))[: self.height, : self.width]
        level = np.clip(np.broadcast_to(where, tiles.shape), 0, 1) * (len(colours) - 1)
        index = np.clip(np.floor(level + tiles), 0, len(colours) - 1).astype(int)
        table = np.array([rgb(paint(c)) for c in colours], dtype=np.uint8)
        self.pixels[mask] = table[index][mask]

    def fill(self, mask: Mask, colour: str) -> None:
        """One colour inside the mask."""
        self.pixels[mask] = rgb(paint(colour))

    def box(self, left: float, top: float, wide: float, tall: float, colour: str) -> None:
        """A filled rectangle, cut at the edges."""
        rows = slice(max(int(top), 0), max(int(top) + int(tall), 0))
        columns = slice(max(int(left), 0), max(int(left) + int(wide), 0))
        self.pixels[rows, columns] = rgb(paint(colour))

    def dot(self, x: float, y: float, colour: str) -> None:
        """One pixel, when it is on the canvas."""
        if 0 <= int(x) < self.width and 0 <= int(y) < self.height:
            self.pixels[int(y), int(x)] = rgb(paint(colour))

    def polygon(self, points: Sequence[tuple[float, float]]) -> Mask:
        """The mask of a polygon."""
        picture = Image.new("1", (self.width, self.height))
        ImageDraw.Draw(picture).polygon([(round(x), round(y)) for x, y in points], fill=1)
        return np.asarray(picture, dtype=bool)

    def disc(self, x: float, y: float, radius: float) -> Mask:
        """The mask of a disc."""
        mask: Mask = (self.x - x) ** 2 + (self.y - y) ** 2 <= radius * radius
        return mask

    def land(self, base: float, tall: float, cell: float, octaves: int = 4) -> tuple[Mask, Floats]:
        """The mask below a rough line about `base`, and the line itself."""
        line = base - tall * ridge(self.rng, self.width, cell, octaves, 0.5)
        mask: Mask = self.y >= line[None, :]
        return mask, line

    def stars(self, bottom: int, count: int, colours: Sequence[str]) -> None:
        """Single pixels, some as small crosses."""
        for _ in range(count):
            x, y = int(self.rng.integers(self.width)), int(self.rng.integers(max(bottom, 1)))
            colour = str(self.rng.choice(list(colours)))
            self.dot(x, y, colour)
            if self.rng.random() < 0.06:
                for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                    self.dot(x + dx, y + dy, colours[-1])

    def clouds(self, y: float, count: int, colours: Sequence[str]) -> None:
        """Heaps of discs with a flat foot, lit from above."""
        for _ in range(count):
            x0, y0 = float(self.rng.uniform(0, self.width)), y + float(self.rng.uniform(-0.06, 0.06)) * self.height
            mask = np.zeros((self.height, self.width), dtype=bool)
            for k in range(6):
                mask |= self.disc(
                    x0 + (k - 2.5) * 5 + self.rng.uniform(-2, 2),
                    y0 + self.rng.uniform(-2, 2),
                    float(self.rng.uniform(3, 7)),
                )
            mask &= self.y < y0 + 3
            self.ramp(mask, colours, (y0 + 4 - self.y) / 11 + self.x * 0)

    def mirror(self, top: int, tint: str, share: float = 0.4, wobble: float = 1.5) -> None:
        """What stands above row `top` in water below it, darker towards a tint, shifted row by row."""
        colour = np.array(rgb(paint(tint)), dtype=np.float32)
        for row in range(top, self.height):
            source = max(top - 1 - int((row - top) * 1.1), 0)
            shift = round(wobble * np.sin(row * 1.7) * (0.4 + (row - top) / max(self.height - top, 1)))
            line = np.roll(self.pixels[source], shift, axis=0).astype(np.float32)
            deep = min(share + 0.35 * (row - top) / max(self.height - top, 1), 1)
            self.pixels[row] = (line + (colour - line) * deep).astype(np.uint8)

    def sprite(self, x: float, y: float, rows: Sequence[str], colours: dict[str, str]) -> None:
        """Letters as pixels with their lower left corner at (x, y); a space is left open."""
        for number, row in enumerate(rows):
            for column, letter in enumerate(row):
                if letter != " ":
                    self.dot(x + column, y - len(rows) + 1 + number, colours[letter])

    def conifer(self, x: float, foot: float, tall: int, dark: str, lit: str, snow: str = "") -> None:
        """A fir in storeys, lit on its left."""
        for row in range(tall):
            storey = (row % 5) / 5
            half = max(0, round((row / tall) * tall * 0.26 + storey * 1.8 - 0.6))
            for dx in range(-half, half + 1):
                colour = lit if dx < -half * 0.25 else dark
                if snow and row % 5 == 4 and dx < half * 0.4:
                    colour = snow
                self.dot(x + dx, foot - tall + row, colour)
        self.box(x, foot, 1, 2, dark)
