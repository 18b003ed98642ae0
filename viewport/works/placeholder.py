"""What hangs in place of a picture whose pixels can't be had: its title on its mean colour."""

import numpy as np
from numpy.typing import NDArray

from viewport.graphics.lettering import lettering, wrapped

LINE_PX = 22


def placeholder(
    title: str, size_m: tuple[float, float], colour: tuple[int, int, int], edge_px: int
) -> NDArray[np.uint8]:
    """RGB pixels in the proportions of the card."""
    scale = edge_px / max(size_m)
    width, height = max(8, round(size_m[0] * scale)), max(8, round(size_m[1] * scale))
    ground = np.clip(np.array(colour, np.float32) * 0.55 + 40, 0, 255)
    pixels = np.empty((height, width, 3), np.float32)
    pixels[:] = ground
    rim = np.ones((height, width), bool)
    rim[3:-3, 3:-3] = False
    pixels[rim] = ground * 0.75
    ink = np.float32(235.0) if ground.mean() < 140 else np.float32(30.0)
    lines = wrapped(title or "Untitled", 16, width - 24, max(1, (height - 20) // LINE_PX - 1))
    top = max(4, (height - LINE_PX * (len(lines) + 1)) // 2)
    for index, line in enumerate([*lines, "no picture yet"]):
        faint = 0.5 if index == len(lines) else 1.0
        _write(pixels, line, 13 if index == len(lines) else 16, top + index * LINE_PX, ink, faint)
    return pixels.astype(np.uint8)


def _write(pixels: NDArray[np.float32], line: str, size_px: int, top: int, ink: np.float32, strength: float) -> None:
    height, width = pixels.shape[:2]
    cover = lettering(line, size_px, max(8, width - 16))[: max(0, height - top), :width].astype(np.float32)
    left = max(0, (width - cover.shape[1]) // 2)
    area = pixels[top : top + cover.shape[0], left : left + cover.shape[1]]
    share = cover[: area.shape[0], : area.shape[1], None] / 255 * np.float32(strength)
    area[:] = area * (1 - share) + ink * share
