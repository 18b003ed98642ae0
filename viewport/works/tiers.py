"""Which card is shown at which resolution: 8 to 32 px for all, then 64, 256, 1024 and 2048 px where it is worth it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor, vtkRenderWindow

from viewport.graphics.quads import Corners
from viewport.graphics.textures import Pixels
from viewport.pace import Thrift
from viewport.ports import Renditions
from viewport.works.arrivals import Arrivals
from viewport.works.atlas import AtlasPage
from viewport.works.boarding import Boarding
from viewport.works.cards import Cards
from viewport.works.culling import Columns, Sight
from viewport.works.drawing import Sheaf
from viewport.works.flow import Flow
from viewport.works.holding import Floats, Holding, Rows
from viewport.works.loader import Arrival, Wish
from viewport.works.plan import Places, Plan, Stock, planned, stocked
from viewport.works.resident import ResidentCells
from viewport.works.seats import MANY_FADES, Seats

MIRRORED_UP_TO = 2_048


class CardTiers:
    """Shows cards; `seen` (called by the view with what the camera sees) decides who deserves more pixels."""

    def __init__(self, renditions: Renditions, window: vtkRenderWindow | None = None) -> None:
        self._renditions, self._window = renditions, window
        self.boarding = Boarding()
        self.flow = Flow(self.boarding)
        self.holding = Holding(renditions, self._patch)
        self.flow.over(self.cells)
        self.arrivals = Arrivals(self.holding, self._patch)
        self._announced: ResidentCells | None = None
        self._begun: ResidentCells | None = None
        """The same, held here lest another thread lets go of graphics memory."""
        self.adopt(self.plan(self.cards))

    # -- which cards --------------------------------------------------------------------------------

    def show(self, cards: Cards) -> None:
        """Show these cards; whoever was here before with the same asset keeps its pixels."""
        self.adopt(self.plan(cards))

    def plan(self, cards: Cards) -> Plan:
        """Make cards ready; may be called on another thread while these are shown."""
        return planned(Places.of(cards), self.stock(cards.ids, cards.asset_ids))

    def stock(self, ids: tuple[str, ...], asset_ids: tuple[str, ...]) -> Stock:
        """The pixels of a plan alone."""
        return stocked(ids, asset_ids, self.cards, self._renditions, self._announce)

    def _announce(self, cells: ResidentCells) -> None:
        self._announced = cells

    def fits(self, plan: Plan) -> bool:
        """Whether a plan was made for what is shown now."""
        return plan.before is self.cards.ids

    def approach_early(self) -> None:
        """One short step towards showing cells whose pictures are still being gathered on another thread."""
        self._begun = self._announced
        if self._begun is not None and self._window is not None:
            sheet = self._begun.texture
            if sheet.rows.shape != self.cells.texture.rows.shape:
                sheet.approach(self._window)

    def approach(self, plan: Plan) -> bool:
        """One short step towards showing a plan that was made on another thread; whether none is left."""
        fresh, now, window = plan.cells, self.cells, self._window
        if fresh is None or window is None:
            return True
        pairs = [(fresh.texture, now.texture)]
        if len(plan.stayed[0]) and (self.seats.tier == 0).any():
            pairs.append((fresh.fine_texture, now.fine_texture))
        return all(new.rows.shape == old.rows.shape or new.approach(window) for new, old in pairs)

    def adopt(self, plan: Plan) -> None:
        """Show a plan that fits."""
        self.arrivals.dawning.end()
        if self._announced is plan.cells:
            self._announced = None
        if self._begun is plan.cells or self._begun is self.cells:
            self._begun = None
        if self.holding.adopt(plan):
            self.flow.over(self.cells)
        self.arrivals.forget()
        self.flow.forget()

    def move(self, cards: Cards) -> None:
        """Put the cards that are shown (the same rows) elsewhere; cheap enough for every frame of a flight."""
        self.holding.move(cards)

    def dim(self, strengths: Floats) -> None:
        """How strong each row is shown: 1 as it is, 0 dimmed to a dark grey."""
        self.holding.dim(strengths)

    # -- what there is ------------------------------------------------------------------------------

    @property
    def cards(self) -> Cards:
        """The cards that are shown."""
        return self.holding.cards

    @property
    def columns(self) -> Columns:
        """The same as the eye needs them."""
        return self.holding.columns

    @property
    def corners(self) -> Corners:
        """Where they are."""
        return self.holding.corners

    @property
    def cells(self) -> ResidentCells:
        """The smallest pictures of all of them."""
        return self.holding.cells

    @property
    def seats(self) -> Seats:
        """Who has a better one."""
        return self.holding.seats

    @property
    def shown(self) -> dict[str, int]:
        """Pool index by id, of the cards that sit in one of the pools."""
        tier = self.seats.tier
        return {self.cards.ids[row]: int(tier[row]) for row in np.flatnonzero(tier >= 0)}

    def place_of(self, card_id: str) -> tuple[AtlasPage, int] | None:
        """The page and slot that draw a card; None while one of the cells does."""
        return self.seats.page_of(self.cards.row[card_id])

    @property
    def texture_bytes(self) -> int:
        """Pixels held for drawing."""
        pages = sum(page.texture.rows.nbytes for page in self.pages)
        return pages + self.cells.nbytes + self.boarding.texture_bytes

    @property
    def most_texture_bytes(self) -> int:
        """So many pixels may be held for drawing these cards; who is seen least gives way to whoever needs more."""
        return self.cells.nbytes + self.seats.allowance.most_bytes

    def take_dropped(self) -> list[vtkActor]:
        """What is drawn no more, since its memory was needed."""
        dropped, self.seats.dropped = self.seats.dropped, []
        pages = [actor for page in dropped for actor in (page.actor, page.mirrored)]
        return [*pages, *self.boarding.take_dropped()]

    # -- what to draw -------------------------------------------------------------------------------

    @property
    def pages(self) -> list[AtlasPage]:
        """The pages of all tiers."""
        return [page for pool in self.seats.pools for page in pool.pages]

    @property
    def sheaves(self) -> list[AtlasPage | Sheaf]:
        """Every textured mesh: fine ones first, as they hide others, and last those that fade in over them."""
        return [*self._steady, *self._coming]

    @property
    def _steady(self) -> list[AtlasPage | Sheaf]:
        coming = {id(page) for page in self.seats.fading_pages()}
        fine = [self.flow.fine] if self.flow.fine.used else []
        return [*(page for page in reversed(self.pages) if id(page) not in coming), *fine, self.flow.shown]

    @property
    def _coming(self) -> list[AtlasPage | Sheaf]:
        return [self.flow.coming, *self.seats.fading_pages()] if self.seats.fades else []

    @property
    def actors(self) -> list[vtkActor]:
        """What to draw."""
        return [*self.solid_actors, *self.board_actors]

    @property
    def blending_actors(self) -> list[vtkActor]:
        """Cards that may cover what is there in part: those that fade in."""
        return [sheaf.actor for sheaf in self._coming]

    @property
    def solid_actors(self) -> list[vtkActor]:
        """Cards that are drawn one by one: first of all, since they hide what is behind them."""
        return [*(sheaf.actor for sheaf in self._steady), *self.flow.plain_actors, *self.blending_actors]

    @property
    def board_actors(self) -> list[vtkActor]:
        """Pictures of many cards, which blend over what is there."""
        return self.boarding.actors if not self.holding.is_dimmed else []

    @property
    def actors_over(self) -> list[vtkActor]:
        """What to draw over a picture that there is."""
        return [*self.solid_actors, *self.boarding.coming_actors]

    @property
    def mirrored(self) -> list[vtkActor]:
        """What to draw upside down under a floor that mirrors; of many cards only those with good pictures."""
        sheaves = self.sheaves if self.drawn <= MIRRORED_UP_TO else self.pages
        return [sheaf.mirrored for sheaf in sheaves]

    @property
    def drawn(self) -> int:
        """Cards on the picture."""
        return self.flow.drawn

    @property
    def is_sliced(self) -> bool:
        """Whether the picture took more than one frame."""
        return self.flow.is_sliced

    @property
    def missing(self) -> int:
        """Cards in view that are not on the picture at all."""
        return len(self.flow.waiting.later)

    @property
    def coarse(self) -> int:
        """Cards in view that the picture shows as blends although the eye rests."""
        return len(self.flow.waiting.coarse)

    @property
    def unfinished(self) -> int:
        """Cards in view that the picture does not show, or not as they are by now."""
        waiting = self.flow.waiting
        dawning = len(self.arrivals.dawning)
        lacking = len(waiting.later) + len(waiting.coarse) + len(waiting.patched)
        return lacking + dawning + int(self.boarding.is_coming)

    def compose(self, thrift: Thrift) -> None:
        """A picture from scratch."""
        self.arrivals.dawning.was_drawn()
        self.flow.compose(self.holding, thrift)

    def compose_more(self, most: int) -> None:
        """What to draw over the picture as it is: at most so many cards that changed or are missing."""
        self.arrivals.dawning.was_drawn()
        self.flow.compose_more(self.holding, most)

    def flush(self) -> bool:
        """Hand everything that changed to VTK; whether anything had."""
        changed = [page.flush() for page in self.pages]
        if self._window is not None:
            changed += [sheet.upload(self._window) for sheet in (self.cells.texture, self.cells.fine_texture)]
        return any(changed)

    @property
    def painted_px(self) -> int:
        """Pixels that wait to be handed to VTK."""
        return sum(page.painted_px for page in self.pages) + self.cells.waiting_bytes // 3

    def begins_a_page(self, edge_px: int) -> bool:
        """Whether a picture of that size would be painted on a page that is not to be handed over yet."""
        pool = next((pool for pool in self.seats.pools if pool.plan.edge_px == edge_px), None)
        return pool is None or not pool.has_room_on_painted_pages(self.size_px)

    # -- the eye ------------------------------------------------------------------------------------

    @property
    def size_px(self) -> Floats:
        """Longest edge on screen by row, 0 when out of sight."""
        return self.holding.sight.size_px

    @size_px.setter
    def size_px(self, size_px: NDArray[np.floating]) -> None:
        self.seen(Sight(size_px.astype(np.float32), np.zeros(len(size_px), np.float32)))

    def seen(self, sight: Sight, eye: NDArray[np.float64] | None = None) -> None:
        """The eye is elsewhere, or the cards are."""
        self.holding.sight, self.flow.eye = sight, eye
        for pool in self.seats.pools:
            pool.look(sight.size_px)

    def seen_ahead(self, sight: Sight | None) -> None:
        """What the eye will see soon: its pictures are fetched after those in view."""
        self.holding.ahead_px = sight.size_px if sight is not None else None

    # -- pixels -------------------------------------------------------------------------------------

    def wishes(self, most: int) -> list[Wish]:
        """What to load next, largest on screen first."""
        return self.arrivals.wishes(most)

    def arrived(self, wish: Wish, pixels: Pixels, now_s: float | None = None) -> None:
        """Show pixels on every card of the asset that has nothing better; they fade in when a moment is given."""
        self.arrived_all([Arrival(wish, pixels)], now_s)

    def arrived_all(self, arrivals: Sequence[Arrival], now_s: float | None = None) -> None:
        """The same for many at once."""
        self.arrivals.arrived(arrivals, now_s)
        if self._window is not None and self.cells.fine_texture.waiting_bytes:
            self.cells.fine_texture.allocate(self._window)

    def fade(self, now_s: float) -> bool:
        """Let better pictures come in a little more; whether any still does."""
        self.seats.fade(now_s)
        self.arrivals.settle(now_s)
        return self.is_fading

    def end_fades(self) -> None:
        """All pictures that were coming in are there."""
        self.seats.end_fades()
        self._patch(self.arrivals.dawning.end())

    @property
    def has_many_fades(self) -> bool:
        """Whether so many pictures are coming in that others should wait until they are there."""
        return len(self.seats.fades) >= MANY_FADES

    @property
    def is_fading(self) -> bool:
        """Whether pictures are coming in."""
        return bool(self.seats.fades) or self.arrivals.holds_back

    def _patch(self, rows: Rows) -> None:
        self.flow.patch(rows, self.holding.sight.size_px)
