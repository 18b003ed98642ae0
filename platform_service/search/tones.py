"""What "dark", "bright", "colourful" and "muted" mean in measures."""

import numpy as np
from numpy.typing import NDArray

from platform_service.search.mirror import Mirror

DARK_BELOW = 0.34
BRIGHT_ABOVE = 0.62
COLOURFUL_ABOVE = 0.42
MUTED_BELOW = 0.2


def has_tone(mirror: Mirror, tone: str) -> NDArray[np.bool_]:
    """Which assets have a tone."""
    if tone == "dark":
        return mirror.brightness.view < DARK_BELOW
    if tone == "bright":
        return mirror.brightness.view > BRIGHT_ABOVE
    if tone == "colourful":
        return mirror.saturation.view > COLOURFUL_ABOVE
    return mirror.saturation.view < MUTED_BELOW
