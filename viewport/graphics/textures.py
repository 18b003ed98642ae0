"""VTK textures from numpy pixels, replaced or edited in place."""

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonDataModel import vtkImageData
from vtkmodules.vtkRenderingCore import vtkTexture
from vtkmodules.vtkRenderingOpenGL2 import vtkOpenGLTexture, vtkTextureObject

from viewport.graphics.arrays import shared

Pixels = NDArray[np.uint8]
"""Shape (height, width, 3 or 4); the first row is the top one."""


class Texture:
    """A texture that keeps its pixels in a numpy array, bottom row first as OpenGL wants them."""

    def __init__(self, pixels: Pixels, *, mipmap: bool = True, repeat: bool = False) -> None:
        self._image = vtkImageData()
        self.vtk = vtkTexture()
        self.vtk.SetInputDataObject(self._image)
        self.vtk.SetColorModeToDirectScalars()
        self.vtk.SetInterpolate(True)
        self.vtk.SetMipmap(mipmap)
        self.vtk.SetRepeat(repeat)
        self.vtk.SetEdgeClamp(not repeat)
        self.vtk.SetMaximumAnisotropicFiltering(1.0)
        self.replace(pixels)

    def replace(self, pixels: Pixels) -> None:
        """Show other pixels, of any size."""
        self.rows: Pixels = np.ascontiguousarray(pixels[::-1])
        height, width, channels = self.rows.shape
        self._image.SetDimensions(width, height, 1)
        self._scalars = shared(self.rows.reshape(-1, channels))
        self._image.GetPointData().SetScalars(self._scalars)
        self._image.Modified()

    def blend_levels(self, wanted: bool) -> None:
        """Whether two of its sizes are mixed where it is seen smaller, as at rest, or the nearer one does."""
        texels = self.vtk.GetTextureObject() if isinstance(self.vtk, vtkOpenGLTexture) else None
        if texels is not None and self.vtk.GetMipmap():
            kinds = vtkTextureObject.LinearMipmapNearest, vtkTextureObject.LinearMipmapLinear
            texels.SetMinificationFilter(kinds[wanted])

    def changed(self) -> None:
        """Tell VTK that `rows` was edited."""
        self._scalars.Modified()
        self._image.Modified()


def rgb(colour: str) -> NDArray[np.float32]:
    """A hex colour as three sRGB numbers from 0 to 1."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255.0


def linear(colour: str) -> NDArray[np.float32]:
    """A hex colour as three linear-light numbers from 0 to 1."""
    return rgb(colour) ** np.float32(2.2)
