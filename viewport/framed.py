"""Which works have frames and shadows: those that are large enough on screen, the largest first."""

import numpy as np
from numpy.typing import NDArray

from viewport.camera import Pose
from viewport.dress import Dress
from viewport.works.cards import Cards
from viewport.works.frames import FAR_PX, MOST

MANY = 2_000
FRAMED_FROM_PX, FRAMED_OF_MANY_PX = 14.0, 30.0

Rows = NDArray[np.int64]


class Framed:
    """Keeps the frames of one dress in step with what the eye sees."""

    def __init__(self) -> None:
        self._rows: Rows = np.zeros(0, np.int64)
        self._are_far: NDArray[np.bool_] = np.zeros(0, bool)

    def clear(self, dress: Dress, cards: Cards, size_px: NDArray[np.float32]) -> None:
        """Frame none, until they are looked at again."""
        self._rows = np.zeros(0, np.int64)
        self.again(dress, cards, size_px)

    def again(self, dress: Dress, cards: Cards, size_px: NDArray[np.float32]) -> None:
        """The same works look otherwise or are elsewhere."""
        dress.frames.show(cards, self._rows, size_px)
        dress.shadows.show(cards, self._rows)

    def look(self, dress: Dress, cards: Cards, size_px: NDArray[np.float32], pose: Pose) -> None:
        """Frame what is large enough now."""
        rows = largest(size_px, FRAMED_FROM_PX, MOST if len(cards) <= MANY else MOST // 3)
        if len(cards) > MOST:
            rows = rows[size_px[rows] >= FRAMED_OF_MANY_PX]
        else:
            rows = np.flatnonzero(~cards.on_wall | faces_eye(cards, pose))
        are_far = size_px[rows] < FAR_PX
        if not (np.array_equal(rows, self._rows) and np.array_equal(are_far, self._are_far)):
            self._rows, self._are_far = rows, are_far
            self.again(dress, cards, size_px)


def largest(size_px: NDArray[np.float32], from_px: float, most: int) -> Rows:
    """The rows that are at least so large on screen, at most so many, in order."""
    rows = np.flatnonzero(size_px >= from_px)
    if len(rows) > most:
        rows = np.sort(rows[np.argpartition(-size_px[rows], most)[:most]])
    return rows


def faces_eye(cards: Cards, pose: Pose) -> NDArray[np.bool_]:
    """Whether the front of each card is towards the eye."""
    towards: NDArray[np.bool_] = np.einsum("ij,ij->i", pose.position - cards.centre, cards.normal) > 0
    return towards
