"""A page of pictures: one texture of equal cells and one quad for each, so that hundreds of cards are one draw call."""

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from viewport.graphics.paint import CARD, MIRRORED_CARD, Look, actor_for, mirrored_actor_for
from viewport.graphics.quads import QuadMesh
from viewport.graphics.textures import Pixels, Texture


class AtlasPage:
    """`columns` x `rows` square cells; a slot holds one picture and the quad that shows it."""

    def __init__(self, cell_px: int, columns: int, rows: int, margin_px: int = 2) -> None:
        self.cell_px, self.margin_px, self.columns = cell_px, margin_px, columns
        self.capacity = columns * rows
        self._size = np.array([columns * cell_px, rows * cell_px], np.float32)
        blank = np.full((rows * cell_px, columns * cell_px, 3), 90, np.uint8)
        self.texture = Texture(blank)
        self.mesh = QuadMesh(self.capacity, colours=True)
        look = Look(CARD, {"albedo": self.texture}, two_sided=False)
        self.actor: vtkActor = actor_for(self.mesh, look)
        self.mirrored: vtkActor = mirrored_actor_for(self.mesh, Look(MIRRORED_CARD, look.textures))
        self._moved, self._painted = False, True

    @property
    def inner_px(self) -> int:
        """Longest edge of a picture in a cell."""
        return self.cell_px - 2 * self.margin_px

    def paint(self, slot: int, picture: Pixels) -> None:
        """Put a picture that fits the cell into a slot, its edge repeated around it."""
        inner = picture[: self.inner_px, : self.inner_px]
        height, width = inner.shape[:2]
        m = self.margin_px
        padded = np.pad(inner[::-1], ((m, m), (m, m), (0, 0)), mode="edge")
        row, column = divmod(slot, self.columns)
        y, x = row * self.cell_px, column * self.cell_px
        self.texture.rows[y : y + height + 2 * m, x : x + width + 2 * m] = padded
        low = np.array([x + m, y + m], np.float32) / self._size
        high = np.array([x + m + width, y + m + height], np.float32) / self._size
        self.mesh.uv[slot] = np.stack([low, (high[0], low[1]), high, (low[0], high[1])])
        self._painted = self._moved = True

    def place(self, slots: NDArray[np.int64] | int, corners: NDArray[np.float32]) -> None:
        """Move quads; all zeros hides them."""
        self.mesh.corners[slots] = corners
        self._moved = True

    def dim(self, slots: NDArray[np.int64], strengths: NDArray[np.float32]) -> None:
        """How strong the pictures in these slots are shown: 1 as they are, 0 dimmed."""
        assert self.mesh.rgba is not None
        self.mesh.rgba[slots, :, 0] = (np.clip(strengths, 0.0, 1.0) * 255).astype(np.uint8)[:, None]
        self._moved = True

    @property
    def painted_px(self) -> int:
        """Pixels that VTK is given with the next flush."""
        return self.texture.rows.size // 3 if self._painted else 0

    def veil(self, slot: int, share: float) -> None:
        """How much of a picture covers what is drawn beneath it, 0 to 1."""
        assert self.mesh.rgba is not None
        self.mesh.rgba[slot, :, 1] = round(255 * min(1.0, max(0.0, share)))
        self._moved = True

    def flush(self) -> bool:
        """Hand what changed to VTK; whether anything had."""
        changed = self._moved or self._painted
        if self._painted:
            self.texture.changed()
        if self._moved:
            self.mesh.changed()
        self._moved = self._painted = False
        return changed


class SinglePage(AtlasPage):
    """A page of one picture that takes any size."""

    def __init__(self) -> None:
        super().__init__(cell_px=4, columns=1, rows=1, margin_px=0)

    def paint(self, slot: int, picture: Pixels) -> None:
        """Show a picture of any size.

        An edge that is a power of two gets one more pixel: a software renderer builds other code for such textures,
        which would hold up the first frame that shows one.
        """
        height, width = picture.shape[:2]
        more_y, more_x = int(height & (height - 1) == 0), int(width & (width - 1) == 0)
        self.texture.replace(np.pad(picture, ((more_y, 0), (0, more_x), (0, 0)), mode="edge"))
        right, high = width / (width + more_x), height / (height + more_y)
        self.mesh.uv[slot] = [(0, 0), (right, 0), (right, high), (0, high)]
        self._moved = self._painted = True
