"""A finished picture drawn over everything in a window on screen, pixel by pixel."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from vtkmodules.vtkRenderingCore import vtkRenderer, vtkRenderWindow
from vtkmodules.vtkRenderingOpenGL2 import vtkOpenGLRenderWindow

from viewport.graphics.paint import PIXELS, Look, actor_for
from viewport.graphics.quads import QuadMesh
from viewport.graphics.textures import Pixels, Texture

WIDER = 50.0
"""The quad reaches beyond windows of any shape; texels are taken by pixel, not by place."""


class Curtain:
    """Hangs before one renderer; windows that nobody sees need none, their pixels are asked for."""

    def __init__(self, window: vtkRenderWindow, renderer: vtkRenderer) -> None:
        self._window, self._stage = window, renderer
        self._renderer: vtkRenderer | None = None
        self._texture: Texture | None = None

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Frames that are drawn within do not reach the screen."""
        window = self._window
        if window.GetOffScreenRendering() or not isinstance(window, vtkOpenGLRenderWindow):
            yield
            return
        mode = window.GetFrameBlitMode()
        window.SetFrameBlitModeToNoBlit()
        try:
            yield
        finally:
            window.SetFrameBlitMode(mode)

    def show(self, pixels: Pixels) -> None:
        """Draw this picture in place of the scene."""
        if self._window.GetOffScreenRendering():
            return
        if self._renderer is None or self._texture is None:
            self._renderer, self._texture = _screen(self._window, pixels)
        else:
            self._texture.replace(pixels)
        self._stage.DrawOff()
        self._renderer.DrawOn()
        try:
            self._window.Render()
        finally:
            self._renderer.DrawOff()
            self._stage.DrawOn()


def _screen(window: vtkRenderWindow, pixels: Pixels) -> tuple[vtkRenderer, Texture]:
    """A renderer over all others with one quad that fills the window."""
    texture = Texture(pixels, mipmap=False)
    texture.vtk.SetInterpolate(False)
    mesh = QuadMesh(1)
    mesh.corners[0] = np.array([(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)], np.float32) * WIDER
    mesh.changed()
    renderer = vtkRenderer()
    renderer.AddActor(actor_for(mesh, Look(PIXELS, {"albedo": texture})))
    renderer.SetLayer(1)
    camera = renderer.GetActiveCamera()
    camera.ParallelProjectionOn()
    camera.SetParallelScale(1.0)
    camera.SetPosition(0.0, 0.0, 1.0)
    camera.SetClippingRange(0.5, 2.0)
    window.SetNumberOfLayers(max(2, window.GetNumberOfLayers()))
    window.AddRenderer(renderer)
    return renderer, texture
