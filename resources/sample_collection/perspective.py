"""A pinhole camera over a flat ground: points in metres (x right, y up, z ahead) to pixels, and their reflections."""

from dataclasses import dataclass

import numpy as np

from resources.sample_collection.palette import Floats

NEAR_M = 0.6


@dataclass(frozen=True)
class Camera:
    """Stands `height_m` over the ground at x = 0, z = 0 and looks along +z; the horizon lies at `horizon_px`."""

    centre_px: float
    horizon_px: float
    focal_px: float
    height_m: float

    def seen(self, points: Floats, mirrored: bool = False) -> Floats:
        """Pixels (..., 2) of points (..., 3); mirrored in the ground (y = 0) as still water shows them."""
        depth = np.maximum(points[..., 2], NEAR_M)
        up = -points[..., 1] if mirrored else points[..., 1]
        x = self.centre_px + self.focal_px * points[..., 0] / depth
        y = self.horizon_px - self.focal_px * (up - self.height_m) / depth
        return np.stack([x, y], axis=-1).astype(np.float32)

    def depth_at(self, y_px: Floats) -> Floats:
        """How far the ground lies at rows below the horizon, in metres."""
        below = np.maximum(y_px - np.float32(self.horizon_px), np.float32(0.5))
        values: Floats = (np.float32(self.focal_px * self.height_m) / below).astype(np.float32)
        return values


def haze(depth_m: Floats | float, reach_m: float) -> Floats:
    """The share of air colour at a depth: 0 near, towards 1 far away."""
    values: Floats = (1 - np.exp(-depth_m / np.float32(reach_m))).astype(np.float32)
    return values
