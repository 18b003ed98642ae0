"""Seats for cards that deserve more than their smallest picture: the least needed card gives way."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewport.works.atlas import AtlasPage, SinglePage
from viewport.works.resident import FINE_PX

FREE = -1
HIDDEN = np.zeros((4, 3), np.float32)


@dataclass(frozen=True)
class TierPlan:
    """A tier's picture size, the size on screen from which it is wanted, and what its pages are like."""

    edge_px: int
    from_px: float
    new_page: Callable[[], AtlasPage] | None = None
    """None where the pictures are in the cells of all cards' one texture."""
    page_px: int = 0
    most_pages: int = 1_000

    @property
    def page_bytes(self) -> int:
        """What a page takes at most."""
        return self.page_px * 3


PLANS = (
    TierPlan(FINE_PX, 10.0),
    TierPlan(256, 72.0, lambda: AtlasPage(264, 3, 3, 4), (264 * 3) ** 2),
    TierPlan(1024, 300.0, SinglePage, 1024 * 1024),
    TierPlan(2048, 1150.0, SinglePage, 2048 * 2048, most_pages=1),
)
"""The last tier is for the work that the eye rests on."""
MOST_BYTES = 135_000_000
"""All pages together, whatever the scene."""


class Pool:
    """Which row sits on which seat of a tier."""

    def __init__(self, plan: TierPlan, seats: int = 0) -> None:
        self.plan = plan
        self.pages: list[AtlasPage] = []
        self.rows: NDArray[np.int64] = np.full(seats, FREE, np.int64)
        """Row by seat; FREE where nobody sits."""
        self._seen: NDArray[np.int64] = np.zeros(seats, np.int64)
        self._looks = 0
        self.may_grow: Callable[[], bool] = lambda: True
        """Whether there is memory for another page."""
        self.may_push: Callable[[NDArray[np.float32]], bool] = lambda _: False
        """Whether a page elsewhere is out of sight, at these sizes by row, and would give way."""

    def resize(self, seats: int) -> None:
        """Begin again with so many empty seats."""
        self.rows, self._seen = np.full(seats, FREE, np.int64), np.zeros(seats, np.int64)

    def place_of(self, seat: int) -> tuple[AtlasPage, int] | None:
        """The page and slot of a seat; None in a tier without pages."""
        if not self.pages:
            return None
        page, slot = divmod(seat, self.pages[0].capacity)
        return self.pages[page], slot

    def look(self, size_px: NDArray[np.float32]) -> None:
        """Note who is seen now."""
        self._looks += 1
        taken = np.flatnonzero(self.rows >= 0)
        self._seen[taken[size_px[self.rows[taken]] > 0]] = self._looks

    def floor_px(self, size_px: NDArray[np.float32]) -> float:
        """Cards must be larger than this on screen to find a seat."""
        if not len(self.rows) or self.has_free or self.can_grow or self.may_push(size_px):
            return 0.0
        return float(size_px[self.rows].min())

    def take(self, row: int, size_px: NDArray[np.float32]) -> tuple[int, int] | None:
        """A seat for a row and the row that has to leave it, or FREE; None when everyone here is larger on screen."""
        free = np.flatnonzero(self.rows == FREE)
        if not len(free) and self.can_grow:
            self._add_page()
            free = np.flatnonzero(self.rows == FREE)
        is_near = self._are_on_painted_pages()
        if len(free):
            seat, gone = int(free[np.argmax(is_near[free])]), FREE
        elif len(self.rows):
            sizes = size_px[self.rows]
            unseen = self._seen - np.where(is_near, np.float64(1e12), 0.0)
            seat = int(np.argmin(np.where(sizes > 0, np.float64(1e15) + sizes * 1e3, unseen)))
            gone = int(self.rows[seat])
            if sizes[seat] >= size_px[row]:
                return None
        else:
            return None
        self.rows[seat] = row
        self._seen[seat] = self._looks
        return seat, gone

    def _are_on_painted_pages(self) -> NDArray[np.bool_]:
        """Which seats are on pages that are handed over with the next frame anyway."""
        if not self.pages:
            return np.zeros(len(self.rows), bool)
        return np.repeat([page.painted_px > 0 for page in self.pages], self.pages[0].capacity)

    def has_room_on_painted_pages(self, size_px: NDArray[np.float32]) -> bool:
        """Whether another row would find a seat on a page that is handed over anyway."""
        rows = self.rows[self._are_on_painted_pages()]
        return bool(((rows == FREE) | (size_px[rows] <= 0)).any())

    def leave(self, seat: int) -> None:
        """Free a seat."""
        place = self.place_of(seat)
        if place is not None:
            place[0].place(place[1], HIDDEN)
        self.rows[seat] = FREE

    def taken(self) -> list[tuple[AtlasPage, NDArray[np.int64], NDArray[np.int64]]]:
        """For each page its slots in use and the rows on them."""
        found = []
        for index, page in enumerate(self.pages):
            rows = self.rows[index * page.capacity : (index + 1) * page.capacity]
            slots = np.flatnonzero(rows >= 0)
            if len(slots):
                found.append((page, slots, rows[slots]))
        return found

    def hide_unseen(self, size_px: NDArray[np.float32]) -> None:
        """Draw only pages on which somebody is seen."""
        if not self.pages:
            return
        taken = np.flatnonzero(self.rows >= 0)
        seen = np.zeros(len(self.rows), bool)
        seen[taken] = size_px[self.rows[taken]] > 0
        by_page = seen.reshape(len(self.pages), -1)
        for index, page in enumerate(self.pages):
            is_seen = bool(by_page[index].any())
            page.actor.SetVisibility(is_seen)
            page.mirrored.SetVisibility(is_seen)

    @property
    def has_free(self) -> bool:
        """Whether a seat is free."""
        return bool((self.rows == FREE).any())

    @property
    def can_grow(self) -> bool:
        """Whether there may be another page."""
        return self.plan.new_page is not None and len(self.pages) < self.plan.most_pages and self.may_grow()

    def pages_seen(self, size_px: NDArray[np.float32]) -> list[tuple[int, float]]:
        """For each page at which look anybody on it was seen last, and how large the largest is now."""
        if not self.pages:
            return []
        taken = self.rows >= 0
        sizes = np.where(taken, size_px[self.rows], np.float32(0)).reshape(len(self.pages), -1)
        looks = np.where(taken, self._seen, -1).reshape(len(self.pages), -1)
        return list(zip(looks.max(axis=1).tolist(), sizes.max(axis=1).tolist(), strict=True))

    def drop_page(self, index: int) -> AtlasPage:
        """Do without a page; nobody may sit on it any more. Seats after it move down."""
        page = self.pages.pop(index)
        seats = slice(index * page.capacity, (index + 1) * page.capacity)
        self.rows, self._seen = np.delete(self.rows, seats), np.delete(self._seen, seats)
        return page

    def _add_page(self) -> None:
        assert self.plan.new_page is not None
        page = self.plan.new_page()
        self.pages.append(page)
        self.rows = np.append(self.rows, np.full(page.capacity, FREE, np.int64))
        self._seen = np.append(self._seen, np.zeros(page.capacity, np.int64))
