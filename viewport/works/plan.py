"""Cards made ready to be shown, on any thread: columns, corners, and the pixels that are known without loading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewport.graphics.quads import Corners
from viewport.ports import KeepsMiniatures, Renditions
from viewport.works.cards import AT_ONCE, Cards
from viewport.works.cells import resampled
from viewport.works.culling import Columns
from viewport.works.resident import ResidentCells

NO_COLOUR = (128, 128, 128)

Rows = NDArray[np.int64]


class RowsOf:
    """The rows that show an asset: nearly always one."""

    def __init__(self, asset_ids: Sequence[str]) -> None:
        self._first: dict[str, int] = {}
        for high in range(len(asset_ids), 0, -AT_ONCE):
            low = max(0, high - AT_ONCE)
            self._first.update(zip(reversed(asset_ids[low:high]), range(high - 1, low - 1, -1), strict=True))
        self._all: dict[str, list[int]] = {}
        if len(self._first) < len(asset_ids):
            for row, asset_id in enumerate(asset_ids):
                self._all.setdefault(asset_id, []).append(row)

    def get(self, asset_id: str) -> Sequence[int]:
        """In order; none when nothing shows it."""
        if self._all:
            return self._all.get(asset_id, ())
        row = self._first.get(asset_id)
        return () if row is None else (row,)


@dataclass(frozen=True, eq=False)
class Plan:
    """What is the same for every frame of these cards, and who was there before."""

    cards: Cards
    columns: Columns
    corners: Corners
    rows_of: RowsOf
    before: tuple[str, ...]
    """The ids that were shown when it was made."""
    stayed: tuple[Rows, Rows]
    """Rows now and before of the cards that stay with their pictures."""
    cells: ResidentCells | None
    """Filled with small pictures or mean colours where the card is new; None when the cells there are will do."""


@dataclass(frozen=True, eq=False)
class Places:
    """Where cards are: what a plan has beside pixels."""

    cards: Cards
    columns: Columns
    corners: Corners
    rows_of: RowsOf

    @staticmethod
    def of(cards: Cards) -> "Places":
        """Worked out for these cards."""
        return Places(cards, Columns(cards), cards.corners(), RowsOf(cards.asset_ids))


@dataclass(frozen=True, eq=False)
class Stock:
    """The pixels of cards that are known without loading: what a plan has beside places."""

    before: tuple[str, ...]
    stayed: tuple[Rows, Rows]
    cells: ResidentCells | None


def planned(places: Places, stock: Stock) -> Plan:
    """Both together."""
    return Plan(places.cards, places.columns, places.corners, places.rows_of, stock.before, stock.stayed, stock.cells)


def stocked(
    ids: tuple[str, ...],
    asset_ids: tuple[str, ...],
    before: Cards,
    renditions: Renditions,
    begun: Callable[[ResidentCells], None],
) -> Stock:
    """Pixels of cards with these ids while those before are shown; `begun` is told of cells while they are empty."""
    count = len(ids)
    if count and ids == before.ids and asset_ids == before.asset_ids:
        rows = np.arange(count)
        return Stock(before.ids, (rows, rows), None)
    now, then = _stayed(ids, asset_ids, before)
    is_fresh = np.ones(count, bool)
    is_fresh[now] = False
    fresh = np.flatnonzero(is_fresh)
    cells = ResidentCells(max(count, 1))
    begun(cells)
    if len(fresh):
        _begin(cells, fresh, asset_ids, renditions)
    return Stock(before.ids, (now, then), cells)


def _begin(cells: ResidentCells, fresh: Rows, asset_ids: tuple[str, ...], renditions: Renditions) -> None:
    """Show in these rows the small pictures that are kept, and mean colours where there are none."""
    ids = asset_ids if len(fresh) == len(asset_ids) else tuple(asset_ids[row] for row in fresh)
    if isinstance(renditions, KeepsMiniatures):
        known, pictures = renditions.miniatures(ids, cells.px)
        if len(known):
            cells.paint(fresh[known], resampled(pictures, cells.px))
            cells.refined[fresh[known]] = pictures.shape[1] == cells.px
            is_bare = np.ones(len(fresh), bool)
            is_bare[known] = False
            bare = np.flatnonzero(is_bare)
            fresh, ids = fresh[bare], tuple(ids[k] for k in bare)
    if len(fresh):
        cells.fill(fresh, colours_of(renditions, ids))


def colours_of(renditions: Renditions, asset_ids: Sequence[str]) -> NDArray[np.uint8]:
    """Mean colours, shape (n, 3); whatever is no colour becomes grey."""
    try:
        found = np.array([renditions.colour(asset_id) for asset_id in asset_ids], np.float64)
    except Exception:  # one of them is no colour at all
        found = np.array([_colour(renditions, asset_id) for asset_id in asset_ids], np.float64)
    if found.shape != (len(asset_ids), 3) or not np.isfinite(found).all():
        found = np.array([_colour(renditions, asset_id) for asset_id in asset_ids], np.float64)
    return np.clip(found.reshape(-1, 3), 0, 255).astype(np.uint8)


def _stayed(ids: tuple[str, ...], asset_ids: tuple[str, ...], before: Cards) -> tuple[Rows, Rows]:
    if not len(before):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    pairs = [
        (row, old)
        for row, (card_id, asset_id) in enumerate(zip(ids, asset_ids, strict=True))
        if (old := before.row.get(card_id)) is not None and before.asset_ids[old] == asset_id
    ]
    now, then = np.array(pairs, np.int64).reshape(-1, 2).T
    return now, then


def _colour(renditions: Renditions, asset_id: str) -> tuple[float, float, float]:
    try:
        red, green, blue = renditions.colour(asset_id)
        return float(int(red)), float(int(green)), float(int(blue))
    except Exception:  # an unknown asset is shown in grey
        return NO_COLOUR
