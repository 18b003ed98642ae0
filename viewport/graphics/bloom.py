"""The light that neon spills over a lens: what shines is drawn alone, blurred wide, and added to a picture at rest.

Works neither spill light nor take any: where they hang on the picture nothing is added.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray
from vtkmodules.vtkRenderingCore import vtkActor, vtkRenderer, vtkRenderWindow

from viewport.graphics.arrays import numpy_of
from viewport.graphics.paint import VEIL, Look, actor_for
from viewport.graphics.quads import Corners, QuadMesh
from viewport.graphics.textures import Pixels

STEP = 4
"""Light is spread on a picture of a quarter of the size, and on halves of that."""
LEVELS = (0.8, 1.0, 1.3, 1.6, 1.6)
"""How much each of these adds, from the sharpest to the widest."""
TAPS = np.exp(-0.5 * (np.arange(-4, 5) / np.float32(1.9)) ** 2).astype(np.float32)
"""How light is spread on each of them."""
GAIN = 2.6
MOST_PX = 4_200_000
"""Larger pictures do without: they would hold up the window."""
LEAST_VEIL, MOST_VEIL = 16, 200
"""Opacities of works, whichever way they were blended; lamps are opaque."""

Light = NDArray[np.float32]
Lifted = Callable[[], AbstractContextManager[None]]
"""Frames that are drawn within do not reach the screen."""


class Bloom:
    """Draws with one renderer of its own over the depths that the scene leaves in the same frame."""

    def __init__(self, window: vtkRenderWindow, stage: vtkRenderer, lifted: Lifted) -> None:
        self._window, self._stage, self._lifted = window, stage, lifted
        self._renderer: vtkRenderer | None = None
        self._works = QuadMesh(64)
        self._veil: vtkActor = actor_for(self._works, Look(VEIL, {}, two_sided=True))
        self._raw = vtkUnsignedCharArray()

    def light(self, shining: Sequence[vtkActor], works: Corners) -> Image.Image | None:
        """What is to be added to the picture that the window shows, top row first; None where nothing shines on it."""
        width, height = self._window.GetSize()
        if not shining or width * height > MOST_PX or width < 2 * STEP or height < 2 * STEP:
            return None
        seen = self._drawn(shining, works, width, height)
        veiled = (seen[..., 3] >= LEAST_VEIL) & (seen[..., 3] <= MOST_VEIL)
        bright = Image.fromarray(np.ascontiguousarray(seen[::-1, :, :3])).reduce(STEP)
        if not bright.getbbox():
            return None
        spilled = Image.fromarray(spread(np.asarray(bright))).resize((width, height), Image.Resampling.BILINEAR)
        free = Image.fromarray(np.where(veiled[::-1], 0, 255).astype(np.uint8))
        return Image.composite(spilled, Image.new("RGB", spilled.size), free)

    def _drawn(self, shining: Sequence[vtkActor], works: Corners, width: int, height: int) -> NDArray[np.uint8]:
        """RGBA, bottom row first: black but for what shines, opacities telling works from lamps."""
        renderer = self._renderer = self._renderer or self._made()
        self._cover(works)
        props = renderer.GetViewProps()
        props.RemoveAllItems()
        for actor in (self._veil, *shining):
            props.AddItem(actor)
        renderer.DrawOn()
        try:
            with self._lifted():
                self._window.Render()
        finally:
            renderer.DrawOff()
        self._window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 0, self._raw, 0)
        found: NDArray[np.uint8] = numpy_of(self._raw).reshape(height, width, 4)
        return found

    def _cover(self, works: Corners) -> None:
        count = len(works)
        if count > len(self._works.corners):
            self._works = QuadMesh(1 << count.bit_length())
            self._veil = actor_for(self._works, Look(VEIL, {}, two_sided=True))
        self._works.corners[:count], self._works.corners[count:] = works, 0
        self._works.changed()

    def _made(self) -> vtkRenderer:
        renderer = vtkRenderer()
        renderer.SetActiveCamera(self._stage.GetActiveCamera())
        renderer.SetBackground(0.0, 0.0, 0.0)
        renderer.SetBackgroundAlpha(0.0)
        renderer.SetPreserveDepthBuffer(True)
        self._window.AddRenderer(renderer)
        return renderer


def spread(bright: Pixels) -> Pixels:
    """Light spread ever wider and added up: near a lamp strong, far from it faint."""
    level: Light = bright.astype(np.float32)
    total = np.zeros_like(level)
    for strength in LEVELS:
        level = blurred(level)
        total += strength * _enlarged(level, total.shape[1], total.shape[0])
        level = _halved(level)
    shown: Pixels = (255.0 * (1.0 - np.exp(-total * np.float32(GAIN / 255.0)))).astype(np.uint8)
    return shown


def added(picture: Pixels, light: Image.Image, share: float) -> Pixels:
    """A picture with so much of the light on it: what is bright already takes less."""
    if share < 1.0:
        light = light.point([round(level * share) for level in range(256)] * 3)
    return np.asarray(ImageChops.screen(Image.fromarray(picture), light))


def blurred(level: Light) -> Light:
    """Each channel spread by a few pixels; brightness beyond what 8 bits hold is kept."""
    for axis in (0, 1):
        beyond = len(TAPS) // 2
        room = [(beyond, beyond) if k == axis else (0, 0) for k in range(3)]
        wide, count = np.pad(level, room, mode="edge"), level.shape[axis]
        parts = (np.take(wide, range(k, k + count), axis=axis) * tap for k, tap in enumerate(TAPS / TAPS.sum()))
        level = np.sum(list(parts), axis=0, dtype=np.float32)
    return level


def _halved(level: Light) -> Light:
    height, width = (edge // 2 * 2 for edge in level.shape[:2])
    if min(height, width) < 4:
        return level
    even = level[:height, :width]
    mean: Light = (even[0::2, 0::2] + even[1::2, 0::2] + even[0::2, 1::2] + even[1::2, 1::2]) * np.float32(0.25)
    return mean


def _enlarged(level: Light, width: int, height: int) -> Light:
    if level.shape[:2] == (height, width):
        return level
    planes = (Image.fromarray(np.ascontiguousarray(level[..., k])) for k in range(3))
    return np.stack([np.asarray(p.resize((width, height), Image.Resampling.BILINEAR)) for p in planes], axis=2)
