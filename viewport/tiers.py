"""Which card is shown at which resolution: 8 px for all, then 64, 256 and 1024 px where they are worth it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from viewport.atlas import AtlasPage
from viewport.cards import Cards, cards_of
from viewport.culling import Columns, Sight, within_budget
from viewport.drawing import FlowingQuads, Sheaf
from viewport.loader import Arrival, Wish
from viewport.pools import FREE, PLANS, Pool
from viewport.ports import Renditions
from viewport.quads import Corners
from viewport.resident import ResidentCells, tiny_of
from viewport.textures import Pixels

NO_COLOUR = (128, 128, 128)
FEW = 1_000
"""So few cards keep every picture that comes, however small they are on screen."""
FADE_S = 0.16
MOST_FADES = 200
MIRRORED_UP_TO = 2_048

Rows = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Plan:
    """Cards made ready to be shown, on any thread: what is the same for every frame, and who was there before."""

    cards: Cards
    columns: Columns
    corners: Corners
    rows_of: dict[str, list[int]]
    before: tuple[str, ...]
    """The ids that were shown when it was made."""
    stayed: tuple[Rows, Rows]
    """Rows now and before of the cards that stay with their pictures."""
    cells: ResidentCells
    """Filled with mean colours where the card is new."""


@dataclass
class Fade:
    """A card whose better picture is coming in over the one it had."""

    tier: int
    seat: int
    began_s: float
    over: tuple[int, int]
    """Tier and seat beneath; FREE for the resident cells."""


@dataclass
class Waiting:
    """What is not yet on the picture although it is in view."""

    later: Rows = field(default_factory=lambda: np.zeros(0, np.int64))
    patched: list[int] = field(default_factory=list)


class CardTiers:
    """Shows cards; `sight` (set by the view from the camera) decides who deserves more pixels."""

    def __init__(self, renditions: Renditions) -> None:
        self._renditions = renditions
        self.cards: Cards = cards_of(())
        self.pools = [Pool(plan) for plan in PLANS]
        self.tier: NDArray[np.int8] = np.zeros(0, np.int8)
        """Which pool draws a row; -1 while its resident cell does."""
        self.seat: Rows = np.zeros(0, np.int64)
        self.cells = ResidentCells()
        self.stand_ins: NDArray[np.bool_] = np.zeros(0, bool)
        """Rows that show a placeholder."""
        self.is_sliced = False
        """Whether the picture took more than one frame."""
        self.drawn = 0
        """Cards on the picture."""
        self._strengths: NDArray[np.float32] | None = None
        self._ahead_px: NDArray[np.float32] | None = None
        self._fades: dict[int, Fade] = {}
        self._waiting = Waiting()
        self.adopt(self.plan(self.cards))

    # -- which cards --------------------------------------------------------------------------------

    def show(self, cards: Cards) -> None:
        """Show these cards; whoever was here before with the same asset keeps its pixels."""
        self.adopt(self.plan(cards))

    def plan(self, cards: Cards) -> Plan:
        """Make cards ready; may be called on another thread while these are shown."""
        before = self.cards
        stayed = [
            (row, old)
            for row, (card_id, asset_id) in enumerate(zip(cards.ids, cards.asset_ids, strict=True))
            if (old := before.row.get(card_id)) is not None and before.asset_ids[old] == asset_id
        ]
        now, then = np.array(stayed, np.int64).reshape(-1, 2).T
        is_fresh = np.ones(len(cards), bool)
        is_fresh[now] = False
        fresh = np.flatnonzero(is_fresh)
        rows_of: dict[str, list[int]] = {}
        for row, asset_id in enumerate(cards.asset_ids):
            rows_of.setdefault(asset_id, []).append(row)
        colours = np.array([_colour(self._renditions, cards.asset_ids[row]) for row in fresh], np.uint8)
        cells = ResidentCells(max(len(cards), 1))
        cells.fill(fresh, colours.reshape(-1, 3))
        return Plan(cards, Columns(cards), cards.corners(), rows_of, before.ids, (now, then), cells)

    def fits(self, plan: Plan) -> bool:
        """Whether a plan was made for what is shown now."""
        return plan.before is self.cards.ids

    def adopt(self, plan: Plan) -> None:
        """Show a plan that fits."""
        self._end_fades()
        count, (now, then) = len(plan.cards), plan.stayed
        cells = plan.cells
        if len(now):
            cells.inherit(now, self.cells, then)
        tier, seat = np.full(count, -1, np.int8), np.zeros(count, np.int64)
        resting, stand_in = np.zeros(count, bool), np.zeros(count, bool)
        if len(now):
            tier[now], seat[now] = self.tier[then], self.seat[then]
            stand_in[now] = self.stand_ins[then]
        self._leave_all_but(then)
        self.cells, self.tier, self.seat = cells, tier, seat
        self.resting, self.stand_ins = resting, stand_in
        self._from_px = np.array([max(plan.from_px, cells.px * 1.25) for plan in PLANS], np.float32)
        self.cards, self.columns, self.corners = plan.cards, plan.columns, plan.corners
        self._rows_of = plan.rows_of
        self._strengths, self._ahead_px = None, None
        self._under = np.zeros(count, bool)
        self._flowing = FlowingQuads(cells.texture)
        self.sight = Sight(np.zeros(count, np.float32), np.zeros(count, np.float32))
        self._reseat()

    def place_of(self, card_id: str) -> tuple[AtlasPage, int] | None:
        """The page and slot that draw a card; None while its resident cell does."""
        row = self.cards.row[card_id]
        return self.pools[self.tier[row]].place_of(int(self.seat[row])) if self.tier[row] >= 0 else None

    def move(self, cards: Cards) -> None:
        """Put the cards that are shown (the same rows) elsewhere; cheap enough for every frame of a flight."""
        self.cards, self.corners = cards, cards.corners()
        self.columns.moved(cards)
        for page, slots, rows in self._taken():
            page.place(slots, self.corners[rows])

    def dim(self, strengths: NDArray[np.float32]) -> None:
        """How strong each row is shown: 1 as it is, 0 dimmed to a dark grey."""
        self._strengths = np.clip(strengths, 0.0, 1.0)
        for page, slots, rows in self._taken():
            page.dim(slots, strengths[rows])

    # -- what to draw -------------------------------------------------------------------------------

    @property
    def sheaves(self) -> list[AtlasPage | Sheaf]:
        """Every mesh that is drawn: fine ones first, as they hide others; coarse ones first while others fade in."""
        pages = [page for pool in self.pools for page in pool.pages]
        return [self._flowing.shown, *pages] if self._fades else [*reversed(pages), self._flowing.shown]

    @property
    def actors(self) -> list[vtkActor]:
        """What to draw."""
        return [sheaf.actor for sheaf in self.sheaves]

    @property
    def mirrored(self) -> list[vtkActor]:
        """What to draw upside down under a floor that mirrors; of many cards only those with good pictures."""
        if len(self.cards) <= MIRRORED_UP_TO:
            return [sheaf.mirrored for sheaf in self.sheaves]
        return [page.mirrored for pool in self.pools[1:] for page in pool.pages if page.actor.GetVisibility()]

    @property
    def size_px(self) -> NDArray[np.float32]:
        """Longest edge on screen by row, 0 when out of sight."""
        return self.sight.size_px

    @size_px.setter
    def size_px(self, size_px: NDArray[np.floating]) -> None:
        self.seen(Sight(size_px.astype(np.float32), np.zeros(len(size_px), np.float32)))

    @property
    def shown(self) -> dict[str, int]:
        """Pool index by id, of the cards that one of the pools draws."""
        return {self.cards.ids[row]: int(self.tier[row]) for row in np.flatnonzero(self.tier >= 0)}

    @property
    def texture_bytes(self) -> int:
        """Pixels held for drawing."""
        pages = sum(page.texture.rows.nbytes for pool in self.pools for page in pool.pages)
        return pages + self.cells.texture.rows.nbytes

    @property
    def painted_px(self) -> int:
        """Pixels of pages that wait to be handed to VTK."""
        return sum(page.painted_px for pool in self.pools for page in pool.pages)

    @property
    def missing(self) -> int:
        """Cards in view that are not on the picture at all."""
        return len(self._waiting.later)

    @property
    def unfinished(self) -> int:
        """Cards in view that the picture does not show, or not as they are by now."""
        return len(self._waiting.later) + len(self._waiting.patched)

    def seen(self, sight: Sight) -> None:
        """The eye is elsewhere, or the cards are."""
        self.sight = sight
        for pool in self.pools:
            pool.look(sight.size_px)

    def seen_ahead(self, sight: Sight | None) -> None:
        """What the eye will see soon: its pictures are fetched after those in view."""
        self._ahead_px = sight.size_px if sight is not None else None

    def compose(self, budget: int, moving: bool = False) -> None:
        """A picture from scratch, with at most so many resident cards; while the eye moves they stand in for others."""
        for pool in self.pools:
            pool.hide_unseen(self.sight.size_px)
        size = self.sight.size_px
        plain = np.flatnonzero((size > 0) & ((self.tier < 0) | self._under))
        rows, growth, later = within_budget(plain, size, self.columns.share, budget)
        if not moving:
            growth = np.ones(len(rows), np.float32)
        self._waiting, self.is_sliced = Waiting(later), len(later) > 0
        self._flow(rows, growth)
        self.drawn = len(rows) + int(np.count_nonzero((size > 0) & (self.tier >= 0) & ~self._under))

    def compose_more(self, most: int) -> None:
        """What to draw over the picture as it is: changed cards, and the next of those that are missing."""
        waiting = self._waiting
        patched = np.array(waiting.patched[:most], np.int64)
        more = waiting.later[: max(0, most - len(patched))]
        self._waiting = Waiting(waiting.later[len(more) :], waiting.patched[most:])
        rows = np.concatenate([patched, more])
        rows = rows[(self.sight.size_px[rows] > 0) & ((self.tier[rows] < 0) | self._under[rows])]
        self._flow(rows, np.ones(len(rows), np.float32))
        self.drawn += len(more)

    def flush(self) -> bool:
        """Hand everything that changed to VTK; whether anything had."""
        changed = [page.flush() for pool in self.pools for page in pool.pages]
        return any([*changed, self.cells.flush()])

    # -- pixels -------------------------------------------------------------------------------------

    def wishes(self, most: int) -> list[Wish]:
        """What to load next, largest on screen first; a card without any pixels gets its smallest rendition first."""
        size = self.sight.size_px
        if self._ahead_px is not None:
            size = np.maximum(size, self._ahead_px * np.float32(0.25))
        wanted = np.searchsorted(self._from_px, size, side="right") - 1
        best = np.where(self.stand_ins, -1, self.tier)
        for index in range(len(PLANS) - 1, -1, -1):
            floor = self.pools[index].floor_px(self.sight.size_px)
            wanted[(wanted == index) & (size <= floor * 1.1)] -= 1
        bare = (best < 0) & ~self.cells.refined
        rows = np.flatnonzero((size > 0) & (bare | (best < wanted)) & ~self.resting)
        if len(rows) > most:
            rows = rows[np.argpartition(-size[rows], most)[:most]]
        rows = rows[np.argsort(-size[rows], kind="stable")]
        return [self._wish(self.cards.asset_ids[row], 0 if bare[row] else max(0, int(wanted[row]))) for row in rows]

    def arrived(self, wish: Wish, pixels: Pixels, now_s: float | None = None) -> None:
        """Show pixels on every card of the asset that has nothing better; they fade in when a moment is given."""
        self.arrived_all([Arrival(wish, pixels)], now_s)

    def arrived_all(self, arrivals: Sequence[Arrival], now_s: float | None = None) -> None:
        """The same for many at once."""
        self._refine(arrivals)
        for arrival in arrivals:
            if arrival.pixels is None:
                continue
            index = next(i for i, plan in enumerate(PLANS) if plan.edge_px == arrival.wish.edge_px)
            for row in self._rows_of.get(arrival.wish.asset_id, ()):
                if self._best(row) < index and self._is_worth(row, index):
                    self.stand_ins[row] = False
                    self._seat_at(row, index, arrival.pixels, now_s)

    def rest(self, asset_id: str, resting: bool) -> None:
        """Wish nothing for an asset, or wish again."""
        self.resting[self._rows_of.get(asset_id, [])] = resting

    def bare_cards(self, asset_id: str) -> list[tuple[str, tuple[float, float], tuple[int, int, int]]]:
        """Title, size and mean colour of each card of an asset that shows its colour alone."""
        colour = _colour(self._renditions, asset_id)
        return [
            (self.cards.titles[r], (float(self.cards.size[r, 0]), float(self.cards.size[r, 1])), colour)
            for r in self._bare(asset_id)
        ]

    def stand_in(self, asset_id: str, pixels: Pixels) -> None:
        """Show a placeholder on every card of the asset that shows its colour alone."""
        for row in self._bare(asset_id):
            if self._is_worth(row, 0) and self._seat_at(row, 1, pixels, None):
                self.stand_ins[row] = True

    def fade(self, now_s: float) -> bool:
        """Let better pictures come in a little more; whether any still does."""
        for row, fade in list(self._fades.items()):
            share = (now_s - fade.began_s) / FADE_S
            if not 0.0 <= share < 1.0:
                self._end_fade(row)
                continue
            page, slot = self.pools[fade.tier].place_of(fade.seat)
            page.veil(slot, share)
        return bool(self._fades)

    @property
    def is_fading(self) -> bool:
        """Whether pictures are coming in."""
        return bool(self._fades)

    # -- within -------------------------------------------------------------------------------------

    def _flow(self, rows: Rows, growth: NDArray[np.float32]) -> None:
        order = np.argsort(self.sight.depth_m[rows])
        rows, growth = rows[order], growth[order]
        corners = self.corners[rows]
        if len(rows) and (growth.min() != 1.0 or growth.max() != 1.0):
            centre = self.columns.centre.T[rows][:, None, :]
            corners = centre + (corners - centre) * growth[:, None, None]
        uv = self.cells.uv(rows, self.sight.size_px[rows])
        self._flowing.show(corners, uv, None if self._strengths is None else self._strengths[rows])

    def _refine(self, arrivals: Sequence[Arrival]) -> None:
        """Small pictures for the resident cells; those of the smallest rendition bring theirs along."""
        pairs = [
            (row, arrival)
            for arrival in arrivals
            if arrival.pixels is not None
            for row in self._rows_of.get(arrival.wish.asset_id, ())
            if arrival.wish.edge_px == PLANS[0].edge_px or not self.cells.refined[row]
        ]
        if not pairs:
            return
        rows = np.array([row for row, _ in pairs], np.int64)
        self.cells.paint(rows, np.stack([self._tiny(arrival) for _, arrival in pairs]))
        self._patch(rows)

    def _tiny(self, arrival: Arrival) -> Pixels:
        small = arrival.tiny if arrival.tiny is not None else arrival.pixels
        assert small is not None
        return small if small.shape[:2] == (self.cells.px, self.cells.px) else tiny_of(small, self.cells.px)

    def _patch(self, rows: Rows) -> None:
        self._waiting.patched.extend(rows[self.sight.size_px[rows] > 0].tolist())

    def _best(self, row: int) -> int:
        """Index of the pool whose true pixels a row shows; -1 for none."""
        return -1 if self.stand_ins[row] else int(self.tier[row])

    def _is_worth(self, row: int, index: int) -> bool:
        return len(self.cards) <= FEW or bool(self.sight.size_px[row] >= 0.9 * self._from_px[index])

    def _bare(self, asset_id: str) -> list[int]:
        return [r for r in self._rows_of.get(asset_id, ()) if self.tier[r] < 0 and not self.cells.refined[r]]

    def _wish(self, asset_id: str, index: int) -> Wish:
        plan = PLANS[index]
        return Wish(asset_id, plan.edge_px, plan.edge_px, self.cells.px if index == 0 else 0)

    def _seat_at(self, row: int, index: int, pixels: Pixels, now_s: float | None) -> bool:
        pool = self.pools[index]
        self._end_fade(row)
        if self.tier[row] == index:
            seat, gone = int(self.seat[row]), FREE
        else:
            taken = pool.take(row, self.sight.size_px)
            if taken is None:
                return False
            seat, gone = taken
        if gone != FREE:
            self._evicted(gone)
        page, slot = pool.place_of(seat)
        page.paint(slot, pixels)
        page.place(slot, self.corners[row])
        page.dim(
            np.array([slot]), np.ones(1, np.float32) if self._strengths is None else self._strengths[row : row + 1]
        )
        over = (int(self.tier[row]), int(self.seat[row]))
        self.tier[row], self.seat[row] = index, seat
        if over == (index, seat):
            return True
        self._fades[row] = Fade(index, seat, now_s if now_s is not None else -1.0, over)
        self._under[row] = over[0] < 0
        if now_s is None or len(self._fades) > MOST_FADES or self.sight.size_px[row] <= 0:
            self._end_fade(row)
        else:
            page.veil(slot, 0.0)
        return True

    def _evicted(self, row: int) -> None:
        """A row lost its seat to another; what it had beneath is shown again."""
        fade = self._fades.pop(row, None)
        if fade is not None and fade.over[0] >= 0:
            self.pools[fade.over[0]].leave(fade.over[1])
        self.tier[row], self._under[row], self.stand_ins[row] = -1, False, False
        self._patch(np.array([row], np.int64))

    def _end_fade(self, row: int) -> None:
        fade = self._fades.pop(row, None)
        if fade is None:
            return
        page, slot = self.pools[fade.tier].place_of(fade.seat)
        page.veil(slot, 1.0)
        self._under[row] = False
        if fade.over[0] >= 0:
            self.pools[fade.over[0]].leave(fade.over[1])

    def _end_fades(self) -> None:
        for row in list(self._fades):
            self._end_fade(row)

    def _taken(self) -> list[tuple[AtlasPage, Rows, Rows]]:
        return [taken for pool in self.pools for taken in pool.taken()]

    def _leave_all_but(self, rows: Rows) -> None:
        stays = np.zeros(len(self.tier), bool)
        stays[rows] = True
        for row in np.flatnonzero((self.tier >= 0) & ~stays):
            self.pools[self.tier[row]].leave(int(self.seat[row]))

    def _reseat(self) -> None:
        """The rows have other numbers and places now."""
        for index, pool in enumerate(self.pools):
            pool.rows[:] = FREE
            rows = np.flatnonzero(self.tier == index)
            pool.rows[self.seat[rows]] = rows
        for page, slots, rows in self._taken():
            page.place(slots, self.corners[rows])
            page.dim(slots, np.ones(len(rows), np.float32))


def _colour(renditions: Renditions, asset_id: str) -> tuple[int, int, int]:
    try:
        red, green, blue = renditions.colour(asset_id)
        return min(255, max(0, int(red))), min(255, max(0, int(green))), min(255, max(0, int(blue)))
    except Exception:  # an unknown asset is shown in grey
        return NO_COLOUR
