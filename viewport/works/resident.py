"""The small pictures of all cards in two textures that stay: 8 to 32 px for every row, 64 px for those seen larger."""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from viewport.graphics.sheet import Sheet
from viewport.graphics.textures import Pixels
from viewport.works.cells import CHUNK, Cells, Squares, resampled
from viewport.works.tints import Tints, tints_of

TINY_PX = ((4_000, 32), (20_000, 16), (10**9, 8))
"""Up to so many cards get a cell of so many pixels: fewer cards have larger ones in about the same memory."""
FINE_PX, MOST_FINE = 64, 1_536
"""Edge of the larger cells, and how many there are at most."""
ACROSS_PX, MOST_ACROSS_PX = 3_072, 8_192

Rows = NDArray[np.int64]
Colours = NDArray[np.uint8]


class ResidentCells:
    """A cell for each row and a grid of larger ones; edits reach the texture with its `upload`."""

    def __init__(self, count: int = 1) -> None:
        self.px = next(px for most, px in TINY_PX if count <= most)
        wide = self.px * 3 // 2
        width = max(ACROSS_PX // wide, math.ceil(count * self.px / MOST_ACROSS_PX)) * wide
        self._small = Cells(self.px, count, width)
        self.fine = Cells(FINE_PX, min(count, MOST_FINE), ACROSS_PX)
        self.texture, self.fine_texture = Sheet(self._small.height, width), Sheet(self.fine.height, ACROSS_PX)
        self._small.lie_in(self.texture)
        self.fine.lie_in(self.fine_texture)
        self.refined = np.zeros(count, bool)
        """Rows that show their own pixels rather than their mean colour."""
        self.mixed = np.zeros(count, bool)
        """Rows that show a mixture of both."""
        self.tints: Tints = np.zeros((count, 4, 3), np.uint8)
        """What stands for each row's picture where it is seen small and in a hurry."""

    def __len__(self) -> int:
        return len(self.refined)

    @property
    def nbytes(self) -> int:
        """Pixels held for drawing."""
        return self.texture.rows.nbytes + self.fine_texture.rows.nbytes

    @property
    def waiting_bytes(self) -> int:
        """Pixels that the graphics card does not have yet."""
        return self.texture.waiting_bytes + self.fine_texture.waiting_bytes

    def take_over(self, other: "ResidentCells") -> bool:
        """Use the graphics memory of cells that are no longer shown; whether both textures could."""
        taken = self.texture.take_over(other.texture), self.fine_texture.take_over(other.fine_texture)
        return all(taken)

    def fill(self, rows: Rows, colours: Colours) -> None:
        """Show plain colours."""
        self._small.fill(rows, colours)
        self.refined[rows], self.mixed[rows], self.tints[rows] = False, False, colours[:, None]

    def paint(self, rows: Rows, tiny: Squares) -> None:
        """Show small square pictures."""
        self._small.paint(rows, tiny)
        self.refined[rows], self.mixed[rows] = True, False
        for low in range(0, len(rows), CHUNK):
            self.tints[rows[low : low + CHUNK]] = tints_of(tiny[low : low + CHUNK])

    def inherit(self, rows: Rows, other: "ResidentCells", its_rows: Rows) -> None:
        """Show in these rows what others show in theirs."""
        if other.px == self.px:
            self._small.copy(rows, other._small, its_rows)
            self.refined[rows], self.tints[rows] = other.refined[its_rows], other.tints[its_rows]
            return
        known = np.flatnonzero(other.refined[its_rows])
        self.fill(rows, other.means(its_rows))
        if len(known):
            self.paint(rows[known], resampled(other._small.pictures(its_rows[known]), self.px))

    def means(self, rows: Rows) -> Colours:
        """The mean colour of each row."""
        means: Colours = self._small.pictures(rows).reshape(len(rows), -1, 3).mean(axis=1).astype(np.uint8)
        return means

    def pictures(self, rows: Rows) -> Squares:
        """The smallest pictures of rows, top row first."""
        return self._small.pictures(rows)

    def uv(self, rows: Rows, size_px: NDArray[np.float32]) -> NDArray[np.float32]:
        """Coordinates of small cells in their texture, at a size on screen."""
        return self._small.uv(rows, size_px)


def tiny_of(pixels: Pixels, edge_px: int) -> NDArray[np.uint8]:
    """A picture of any size averaged to a small square."""
    return np.asarray(Image.fromarray(pixels).resize((edge_px, edge_px), Image.Resampling.BOX))
