"""One large texture whose edited rows alone are handed to the graphics card, strip by strip, a few with each frame."""

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonCore import VTK_UNSIGNED_CHAR
from vtkmodules.vtkRenderingCore import vtkRenderWindow
from vtkmodules.vtkRenderingOpenGL2 import vtkOpenGLRenderWindow, vtkOpenGLTexture, vtkTextureObject

STRIP_PX = 8
"""Rows are handed over in strips of so many."""
MOST_BYTES = 8 * 2**20
"""With one frame; about 3 ms without a graphics card."""

Lines = NDArray[np.int64]


class Sheet:
    """RGB pixels, bottom row first, without mipmaps; `upload` brings the texture up to date."""

    def __init__(self, height: int, width: int) -> None:
        self.rows: NDArray[np.uint8] = np.zeros((max(height, STRIP_PX), width, 3), np.uint8)
        self._object = vtkTextureObject()
        for set_filter in (self._object.SetMinificationFilter, self._object.SetMagnificationFilter):
            set_filter(vtkTextureObject.Linear)
        self.vtk = vtkOpenGLTexture()
        self.vtk.SetTextureObject(self._object)
        self.vtk.SetInterpolate(True)
        self._stale = np.zeros(-(-len(self.rows) // STRIP_PX), bool)
        self._used = self._stale.copy()
        """Strips that hold anything."""

    @property
    def waiting_bytes(self) -> int:
        """Pixels that the graphics card does not have yet."""
        return int(np.count_nonzero(self._stale)) * STRIP_PX * int(self.rows[0].nbytes)

    def touch(self, lows: Lines, height: int) -> None:
        """Bands of so many rows were edited, each from one of these rows on; all are multiples of a strip."""
        strips = np.unique(lows // STRIP_PX)
        touched = (strips[:, None] + np.arange(max(1, height // STRIP_PX))).ravel()
        self._stale[touched] = self._used[touched] = True

    def take_over(self, other: "Sheet") -> bool:
        """Use the graphics memory of a sheet of the same size that is no longer shown; whether it is of that size."""
        if other.rows.shape != self.rows.shape:
            return False
        self._object, self.vtk = other._object, other.vtk
        self._stale[:] = self._used
        return True

    def upload(self, window: vtkRenderWindow, most_bytes: int = MOST_BYTES) -> bool:
        """Hand edited rows over, at most so many bytes unless the texture is new; whether there were any."""
        if not self._stale.any() and (self._object.GetHandle() or not self._used.any()):
            return False
        if not window.GetInitialized():
            window.Initialize()
        window.MakeCurrent()
        if not self._object.GetHandle():
            most_bytes = self.rows.nbytes
            self._allocate(window)
        for low, high in _runs(np.flatnonzero(self._stale)):
            high = min(high, low + max(1, most_bytes // (STRIP_PX * self.rows[0].nbytes)))
            self._stale[low:high] = False  # before: what another thread edits meanwhile is handed over again
            self._hand_over(low * STRIP_PX, min(high * STRIP_PX, len(self.rows)))
            most_bytes -= (high - low) * STRIP_PX * self.rows[0].nbytes
            if most_bytes <= 0:
                break
        return True

    def allocate(self, window: vtkRenderWindow) -> None:
        """Take the graphics memory now, if there is none yet: that alone is long enough for one step."""
        if window.GetInitialized() and not self._object.GetHandle():
            window.MakeCurrent()
            self._allocate(window)

    def approach(self, window: vtkRenderWindow) -> bool:
        """One short step towards the graphics card before anything is drawn from here; whether none is left."""
        if not window.GetInitialized():
            return True
        if self._object.GetHandle():
            self.upload(window, 2 * MOST_BYTES)
            return not self._stale.any()
        self.allocate(window)
        return False

    def _allocate(self, window: vtkRenderWindow) -> None:
        self._stale |= self._used
        assert isinstance(window, vtkOpenGLRenderWindow)
        self._object.SetContext(window)
        height, width, _ = self.rows.shape
        self._object.Allocate2D(width, height, 3, VTK_UNSIGNED_CHAR)

    def _hand_over(self, low: int, high: int) -> None:
        width = self.rows.shape[1]
        pixels = self.rows[low:high].reshape(-1)
        self._object.UpdateTextureBuffer2DRegion(low * width, (high - low) * width, 3, VTK_UNSIGNED_CHAR, pixels)


def _runs(strips: Lines) -> list[tuple[int, int]]:
    """First and past-the-last of each run of consecutive numbers."""
    if not len(strips):
        return []
    ends = np.flatnonzero(np.diff(strips) > 1)
    lows = np.concatenate([strips[:1], strips[ends + 1]])
    highs = np.concatenate([strips[ends], strips[-1:]]) + 1
    return [(int(low), int(high)) for low, high in zip(lows, highs, strict=True)]
