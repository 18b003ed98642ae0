"""Quads in one VTK mesh whose numpy arrays are edited in place: the only geometry the viewport draws."""

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonCore import vtkDataArray, vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData
from vtkmodules.vtkRenderingCore import vtkPolyDataMapper

from viewport.graphics.arrays import ids, shared

Corners = NDArray[np.float32]
"""Shape (n, 4, 3): lower left, lower right, upper right, upper left, seen from the front."""

UNIT_UV = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)


_STEP = 1_024
"""Quads are handed over by multiples of this, so that a few more or less change nothing."""


class QuadMesh:
    """`capacity` quads; unused ones are all zeros and draw nothing. Call `changed()` after editing the arrays."""

    def __init__(self, capacity: int, *, colours: bool = False, light: bool = False) -> None:
        self.corners: Corners = np.zeros((capacity, 4, 3), np.float32)
        self.uv = np.tile(UNIT_UV, (capacity, 1, 1))
        self.light_uv: NDArray[np.float32] | None = np.zeros((capacity, 4, 2), np.float32) if light else None
        self.rgba: NDArray[np.uint8] | None = np.full((capacity, 4, 4), 255, np.uint8) if colours else None
        self.poly = vtkPolyData()
        self._arrays: list[vtkDataArray] = []
        self._cells: dict[int, vtkCellArray] = {}
        self._drawn = -1
        self._draw(capacity)
        self.mapper = vtkPolyDataMapper()
        self.mapper.SetInputData(self.poly)
        self.mapper.SetScalarVisibility(colours)
        self.mapper.SetVBOShiftScaleMethod(0)

    def changed(self) -> None:
        """Tell VTK that the arrays were edited."""
        for array in self._arrays:
            array.Modified()
        self.poly.GetPoints().Modified()
        self.poly.Modified()

    def draw_first(self, count: int) -> None:
        """Hand only so many quads to the renderer, and a few more: it looks at every one, seen or not."""
        few = 1 << max(4, (count - 1).bit_length())
        wanted = min(len(self.corners), few if few <= _STEP else -(-count // _STEP) * _STEP)
        if wanted != self._drawn:
            self._draw(wanted)

    def _draw(self, count: int) -> None:
        self._drawn = count
        points = vtkPoints()
        points.SetData(shared(self.corners[:count].reshape(-1, 3)))
        self.poly.SetPoints(points)
        if count not in self._cells:
            self._cells[count] = _quad_cells(count)
        self.poly.SetPolys(self._cells[count])
        self._arrays = self._point_arrays(count)

    def _point_arrays(self, count: int) -> list[vtkDataArray]:
        data = self.poly.GetPointData()
        uv = shared(self.uv[:count].reshape(-1, 2), "uv")
        data.SetTCoords(uv)
        arrays: list[vtkDataArray] = [self.poly.GetPoints().GetData(), uv]
        if self.light_uv is not None:
            light = shared(self.light_uv[:count].reshape(-1, 2), "light_uv")
            data.AddArray(light)
            arrays.append(light)
        if self.rgba is not None:
            rgba = shared(self.rgba[:count].reshape(-1, 4), "rgba")
            data.SetScalars(rgba)
            arrays.append(rgba)
        return arrays


def mesh_of(corners: Corners, **wanted: bool) -> QuadMesh:
    """A mesh filled with these quads."""
    mesh = QuadMesh(max(1, len(corners)), **wanted)
    mesh.corners[: len(corners)] = corners
    mesh.changed()
    return mesh


def rectangles(
    centres: NDArray[np.floating], halves_right: NDArray[np.floating], halves_up: NDArray[np.floating]
) -> Corners:
    """Corners of rectangles given their centres and half-extent vectors, each of shape (n, 3)."""
    left_low = centres - halves_right - halves_up
    right_low = centres + halves_right - halves_up
    right_high = centres + halves_right + halves_up
    left_high = centres - halves_right + halves_up
    return np.stack([left_low, right_low, right_high, left_high], axis=1).astype(np.float32)


def _quad_cells(count: int) -> vtkCellArray:
    cells = vtkCellArray()
    cells.SetData(ids(np.arange(0, 4 * count + 1, 4)), ids(np.arange(4 * count)))
    return cells
