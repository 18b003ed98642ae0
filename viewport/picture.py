"""The picture in the window: which frame is drawn next, all of it or what is missing, plain or smooth."""

import time
from collections import deque

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray
from vtkmodules.vtkRenderingCore import vtkRenderer, vtkRenderWindow

from viewport.camera import Camera, Pose
from viewport.composition import Composition
from viewport.exposure import SAMPLES, Exposure, Plan
from viewport.governor import Governor
from viewport.graphics.arrays import numpy_of
from viewport.graphics.bloom import Bloom
from viewport.pace import LARGEST_BUDGET, Pace, Step, Thrift
from viewport.prospect import Prospect
from viewport.works.streaming import MOST_PAINTED_PX

FIRST_FRAMES = 2


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
        self.exposure = Exposure(window, renderer)
        self._bloom = Bloom(window, renderer, self.exposure.lifted)
        self.governor = Governor("standard")
        self.dirty = True
        """Whether it no longer shows what it should."""
        self.is_spare = False
        """Whether it does without reflections, as while works fly."""
        self.plain_frames = 0
        """So many of the next frames do without reflections too: the first ones of another stage."""
        self.is_complete = False
        """Whether it waits for everything in view."""
        self.drawn_pose: Pose | None = None
        self._drawn_size = (0, 0)
        self._step: Step = "whole"
        self._exposing = False
        self._recent_s: deque[float] = deque(maxlen=5)

    @property
    def unfinished(self) -> bool:
        """Whether it still lacks cards that are in view."""
        tiers = self._composition.tiers
        return tiers.is_fading or tiers.unfinished > 0

    def choose(self, now_s: float, moved: bool, news: bool, waits: bool) -> None:
        """Decide on the next frame; `news` came in, or more of it is waited for."""
        tiers = self._composition.tiers
        fading = self.unfinished and tiers.fade(now_s) is not None
        self._step = self.pace.step(
            now_s,
            moved,
            moved or news or self.dirty,
            fading or tiers.unfinished > 0,
            tiers.missing + tiers.coarse,
            tiers.painted_px >= MOST_PAINTED_PX,
            tiers.is_fading,
        )
        if self._composition.rehearsal.waits and (self._step == "rest" or self.drawn_pose is None):
            self._step, self.dirty = "rehearse", True
        elif self._step != "rest":
            self.dirty = True
            self.exposure.moved()
        elif tiers.is_sliced and not self.unfinished:
            self.exposure.skip()
        elif not waits and not self.unfinished:
            pace = self.pace
            quickest_s = min(self._recent_s, default=pace.plain_frame_s)
            self._exposing = self.exposure.wants(now_s, pace.quality, quickest_s, pace.smooth_within_s)
            self.dirty = self.dirty or self._exposing

    def render(self) -> None:
        """Draw one frame: all of it, what is missing over what there is, or one of an exposure."""
        step, self._step = self._step, "whole"
        exposing, self._exposing = self._exposing, False
        size_px = self._prospect.size_px
        same = self._camera.pose is self.drawn_pose and size_px == self._drawn_size
        if self._composition.rehearsal.waits and not self.is_complete:
            self._composition.rehearsal.step()
        began = time.perf_counter()
        if step == "rehearse":
            self._show_again()
            return
        if exposing and same:
            self._expose()
        elif self.exposure.is_on and same and not self.dirty:
            self.exposure.show_again()
        elif step in ("patch", "more") and same and not self.exposure.is_on:
            self._draw_over()
            self._measured(time.perf_counter() - began, step)
        else:
            self.exposure.moved()
            self._draw_all(moving=step == "moving")
            self._measured(time.perf_counter() - began, step)
        self.drawn_pose, self._drawn_size = self._camera.pose, self._prospect.size_px
        self.dirty = False

    def _show_again(self) -> None:
        """Nothing has changed that is seen."""
        self.dirty = False
        if self.exposure.is_on:
            self.exposure.show_again()

    def _measured(self, seconds: float, step: Step) -> None:
        """A plain frame took so long: the pace follows it, and the quality when it is chosen by itself."""
        self.pace.drew(seconds, step, False)
        if step in ("moving", "whole"):
            self._recent_s.append(seconds)
        quality = self.governor.after(self.pace.quality, seconds)
        if quality != self.pace.quality:
            self.pace.quality = quality

    def _expose(self) -> None:
        began = time.perf_counter()
        if not self.exposure.is_on:
            self._renderer.SetUseFXAA(False)
            if self._spills and self.exposure.lacks_light:
                self._spill()  # which takes a frame of its own
                return
            self._compose(moving=False, resting=True)  # what was drawn last may have been patches alone
        self.exposure.take()
        self.exposure.learn(time.perf_counter() - began, self.pace.plain_frame_s)

    @property
    def _spills(self) -> bool:
        """Whether neon spills light over the picture."""
        return self.pace.quality == "high" and self._composition.surroundings.near.glow.has_any

    def _spill(self) -> None:
        """Find the light that neon spills, in a frame that nobody sees."""
        tiers = self._composition.tiers
        works = tiers.corners[np.flatnonzero(tiers.size_px > 0)]
        lamps = self._composition.surroundings.near.glow.lamps
        self.exposure.spilled = self._bloom.light([lamps], works)
        self.exposure.lacks_light = False

    def skip(self) -> None:
        """Nothing can be drawn here: what is to be seen counts as drawn."""
        self._composition.measure(self._camera.pose, self._prospect.size_px)
        self._composition.tiers.compose(self.pace.thrift(moving=False))
        self.drawn_pose, self._drawn_size = self._camera.pose, self._prospect.size_px
        self.exposure.skip()
        self._composition.rehearsal.want(())
        self.dirty = False

    def finish(self) -> None:
        """Draw everything in view, however long it takes; for pictures, not for windows."""
        self._step, self.dirty = "whole", True
        self._composition.tiers.end_fades()
        self._composition.measure(self._camera.pose, self._prospect.size_px)
        while self._composition.is_lettering:
            self._composition.measure(self._camera.pose, self._prospect.size_px)
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
            self._expose_all()
        else:
            self.render()
        if self.exposure.is_on:
            return self.exposure.pixels
        return window_pixels(self._window, width, height)

    def _expose_all(self) -> None:
        """What high quality adds to a picture that may take its time, unless it was drawn piece by piece."""
        if self.pace.quality == "high" and not self._composition.tiers.is_sliced:
            if self._spills:
                self._spill()
            self.exposure.begin(Plan(SAMPLES["high"], shaded=True))
            while self.exposure.is_due:
                self.exposure.take()

    def _draw_all(self, moving: bool) -> None:
        self._compose(moving)
        self.plain_frames = max(0, self.plain_frames - 1)
        self._renderer.SetUseFXAA(moving and self.pace.softens)
        self._window.Render()

    def _compose(self, moving: bool, resting: bool = False) -> None:
        """Put everything in place for a frame of the whole picture; at rest floors reflect on slow machines too."""
        composition, tiers = self._composition, self._composition.tiers
        composition.quality = "draft" if self.is_spare else self.pace.quality
        composition.measure(self._camera.pose, self._prospect.size_px)
        smooth_follows = not resting and self.pace.quality != "draft"
        composition.hurries = (moving or self.is_spare or smooth_follows) and not self.is_complete
        mirrors = self.pace.mirrors and not self.is_spare and not self.plain_frames
        composition.mirrors = mirrors or self.is_complete or (resting and self.pace.quality != "draft")
        tiers.compose(Thrift(2 * LARGEST_BUDGET) if self.is_complete else self.pace.thrift(moving, resting))
        composition.attach()
        composition.aim(self._camera.pose, self._prospect.size_px)
        tiers.flush()

    def _draw_over(self) -> None:
        """Draw what is missing over the picture and its depths, which VTK keeps when nothing is erased."""
        tiers = self._composition.tiers
        tiers.compose_more(self.pace.slice)
        self._renderer.SetUseFXAA(False)
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
