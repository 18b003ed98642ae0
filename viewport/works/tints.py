"""Four colours that stand for a picture: at its corners, so that the blend between them is as near to it as can be."""

import numpy as np
from numpy.typing import NDArray

from viewport.works.cells import Squares, resampled

_PX = 4
_AT = (np.arange(_PX) + 0.5) / _PX
_ENDS = np.linalg.pinv(np.stack([1 - _AT, _AT], axis=1)).astype(np.float32)
"""From four pixels in a row to the colours at both ends of the straight blend nearest to them."""
_ROUND = [0, 1, 3, 2]

Tints = NDArray[np.uint8]
"""Shape (n, 4, 3): lower left, lower right, upper right, upper left."""


def tints_of(pictures: Squares) -> Tints:
    """The corner colours of pictures whose top row comes first."""
    few = resampled(pictures, _PX)[:, ::-1].astype(np.float32)
    count = len(few)
    ends = (_ENDS @ few.reshape(count, _PX, _PX * 3)).reshape(count, 2, _PX, 3)
    corners = (_ENDS @ ends).reshape(count, 4, 3)[:, _ROUND]
    found: Tints = (np.clip(corners, 0.0, 255.0) + np.float32(0.5)).astype(np.uint8)
    return found
