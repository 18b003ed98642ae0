"""What the viewport asks of the floor above: pixels and mean colours of assets."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

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


@runtime_checkable
class KeepsMiniatures(Protocol):
    """Renditions that also keep a tiny square of every picture ever loaded, all of them at hand at once."""

    def miniatures(self, asset_ids: Sequence[str], edge_px: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """Which of the assets have a square, and the squares, top row first, of `edge_px` or half or a quarter."""
        ...

    def keep_miniatures(self, asset_ids: Sequence[str], squares: NDArray[np.uint8]) -> None:
        """Keep squares of any power of two; called on the loader's threads."""
        ...
