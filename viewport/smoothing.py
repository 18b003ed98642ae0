"""Smooth edges for a picture at rest: drawn at twice the size once nothing moves, if that is quick enough."""

from vtkmodules.vtkRenderingCore import vtkRenderer
from vtkmodules.vtkRenderingOpenGL2 import vtkRenderStepsPass, vtkSSAAPass

REST_S = 0.3
COST = 6.0
"""A smooth frame takes about so many plain ones."""
MOST_S = 0.35


class Smoothing:
    """Decides for one renderer whether the next frame is a plain or a smooth one."""

    def __init__(self, renderer: vtkRenderer) -> None:
        self._renderer = renderer
        self._pass = vtkSSAAPass()
        self._pass.SetDelegatePass(vtkRenderStepsPass())
        self._moved_s: float | None = None
        self.is_on = False
        self.is_due = False
        """Whether a smooth frame is still to come."""

    def moved(self) -> None:
        """Something changed: plain frames until it rests again."""
        self._moved_s = None
        self.is_due = True
        self._switch(False)

    def skip(self) -> None:
        """The picture at rest stays as it is."""
        self.is_due = False

    def rested(self, now_s: float, plain_frame_s: float, most_s: float = MOST_S) -> bool:
        """Called while nothing changes; whether the next frame is to be drawn smooth."""
        if not self.is_due:
            return False
        if plain_frame_s * COST > most_s:
            self.is_due = False
            return False
        if self._moved_s is None:
            self._moved_s = now_s
        if now_s - self._moved_s < REST_S:
            return False
        self.is_due = False
        self._switch(True)
        return True

    def _switch(self, on: bool) -> None:
        if on != self.is_on:
            self.is_on = on
            self._renderer.SetPass(self._pass if on else None)  # type: ignore[arg-type]
