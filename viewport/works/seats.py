"""Who sits in which tier: pictures that are better than the smallest, how they come in, and who gives way to them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewport.graphics.quads import Corners
from viewport.graphics.textures import Pixels
from viewport.works.allowance import Allowance
from viewport.works.atlas import AtlasPage
from viewport.works.pools import FREE, PLANS, Pool
from viewport.works.resident import ResidentCells

FADE_S = 0.16
MANY_FADES, MOST_FADES = 200, 400
"""With the one number of pictures coming in others wait to be taken; beyond the other they are there at once."""

Rows = NDArray[np.int64]


@dataclass
class Fade:
    """A card whose better picture is coming in over the one it had."""

    tier: int
    seat: int
    began_s: float
    over: tuple[int, int]
    """Tier and seat beneath; FREE for the smallest cells."""
    share: float = 0.0


class Seats:
    """One row a card; `adopt` is called first."""

    def __init__(self, patch: Callable[[Rows], None]) -> None:
        self._patch = patch
        """Called with rows that show something else than before."""
        self.pools = [Pool(plan) for plan in PLANS]
        self.allowance = Allowance(self.pools)
        self.dropped: list[AtlasPage] = []
        """Pages that gave way to others, for whoever draws to let go of."""
        self.tier: NDArray[np.int8] = np.zeros(0, np.int8)
        """The pool in which a row sits; -1 for none."""
        self.seat: Rows = np.zeros(0, np.int64)
        self.fine: Rows = np.zeros(0, np.int64)
        """The larger cell that is drawn for a row; -1 while its smallest one is."""
        self.in_cells: NDArray[np.bool_] = np.zeros(0, bool)
        """Rows that are drawn from the cells, small or fine."""
        self.stand_ins: NDArray[np.bool_] = np.zeros(0, bool)
        """Rows that show a placeholder."""
        self.fades: dict[int, Fade] = {}

    def adopt(self, count: int, now: Rows, then: Rows, fresh: ResidentCells | None, before: ResidentCells) -> None:
        """Other rows: those of now have what those of then had; `fresh` cells, if any, take over their pictures."""
        self.end_fades()
        tier, seat = np.full(count, -1, np.int8), np.zeros(count, np.int64)
        stand_ins = np.zeros(count, bool)
        tier[now], seat[now], stand_ins[now] = self.tier[then], self.seat[then], self.stand_ins[then]
        stays = np.zeros(len(self.tier), bool)
        stays[then] = True
        for row in np.flatnonzero((self.tier >= 0) & ~stays):
            self.pools[self.tier[row]].leave(int(self.seat[row]))
        if fresh is not None:
            rows = np.flatnonzero(tier == 0)
            tier[rows[fresh.fine.capacity :]] = -1
            rows = rows[: fresh.fine.capacity]
            fresh.fine.copy(np.arange(len(rows)), before.fine, seat[rows])
            seat[rows] = np.arange(len(rows))
            self.pools[0].resize(fresh.fine.capacity)
        self.tier, self.seat, self.stand_ins = tier, seat, stand_ins
        self.fine = np.where(tier == 0, seat, FREE)
        self.in_cells = tier < 1
        for index, pool in enumerate(self.pools):
            pool.rows[:] = FREE
            rows = np.flatnonzero(tier == index)
            pool.rows[seat[rows]] = rows

    def place(self, corners: Corners, strengths: NDArray[np.float32] | None) -> None:
        """The rows stand there, so strong."""
        for page, slots, rows in self.taken():
            page.place(slots, corners[rows])
            page.dim(slots, np.ones(len(rows), np.float32) if strengths is None else strengths[rows])

    def taken(self) -> list[tuple[AtlasPage, Rows, Rows]]:
        """Every page with its slots in use and the rows on them."""
        return [taken for pool in self.pools for taken in pool.taken()]

    def page_of(self, row: int) -> tuple[AtlasPage, int] | None:
        """The page and slot on which a row sits."""
        return self.pools[self.tier[row]].place_of(int(self.seat[row])) if self.tier[row] >= 0 else None

    def seat_at(self, row: int, index: int, size_px: NDArray[np.float32]) -> bool:
        """Find a seat in a tier; False when there is none for it. Its picture has to be put there afterwards."""
        self.end_fade(row)
        if self.tier[row] == index:
            return True
        self._make_room(index, row, size_px)
        taken = self.pools[index].take(row, size_px)
        if taken is None:
            return False
        seat, gone = taken
        if gone != FREE:
            self._evicted(gone)
        over = (int(self.tier[row]), int(self.seat[row]))
        self.tier[row], self.seat[row] = index, seat
        self.fades[row] = Fade(index, seat, -1.0, over)
        return True

    def come_in(self, row: int, now_s: float | None, is_seen: bool) -> None:
        """Show the picture at a row's seat: softly when a moment is given and somebody sees it."""
        fade = self.fades.get(row)
        if fade is None:
            return
        if now_s is None or not is_seen or len(self.fades) > MOST_FADES:
            self.end_fade(row)
            return
        fade.began_s = now_s
        place = self.pools[fade.tier].place_of(fade.seat)
        if place is not None:
            place[0].veil(place[1], 0.0)
            self.in_cells[row] = fade.over[0] < 1

    def fade(self, now_s: float) -> bool:
        """Let better pictures come in a little more; whether any still does."""
        for row, fade in list(self.fades.items()):
            share = (now_s - fade.began_s) / FADE_S
            if not 0.0 <= share < 1.0:
                self.end_fade(row)
                continue
            fade.share = share
            place = self.pools[fade.tier].place_of(fade.seat)
            if place is not None:
                place[0].veil(place[1], share)
        return bool(self.fades)

    def is_coming_in(self, row: int, now_s: float) -> bool:
        """Whether a better picture of a row is half there."""
        fade = self.fades.get(row)
        return fade is not None and 0.0 <= now_s - fade.began_s < FADE_S

    def end_fade(self, row: int) -> None:
        """The better picture is in."""
        fade = self.fades.pop(row, None)
        if fade is None:
            return
        place = self.pools[fade.tier].place_of(fade.seat)
        if place is not None:
            place[0].veil(place[1], 1.0)
        self.in_cells[row] = fade.tier < 1
        self.fine[row] = fade.seat if fade.tier == 0 else FREE
        if fade.over[0] >= 0:
            self.pools[fade.over[0]].leave(fade.over[1])
        if fade.tier == 0:
            self._patch(np.array([row], np.int64))

    def end_fades(self) -> None:
        """All better pictures are in."""
        for row in list(self.fades):
            self.end_fade(row)

    def fading_pages(self) -> list[AtlasPage]:
        """Pages on which a picture is coming in."""
        places = [self.pools[fade.tier].place_of(fade.seat) for fade in self.fades.values() if fade.tier > 0]
        return list({id(place[0]): place[0] for place in places if place is not None}.values())

    def coming_in_cells(self) -> tuple[Rows, Rows, NDArray[np.float32]]:
        """Rows whose fine cell is coming in, that cell, and how much of it is there."""
        found = [(row, fade.seat, fade.share) for row, fade in self.fades.items() if fade.tier == 0]
        rows, cells, shares = zip(*found, strict=True) if found else ((), (), ())
        return np.array(rows, np.int64), np.array(cells, np.int64), np.array(shares, np.float32)

    def put(self, row: int, picture: Pixels, corners: Corners, strength: float) -> None:
        """The picture of a row that sits on a page."""
        place = self.page_of(row)
        if place is None:
            return
        page, slot = place
        page.paint(slot, picture)
        page.place(slot, corners[row])
        page.dim(np.array([slot]), np.array([strength], np.float32))

    def _make_room(self, index: int, row: int, size_px: NDArray[np.float32]) -> None:
        """Drop pages of other tiers when this one needs another for a row and they are needed less."""
        victims = self.allowance.victims(self.pools[index], size_px, row)
        if victims:
            self.end_fades()
        for pool, page in sorted(victims, key=lambda victim: -victim[1]):
            capacity = pool.pages[page].capacity
            for gone in pool.rows[page * capacity : (page + 1) * capacity]:
                if gone != FREE:
                    self._evicted(int(gone))
            self.dropped.append(pool.drop_page(page))
            taken = np.flatnonzero(pool.rows >= 0)
            self.seat[pool.rows[taken]] = taken

    def _evicted(self, row: int) -> None:
        """A row lost its seat to another; its smallest picture is shown again."""
        fade = self.fades.pop(row, None)
        if fade is not None and fade.over[0] >= 0:
            self.pools[fade.over[0]].leave(fade.over[1])
        self.tier[row], self.fine[row], self.in_cells[row], self.stand_ins[row] = -1, FREE, True, False
        self._patch(np.array([row], np.int64))
