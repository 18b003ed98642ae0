"""Small pictures come in over their cards' colours in a few steps, mixed in their cells: no frame is drawn for it."""

import numpy as np
from numpy.typing import NDArray

from viewport.graphics.textures import Pixels
from viewport.works.holding import Holding

STEPS = 3
"""Over so many frames that show a card its picture comes in."""
STEP_S = 0.05
"""Quick frames wait so long for the next step."""

Rows = NDArray[np.int64]


class Dawning:
    """Rows whose cells hold a mixture; they wish for nothing and count as not refined until they are through."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding
        self._coming: dict[int, tuple[Pixels, int, int]] = {}
        """Pictures by row, how many steps are left, and how many frames there were at the last one."""
        self._stepped_s, self._frames = -1.0, 0

    def __len__(self) -> int:
        return len(self._coming)

    def begin(self, rows: Rows, pictures: list[Pixels]) -> None:
        """Show the first of the pictures' steps."""
        for row, picture in zip(rows.tolist(), pictures, strict=True):
            self._coming[row] = picture, STEPS, self._frames
        self._step(rows)

    def drop(self, row: int) -> None:
        """Something better is shown in a row."""
        if self._coming.pop(row, None) is not None:
            self._holding.resting[row] = False

    def was_drawn(self) -> None:
        """A frame has shown how far it is."""
        self._frames += 1

    def step(self, now_s: float) -> Rows:
        """Go on if it is time, where a frame has shown the step before; the rows that look different."""
        if not self._coming or 0.0 <= now_s - self._stepped_s < STEP_S:
            return np.zeros(0, np.int64)
        rows = np.array([row for row, (_, _, frame) in self._coming.items() if frame < self._frames], np.int64)
        if len(rows):
            self._stepped_s = now_s
            self._step(rows)
        return rows

    def end(self) -> Rows:
        """Show all pictures as they are; the rows that look different."""
        rows = np.fromiter(self._coming, np.int64, len(self._coming))
        for row, (picture, *_) in list(self._coming.items()):
            self._coming[row] = picture, 1, 0
        self._step(rows)
        return rows

    def _step(self, rows: Rows) -> None:
        if not len(rows):
            return
        holding = self._holding
        found = [self._coming[row] for row in rows.tolist()]
        pictures = np.stack([picture for picture, *_ in found]).astype(np.int16)
        left = np.array([steps for _, steps, _ in found], np.int16)
        now = holding.cells.pictures(rows).astype(np.int16)
        holding.cells.paint(rows, (now + (pictures - now) // left[:, None, None, None]).astype(np.uint8))
        is_through = left == 1
        holding.cells.refined[rows], holding.cells.mixed[rows] = is_through, ~is_through
        holding.resting[rows] = ~is_through
        for row, (picture, steps, _) in zip(rows.tolist(), found, strict=True):
            if steps == 1:
                del self._coming[row]
            else:
                self._coming[row] = picture, steps - 1, self._frames
