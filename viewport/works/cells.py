"""A grid of equal square cells in a sheet: each holds a small picture and its halves, down to an eighth."""

import numpy as np
from numpy.typing import NDArray

from viewport.graphics.quads import UNIT_UV
from viewport.graphics.sheet import Sheet

LEVELS = 4
"""A picture, its half, quarter and eighth: a card chooses by its size on screen."""

CHUNK = 2_048
"""So many are painted at once, which stays in the processor's cache."""

Rows = NDArray[np.int64]
Squares = NDArray[np.uint8]
"""Shape (n, px, px, 3), top row first."""


class Cells:
    """`count` cells of `px` pixels and half as much beside it."""

    def __init__(self, px: int, count: int, width: int) -> None:
        self.px = px
        self._wide = px * 3 // 2
        self.columns = width // self._wide
        self.capacity = max(1, -(-count // self.columns)) * self.columns
        self.height = self.capacity // self.columns * px
        self._sheet: Sheet | None = None
        self._corners, self._reaches = _levels(px)

    def lie_in(self, sheet: Sheet) -> None:
        """Keep the pixels there."""
        self._sheet = sheet
        band = sheet.rows[: self.height, : self.columns * self._wide]
        self._cells = band.reshape(-1, self.px, self.columns, self._wide, 3)
        self._texels = np.array([sheet.rows.shape[1], sheet.rows.shape[0]], np.float32)

    def fill(self, slots: Rows, colours: NDArray[np.uint8]) -> None:
        """Show plain colours."""
        line, column = np.divmod(slots, self.columns)
        self._cells[line, :, column] = colours[:, None, None, :]
        self._touch(line)

    def paint(self, slots: Rows, pictures: Squares) -> None:
        """Show pictures."""
        for low in range(0, len(slots), CHUNK):
            self._paint(slots[low : low + CHUNK], pictures[low : low + CHUNK])

    def _paint(self, slots: Rows, pictures: Squares) -> None:
        line, column = np.divmod(slots, self.columns)
        cell = np.zeros((len(slots), self.px, self._wide, 3), np.uint8)
        picture, low = pictures[:, ::-1], 0
        cell[:, :, : self.px] = picture
        for _ in range(LEVELS - 1):
            picture = halved(picture)
            edge = picture.shape[1]
            cell[:, low : low + edge, self.px : self.px + edge] = picture
            low += edge
        self._cells[line, :, column] = cell
        self._touch(line)

    def copy(self, slots: Rows, other: "Cells", its_slots: Rows) -> None:
        """Show what cells of the same size elsewhere show."""
        line, column = np.divmod(slots, self.columns)
        its_line, its_column = np.divmod(its_slots, other.columns)
        self._cells[line, :, column] = other._cells[its_line, :, its_column]
        self._touch(line)

    def pictures(self, slots: Rows) -> Squares:
        """What is shown."""
        line, column = np.divmod(slots, self.columns)
        found: Squares = self._cells[line, :, column, : self.px][:, ::-1]
        return found

    def uv(self, slots: Rows, size_px: NDArray[np.float32]) -> NDArray[np.float32]:
        """Texture coordinates of quads, at the level that suits their size on screen; shape (slots, 4, 2)."""
        from_px = self.px * np.array([0.1875, 0.375, 0.75], np.float32)
        level = 3 - np.searchsorted(from_px, size_px)
        line, column = np.divmod(slots, self.columns)
        origin = self._corners[level]
        origin[:, 0] += column * np.float32(self._wide)
        origin[:, 1] += line * np.float32(self.px)
        uv = (origin[:, None, :] + UNIT_UV * self._reaches[level][:, None, None]) / self._texels
        return uv.astype(np.float32, copy=False)

    def _touch(self, line: Rows) -> None:
        assert self._sheet is not None
        self._sheet.touch(line * self.px, self.px)


def halved(pictures: Squares) -> Squares:
    """Pictures of half the edge, each pixel the mean of four."""
    count, height, width, channels = pictures.shape
    blocks = pictures.reshape(count, height // 2, 2, width // 2, 2, channels).astype(np.uint16)
    upper, lower = blocks[:, :, 0], blocks[:, :, 1]
    mean: Squares = ((upper[:, :, :, 0] + upper[:, :, :, 1] + lower[:, :, :, 0] + lower[:, :, :, 1] + 2) >> 2).astype(
        np.uint8
    )
    return mean


def resampled(pictures: Squares, px: int) -> Squares:
    """Square pictures at another power of two."""
    while pictures.shape[1] > px:
        pictures = halved(pictures)
    times = px // pictures.shape[1]
    return pictures.repeat(times, axis=1).repeat(times, axis=2) if times > 1 else pictures


def _levels(px: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where each level starts in a cell and how far it reaches, half a pixel inside its edges."""
    edges = [px >> level for level in range(LEVELS)]
    lows = [0, 0, *(sum(edges[1:level]) for level in range(2, LEVELS))]
    corners = [(0.5 if level == 0 else px + 0.5, low + 0.5) for level, low in enumerate(lows)]
    return np.array(corners, np.float32), np.array([edge - 1 for edge in edges], np.float32)
