"""What the viewport asks of the floor above: pixels and mean colours of assets."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Renditions(Protocol):
    """Pixels of assets; every method may be called from the viewport's loader thread."""

    def pixels(self, asset_id: str, edge_px: int) -> NDArray[np.uint8] | None:
        """RGB pixels, shape (height, width, 3), longest edge about `edge_px`; None when they can't be had now."""
        ...

    def colour(self, asset_id: str) -> tuple[int, int, int]:
        """The mean colour, sRGB 0 to 255; a neutral grey when it is not known. Must not block."""
        ...
