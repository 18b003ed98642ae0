"""Which card is shown at which resolution: 8 to 32 px for all, then 64, 256 and 1024 px where they are worth it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor, vtkRenderWindow

from viewport.atlas import AtlasPage
from viewport.boarding import Boarding
from viewport.cards import Cards, cards_of
from viewport.cells import resampled
from viewport.culling import Sight, within_budget
from viewport.drawing import FlowingQuads, Sheaf
from viewport.loader import Arrival, Wish
from viewport.plan import Plan, colours_of, planned
from viewport.pools import PLANS
from viewport.ports import Renditions
from viewport.resident import FINE_PX, ResidentCells, tiny_of
from viewport.seats import Seats
from viewport.textures import Pixels

FEW = 1_000
"""So few cards keep every picture that comes, however small they are on screen."""
MIRRORED_UP_TO = 2_048
KEPT_PX = 16
"""Of the smallest pictures so much is fetched, which is what can be kept for the next time."""

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass
class Waiting:
    """What is not yet on the picture although it is in view."""

    later: Rows = field(default_factory=lambda: np.zeros(0, np.int64))
    patched: list[int] = field(default_factory=list)


class CardTiers:
    """Shows cards; `sight` (set by the view from the camera) decides who deserves more pixels."""

    def __init__(self, renditions: Renditions, window: vtkRenderWindow | None = None) -> None:
        self._renditions, self._window = renditions, window
        self.cards: Cards = cards_of(())
        self.seats = Seats(self._patch)
        self.cells = ResidentCells()
        self.boarding = Boarding()
        self.eye: NDArray[np.float64] | None = None
        """Where the camera is."""
        self.is_sliced = False
        """Whether the picture took more than one frame."""
        self.drawn = 0
        """Cards on the picture."""
        self._strengths: Floats | None = None
        self._ahead_px: Floats | None = None
        self._waiting = Waiting()
        self._flow_over(self.cells)
        self.adopt(self.plan(self.cards))

    # -- which cards --------------------------------------------------------------------------------

    def show(self, cards: Cards) -> None:
        """Show these cards; whoever was here before with the same asset keeps its pixels."""
        self.adopt(self.plan(cards))

    def plan(self, cards: Cards) -> Plan:
        """Make cards ready; may be called on another thread while these are shown."""
        return planned(cards, self.cards, self._renditions)

    def fits(self, plan: Plan) -> bool:
        """Whether a plan was made for what is shown now."""
        return plan.before is self.cards.ids

    def approach(self, plan: Plan) -> bool:
        """One short step towards showing a plan that was made on another thread; whether none is left."""
        cells, window = plan.cells, self._window
        if cells is None or window is None or cells.texture.rows.shape == self.cells.texture.rows.shape:
            return True
        return cells.texture.approach(window)

    def adopt(self, plan: Plan) -> None:
        """Show a plan that fits."""
        count, (now, then), fresh = len(plan.cards), plan.stayed, plan.cells
        if fresh is not None and len(now):
            fresh.inherit(now, self.cells, then)
        self._waiting = Waiting()
        self.seats.adopt(count, now, then, fresh, self.cells)
        if fresh is not None:
            is_kept = fresh.texture.take_over(self.cells.texture)
            self.cells = fresh
            if not is_kept:
                self._flow_over(fresh)
        self.resting = np.zeros(count, bool)
        self._from_px = np.array([max(plan.from_px, self.cells.px * 1.25) for plan in PLANS], np.float32)
        self.cards, self.columns, self.corners = plan.cards, plan.columns, plan.corners
        self._rows_of = plan.rows_of
        self._strengths, self._ahead_px = None, None
        self.sight = Sight(np.zeros(count, np.float32), np.zeros(count, np.float32))
        self.seats.place(self.corners, None)

    def _flow_over(self, cells: ResidentCells) -> None:
        self._flowing, self._coming = FlowingQuads(cells.texture), FlowingQuads(cells.texture)

    def place_of(self, card_id: str) -> tuple[AtlasPage, int] | None:
        """The page and slot that draw a card; None while one of the cells does."""
        return self.seats.page_of(self.cards.row[card_id])

    def move(self, cards: Cards) -> None:
        """Put the cards that are shown (the same rows) elsewhere; cheap enough for every frame of a flight."""
        self.cards, self.corners = cards, cards.corners()
        self.columns.moved(cards)
        for page, slots, rows in self.seats.taken():
            page.place(slots, self.corners[rows])

    def dim(self, strengths: Floats) -> None:
        """How strong each row is shown: 1 as it is, 0 dimmed to a dark grey."""
        self._strengths = np.clip(strengths, 0.0, 1.0)
        for page, slots, rows in self.seats.taken():
            page.dim(slots, strengths[rows])

    # -- what to draw -------------------------------------------------------------------------------

    @property
    def pages(self) -> list[AtlasPage]:
        """The pages of all tiers."""
        return [page for pool in self.seats.pools for page in pool.pages]

    @property
    def sheaves(self) -> list[AtlasPage | Sheaf]:
        """Every mesh that is drawn: fine ones first, as they hide others; coarse ones first while others fade in."""
        if self.is_fading:
            return [self._flowing.shown, self._coming.shown, *self.pages]
        return [*reversed(self.pages), self._flowing.shown]

    @property
    def actors(self) -> list[vtkActor]:
        """What to draw."""
        return [*self.solid_actors, *self.board_actors]

    @property
    def solid_actors(self) -> list[vtkActor]:
        """Cards that are drawn one by one: first of all, since they hide what is behind them."""
        return [sheaf.actor for sheaf in self.sheaves]

    @property
    def board_actors(self) -> list[vtkActor]:
        """Pictures of many cards, which blend over what is there."""
        return self.boarding.actors if not self._is_dimmed else []

    @property
    def actors_over(self) -> list[vtkActor]:
        """What to draw over a picture that there is."""
        return [*self.solid_actors, *self.boarding.coming_actors]

    @property
    def mirrored(self) -> list[vtkActor]:
        """What to draw upside down under a floor that mirrors; of many cards only those with good pictures."""
        sheaves = self.sheaves if len(self.cards) <= MIRRORED_UP_TO else self.pages
        return [sheaf.mirrored for sheaf in sheaves]

    @property
    def size_px(self) -> Floats:
        """Longest edge on screen by row, 0 when out of sight."""
        return self.sight.size_px

    @size_px.setter
    def size_px(self, size_px: NDArray[np.floating]) -> None:
        self.seen(Sight(size_px.astype(np.float32), np.zeros(len(size_px), np.float32)))

    @property
    def shown(self) -> dict[str, int]:
        """Pool index by id, of the cards that sit in one of the pools."""
        tier = self.seats.tier
        return {self.cards.ids[row]: int(tier[row]) for row in np.flatnonzero(tier >= 0)}

    @property
    def stand_ins(self) -> NDArray[np.bool_]:
        """Rows that show a placeholder."""
        return self.seats.stand_ins

    @property
    def texture_bytes(self) -> int:
        """Pixels held for drawing."""
        pages = sum(page.texture.rows.nbytes for page in self.pages)
        return pages + self.cells.texture.rows.nbytes + self.boarding.texture_bytes

    @property
    def most_texture_bytes(self) -> int:
        """So many pixels may be held for drawing these cards; who is seen least gives way to whoever needs more."""
        return self.cells.texture.rows.nbytes + sum(plan.most_bytes for plan in PLANS)

    @property
    def painted_px(self) -> int:
        """Pixels that wait to be handed to VTK."""
        return sum(page.painted_px for page in self.pages) + self.cells.texture.waiting_bytes // 3

    @property
    def missing(self) -> int:
        """Cards in view that are not on the picture at all."""
        return len(self._waiting.later)

    @property
    def unfinished(self) -> int:
        """Cards in view that the picture does not show, or not as they are by now."""
        return len(self._waiting.later) + len(self._waiting.patched) + int(self.boarding.is_coming)

    def seen(self, sight: Sight) -> None:
        """The eye is elsewhere, or the cards are."""
        self.sight = sight
        for pool in self.seats.pools:
            pool.look(sight.size_px)

    def seen_ahead(self, sight: Sight | None) -> None:
        """What the eye will see soon: its pictures are fetched after those in view."""
        self._ahead_px = sight.size_px if sight is not None else None

    def compose(self, budget: int, moving: bool = False) -> None:
        """A picture from scratch, with at most so many cells; while the eye moves they stand in for others."""
        size, in_cells = self.sight.size_px, self.seats.in_cells
        for pool in self.seats.pools:
            pool.hide_unseen(size)
        drawn = (size > 0) & in_cells
        on_boards = self._on_boards(size) & drawn
        plain = np.flatnonzero(drawn & ~on_boards)
        rows, growth, later = within_budget(plain, size, self.columns.share, budget)
        if not moving:
            growth = np.ones(len(rows), np.float32)
        self._waiting, self.is_sliced = Waiting(later), len(later) > 0
        self._flow(rows, growth)
        self.drawn = len(rows) + int(np.count_nonzero(((size > 0) & ~in_cells) | on_boards))

    def compose_more(self, most: int) -> None:
        """What to draw over the picture as it is: changed cards, and the next of those that are missing."""
        waiting = self._waiting
        patched = np.array(waiting.patched[:most], np.int64)
        more = waiting.later[: max(0, most - len(patched))]
        self._waiting = Waiting(waiting.later[len(more) :], waiting.patched[most:])
        rows = np.concatenate([patched, more])
        rows = rows[(self.sight.size_px[rows] > 0) & self.seats.in_cells[rows]]
        self._flow(rows, np.ones(len(rows), np.float32))
        self._on_boards(self.sight.size_px)
        self.drawn += len(more)

    def flush(self) -> bool:
        """Hand everything that changed to VTK; whether anything had."""
        changed = [page.flush() for page in self.pages]
        return any([*changed, self._window is not None and self.cells.texture.upload(self._window)])

    # -- pixels -------------------------------------------------------------------------------------

    def wishes(self, most: int) -> list[Wish]:
        """What to load next, largest on screen first; a card without any pixels gets its smallest rendition first."""
        size = self.sight.size_px
        if self._ahead_px is not None:
            size = np.maximum(size, self._ahead_px * np.float32(0.25))
        wanted = np.searchsorted(self._from_px, size, side="right") - 1
        best = np.where(self.seats.stand_ins, -1, self.seats.tier)
        for index in range(len(PLANS) - 1, -1, -1):
            floor = self.seats.pools[index].floor_px(self.sight.size_px)
            wanted[(wanted == index) & (size <= floor * 1.1)] -= 1
        bare = (best < 0) & ~self.cells.refined
        rows = np.flatnonzero((size > 0) & (bare | (best < wanted)) & ~self.resting)
        if len(rows) > most:
            rows = rows[np.argpartition(-size[rows], most)[:most]]
        rows = rows[np.argsort(-size[rows], kind="stable")]
        tiers = np.where(bare[rows], np.minimum(wanted[rows], 0), wanted[rows])
        if len(self.cards) <= FEW:
            tiers = np.maximum(tiers, 0)
        return [self._wish(self.cards.asset_ids[row], tier) for row, tier in zip(rows, tiers.tolist(), strict=True)]

    def arrived(self, wish: Wish, pixels: Pixels, now_s: float | None = None) -> None:
        """Show pixels on every card of the asset that has nothing better; they fade in when a moment is given."""
        self.arrived_all([Arrival(wish, pixels)], now_s)

    def arrived_all(self, arrivals: Sequence[Arrival], now_s: float | None = None) -> None:
        """The same for many at once."""
        self._refine(arrivals)
        for arrival in arrivals:
            index = next((i for i, plan in enumerate(PLANS) if plan.edge_px == arrival.wish.edge_px), -1)
            if arrival.pixels is None or index < 0:
                continue
            for row in self._rows_of.get(arrival.wish.asset_id):
                if self._best(row) < index and self._is_worth(row, index):
                    self.seats.stand_ins[row] = False
                    self._seat(row, index, arrival, now_s)

    def rest(self, asset_id: str, resting: bool) -> None:
        """Wish nothing for an asset, or wish again."""
        self.resting[list(self._rows_of.get(asset_id))] = resting

    def bare_cards(self, asset_id: str) -> list[tuple[str, tuple[float, float], tuple[int, int, int]]]:
        """Title, size and mean colour of each card of an asset that shows its colour alone."""
        red, green, blue = colours_of(self._renditions, [asset_id])[0].tolist()
        cards = self.cards
        return [
            (cards.titles[r], (float(cards.size[r, 0]), float(cards.size[r, 1])), (red, green, blue))
            for r in self._bare(asset_id)
        ]

    def stand_in(self, asset_id: str, pixels: Pixels) -> None:
        """Show a placeholder on every card of the asset that shows its colour alone."""
        for row in self._bare(asset_id):
            if self._is_worth(row, 0) and self._seat(row, 1, Arrival(self._wish(asset_id, 1), pixels), None):
                self.seats.stand_ins[row] = True

    def fade(self, now_s: float) -> bool:
        """Let better pictures come in a little more; whether any still does."""
        return self.seats.fade(now_s)

    @property
    def is_fading(self) -> bool:
        """Whether pictures are coming in."""
        return bool(self.seats.fades)

    # -- within -------------------------------------------------------------------------------------

    def _on_boards(self, size_px: Floats) -> NDArray[np.bool_]:
        """Rows for which a board stands in."""
        limits = self.boarding.limits(self.cards, self.cells, self.eye)
        if limits is None or self._is_dimmed:
            return np.zeros(len(size_px), bool)
        return size_px < limits

    @property
    def _is_dimmed(self) -> bool:
        return self._strengths is not None and bool((self._strengths < 1).any())

    def _flow(self, rows: Rows, growth: Floats) -> None:
        order = np.argsort(self.sight.depth_m[rows])
        rows, growth = rows[order], growth[order]
        corners = self.corners[rows]
        if len(rows) and (growth.min() != 1.0 or growth.max() != 1.0):
            centre = self.columns.centre.T[rows][:, None, :]
            corners = centre + (corners - centre) * growth[:, None, None]
        uv = self.cells.uv(rows, self.sight.size_px[rows], self.seats.fine[rows])
        self._flowing.show(corners, uv, None if self._strengths is None else self._strengths[rows])
        if self.is_fading:
            rows, seats, shares = self.seats.coming_in_cells()
            uv = self.cells.uv(rows, self.sight.size_px[rows], seats)
            strengths = None if self._strengths is None else self._strengths[rows]
            self._coming.show(self.corners[rows], uv, strengths, shares)

    def _refine(self, arrivals: Sequence[Arrival]) -> None:
        """Small pictures for the resident cells; those of the smallest rendition bring theirs along."""
        pairs = [
            (row, arrival)
            for arrival in arrivals
            if arrival.pixels is not None
            for row in self._rows_of.get(arrival.wish.asset_id)
            if arrival.wish.edge_px <= FINE_PX or not self.cells.refined[row]
        ]
        if not pairs:
            return
        rows = np.array([row for row, _ in pairs], np.int64)
        self.cells.paint(rows, np.stack([self._square(arrival, self.cells.px) for _, arrival in pairs]))
        self._patch(rows)

    def _square(self, arrival: Arrival, px: int) -> Pixels:
        square = arrival.square
        if square is not None and square.shape[0] >= px:
            resized: Pixels = resampled(square[None], px)[0]
            return resized
        assert arrival.pixels is not None
        return tiny_of(arrival.pixels, px)

    def _patch(self, rows: Rows) -> None:
        self._waiting.patched.extend(rows[self.sight.size_px[rows] > 0].tolist())

    def _best(self, row: int) -> int:
        """Index of the pool whose true pixels a row shows; -1 for none."""
        return -1 if self.seats.stand_ins[row] else int(self.seats.tier[row])

    def _is_worth(self, row: int, index: int) -> bool:
        return len(self.cards) <= FEW or bool(self.sight.size_px[row] >= 0.9 * self._from_px[index])

    def _bare(self, asset_id: str) -> list[int]:
        return [r for r in self._rows_of.get(asset_id) if self.seats.tier[r] < 0 and not self.cells.refined[r]]

    def _wish(self, asset_id: str, index: int) -> Wish:
        edge_px = PLANS[index].edge_px if index >= 0 else max(KEPT_PX, self.cells.px)
        return Wish(asset_id, edge_px, edge_px, square_px=edge_px if edge_px <= FINE_PX else 0)

    def _seat(self, row: int, index: int, arrival: Arrival, now_s: float | None) -> bool:
        seats = self.seats
        if not seats.seat_at(row, index, self.sight.size_px):
            return False
        if index == 0:
            self.cells.fine.paint(seats.seat[row : row + 1], self._square(arrival, FINE_PX)[None])
        else:
            assert arrival.pixels is not None
            seats.put(row, arrival.pixels, self.corners, 1.0 if self._strengths is None else self._strengths[row])
        seats.come_in(row, now_s, bool(self.sight.size_px[row] > 0))
        return True
