"""A compact vector of colour, layout and texture: near vectors are pictures that look alike."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from platform_service.ingest.colours import COLOUR_NAMES, Floats, name_indices, oklab
from platform_service.ingest.palette import ColourCount

_LIGHT_BINS = 7
_ORIENTATIONS = 6
_TEXTURE_EDGES_PX = (96, 32)
_LAYOUT = 2
FEATURES = len(COLOUR_NAMES) + _LIGHT_BINS + 3 * _LAYOUT**2 + len(_TEXTURE_EDGES_PX) * (_ORIENTATIONS + 1)
"""Length of the vector; its parts are: named colours, lightness, coarse layout, gradients at two scales."""

_WEIGHTS = {"colour": 1.0, "light": 0.6, "layout": 0.6, "texture": 0.7}


def features(colours: ColourCount, pixels: NDArray[np.uint8], grey: Image.Image) -> Floats:
    """Unit length, float32, shape (FEATURES,). `pixels` (h, w, 3) is a small copy of the picture."""
    parts = [
        _WEIGHTS["colour"] * np.sqrt(np.bincount(name_indices(colours.lab), colours.share, len(COLOUR_NAMES))),
        _WEIGHTS["light"] * np.sqrt(_light(colours)),
        _WEIGHTS["layout"] * _layout(pixels),
        *(_WEIGHTS["texture"] * _gradients(grey, edge_px) for edge_px in _TEXTURE_EDGES_PX),
    ]
    whole = np.concatenate(parts).astype(np.float32)
    return np.asarray(whole / np.linalg.norm(whole), np.float32)


def _light(colours: ColourCount) -> NDArray[Any]:
    bins = np.minimum((colours.lab[:, 0] * _LIGHT_BINS).astype(np.intp), _LIGHT_BINS - 1).clip(0)
    return np.bincount(bins, colours.share, _LIGHT_BINS)


def _layout(pixels: NDArray[np.uint8]) -> Floats:
    """Mean colour of each quarter, lightness about its middle."""
    small = np.asarray(Image.fromarray(pixels).resize((_LAYOUT, _LAYOUT), Image.Resampling.BOX))
    lab = oklab(small.reshape(-1, 3))
    return np.asarray(((lab - (0.5, 0.0, 0.0)) * (1.0, 3.0, 3.0)).reshape(-1), np.float32) * 0.5


def _gradients(grey: Image.Image, edge_px: int) -> Floats:
    """Share of edge energy in each direction, and how much there is of it."""
    value = np.asarray(grey.resize((edge_px, edge_px), Image.Resampling.BOX), np.float32)
    across = value[1:-1, 2:] - value[1:-1, :-2]
    down = value[2:, 1:-1] - value[:-2, 1:-1]
    strength = np.hypot(across, down)
    angle = np.arctan2(down, across) * np.float32(_ORIENTATIONS / np.pi)
    bins = (angle + np.float32(_ORIENTATIONS + 0.5)).astype(np.intp) % _ORIENTATIONS
    energy = np.bincount(bins.reshape(-1), strength.reshape(-1), _ORIENTATIONS)
    amount = energy.sum() / strength.size
    presence = amount / (amount + 24.0)
    shares = energy / max(energy.sum(), 1e-9)
    return np.append(np.sqrt(shares) * presence, presence).astype(np.float32)
