"""Title cards beside the nearest works: a small plaque each, lettered when it is first wanted."""

import numpy as np
from numpy.typing import NDArray

from scene.themes import Frame, Label
from viewport.graphics.lettering import lettering, wrapped
from viewport.graphics.paint import PICTURE, Look, actor_for
from viewport.graphics.quads import QuadMesh, rectangles
from viewport.graphics.textures import Pixels, Texture, rgb
from viewport.works.cards import Cards

MOST = 40
COLUMNS = 4
CELL_PX = (352, 112)
SIZE_M = (0.40, 0.1273)
SMALLEST = 0.6
"""Plaques of narrow works shrink with them down to this share."""
LETTERS_PX = ((44, 1), (40, 2), (35, 2), (30, 2))
"""Sizes of letters and the lines that they may take; the first that holds the whole title is used."""
MARGIN_PX = 15
LETTERED_AT_ONCE = 3
FROM_PX = 70.0
LOWEST_M = 0.14
GAP_M = 0.07
"""Between a frame and its plaque."""
BACK_M = -0.034
SAME_WALL_M = 0.15
MANY = 5_000
"""Among more works than that nobody looks at the neighbours; layouts leave room beneath."""

Place = tuple[NDArray[np.float64], float]
"""The centre of a plaque and its size as a share of the usual one."""


class Labels:
    """Up to `MOST` plaques."""

    def __init__(self, label: Label, frame: Frame, level: float, skirting_m: float = 0.0) -> None:
        self._ink, self._paper = rgb(label.ink) * np.float32(level), rgb(label.paper) * np.float32(level)
        self._border_m = frame.mat_m + frame.width_m
        self._lowest_m = max(LOWEST_M, skirting_m + 0.03)
        rows = MOST // COLUMNS
        self._texture = Texture(np.zeros((rows * CELL_PX[1], COLUMNS * CELL_PX[0], 3), np.uint8))
        self._mesh = QuadMesh(MOST)
        self._uv = np.array([_uv(slot, rows) for slot in range(MOST)])
        self.actor = actor_for(self._mesh, Look(PICTURE, {"albedo": self._texture}))
        self.actor.VisibilityOff()
        self._slots: dict[str, int] = {}
        self._cards: Cards | None = None
        self._places: dict[int, Place | None] = {}
        self.is_waiting = False
        """Whether plaques are still to be lettered: a few are with each `show`."""

    def show(self, cards: Cards, size_px: NDArray[np.floating], wanted: bool) -> None:
        """Hang plaques at the largest works on screen."""
        if cards is not self._cards:
            self._cards, self._places = cards, {}
        large = np.flatnonzero((size_px >= FROM_PX) & cards.on_wall) if wanted else np.zeros(0, np.int64)
        largest = large[np.argsort(-size_px[large], kind="stable")[:MOST]]
        rows = [int(row) for row in largest if cards.titles[row].strip()]
        texts = {cards.titles[row]: None for row in rows}
        fresh = [text for text in texts if text not in self._slots]
        self.is_waiting = len(fresh) > LETTERED_AT_ONCE
        if fresh:
            self._letter(fresh[:LETTERED_AT_ONCE], texts)
        corners, uv = np.zeros_like(self._mesh.corners), self._mesh.uv.copy()
        for quad, row in enumerate(rows):
            slot = self._slots.get(cards.titles[row], -1)
            place = self._place(cards, row) if slot >= 0 else None
            if place is not None:
                corners[quad], uv[quad] = _corners(cards, row, place), self._uv[slot]
        if not (np.array_equal(corners, self._mesh.corners) and np.array_equal(uv, self._mesh.uv)):
            self._mesh.corners[:], self._mesh.uv[:] = corners, uv
            self._mesh.changed()
            self.actor.SetVisibility(bool(corners.any()))

    def _place(self, cards: Cards, row: int) -> Place | None:
        """Beneath the work, else to the right of its lower edge; None where neither is free."""
        if row not in self._places:
            self._places[row] = next(
                (place for place in self._choices(cards, row) if _is_free(cards, row, place)), None
            )
        return self._places[row]

    def _choices(self, cards: Cards, row: int) -> list[Place]:
        usual = float(np.clip(2 * (cards.size[row, 0] / 2 + self._border_m) * 0.75 / SIZE_M[0], SMALLEST, 1.0))
        beneath, beside = self._around(cards, row, usual)
        _, small = self._around(cards, row, SMALLEST)
        return [place for place in (beneath, beside, small) if self._is_above_floor(place)]

    def _is_above_floor(self, place: Place) -> bool:
        return float(place[0][1]) - SIZE_M[1] * place[1] / 2 > self._lowest_m

    def _around(self, cards: Cards, row: int, share: float) -> tuple[Place, Place]:
        """The place beneath and the one beside for a plaque of this size."""
        half_m = cards.size[row] / 2 + self._border_m
        wide_m, high_m = SIZE_M[0] * share / 2, SIZE_M[1] * share / 2
        sideways_m, down_m = float(half_m[0]) + GAP_M + wide_m, float(half_m[1]) + GAP_M + high_m
        up, right = cards.up[row], cards.right[row]
        beneath, beside = cards.centre[row] - up * down_m, cards.centre[row] + right * sideways_m
        beside = beside - up * (half_m[1] - high_m)
        beside[1] = max(beside[1], min(float(cards.centre[row, 1]), 1.2))
        return (beneath, share), (beside, share)

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
        letters_px, lines = _fitted(text, width - 2 * MARGIN_PX)
        pitch = round(letters_px * 1.25)
        top = (height - pitch * len(lines)) // 2
        for index, line in enumerate(lines):
            ink = lettering(line, letters_px, width - 2 * MARGIN_PX)[:pitch, : width - MARGIN_PX]
            y = top + index * pitch
            cover[y : y + ink.shape[0], MARGIN_PX : MARGIN_PX + ink.shape[1]] = ink / 255.0
        share = cover[..., None]
        return (np.clip(self._paper * (1 - share) + self._ink * share, 0, 1) * 255).astype(np.uint8)


def _fitted(text: str, width_px: int) -> tuple[int, list[str]]:
    """The largest letters that hold the whole text, else the smallest, and its lines."""
    for letters_px, most_lines in LETTERS_PX:
        lines = wrapped(text, letters_px, width_px, most_lines + 1)
        if len(lines) <= most_lines and all(
            lettering(line, letters_px, 4096).shape[1] <= width_px + 4 for line in lines
        ):
            return letters_px, lines
    smallest_px, most_lines = LETTERS_PX[-1]
    return smallest_px, wrapped(text, smallest_px, width_px, most_lines)


def _is_free(cards: Cards, row: int, place: Place) -> bool:
    """Whether no other work on the same wall is where the plaque would be."""
    centre, share = place
    if len(cards) > MANY:
        return True
    offset = cards.centre - centre
    near = np.flatnonzero(np.abs(offset @ cards.normal[row]) < SAME_WALL_M)
    near = near[near != row]
    across, upward = np.abs(offset[near] @ cards.right[row]), np.abs(offset[near] @ cards.up[row])
    room_m = cards.size[near] / 2 + np.array(SIZE_M) * share / 2 + 0.02
    return not bool(((across < room_m[:, 0]) & (upward < room_m[:, 1])).any())


def _corners(cards: Cards, row: int, place: Place) -> NDArray[np.float32]:
    centre, share = place
    half_right, half_up = cards.right[row] * SIZE_M[0] * share / 2, cards.up[row] * SIZE_M[1] * share / 2
    forward = cards.normal[row] * BACK_M
    corners: NDArray[np.float32] = rectangles((centre + forward)[None], half_right[None], half_up[None])[0]
    return corners


def _uv(slot: int, rows: int) -> NDArray[np.float32]:
    row, column = divmod(slot, COLUMNS)
    left, right = column / COLUMNS, (column + 1) / COLUMNS
    low, high = row / rows, (row + 1) / rows
    return np.array([(left, low), (right, low), (right, high), (left, high)], np.float32)
