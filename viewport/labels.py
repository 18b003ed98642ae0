"""Title cards beneath the nearest works: a small plaque each, lettered when it is first wanted."""

import numpy as np
from numpy.typing import NDArray

from scene.themes import Frame, Label
from viewport.cards import Cards
from viewport.lettering import lettering, wrapped
from viewport.paint import PICTURE, Look, actor_for
from viewport.quads import QuadMesh, rectangles
from viewport.textures import Pixels, Texture, rgb

MOST = 40
COLUMNS = 4
CELL_PX = (352, 112)
SIZE_M = (0.30, 0.0955)
LETTERS_PX = 35
ONE_LINE_PX = (44, 38)
"""Short titles are lettered larger."""
LETTERED_AT_ONCE = 3
FROM_PX = 70.0
LOWEST_M = 0.14
BACK_M = -0.034


class Labels:
    """Up to `MOST` plaques."""

    def __init__(self, label: Label, frame: Frame, level: float) -> None:
        self._ink, self._paper = rgb(label.ink) * np.float32(level), rgb(label.paper) * np.float32(level)
        self._below_m = frame.mat_m + frame.width_m + 0.075 + SIZE_M[1] / 2
        rows = MOST // COLUMNS
        self._texture = Texture(np.zeros((rows * CELL_PX[1], COLUMNS * CELL_PX[0], 3), np.uint8))
        self._mesh = QuadMesh(MOST)
        for slot in range(MOST):
            self._mesh.uv[slot] = _uv(slot, rows)
        self.actor = actor_for(self._mesh, Look(PICTURE, {"albedo": self._texture}))
        self._slots: dict[str, int] = {}
        self.is_waiting = False
        """Whether plaques are still to be lettered: a few are with each `show`."""

    def show(self, cards: Cards, size_px: NDArray[np.floating], wanted: bool) -> None:
        """Hang plaques under the largest works on screen."""
        large = np.flatnonzero(size_px >= FROM_PX)
        largest = large[np.argsort(-size_px[large], kind="stable")[:MOST]] if wanted else ()
        rows = [int(row) for row in largest if self._fits(cards, int(row), float(size_px[row]))]
        texts = {cards.titles[row]: None for row in rows}
        fresh = [text for text in texts if text not in self._slots]
        self.is_waiting = len(fresh) > LETTERED_AT_ONCE
        if fresh:
            self._letter(fresh[:LETTERED_AT_ONCE], texts)
        corners = np.zeros_like(self._mesh.corners)
        for slot_row in rows:
            slot = self._slots.get(cards.titles[slot_row], -1)
            if slot >= 0 and not corners[slot].any():
                corners[slot] = self._corners(cards, slot_row)
        if not np.array_equal(corners, self._mesh.corners):
            self._mesh.corners[:] = corners
            self._mesh.changed()

    def _fits(self, cards: Cards, row: int, size_px: float) -> bool:
        foot = cards.centre[row, 1] - cards.size[row, 1] / 2 - self._below_m - SIZE_M[1]
        return bool(size_px >= FROM_PX and cards.on_wall[row] and cards.titles[row].strip() and foot > LOWEST_M)

    def _letter(self, fresh: list[str], still_wanted: dict[str, None]) -> None:
        for text in [text for text in self._slots if text not in still_wanted]:
            del self._slots[text]
        free = sorted(set(range(MOST)) - set(self._slots.values()))
        for text, slot in zip(fresh, free, strict=False):
            self._slots[text] = slot
            row, column = divmod(slot, COLUMNS)
            y, x = row * CELL_PX[1], column * CELL_PX[0]
            self._texture.rows[y : y + CELL_PX[1], x : x + CELL_PX[0]] = self._plaque(text)[::-1]
        self._texture.changed()

    def _plaque(self, text: str) -> Pixels:
        width, height = CELL_PX
        cover = np.zeros((height, width), np.float32)
        letters_px = next((px for px in ONE_LINE_PX if len(wrapped(text, px, width - 30, 2)) == 1), LETTERS_PX)
        lines = wrapped(text, letters_px, width - 30, 2)
        pitch = round(letters_px * 1.3)
        top = (height - pitch * len(lines)) // 2
        for index, line in enumerate(lines):
            ink = lettering(line, letters_px, width - 28)[:pitch, : width - 28]
            y = top + index * pitch
            cover[y : y + ink.shape[0], 15 : 15 + ink.shape[1]] = ink / 255.0
        share = cover[..., None]
        return (np.clip(self._paper * (1 - share) + self._ink * share, 0, 1) * 255).astype(np.uint8)

    def _corners(self, cards: Cards, row: int) -> NDArray[np.float32]:
        up, normal = cards.up[row], cards.normal[row]
        centre = cards.centre[row] - up * (cards.size[row, 1] / 2 + self._below_m) + normal * BACK_M
        half_right, half_up = cards.right[row] * SIZE_M[0] / 2, up * SIZE_M[1] / 2
        corners: NDArray[np.float32] = rectangles(centre[None], half_right[None], half_up[None])[0]
        return corners


def _uv(slot: int, rows: int) -> NDArray[np.float32]:
    row, column = divmod(slot, COLUMNS)
    left, right = column / COLUMNS, (column + 1) / COLUMNS
    low, high = row / rows, (row + 1) / rows
    return np.array([(left, low), (right, low), (right, high), (left, high)], np.float32)
