"""Pixels on their way to the cards: wishes by size on screen, patience with what is missing."""

import time

from viewport.ports import Renditions
from viewport.works.holding import FEW
from viewport.works.loader import Arrival, Loader, Wish, fetched
from viewport.works.placeholder import placeholder
from viewport.works.pools import PLANS
from viewport.works.resident import FINE_PX
from viewport.works.tiers import CardTiers

ARRIVALS_AT_ONCE = 12
TAKE_S = 0.006
"""Showing what has arrived takes the calling thread no longer than that, one batch at least."""
MOST_PAINTED_PX = 460_000
"""When so many pixels wait to be handed to VTK, which is less than a page, no other page is begun with the frame."""
WISHES = 512
LOW = 200
"""With fewer wishes waiting than that, new ones are looked for."""
LOOK_EVERY_S = 0.1
TAKE_MOVING_EVERY_S = 0.08
FIRST_RETRY_S, LAST_RETRY_S = 0.5, 30.0


class Streaming:
    """Feeds a `CardTiers`; the loader's threads start with the first tick."""

    def __init__(self, tiers: CardTiers, renditions: Renditions) -> None:
        self._tiers, self._renditions = tiers, renditions
        self._loader: Loader | None = None
        self._tries: dict[Wish, int] = {}
        self._not_before: dict[Wish, float] = {}
        self._looked_s = self._took_s = -1.0

    @property
    def busy(self) -> bool:
        """Whether pixels are on their way."""
        return self._loader is not None and self._loader.busy

    @property
    def next_look_s(self) -> float | None:
        """When to tick again for pictures that could not be had so far."""
        return min(self._not_before.values(), default=None)

    def is_due(self, now_s: float, moving: bool) -> bool:
        """Whether it is time to look for wishes: not with every frame while the eye moves or many are waiting."""
        is_busy = moving or (self._loader is not None and self._loader.waiting >= LOW)
        return not (is_busy and 0.0 <= now_s - self._looked_s < LOOK_EVERY_S)

    def wish(self, now_s: float) -> None:
        """Ask for what the cards want now."""
        if self._loader is None:
            self._loader = Loader(self._renditions)
        self._looked_s = now_s
        for asset_id in {w.asset_id for w, at_s in self._not_before.items() if at_s <= now_s}:
            self._tiers.arrivals.rest(asset_id, False)
        due = [w for w in self._tiers.wishes(WISHES) if self._not_before.get(w, now_s) <= now_s]
        self._loader.want(due)
        wanted = set(due)
        self._not_before = {w: at_s for w, at_s in self._not_before.items() if at_s > now_s or w in wanted}

    def take(self, now_s: float, moving: bool = False) -> bool:
        """Show what has arrived, little of it while the eye moves over many cards; whether anything did."""
        if self._loader is not None:
            self._loader.most_at_once = 1 if moving else 2
        if moving and len(self._tiers.cards) > FEW:
            if 0.0 <= now_s - self._took_s < TAKE_MOVING_EVERY_S:
                return False
            self._took_s = now_s
        began, any_came = time.perf_counter(), False
        most = 8 if moving else ARRIVALS_AT_ONCE
        while self._loader is not None and not self._tiers.has_many_fades:
            arrivals = self._loader.take(most, MOST_PAINTED_PX - self._tiers.painted_px)
            if not arrivals:
                break
            self._loader.put_back(self._show_some(arrivals, now_s))
            any_came = True
            if moving or time.perf_counter() - began > TAKE_S or self._tiers.painted_px >= MOST_PAINTED_PX:
                break
        return any_came

    def _show_some(self, arrivals: list[Arrival], now_s: float) -> list[Arrival]:
        """Small pictures, and larger ones as long as they are on the same page; the others are returned."""
        small = [arrival for arrival in arrivals if arrival.wish.edge_px <= FINE_PX]
        large = [arrival for arrival in arrivals if arrival.wish.edge_px > FINE_PX]
        if small:
            self._show(small, now_s, now_s)
        for number, arrival in enumerate(large):
            is_full = (small or number) and self._tiers.painted_px >= MOST_PAINTED_PX
            if is_full and self._tiers.begins_a_page(arrival.wish.edge_px):
                return large[number:]
            self._show([arrival], now_s, now_s)
        return []

    def retry(self, asset_id: str | None = None) -> None:
        """Forget failures, of one asset or of all: its pixels may be there now."""
        for wish in [w for w in self._not_before if asset_id in (None, w.asset_id)]:
            del self._not_before[wish]
            self._tries.pop(wish, None)
            self._tiers.arrivals.rest(wish.asset_id, False)

    def load_all(self) -> None:
        """Fetch everything the cards want, here and now; for pictures that nobody waits before."""
        self._tiers.end_fades()
        tried: set[Wish] = set()
        while fresh := list(dict.fromkeys(w for w in self._tiers.wishes(100_000) if w not in tried)):
            tried.update(fresh)
            for start in range(0, len(fresh), ARRIVALS_AT_ONCE):
                wishes = fresh[start : start + ARRIVALS_AT_ONCE]
                self._show([fetched(self._renditions, wish) for wish in wishes], 0.0, None)

    def stop(self) -> None:
        """End the loader's threads."""
        if self._loader is not None:
            self._loader.stop()
            self._loader = None

    def _show(self, arrivals: list[Arrival], now_s: float, fade_from_s: float | None) -> None:
        self._tiers.arrived_all(arrivals, fade_from_s)
        for arrival in arrivals:
            wish = arrival.wish
            if arrival.pixels is not None:
                self._tries.pop(wish, None)
                self._not_before.pop(wish, None)
                continue
            tries = self._tries.get(wish, 0)
            self._tries[wish] = tries + 1
            self._not_before[wish] = now_s + min(LAST_RETRY_S, FIRST_RETRY_S * 2**tries)
            self._tiers.arrivals.rest(wish.asset_id, True)
            if wish.edge_px <= PLANS[0].edge_px:
                self._stand_in(wish.asset_id)

    def _stand_in(self, asset_id: str) -> None:
        for title, size_m, colour in self._tiers.arrivals.bare_cards(asset_id):
            self._tiers.arrivals.stand_in(asset_id, placeholder(title, size_m, colour, PLANS[1].edge_px))
            return
