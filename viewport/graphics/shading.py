"""Ambient occlusion: corners and gaps darkened by a screen-space pass from which the works themselves are exempt."""

from collections.abc import Iterator
from contextlib import contextmanager

from vtkmodules.vtkRenderingCore import vtkRenderer
from vtkmodules.vtkRenderingOpenGL2 import (
    vtkCameraPass,
    vtkLightsPass,
    vtkOpaquePass,
    vtkOverlayPass,
    vtkRenderPassCollection,
    vtkSequencePass,
    vtkSSAOPass,
    vtkTranslucentPass,
)

KERNEL = 16
"""Rays a pixel and frame; fewer leave grain in the corners of white rooms that no number of frames adds up away."""
RADII_M = (0.45, 0.16, 0.7, 0.28, 0.1, 0.55, 0.2, 0.36)
"""How far one frame looks for what shades a spot; another distance in every frame, so that no ray is cast twice."""
LIP_M = 0.022
"""What stands out less than this shades nothing, as the lip of a frame over its picture."""
STRENGTH = 1.0


class Shading:
    """Switches the pass on for one frame of a renderer."""

    def __init__(self, renderer: vtkRenderer) -> None:
        self._renderer = renderer
        self._occlusion = vtkSSAOPass()
        self._occlusion.SetKernelSize(KERNEL)
        self._occlusion.SetBias(LIP_M)
        self._occlusion.SetIntensityScale(STRENGTH)
        self._occlusion.BlurOn()
        lights = vtkLightsPass()
        self._occlusion.SetDelegatePass(_seen(lights, vtkOpaquePass()))
        self._all = _seen(lights, self._occlusion, vtkTranslucentPass(), vtkOverlayPass())

    @contextmanager
    def at(self, sample: int | None) -> Iterator[None]:
        """Shade the corners of what is drawn within, as this frame of an exposure does; None leaves them alone."""
        if sample is None:
            yield
            return
        self._occlusion.SetRadius(RADII_M[sample % len(RADII_M)])
        self._renderer.SetPass(self._all)
        try:
            yield
        finally:
            self._renderer.SetPass(None)  # type: ignore[arg-type]


def _seen(*passes: object) -> vtkCameraPass:
    """These passes one after another, as the renderer's camera sees them."""
    parts = vtkRenderPassCollection()
    for part in passes:
        parts.AddItem(part)
    sequence = vtkSequencePass()
    sequence.SetPasses(parts)
    camera = vtkCameraPass()
    camera.SetDelegatePass(sequence)
    return camera
