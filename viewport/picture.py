"""The picture in the window: which frame is drawn next, all of it or what is missing, plain or smooth."""

import time

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray
from vtkmodules.vtkRenderingCore import vtkRenderer, vtkRenderWindow

from viewport.arrays import numpy_of
from viewport.camera import Camera, Pose
from viewport.composition import Composition
from viewport.pace import Pace, Step
from viewport.prospect import Prospect
from viewport.smoothing import Smoothing


class Picture:
    """Draws one composition as one camera sees it, within the budget of its pace."""

    def __init__(
        self,
        window: vtkRenderWindow,
        renderer: vtkRenderer,
        composition: Composition,
        camera: Camera,
        prospect: Prospect,
    ) -> None:
        self._window, self._renderer = window, renderer
        self._composition, self._camera, self._prospect = composition, camera, prospect
        self.pace = Pace()
        self.smoothing = Smoothing(renderer)
        self.dirty = True
        """Whether it no longer shows what it should."""
        self.is_complete = False
        """Whether it waits for everything in view."""
        self.drawn_pose: Pose | None = None
        self._drawn_size = (0, 0)
        self._step: Step = "whole"

    @property
    def unfinished(self) -> bool:
        """Whether it still lacks cards that are in view."""
        tiers = self._composition.tiers
        return tiers.is_fading or tiers.unfinished > 0

    def choose(self, now_s: float, moved: bool, news: bool, waits: bool) -> None:
        """Decide on the next frame; `news` came in, or more of it is waited for."""
        tiers = self._composition.tiers
        fading = tiers.is_fading and tiers.fade(now_s) is not None
        self._step = self.pace.step(
            now_s, moved, moved or news or self.dirty, fading or tiers.unfinished > 0, tiers.missing
        )
        if self._step != "rest":
            self.dirty = True
            self.smoothing.moved()
        elif tiers.is_sliced and not self.unfinished:
            self.smoothing.skip()
        elif (
            not waits
            and not self.unfinished
            and self.smoothing.rested(now_s, self.pace.plain_frame_s, self.pace.smooth_within_s)
        ):
            self.dirty, self._step = True, "whole"

    def render(self) -> None:
        """Draw one frame: all of it, or what is missing over what there is."""
        step, self._step = self._step, "whole"
        size_px = self._prospect.size_px
        same = self._camera.pose is self.drawn_pose and size_px == self._drawn_size and not self.smoothing.is_on
        began = time.perf_counter()
        if step in ("patch", "more") and same:
            self._draw_over()
        else:
            self._draw_all(moving=step == "moving")
        self.drawn_pose, self._drawn_size = self._camera.pose, self._prospect.size_px
        self.pace.drew(time.perf_counter() - began, step, self.smoothing.is_on)
        self.dirty = False

    def skip(self) -> None:
        """Nothing can be drawn: what is to be seen counts as drawn."""
        self._composition.measure(self._camera.pose, self._prospect.size_px)
        self._composition.tiers.compose(self.pace.budget)
        self.drawn_pose, self._drawn_size = self._camera.pose, self._prospect.size_px
        self.smoothing.skip()
        self.dirty = False

    def finish(self) -> None:
        """Draw everything in view, however long it takes; for pictures, not for windows."""
        self._step = "whole"
        self.render()
        while self._composition.tiers.unfinished:
            self._step = "more"
            self.render()

    def pixels(self, width: int, height: int) -> NDArray[np.uint8]:
        """The present view as RGB, shape (height, width, 3), top row first."""
        width, height = max(1, width), max(1, height)
        self._window.SetSize(width, height)
        if self.is_complete:
            self.finish()
        else:
            self.render()
        return window_pixels(self._window, width, height)

    def _draw_all(self, moving: bool) -> None:
        composition, tiers = self._composition, self._composition.tiers
        composition.measure(self._camera.pose, self._prospect.size_px)
        composition.mirrors = self.pace.mirrors or self.is_complete
        tiers.compose(self.pace.budget, moving)
        composition.attach()
        composition.aim(self._camera.pose, self._prospect.size_px)
        tiers.flush()
        self._window.Render()

    def _draw_over(self) -> None:
        """Draw what is missing over the picture and its depths, which VTK keeps when nothing is erased."""
        tiers = self._composition.tiers
        tiers.compose_more(self.pace.slice)
        self._composition.attach_cards()
        tiers.flush()
        self._renderer.EraseOff()
        try:
            self._window.Render()
        finally:
            self._renderer.EraseOn()


def window_pixels(window: vtkRenderWindow, width: int, height: int) -> NDArray[np.uint8]:
    """What a window shows, as RGB, top row first."""
    data = vtkUnsignedCharArray()
    window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 0, data, 0)
    return np.ascontiguousarray(numpy_of(data).reshape(height, width, 4)[::-1, :, :3])
