"""What "dark", "bright", "colourful" and "muted" mean in measures."""

import numpy as np
from numpy.typing import NDArray

from platform_service.search.mirror import Mirror

DARK_BELOW = 0.42
BRIGHT_ABOVE = 0.68
COLOURFUL_ABOVE = 0.4
MUTED_BELOW = 0.16
"""About a quarter of a mixed library has each of them."""

RATHER = {"dark": (0.58, 0.45), "bright": (0.55, 0.68), "colourful": (0.3, 0.42), "muted": (0.25, 0.15)}
"""Where a tone begins to be felt, and where it is fully there."""


def has_tone(mirror: Mirror, tone: str) -> NDArray[np.bool_]:
    """Which assets have a tone, for a filter."""
    if tone == "dark":
        return mirror.brightness.view < DARK_BELOW
    if tone == "bright":
        return mirror.brightness.view > BRIGHT_ABOVE
    if tone == "colourful":
        return mirror.saturation.view > COLOURFUL_ABOVE
    return mirror.saturation.view < MUTED_BELOW


def tone_strength(mirror: Mirror, tone: str) -> NDArray[np.float32]:
    """How much of a tone assets have, 0 to 1, for ranking."""
    start, full = RATHER[tone]
    measure = mirror.brightness.view if tone in ("dark", "bright") else mirror.saturation.view
    return np.asarray(np.clip((measure - start) / (full - start), 0.0, 1.0), np.float32)
