"""Quads in one VTK mesh whose numpy arrays are edited in place: the only geometry the viewport draws."""

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonCore import vtkDataArray, vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData
from vtkmodules.vtkRenderingCore import vtkPolyDataMapper

from viewport.arrays import ids, shared

Corners = NDArray[np.float32]
"""Shape (n, 4, 3): lower left, lower right, upper right, upper left, seen from the front."""

UNIT_UV = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)


class QuadMesh:
    """`capacity` quads; unused ones are all zeros and draw nothing. Call `changed()` after editing the arrays."""

    def __init__(self, capacity: int, *, colours: bool = False, light: bool = False) -> None:
        self.corners: Corners = np.zeros((capacity, 4, 3), np.float32)
        self.uv = np.tile(UNIT_UV, (capacity, 1, 1))
        self.light_uv: NDArray[np.float32] | None = np.zeros((capacity, 4, 2), np.float32) if light else None
        self.rgba: NDArray[np.uint8] | None = np.full((capacity, 4, 4), 255, np.uint8) if colours else None
        self.poly = vtkPolyData()
        self.poly.SetPoints(self._points())
        self.poly.SetPolys(_quad_cells(capacity))
        self._arrays = self._point_arrays()
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

    def _points(self) -> vtkPoints:
        points = vtkPoints()
        points.SetData(shared(self.corners.reshape(-1, 3)))
        return points

    def _point_arrays(self) -> list[vtkDataArray]:
        data = self.poly.GetPointData()
        uv = shared(self.uv.reshape(-1, 2), "uv")
        data.SetTCoords(uv)
        arrays: list[vtkDataArray] = [self.poly.GetPoints().GetData(), uv]
        if self.light_uv is not None:
            light = shared(self.light_uv.reshape(-1, 2), "light_uv")
            data.AddArray(light)
            arrays.append(light)
        if self.rgba is not None:
            rgba = shared(self.rgba.reshape(-1, 4), "rgba")
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
