"""One budget for the pages of all tiers: the page that was seen least lately gives way to whoever needs another."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from viewport.works.pools import MOST_BYTES, Pool

MUCH_LARGER = 2.0
"""Pages in view give way only to a card so many times as large as all that is on them."""


class Allowance:
    """Shared out among pools that all look at the same time."""

    def __init__(self, pools: Sequence[Pool], most_bytes: int = MOST_BYTES) -> None:
        self._pools, self.most_bytes = pools, most_bytes
        for pool in pools:
            pool.may_grow, pool.may_push = partial(self._has_room, pool), partial(self._has_unseen, pool)

    @property
    def used_bytes(self) -> int:
        """What the pages that there are may take."""
        return sum(len(pool.pages) * pool.plan.page_bytes for pool in self._pools)

    def victims(self, asking: Pool, size_px: NDArray[np.float32], row: int) -> list[tuple[Pool, int]]:
        """Pages of other pools to be dropped so that the asking one can grow for a row, least lately seen first.

        None are given when it needs none, may not grow, or would only push out what is as much in view.
        """
        plan = asking.plan
        if plan.new_page is None or asking.has_free or asking.can_grow or len(asking.pages) >= plan.most_pages:
            return []
        found = [
            (seen, largest_px, pool, index)
            for pool in self._pools
            if pool is not asking
            for index, (seen, largest_px) in enumerate(pool.pages_seen(size_px))
            if largest_px * MUCH_LARGER < size_px[row]
        ]
        own = min((seen for seen, _ in asking.pages_seen(size_px)), default=None)
        chosen, freed = [], self.most_bytes - self.used_bytes
        for seen, largest_px, pool, index in sorted(found, key=lambda page: page[:2]):
            if freed >= plan.page_bytes or (own is not None and own < seen and largest_px == 0):
                break
            chosen.append((pool, index))
            freed += pool.plan.page_bytes
        return chosen if freed >= plan.page_bytes else []

    def _has_room(self, pool: Pool) -> bool:
        return self.used_bytes + pool.plan.page_bytes <= self.most_bytes

    def _has_unseen(self, asking: Pool, size_px: NDArray[np.float32]) -> bool:
        if asking.plan.new_page is None or len(asking.pages) >= asking.plan.most_pages:
            return False
        others = (pool for pool in self._pools if pool is not asking)
        return any(largest_px == 0 for pool in others for _, largest_px in pool.pages_seen(size_px))
