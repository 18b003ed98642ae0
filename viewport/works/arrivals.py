"""Pixels for the cards that are shown: which are worth loading next, and where they go when they come."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from viewport.graphics.textures import Pixels
from viewport.works.cells import resampled
from viewport.works.dawning import Dawning
from viewport.works.holding import Holding
from viewport.works.loader import Arrival, Wish
from viewport.works.plan import colours_of
from viewport.works.pools import PLANS
from viewport.works.resident import FINE_PX, tiny_of

KEPT_PX = 16
"""Of the smallest pictures so much is fetched, which is what can be kept for the next time."""
MOST_QUEUED = 64
AHEAD = np.float32(0.25)
"""How much it counts what the eye will see soon, beside what it sees."""

Rows = NDArray[np.int64]


class Arrivals:
    """`patch` is called with rows that look different now."""

    def __init__(self, holding: Holding, patch: Callable[[Rows], None]) -> None:
        self._holding, self._patch = holding, patch
        self._held_back: dict[int, Pixels] = {}
        """Small pictures of rows whose better one fades in over their mean colour."""
        self._queued: dict[int, tuple[int, Arrival]] = {}
        """Still better ones, and their tiers, for rows that have not seen the end of a fade."""
        self.dawning = Dawning(holding)

    def wishes(self, most: int) -> list[Wish]:
        """What to load next, largest on screen first; a card without any pixels gets its smallest rendition first."""
        holding = self._holding
        size, seats = holding.sight.size_px, holding.seats
        if holding.ahead_px is not None:
            size = np.maximum(size, holding.ahead_px * AHEAD)
        wanted = np.searchsorted(holding.from_px, size, side="right") - 1
        best = np.where(seats.stand_ins, -1, seats.tier)
        for index in range(len(PLANS) - 1, -1, -1):
            floor = seats.pools[index].floor_px(holding.sight.size_px)
            wanted[(wanted == index) & (size <= floor * 1.1)] -= 1
        bare = (best < 0) & ~holding.cells.refined
        rows = np.flatnonzero((size > 0) & (bare | (best < wanted)) & ~holding.resting)
        rows = _most_urgent(rows, size[rows], most, float(holding.from_px[0]))
        tiers = np.where(bare[rows], np.minimum(wanted[rows], 0), wanted[rows])
        if holding.are_few:
            tiers = np.maximum(tiers, 0)
        ids = holding.cards.asset_ids
        return [self._wish(ids[row], tier) for row, tier in zip(rows, tiers.tolist(), strict=True)]

    def arrived(self, arrivals: Sequence[Arrival], now_s: float | None = None) -> None:
        """Show pixels on every card of their assets that has nothing better; they fade in when a moment is given."""
        for arrival in arrivals:
            index = next((i for i, plan in enumerate(PLANS) if plan.edge_px == arrival.wish.edge_px), -1)
            if arrival.pixels is None or index < 0:
                continue
            for row in self._holding.rows_of.get(arrival.wish.asset_id):
                if self._best(row) < index and self._is_worth(row, index):
                    self._show(row, index, arrival, now_s)
        self._refine(arrivals, now_s)

    def _show(self, row: int, index: int, arrival: Arrival, now_s: float | None) -> None:
        holding = self._holding
        if now_s is not None and holding.seats.is_coming_in(row, now_s) and len(self._queued) < MOST_QUEUED:
            self._queued[row], holding.resting[row] = (index, arrival), True
            return
        holding.seats.stand_ins[row] = False
        self._seat(row, index, arrival, now_s)

    def settle(self, now_s: float) -> None:
        """Rows whose fades have ended show their small pictures beneath, and begin with the next better ones."""
        fades = self._holding.seats.fades
        for row in [row for row in self._queued if row not in fades]:
            index, arrival = self._queued.pop(row)
            self._holding.resting[row] = False
            if self._best(row) < index and self._is_worth(row, index):
                self._show(row, index, arrival, now_s)
        rows = np.array([row for row in self._held_back if row not in fades], np.int64)
        if len(rows):
            self._holding.cells.paint(rows, np.stack([self._held_back.pop(row) for row in rows.tolist()]))
            self._patch(rows)
        self._patch(self.dawning.step(now_s))

    @property
    def holds_back(self) -> bool:
        """Whether pictures wait for others to come in."""
        return bool(self._held_back) or bool(self._queued)

    def forget(self) -> None:
        """Other cards are shown."""
        self._held_back, self._queued = {}, {}

    def rest(self, asset_id: str, resting: bool) -> None:
        """Wish nothing for an asset, or wish again."""
        self._holding.resting[list(self._holding.rows_of.get(asset_id))] = resting

    def bare_cards(self, asset_id: str) -> list[tuple[str, tuple[float, float], tuple[int, int, int]]]:
        """Title, size and mean colour of each card of an asset that shows its colour alone."""
        red, green, blue = colours_of(self._holding.renditions, [asset_id])[0].tolist()
        cards = self._holding.cards
        return [
            (cards.titles[r], (float(cards.size[r, 0]), float(cards.size[r, 1])), (red, green, blue))
            for r in self._bare(asset_id)
        ]

    def stand_in(self, asset_id: str, pixels: Pixels) -> None:
        """Show a placeholder on every card of the asset that shows its colour alone."""
        for row in self._bare(asset_id):
            if self._is_worth(row, 0) and self._seat(row, 1, Arrival(self._wish(asset_id, 1), pixels), None):
                self._holding.seats.stand_ins[row] = True

    def _refine(self, arrivals: Sequence[Arrival], now_s: float | None) -> None:
        """Small pictures for the resident cells; those of the smallest rendition bring theirs along."""
        cells = self._holding.cells
        pairs = [
            (row, arrival)
            for arrival in arrivals
            if arrival.pixels is not None
            for row in self._holding.rows_of.get(arrival.wish.asset_id)
            if arrival.wish.edge_px <= FINE_PX or not cells.refined[row]
        ]
        if not pairs:
            return
        fades = self._holding.seats.fades
        for row, arrival in pairs:
            self._held_back.pop(row, None)
            self.dawning.drop(row)
            if row in fades and not cells.refined[row]:
                self._held_back[row] = _square(arrival, cells.px)
        pairs = [pair for pair in pairs if pair[0] not in self._held_back]
        if not pairs:
            return
        rows = np.array([row for row, _ in pairs], np.int64)
        squares = [_square(arrival, cells.px) for _, arrival in pairs]
        dawns = self._is_seen_bare(rows) if now_s is not None else np.zeros(len(rows), bool)
        if dawns.any():
            self.dawning.begin(rows[dawns], [squares[k] for k in np.flatnonzero(dawns)])
        if not dawns.all():
            cells.paint(rows[~dawns], np.stack([squares[k] for k in np.flatnonzero(~dawns)]))
        self._patch(rows)

    def _is_seen_bare(self, rows: Rows) -> NDArray[np.bool_]:
        """Which of these rows are seen as plain colours."""
        holding = self._holding
        found: NDArray[np.bool_] = (holding.sight.size_px[rows] > 0) & (holding.seats.tier[rows] < 0)
        return found & ~holding.cells.refined[rows]

    def _best(self, row: int) -> int:
        """Index of the pool whose true pixels a row shows; -1 for none."""
        seats = self._holding.seats
        return -1 if seats.stand_ins[row] else int(seats.tier[row])

    def _is_worth(self, row: int, index: int) -> bool:
        holding = self._holding
        return holding.are_few or bool(holding.sight.size_px[row] >= 0.9 * holding.from_px[index])

    def _bare(self, asset_id: str) -> list[int]:
        seats, cells = self._holding.seats, self._holding.cells
        return [r for r in self._holding.rows_of.get(asset_id) if seats.tier[r] < 0 and not cells.refined[r]]

    def _wish(self, asset_id: str, index: int) -> Wish:
        edge_px = PLANS[index].edge_px if index >= 0 else max(KEPT_PX, self._holding.cells.px)
        return Wish(asset_id, edge_px, edge_px, square_px=edge_px if edge_px <= FINE_PX else 0)

    def _seat(self, row: int, index: int, arrival: Arrival, now_s: float | None) -> bool:
        holding = self._holding
        seats, strengths = holding.seats, holding.strengths
        if not seats.seat_at(row, index, holding.sight.size_px):
            return False
        if index == 0:
            holding.cells.fine.paint(seats.seat[row : row + 1], _square(arrival, FINE_PX)[None])
        else:
            assert arrival.pixels is not None
            seats.put(row, arrival.pixels, holding.corners, 1.0 if strengths is None else strengths[row])
        seats.come_in(row, now_s, bool(holding.sight.size_px[row] > 0))
        return True


def _most_urgent(rows: Rows, size_px: NDArray[np.float32], most: int, from_px: float) -> Rows:
    """The largest on screen first; small ones by steps of two, and side by side as they lie in their texture."""
    urgency = np.where(size_px >= from_px, size_px, np.exp2(np.floor(np.log2(size_px))))
    if len(rows) > most:
        least = np.partition(urgency, len(rows) - most)[len(rows) - most]
        above = np.flatnonzero(urgency > least)
        kept = np.concatenate([above, np.flatnonzero(urgency == least)[: most - len(above)]])
        rows, urgency = rows[kept], urgency[kept]
    return rows[np.argsort(-urgency, kind="stable")]


def _square(arrival: Arrival, px: int) -> Pixels:
    square = arrival.square
    if square is not None and square.shape[0] >= px:
        resized: Pixels = resampled(square[None], px)[0]
        return resized
    assert arrival.pixels is not None
    return tiny_of(arrival.pixels, px)
