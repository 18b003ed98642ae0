"""The glow of neon on the walls around it: soft quads along every tube, as wide on the picture as a lens makes them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from viewport.graphics.paint import SPRITE, TINT, Look, actor_for
from viewport.graphics.quads import QuadMesh
from viewport.graphics.textures import Pixels, Texture
from viewport.rooms.strips import Segment, tubes

WIDE_M = {"draft": 0.0, "standard": 0.16, "high": 0.3}
"""Half the width of the glow by quality; none in drafts."""
LEAST_PX = {"draft": 0.0, "standard": 6.0, "high": 16.0}
STRENGTH = {"draft": 0.0, "standard": 0.6, "high": 0.8}
PROUD_M = 0.012
SOFT_PX = 64


class Glow:
    """Draws the glow of segments as seen from an eye."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        count = len(segments)
        self._mesh = QuadMesh(max(count, 1), colours=True)
        self._start = np.array([s.start for s in segments], np.float64).reshape(count, 3)
        self._end = np.array([s.end for s in segments], np.float64).reshape(count, 3)
        self._normal = np.array([s.normal for s in segments], np.float64).reshape(count, 3)
        along = self._end - self._start
        self._along = along / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
        self._across = np.cross(self._normal, self._along)
        tint = np.array([s.colour for s in segments], np.float32).reshape(count, 3)
        self._levels = np.array([min(s.level, 1.5) / 1.5 for s in segments], np.float32)
        assert self._mesh.rgba is not None
        self._mesh.rgba[:count, :, :3] = (tint ** np.float32(1 / 2.2) * 255).astype(np.uint8)[:, None]
        self.actor = actor_for(
            self._mesh, Look(SPRITE, {"albedo": Texture(_soft(), mipmap=False)}, translucent=True, two_sided=True)
        )
        self._fitted: object = None
        self._tubes = QuadMesh(max(count, 1), colours=True)
        self._tubes.corners[:count] = tubes(list(segments))[0]
        assert self._tubes.rgba is not None
        self._tubes.rgba[:count, :, :3] = (tint * self._levels[:, None] * 255).astype(np.uint8)[:, None]
        self.lamps = actor_for(self._tubes, Look(TINT, {}))
        """The tubes alone in their colours, as strong as they shine."""

    @property
    def has_any(self) -> bool:
        """Whether there is neon at all."""
        return len(self._start) > 0

    def fit(self, eye: NDArray[np.float64], metres_a_pixel: float, quality: str) -> None:
        """Keep the glow as wide as the quality and the distance ask; `metres_a_pixel` is one pixel at one metre."""
        key = (tuple(np.round(eye, 3)), round(metres_a_pixel, 7), quality)
        if key == self._fitted or not len(self._start):
            return
        self._fitted = key
        wide, proud = WIDE_M[quality], self._normal * PROUD_M
        count = len(self._start)
        ends = []
        for point in (self._start, self._end):
            distance = np.linalg.norm(point - eye, axis=1)
            reach = np.maximum(wide, np.minimum(distance * metres_a_pixel * LEAST_PX[quality], 4 * wide))[:, None]
            ends.append((point + proud - self._across * reach, point + proud + self._across * reach))
        (low0, high0), (low1, high1) = ends
        self._mesh.corners[:count] = np.stack([low0, low1, high1, high0], axis=1)
        assert self._mesh.rgba is not None
        self._mesh.rgba[:count, :, 3] = (self._levels * STRENGTH[quality] * 255).astype(np.uint8)[:, None]
        self._mesh.changed()


def _soft() -> Pixels:
    """White, dense along the middle, with a long faint foot; soft ends."""
    along = np.abs((np.arange(SOFT_PX, dtype=np.float32) + 0.5) / SOFT_PX * 2 - 1)
    across = 0.65 * np.exp(-((along / 0.16) ** 2)) + 0.35 * (1 - along) ** 2
    across *= np.clip((1 - along) / 0.2, 0, 1)
    pixels = np.full((SOFT_PX, SOFT_PX, 4), 255, np.uint8)
    pixels[..., 3] = (np.clip(across, 0, 1) * 255)[:, None]
    return pixels
