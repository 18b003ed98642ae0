"""Every card at 8 to 32 pixels in one texture that stays: mean colour at once, its own pixels when they have come."""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from viewport.quads import UNIT_UV
from viewport.textures import Pixels, Texture

TINY_PX = ((4_000, 32), (20_000, 16), (10**9, 8))
"""Up to so many cards get a cell of so many pixels: fewer cards have larger ones in about the same memory."""
ACROSS_PX, MOST_ACROSS_PX = 3_072, 8_192
LEVELS = 4
"""Beside the picture its cell holds it at a half, a quarter and an eighth: a card chooses by its size on screen."""

Rows = NDArray[np.int64]
Colours = NDArray[np.uint8]


class ResidentCells:
    """A cell for each row; edits reach the texture with `flush`."""

    def __init__(self, count: int = 1) -> None:
        self.px = next(px for most, px in TINY_PX if count <= most)
        self._wide = self.px * 3 // 2
        self.columns = max(ACROSS_PX // self._wide, math.ceil(count * self.px / MOST_ACROSS_PX))
        lines = max(1, -(-count // self.columns))
        self.texture = Texture(np.zeros((lines * self.px, self.columns * self._wide, 3), np.uint8), mipmap=False)
        self.refined = np.zeros(count, bool)
        """Rows that show their own pixels rather than their mean colour."""
        self._texels = np.array([self.columns * self._wide, lines * self.px], np.float32)
        self._corners, self._reaches = _levels(self.px)
        self._painted = False

    def __len__(self) -> int:
        return len(self.refined)

    @property
    def _cells(self) -> NDArray[np.uint8]:
        """The texture as (line, y, column, x, channel)."""
        return self.texture.rows.reshape(-1, self.px, self.columns, self._wide, 3)

    def fill(self, rows: Rows, colours: Colours) -> None:
        """Show plain colours."""
        line, column = np.divmod(rows, self.columns)
        self._cells[line, :, column] = colours[:, None, None, :]
        self.refined[rows] = False
        self._painted = True

    def paint(self, rows: Rows, tiny: NDArray[np.uint8]) -> None:
        """Show small square pictures, top row first; shape (rows, px, px, 3)."""
        line, column = np.divmod(rows, self.columns)
        cell = np.zeros((len(rows), self.px, self._wide, 3), np.uint8)
        picture, top = tiny[:, ::-1], 0
        cell[:, :, : self.px] = picture
        for _ in range(LEVELS - 1):
            picture = _halved(picture)
            edge = picture.shape[1]
            cell[:, top : top + edge, self.px : self.px + edge] = picture
            top += edge
        self._cells[line, :, column] = cell
        self.refined[rows] = True
        self._painted = True

    def inherit(self, rows: Rows, other: "ResidentCells", its_rows: Rows) -> None:
        """Show in these rows what others show in theirs."""
        if other.px != self.px:
            known = np.flatnonzero(other.refined[its_rows])
            self.fill(rows, other.means(its_rows))
            if len(known):
                self.paint(rows[known], _resampled(other.pictures(its_rows[known]), self.px))
            return
        line, column = np.divmod(rows, self.columns)
        its_line, its_column = np.divmod(its_rows, other.columns)
        self._cells[line, :, column] = other._cells[its_line, :, its_column]
        self.refined[rows] = other.refined[its_rows]
        self._painted = True

    def means(self, rows: Rows) -> Colours:
        """The mean colour of each row."""
        means: Colours = self.pictures(rows).reshape(len(rows), -1, 3).mean(axis=1).astype(np.uint8)
        return means

    def pictures(self, rows: Rows) -> NDArray[np.uint8]:
        """The small pictures of rows, top row first."""
        line, column = np.divmod(rows, self.columns)
        found: NDArray[np.uint8] = self._cells[line, :, column, : self.px][:, ::-1]
        return found

    def uv(self, rows: Rows, size_px: NDArray[np.float32]) -> NDArray[np.float32]:
        """Texture coordinates of quads, at the level that suits their size on screen; shape (rows, 4, 2)."""
        from_px = self.px * np.array([0.1875, 0.375, 0.75], np.float32)
        level = 3 - np.searchsorted(from_px, size_px)
        line, column = np.divmod(rows, self.columns)
        origin = self._corners[level]
        origin[:, 0] += column * np.float32(self._wide)
        origin[:, 1] += line * np.float32(self.px)
        uv = (origin[:, None, :] + UNIT_UV * self._reaches[level][:, None, None]) / self._texels
        return uv.astype(np.float32, copy=False)

    def flush(self) -> bool:
        """Hand edits to VTK; whether there were any."""
        painted, self._painted = self._painted, False
        if painted:
            self.texture.changed()
        return painted


def tiny_of(pixels: Pixels, edge_px: int) -> NDArray[np.uint8]:
    """A picture of any size averaged to a small square."""
    return np.asarray(Image.fromarray(pixels).resize((edge_px, edge_px), Image.Resampling.BOX))


def _levels(px: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where each level starts in a cell and how far it reaches, half a pixel inside its edges."""
    edges = [px >> level for level in range(LEVELS)]
    tops = [0, 0, *(sum(edges[1:level]) for level in range(2, LEVELS))]
    corners = [(0.5 if level == 0 else px + 0.5, top + 0.5) for level, top in enumerate(tops)]
    return np.array(corners, np.float32), np.array([edge - 1 for edge in edges], np.float32)


def _resampled(pictures: NDArray[np.uint8], px: int) -> NDArray[np.uint8]:
    """Square pictures at another power of two."""
    while pictures.shape[1] > px:
        pictures = _halved(pictures)
    times = px // pictures.shape[1]
    return pictures.repeat(times, axis=1).repeat(times, axis=2) if times > 1 else pictures


def _halved(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    count, height, width, channels = pictures.shape
    blocks = pictures.reshape(count, height // 2, 2, width // 2, 2, channels).astype(np.uint16)
    mean: NDArray[np.uint8] = ((blocks.sum(axis=(2, 4)) + 2) >> 2).astype(np.uint8)
    return mean
