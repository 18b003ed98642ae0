"""Which card is shown at which resolution: mean colour for all, then 64, 256 and 1024 px where they are worth it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from viewport.atlas import AtlasPage, SinglePage, base_page
from viewport.cards import Cards, cards_of
from viewport.loader import Wish
from viewport.ports import Renditions
from viewport.textures import Pixels

HIDDEN = np.zeros((4, 3), np.float32)
NO_COLOUR = (128, 128, 128)


@dataclass(frozen=True)
class TierPlan:
    """A tier's picture size, the size on screen from which it is wanted, and how many pages it may fill."""

    edge_px: int
    from_px: float
    most_pages: int
    new_page: Callable[[], AtlasPage]


PLANS = (
    TierPlan(64, 9.0, 16, lambda: AtlasPage(68, 15, 15, 2)),
    TierPlan(256, 72.0, 14, lambda: AtlasPage(264, 4, 4, 4)),
    TierPlan(1024, 300.0, 28, SinglePage),
)


@dataclass
class Tier:
    """The pages of one resolution and who is on them."""

    plan: TierPlan
    pages: list[AtlasPage] = field(default_factory=list)
    seats: dict[str, tuple[AtlasPage, int]] = field(default_factory=dict)

    def seat(self, card_id: str, size_of: Callable[[str], float]) -> tuple[AtlasPage, int, str | None] | None:
        """A slot for a card and who had to leave it; None when everyone here is larger on screen."""
        held = self.seats.get(card_id)
        if held is not None:
            return held[0], held[1], None
        page = next((page for page in self.pages if page.free), None)
        if page is None and len(self.pages) < self.plan.most_pages:
            page = self.plan.new_page()
            self.pages.append(page)
        if page is not None:
            slot = page.free.pop()
            self.seats[card_id] = (page, slot)
            return page, slot, None
        smallest = min(self.seats, key=size_of)
        if size_of(smallest) >= size_of(card_id):
            return None
        page, slot = self.seats.pop(smallest)
        self.seats[card_id] = (page, slot)
        return page, slot, smallest

    def leave(self, card_id: str) -> None:
        """Free a card's slot."""
        held = self.seats.pop(card_id, None)
        if held is not None:
            page, slot = held
            page.place(slot, HIDDEN)
            page.free.append(slot)


class CardTiers:
    """Shows cards; `size_px` (set by the view from the camera) decides who deserves more pixels."""

    def __init__(self, renditions: Renditions) -> None:
        self._renditions = renditions
        self.cards: Cards = cards_of(())
        self.base = base_page(1)
        self._base_slot: dict[str, int] = {}
        self.tiers = [Tier(plan) for plan in PLANS]
        self.shown: dict[str, int] = {}
        """Index of the tier that draws a card; absent while only its mean colour does."""
        self.size_px: NDArray[np.float64] = np.zeros(0)
        """Longest edge on screen by row, 0 when out of sight."""
        self._cards_by_asset: dict[str, list[str]] = {}
        self._stand_ins: set[str] = set()
        """Cards that show a placeholder."""
        self._strengths: NDArray[np.float32] = np.ones(0, np.float32)
        self._seating: list[tuple[AtlasPage, NDArray[np.int64], NDArray[np.int64]]] | None = None

    @property
    def pages(self) -> list[AtlasPage]:
        """Every page, base first."""
        return [self.base, *(page for tier in self.tiers for page in tier.pages)]

    @property
    def actors(self) -> list[vtkActor]:
        """What to draw."""
        return [page.actor for page in self.pages]

    def show(self, cards: Cards) -> None:
        """Show these cards; whoever was here before with the same asset keeps its pixels."""
        before = dict(zip(self.cards.ids, self.cards.asset_ids, strict=True))
        for card_id, asset_id in before.items():
            row = cards.row.get(card_id)
            if row is None or cards.asset_ids[row] != asset_id:
                self._forget(card_id)
        self.cards = cards
        self._cards_by_asset = {}
        for card_id, asset_id in zip(cards.ids, cards.asset_ids, strict=True):
            self._cards_by_asset.setdefault(asset_id, []).append(card_id)
        self.size_px = np.zeros(len(cards))
        self._strengths = np.ones(len(cards), np.float32)
        self._seat_at_base()
        self._place_all()

    def move(self, cards: Cards) -> None:
        """Put the cards that are shown (the same rows) elsewhere; cheap enough for every frame of a flight."""
        self.cards = cards
        self._corners = cards.corners()
        for page, slots, rows in self._seats():
            page.place(slots, self._corners[rows])

    def dim(self, strengths: NDArray[np.float32]) -> None:
        """How strong each row is shown: 1 as it is, 0 dimmed to a dark grey."""
        self._strengths = strengths
        for page, slots, rows in self._seats():
            page.dim(slots, strengths[rows])

    def _seats(self) -> list[tuple[AtlasPage, NDArray[np.int64], NDArray[np.int64]]]:
        """Who sits where: for each page that is in use its slots and the rows that they show."""
        if self._seating is None:
            found: dict[int, tuple[AtlasPage, list[int], list[int]]] = {}
            for row, card_id in enumerate(self.cards.ids):
                tier = self.shown.get(card_id)
                page, slot = (
                    self.tiers[tier].seats[card_id] if tier is not None else (self.base, self._base_slot[card_id])
                )
                _, slots, rows = found.setdefault(id(page), (page, [], []))
                slots.append(slot)
                rows.append(row)
            self._seating = [(page, np.array(s, np.int64), np.array(r, np.int64)) for page, s, r in found.values()]
        return self._seating

    def wishes(self, most: int) -> list[Wish]:
        """What to load next, largest on screen first; a card without any pixels gets its smallest rendition first."""
        wanted = np.searchsorted([plan.from_px for plan in PLANS], self.size_px, side="right") - 1
        found: list[Wish] = []
        for row in np.argsort(-self.size_px, kind="stable"):
            if wanted[row] < 0 or len(found) >= most:
                break
            tier = self._best(self.cards.ids[row])
            if tier < wanted[row]:
                found.append(self._wish(self.cards.asset_ids[row], 0 if tier < 0 else int(wanted[row])))
        return found

    def arrived(self, wish: Wish, pixels: Pixels) -> None:
        """Show pixels on every card of the asset that has nothing better."""
        index = next(i for i, plan in enumerate(PLANS) if plan.edge_px == wish.edge_px)
        if index == 0:
            self._learn_colour(wish.asset_id, pixels)
        for card_id in self._cards_by_asset.get(wish.asset_id, ()):
            if self._best(card_id) < index:
                self._stand_ins.discard(card_id)
                self._seat_at(card_id, index, pixels)

    def _learn_colour(self, asset_id: str, pixels: Pixels) -> None:
        mean = pixels.reshape(-1, 3).mean(axis=0).astype(np.uint8)
        slots = [self._base_slot[card_id] for card_id in self._cards_by_asset.get(asset_id, ())]
        if slots:
            self.base.fill(np.array(slots, np.int64), np.tile(mean, (len(slots), 1)))

    def bare_cards(self, asset_id: str) -> list[tuple[str, tuple[float, float], tuple[int, int, int]]]:
        """Title, size and mean colour of each card of an asset that shows its colour alone."""
        bare = [card_id for card_id in self._cards_by_asset.get(asset_id, ()) if card_id not in self.shown]
        rows = [self.cards.row[card_id] for card_id in bare]
        colour = _colour(self._renditions, asset_id)
        return [
            (self.cards.titles[r], (float(self.cards.size[r, 0]), float(self.cards.size[r, 1])), colour) for r in rows
        ]

    def stand_in(self, asset_id: str, pixels: Pixels) -> None:
        """Show a placeholder on every card of the asset that shows its colour alone."""
        for card_id in self._cards_by_asset.get(asset_id, ()):
            if card_id not in self.shown and self._seat_at(card_id, 1, pixels):
                self._stand_ins.add(card_id)

    def flush(self) -> bool:
        """Hand everything that changed to VTK; whether anything had."""
        changed = [page.flush() for page in self.pages]
        return any(changed)

    def _best(self, card_id: str) -> int:
        """Index of the tier whose true pixels a card shows; -1 for none."""
        return -1 if card_id in self._stand_ins else self.shown.get(card_id, -1)

    def _wish(self, asset_id: str, index: int) -> Wish:
        plan = PLANS[index]
        return Wish(asset_id, plan.edge_px, plan.edge_px)

    def _seat_at(self, card_id: str, index: int, pixels: Pixels) -> bool:
        seat = self.tiers[index].seat(card_id, self._size_of)
        if seat is None:
            return False
        page, slot, evicted = seat
        if evicted is not None:
            self.shown.pop(evicted, None)
            self._stand_ins.discard(evicted)
            self._place(evicted)
        page.paint(slot, pixels)
        earlier = self.shown.get(card_id)
        if earlier is not None and earlier != index:
            self.tiers[earlier].leave(card_id)
        self.shown[card_id] = index
        self._place(card_id)
        return True

    def _size_of(self, card_id: str) -> float:
        row = self.cards.row.get(card_id)
        return float(self.size_px[row]) if row is not None else -1.0

    def _place(self, card_id: str) -> None:
        row = self.cards.row[card_id]
        corners, strength = self._corners[row], self._strengths[row : row + 1]
        tier = self.shown.get(card_id)
        self._seating = None
        self.base.place(self._base_slot[card_id], HIDDEN if tier is not None else corners)
        if tier is not None:
            page, slot = self.tiers[tier].seats[card_id]
            page.place(slot, corners)
            page.dim(np.array([slot]), strength)

    def _place_all(self) -> None:
        self._corners = self.cards.corners()
        slots = np.array([self._base_slot[card_id] for card_id in self.cards.ids], np.int64)
        self._seating = None
        if len(slots):
            self.base.place(slots, self._corners)
            self.base.dim(slots, self._strengths)
        for card_id in self.shown:
            self._place(card_id)

    def _seat_at_base(self) -> None:
        if len(self.cards) > self.base.capacity:
            self.base = base_page(len(self.cards))
            self._base_slot = {}
        fresh = [card_id for card_id in self.cards.ids if card_id not in self._base_slot]
        for card_id in fresh:
            self._base_slot[card_id] = self.base.free.pop()
        if fresh:
            slots = np.array([self._base_slot[card_id] for card_id in fresh], np.int64)
            self.base.fill(slots, self._colours(fresh))

    def _colours(self, card_ids: Sequence[str]) -> NDArray[np.uint8]:
        assets = [self.cards.asset_ids[self.cards.row[card_id]] for card_id in card_ids]
        return np.array([_colour(self._renditions, asset) for asset in assets], np.uint8).reshape(-1, 3)

    def _forget(self, card_id: str) -> None:
        slot = self._base_slot.pop(card_id)
        self.base.place(slot, HIDDEN)
        self.base.free.append(slot)
        self._stand_ins.discard(card_id)
        tier = self.shown.pop(card_id, None)
        if tier is not None:
            self.tiers[tier].leave(card_id)


def _colour(renditions: Renditions, asset_id: str) -> tuple[int, int, int]:
    try:
        red, green, blue = renditions.colour(asset_id)
        return min(255, max(0, int(red))), min(255, max(0, int(green))), min(255, max(0, int(blue)))
    except Exception:  # an unknown asset is shown in grey
        return NO_COLOUR
