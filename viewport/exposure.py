"""A picture at rest, gathered from many frames that are each shifted by less than a pixel, as a long exposure is."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray
from vtkmodules.vtkRenderingCore import vtkRenderer, vtkRenderWindow

from viewport.graphics.arrays import numpy_of
from viewport.graphics.bloom import added
from viewport.graphics.curtain import Curtain
from viewport.graphics.shading import Shading
from viewport.pace import Quality

REST_S = 0.15
"""So long nothing may have changed before an exposure begins."""
SAMPLES: dict[Quality, int] = {"draft": 0, "standard": 8, "high": 16}
FEWEST = 1
"""One frame already brings back what was left out while the eye moved."""
FEWEST_SHADED = 4
"""Fewer frames with shaded corners would be grainy."""
SPILLED_AFTER = 8
"""Light that spills over is as strong as it gets after so many frames, so that it comes gently."""
BAND_PX = 48
COST, SHADED_COST, MOST_COST = 1.25, 3.2, 12.0
"""How many plain frames one frame of an exposure takes, as long as nothing has been measured."""


@dataclass(frozen=True)
class Plan:
    """So many frames, with corners shaded or not."""

    samples: int = 0
    shaded: bool = False


def plan(quality: Quality, plain_s: float, within_s: float, shaded_cost: float = SHADED_COST) -> Plan:
    """As many frames as fit into the time, up to what the quality wants; too few of them are none."""
    wanted = SAMPLES[quality]
    frame_s = max(plain_s, 1e-4)
    shaded = min(wanted, int(within_s / (frame_s * shaded_cost)))
    if quality == "high" and shaded >= FEWEST_SHADED:
        return Plan(shaded, shaded=True)
    samples = min(wanted, int(within_s / (frame_s * COST)))
    return Plan(samples) if samples >= FEWEST else Plan()


def shift_px(sample: int) -> tuple[float, float]:
    """Where in its pixel a frame looks, from -0.5 to 0.5: the Halton sequence of bases two and three."""
    return _halton(sample + 1, 2) - 0.5, _halton(sample + 1, 3) - 0.5


class Exposure:
    """Gathers frames of one renderer until the picture is smooth; whatever changes ends it."""

    def __init__(self, window: vtkRenderWindow, renderer: vtkRenderer) -> None:
        self._window, self._renderer = window, renderer
        self._shading = Shading(renderer)
        self._curtain = Curtain(window, renderer)
        self._raw = vtkUnsignedCharArray()
        self._sum: NDArray[np.uint16] = np.zeros(0, np.uint16)
        self._plan = Plan()
        self._taken = 0
        self._rested_s: float | None = None
        self._shaded_cost = SHADED_COST
        self.is_due = False
        """Whether frames are still to come."""
        self.spilled: Image.Image | None = None
        """Light that lamps spill over the picture; it comes with the frames."""
        self.lacks_light = True
        """Whether nobody has looked for such light since anything changed."""

    @property
    def is_on(self) -> bool:
        """Whether the picture is one of several frames."""
        return self._taken > 0

    @property
    def is_shaded(self) -> bool:
        """Whether corners are shaded on it."""
        return self.is_on and self._plan.shaded

    def moved(self) -> None:
        """Something changed: plain frames until it rests again."""
        self._taken, self._rested_s, self.spilled, self.lacks_light = 0, None, None, True
        self.is_due = True

    def skip(self) -> None:
        """The picture at rest stays as it is."""
        self.is_due = False

    def wants(self, now_s: float, quality: Quality, plain_s: float, within_s: float) -> bool:
        """Called while nothing changes; whether the next frame is one of an exposure."""
        if not self.is_due:
            return False
        if self._rested_s is None:
            self._rested_s = now_s
            self._plan = plan(quality, plain_s, within_s, self._shaded_cost)
            self.is_due = self._plan.samples > 0
            if self.is_due:
                self._make_room()
            if not self._plan.shaded:
                self._shaded_cost += 0.2 * (SHADED_COST - self._shaded_cost)  # what was slow once is tried again
        return self.is_due and now_s - self._rested_s >= REST_S

    def begin(self, order: Plan) -> None:
        """Take these frames one after another, whatever they cost; for pictures, not for windows."""
        self._plan, self._taken, self.is_due = order, 0, order.samples > 0

    def take(self) -> None:
        """Draw one more frame of it, and show what there is so far."""
        width, height = self._window.GetSize()
        camera = self._renderer.GetActiveCamera()
        x, y = shift_px(self._taken)
        camera.SetWindowCenter(2 * x / max(width, 1), 2 * y / max(height, 1))
        try:
            with self._curtain.lifted(), self._shading.at(self._taken if self._plan.shaded else None):
                self._window.Render()
        finally:
            camera.SetWindowCenter(0.0, 0.0)
        self._add(width, height)
        self.is_due = self._taken < self._plan.samples
        if self._taken & (self._taken - 1) == 0 or not self.is_due:
            self._curtain.show(self.pixels)

    def lifted(self) -> AbstractContextManager[None]:
        """Frames that are drawn within do not reach the screen."""
        return self._curtain.lifted()

    @property
    def share_spilled(self) -> float:
        """How much of the light that spills over is on the picture."""
        return min(1.0, self._taken / min(SPILLED_AFTER, max(self._plan.samples, 1)))

    def show_again(self) -> None:
        """Put what there is so far into the window once more."""
        self._curtain.show(self.pixels)

    def learn(self, seconds: float, plain_s: float) -> None:
        """A frame with shaded corners took so long; the first of all does not count, since its code is new then."""
        if self._plan.shaded and self._taken > 1 and plain_s > 0:
            self._shaded_cost += 0.3 * (min(seconds / plain_s, MOST_COST) - self._shaded_cost)

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """The mean of the frames so far as RGB, top row first."""
        summed, count = self._sum[::-1, :, :3], max(self._taken, 1)
        mean = np.empty(summed.shape, np.uint8)
        for low in range(0, len(mean), BAND_PX):  # bands stay in the processor's cache
            mean[low : low + BAND_PX] = (summed[low : low + BAND_PX] + count // 2) // count
        if self.spilled is None:
            return mean
        return added(mean, self.spilled, self.share_spilled)

    def _make_room(self) -> None:
        """Take the memory for a picture before the first frame, which is long enough without."""
        width, height = self._window.GetSize()
        if self._sum.shape != (height, width, 4):
            self._sum = np.full((height, width, 4), 1, np.uint16)
            self._raw.SetNumberOfComponents(4)
            self._raw.SetNumberOfTuples(width * height)
            self._raw.Fill(0.0)

    def _add(self, width: int, height: int) -> None:
        self._window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 0, self._raw, 0)
        frame = numpy_of(self._raw).reshape(height, width, 4)
        if self._sum.shape != frame.shape:
            self._sum = frame.astype(np.uint16)
        elif self._taken == 0:
            self._sum[:] = frame
        else:
            self._sum += frame
        self._taken += 1


def _halton(index: int, base: int) -> float:
    value, share = 0.0, 1.0
    while index:
        share /= base
        value += share * (index % base)
        index //= base
    return value
