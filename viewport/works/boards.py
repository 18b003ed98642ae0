"""Cards that hang side by side in one plane, painted onto one picture: seen from afar it stands in for all of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewport.works.cards import Cards
from viewport.works.cells import Squares

LEAST_CARDS = 400
"""Fewer cards in a plane are as quickly drawn one by one."""
TILE_PX = 768
MOST_PX = 6_000_000
"""All boards together have so many pixels at most."""
LARGEST_SHARE = 1.2
"""Cards whose areas add up to more than this share of their plane hang over one another: they are no board."""
_CHUNK = 1_024

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Board:
    """A plane of cards; pixels count from its lower left corner."""

    rows: Rows
    origin: Floats
    right: Floats
    up: Floats
    normal: Floats
    px_a_m: float
    lows: Rows
    """Lower left pixel of each card, shape (n, 2)."""
    sizes: Rows
    """Width and height of each card in pixels, shape (n, 2)."""

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height."""
        width, height = (self.lows + self.sizes).max(axis=0)
        return int(width), int(height)


def boards_of(cards: Cards, card_px: int) -> list[Board]:
    """The planes with many cards, each card about `card_px` pixels long or as large as all boards together allow."""
    found = [_laid_out(cards, rows) for rows in _planes(cards)]
    flat = [(rows, frame, low, high) for rows, frame, low, high in found if _is_flat(low, high)]
    scales = [card_px / float(np.median((high - low).max(axis=1))) for _, _, low, high in flat]
    areas = [float(np.prod(high.max(axis=0))) * scale**2 for (_, _, _, high), scale in zip(flat, scales, strict=True)]
    shrink = min(1.0, (MOST_PX / max(sum(areas), 1.0)) ** 0.5)
    boards = []
    for (rows, (origin, right, up, normal), low, high), scale in zip(flat, scales, strict=True):
        px_a_m = scale * shrink
        lows = np.round(low * px_a_m).astype(np.int64)
        sizes = np.maximum(np.round(high * px_a_m).astype(np.int64) - lows, 1)
        boards.append(Board(rows, origin, right, up, normal, px_a_m, lows, sizes))
    return boards


def painted(board: Board, pictures_of: Callable[[Rows], Squares]) -> NDArray[np.uint8]:
    """The board as RGBA, bottom row first: gaps are clear, colours are multiplied by how much covers them."""
    width, height = board.size_px
    pixels = np.zeros((height, width, 4), np.uint8)
    sizes, which = np.unique(board.sizes, axis=0, return_inverse=True)
    for number, (wide, high) in enumerate(sizes.tolist()):
        alike = np.flatnonzero(which.ravel() == number)
        for start in range(0, len(alike), _CHUNK):
            chunk = alike[start : start + _CHUNK]
            squares = pictures_of(board.rows[chunk])[:, ::-1]
            x, y = board.lows[chunk].T
            lines, columns = y[:, None, None] + np.arange(high)[:, None], x[:, None, None] + np.arange(wide)
            pixels[lines, columns, :3] = _resized(squares, wide, high)
            pixels[lines, columns, 3] = 255
    return pixels


def tiles_of(pixels: NDArray[np.uint8]) -> Iterator[tuple[int, int, NDArray[np.uint8]]]:
    """Pieces that are quickly handed over, with their lower left pixels."""
    for y in range(0, pixels.shape[0], TILE_PX):
        for x in range(0, pixels.shape[1], TILE_PX):
            yield x, y, np.ascontiguousarray(pixels[y : y + TILE_PX, x : x + TILE_PX])


def _planes(cards: Cards) -> list[Rows]:
    if len(cards) < LEAST_CARDS:
        return []
    offset = np.einsum("ij,ij->i", cards.centre, cards.normal)
    key = np.concatenate([cards.normal * 500, cards.up * 500, offset[:, None] * 100], axis=1).round().astype(np.int32)
    words = np.ascontiguousarray(np.pad(key, ((0, 0), (0, 1)))).view(np.int64)
    mixed = words @ np.array([1_000_003, 998_244_353, 19_260_817, 1_000_000_007], np.int64)
    order = np.argsort(mixed, kind="stable")
    edges = np.flatnonzero(np.diff(mixed[order])) + 1
    starts, ends = np.concatenate([[0], edges]), np.concatenate([edges, [len(order)]])
    many = np.flatnonzero(ends - starts >= LEAST_CARDS)
    return [np.sort(order[starts[k] : ends[k]]) for k in many]


def _laid_out(cards: Cards, rows: Rows) -> tuple[Rows, tuple[Floats, Floats, Floats, Floats], Floats, Floats]:
    """The plane's lower left corner and axes, and the metres from there to both corners of every card."""
    right, up, normal = cards.right[rows[0]], cards.up[rows[0]], cards.normal[rows[0]]
    centre = cards.centre[rows]
    at, half = np.stack([centre @ right, centre @ up], axis=1), cards.size[rows] / 2
    corner = (at - half).min(axis=0)
    origin = right * corner[0] + up * corner[1] + normal * float(np.median(centre @ normal))
    return rows, (origin, right, up, normal), at - half - corner, at + half - corner


def _is_flat(low: Floats, high: Floats) -> bool:
    return float(np.prod(high - low, axis=1).sum()) <= LARGEST_SHARE * float(np.prod(high.max(axis=0)))


def _resized(squares: Squares, wide: int, high: int) -> NDArray[np.uint8]:
    count, px = squares.shape[:2]
    lines = (_shares(high, px) @ squares.reshape(count, px, px * 3).astype(np.float32)).reshape(count, high, px, 3)
    resized: NDArray[np.uint8] = (_shares(wide, px) @ lines + 0.5).astype(np.uint8)
    return resized


def _shares(count: int, px: int) -> NDArray[np.float32]:
    """How much each of `px` pixels adds to each of `count` pixels over the same stretch."""
    starts, froms = np.arange(count)[:, None] / count, np.arange(px)[None, :] / px
    overlap = np.minimum(starts + 1 / count, froms + 1 / px) - np.maximum(starts, froms)
    shares: NDArray[np.float32] = (np.maximum(overlap, 0.0) * count).astype(np.float32)
    return shares
