"""What is known of the cards that are shown: where they are, how large on screen, and which pixels they have."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from viewport.ports import Renditions
from viewport.works.cards import Cards, cards_of
from viewport.works.culling import Columns, Sight
from viewport.works.plan import Plan, RowsOf
from viewport.works.pools import PLANS
from viewport.works.resident import ResidentCells
from viewport.works.seats import Seats

FEW = 1_000
"""So few cards keep every picture that comes, however small they are on screen."""

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


class Holding:
    """One row a card; `adopt` puts other cards in their place."""

    def __init__(self, renditions: Renditions, patch: Callable[[Rows], None]) -> None:
        self.renditions = renditions
        self.cards: Cards = cards_of(())
        self.columns, self.corners = Columns(self.cards), self.cards.corners()
        self.rows_of = RowsOf(())
        self.seats = Seats(patch)
        self.cells = ResidentCells()
        self.strengths: Floats | None = None
        """How strong each row is shown: 1 as it is, 0 dimmed; None where all are as they are."""
        self.ahead_px: Floats | None = None
        """How large each row will be soon; None while the eye rests."""
        self._clear()

    def adopt(self, plan: Plan) -> bool:
        """Hold what was planned; whether the texture of all small pictures is another one now."""
        count, (now, then), fresh = len(plan.cards), plan.stayed, plan.cells
        if fresh is not None and len(now):
            fresh.inherit(now, self.cells, then)
        self.seats.adopt(count, now, then, fresh, self.cells)
        is_other = fresh is not None and not fresh.take_over(self.cells)
        if fresh is not None:
            self.cells = fresh
        self.cards, self.columns, self.corners = plan.cards, plan.columns, plan.corners
        self.rows_of = plan.rows_of
        self._clear()
        self.seats.place(self.corners, None)
        return is_other

    def _clear(self) -> None:
        count = len(self.cards)
        self.resting = np.zeros(count, bool)
        """Rows for which nothing is wished."""
        self.from_px = np.array([max(plan.from_px, self.cells.px * 1.25) for plan in PLANS], np.float32)
        """Sizes on screen from which tiers are worth while."""
        self.strengths, self.ahead_px = None, None
        self.sight = Sight(np.zeros(count, np.float32), np.zeros(count, np.float32))

    def move(self, cards: Cards) -> None:
        """The same rows stand elsewhere; cheap enough for every frame of a flight."""
        self.cards, self.corners = cards, cards.corners()
        self.columns.moved(cards)
        for page, slots, rows in self.seats.taken():
            page.place(slots, self.corners[rows])

    def dim(self, strengths: Floats) -> None:
        """How strong each row is shown."""
        self.strengths = np.clip(strengths, 0.0, 1.0)
        for page, slots, rows in self.seats.taken():
            page.dim(slots, strengths[rows])

    @property
    def is_dimmed(self) -> bool:
        """Whether any row is."""
        return self.strengths is not None and bool((self.strengths < 1).any())

    @property
    def are_few(self) -> bool:
        """Whether there are so few cards that none is worth a saving."""
        return len(self.cards) <= FEW
