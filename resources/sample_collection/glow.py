"""Light that spreads: Gaussian blur of any radius at little cost, and bloom around bright places."""

import numpy as np

from resources.sample_collection.noise import resized
from resources.sample_collection.palette import Floats


def shrunk(field: Floats, factor: int) -> Floats:
    """The mean over blocks of `factor` pixels; the edge is repeated to fill the last block."""
    if factor <= 1:
        return field
    rows, columns = field.shape[:2]
    below, beside = -rows % factor, -columns % factor
    if below or beside:
        field = np.pad(field, ((0, below), (0, beside)) + ((0, 0),) * (field.ndim - 2), mode="edge")
    rows, columns = field.shape[:2]
    part: Floats = field[0::factor].copy()
    for i in range(1, factor):
        part += field[i::factor]
    whole: Floats = part[:, 0::factor].copy()
    for i in range(1, factor):
        whole += part[:, i::factor]
    whole *= np.float32(1 / (factor * factor))
    return whole


def _along(field: Floats, sigma: float, axis: int) -> Floats:
    if sigma < 0.25:
        return field
    reach = max(1, min(int(sigma * 2.6 + 0.5), field.shape[axis] - 1))
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    taps = (taps / taps.sum()).astype(np.float32)
    sides = [(0, 0)] * field.ndim
    sides[axis] = (reach, reach)
    wide = np.pad(field, sides, mode="edge")
    total = np.zeros_like(field)
    length = field.shape[axis]
    for i, tap in enumerate(taps):
        part = wide[i : i + length] if axis == 0 else wide[:, i : i + length]
        total += tap * part
    return total


def blurred(field: Floats, sigma_px: float, sigma_y_px: float | None = None) -> Floats:
    """Gaussian blur of (H, W) or (H, W, C); done on a smaller copy where the radius allows it."""
    sigma_y = sigma_px if sigma_y_px is None else sigma_y_px
    factor = max(1, int(min(sigma_px, sigma_y) / 2.0))
    small = shrunk(field, factor)
    small = _along(_along(small, sigma_px / factor, 1), sigma_y / factor, 0)
    if factor == 1:
        return small
    rows, columns = field.shape[:2]
    full = resized(small, small.shape[1] * factor, small.shape[0] * factor, smooth=False)
    return full[:rows, :columns]


def bloom(light: Floats, radii_px: tuple[float, ...], strength: float = 0.5) -> Floats:
    """The light with halos of several radii around it; each wider halo is made from the narrower one."""
    factor = 4
    small = shrunk(light, factor)
    halo = np.zeros_like(small)
    for radius in radii_px:
        step = blurred(small, max(radius / factor, 0.5))
        halo += step
    halo *= np.float32(strength / len(radii_px))
    rows, columns = light.shape[:2]
    full = resized(halo, halo.shape[1] * factor, halo.shape[0] * factor, smooth=False)
    return light + full[:rows, :columns]
