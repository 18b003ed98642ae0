"""Which cards one frame draws from the cells of all small pictures, and which of them as a blend of four colours."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from viewport.pace import Thrift
from viewport.works.boarding import Boarding
from viewport.works.culling import within_budget
from viewport.works.drawing import FlowingQuads, PlainQuads, Sheaf
from viewport.works.holding import Holding
from viewport.works.resident import ResidentCells

PLAIN_FROM = 2_048
"""Fewer cards are never drawn as blends: they are quickly drawn as they are, and floors mirror them."""
MOST_TURNS = 3
"""So many frames after another may show the cards in the order of the one before, while the same ones are in view."""
MOST_NEW = 0.002
"""As long as no larger share of the cards has come into view since: their places reach beyond the picture's edges."""
GREY = np.array([0.3, 0.59, 0.11], np.float32)

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass
class Waiting:
    """What is not yet on the picture although it is in view."""

    later: Rows = field(default_factory=lambda: np.zeros(0, np.int64))
    """Cards that are not there at all."""
    coarse: Rows = field(default_factory=lambda: np.zeros(0, np.int64))
    """Cards that are there as blends although the eye rests."""
    patched: list[int] = field(default_factory=list)


class Standing:
    """What the last frame was made of, and how often it has served again."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._in_view: NDArray[np.bool_] = np.zeros(0, bool)
        self._turns = 0

    def keep(self, holding: Holding, thrift: Thrift) -> None:
        """A frame was made."""
        self._of, self._in_view, self._turns = _made_of(holding, thrift), holding.sight.size_px > 0, 0

    def serves(self, holding: Holding, thrift: Thrift) -> bool:
        """Whether the same quads will do for the next frame, which then costs no time but the renderer's."""
        made_of = _made_of(holding, thrift)
        if not thrift.moving or self._turns >= MOST_TURNS or len(made_of) != len(self._of):
            return False
        if any(now is not then for now, then in zip(made_of, self._of, strict=True)):
            return False
        self._turns += 1
        fresh = int(np.count_nonzero((holding.sight.size_px > 0) & ~self._in_view))
        return fresh <= MOST_NEW * len(self._in_view)


def _made_of(holding: Holding, thrift: Thrift) -> tuple[object, ...]:
    return holding.cards, holding.corners, holding.strengths, holding.cells, thrift.moving


class Flow:
    """Rewrites its meshes for every frame."""

    def __init__(self, boarding: Boarding) -> None:
        self._boarding = boarding
        self.waiting = Waiting()
        self.is_sliced = False
        """Whether the picture took more than one frame."""
        self.drawn = 0
        """Cards on the picture."""
        self.eye: NDArray[np.float64] | None = None
        """Where the camera is."""
        self._plain = PlainQuads()
        self._standing = Standing()
        self._flowing: FlowingQuads | None = None
        self._fine: FlowingQuads | None = None

    def over(self, cells: ResidentCells) -> None:
        """Draw from these cells."""
        self._standing = Standing()
        if self._flowing is None or not self._flowing.draws(cells.texture):
            self._flowing = FlowingQuads(cells.texture)
        if self._fine is None or not self._fine.draws(cells.fine_texture):
            self._fine, self._coming = FlowingQuads(cells.fine_texture), FlowingQuads(cells.fine_texture)

    @property
    def shown(self) -> Sheaf:
        """The smallest cells as they are drawn."""
        assert self._flowing is not None
        return self._flowing.shown

    @property
    def fine(self) -> Sheaf:
        """Better cells as they are drawn."""
        assert self._fine is not None
        return self._fine.shown

    @property
    def coming(self) -> Sheaf:
        """Better cells that fade in."""
        return self._coming.shown

    @property
    def plain_actors(self) -> list[vtkActor]:
        """The blends, if any are drawn."""
        return [self._plain.shown.actor] if self._plain.shown.used else []

    def forget(self) -> None:
        """Other cards are shown: nothing of these is waited for."""
        self.waiting = Waiting()

    def patch(self, rows: Rows, size_px: Floats) -> None:
        """These rows look different now."""
        self.waiting.patched.extend(rows[size_px[rows] > 0].tolist())

    def compose(self, holding: Holding, thrift: Thrift) -> None:
        """A picture from scratch."""
        size, seats = holding.sight.size_px, holding.seats
        for pool in seats.pools:
            pool.hide_unseen(size)
        on_boards = self._on_boards(holding)
        changes = bool(seats.fades) or bool(self.waiting.patched) or on_boards.any()
        if not changes and self._standing.serves(holding, thrift):
            return
        self._standing.keep(holding, thrift)
        in_cells = (size > 0) & seats.in_cells
        on_boards &= in_cells
        rows = np.flatnonzero(in_cells & ~on_boards)
        self.is_sliced = not thrift.moving and len(rows) > thrift.budget - min(len(rows), thrift.budget // 2)
        plain_px = thrift.plain_px if thrift.moving or self.is_sliced else 0.0
        pictures = int(np.count_nonzero(size[rows] >= plain_px))
        most = thrift.budget - min(pictures, thrift.budget // 2)
        rows, growth, later = within_budget(rows, size, holding.columns.share, most)
        if not thrift.moving:
            growth = np.ones(len(rows), np.float32)
        self.is_sliced = self.is_sliced or len(later) > 0
        coarse = self._draw(holding, rows, growth, plain_px)
        self.waiting = Waiting(later, coarse[:0] if thrift.moving else coarse)
        self.drawn = len(rows) + int(np.count_nonzero(((size > 0) & ~seats.in_cells) | on_boards))

    def compose_more(self, holding: Holding, most: int) -> None:
        """What to draw over the picture as it is: changed cards, and the next of those that are missing."""
        waiting = self.waiting
        self._standing = Standing()
        patched = np.array(waiting.patched[:most], np.int64)
        more = waiting.later[: max(0, most - len(patched))]
        finer = waiting.coarse[: max(0, most - len(patched) - len(more))]
        self.waiting = Waiting(waiting.later[len(more) :], waiting.coarse[len(finer) :], waiting.patched[most:])
        rows = np.concatenate([patched, more, finer])
        rows = rows[(holding.sight.size_px[rows] > 0) & holding.seats.in_cells[rows]]
        self._draw(holding, rows, np.ones(len(rows), np.float32), 0.0)
        self._on_boards(holding)
        self.drawn += len(more)

    def _on_boards(self, holding: Holding) -> NDArray[np.bool_]:
        """Rows for which a board stands in."""
        size_px = holding.sight.size_px
        limits = self._boarding.limits(holding.cards, holding.cells, self.eye)
        if limits is None or holding.is_dimmed:
            return np.zeros(len(size_px), bool)
        return size_px < limits

    def _draw(self, holding: Holding, rows: Rows, growth: Floats, plain_px: float) -> Rows:
        """Draw rows, nearest first so that they hide others before those are filled; those drawn as blends."""
        order = np.argsort(holding.sight.depth_m[rows])
        rows, growth = rows[order], growth[order]
        corners = _grown(holding, rows, growth)
        is_hurried = bool(plain_px) and len(rows) > PLAIN_FROM
        rows, corners = self._draw_fine(holding, rows, corners)
        plain = rows[:0]
        if is_hurried:
            is_plain = holding.sight.size_px[rows] < plain_px
            plain = rows[is_plain]
            self._plain.show(corners[is_plain], _blends(holding, plain))
            rows, corners = rows[~is_plain], corners[~is_plain]
        else:
            self._plain.clear()
        assert self._flowing is not None
        uv = holding.cells.uv(rows, holding.sight.size_px[rows])
        self._flowing.show(corners, uv, _of(holding.strengths, rows))
        return plain

    def _draw_fine(self, holding: Holding, rows: Rows, corners: Floats) -> tuple[Rows, Floats]:
        """Draw those of the rows that have better cells, and such cells that fade in; the others are returned."""
        assert self._fine is not None
        size_px, cells, seats = holding.sight.size_px, holding.cells.fine, holding.seats
        if seats.fades:
            coming, places, shares = seats.coming_in_cells()
            uv = cells.uv(places, size_px[coming])
            self._coming.show(holding.corners[coming], uv, _of(holding.strengths, coming), shares)
        else:
            self._coming.clear()
        places = seats.fine[rows]
        is_fine = places >= 0
        if not is_fine.any():
            self._fine.clear()
            return rows, corners
        fine = rows[is_fine]
        uv = cells.uv(places[is_fine], size_px[fine])
        self._fine.show(corners[is_fine], uv, _of(holding.strengths, fine))
        return rows[~is_fine], corners[~is_fine]


def _of(strengths: Floats | None, rows: Rows) -> Floats | None:
    return None if strengths is None else strengths[rows]


def _grown(holding: Holding, rows: Rows, growth: Floats) -> Floats:
    corners = holding.corners[rows]
    if not len(rows) or (growth.min() == 1.0 and growth.max() == 1.0):
        return corners
    centre = holding.columns.centre.T[rows][:, None, :]
    return centre + (corners - centre) * growth[:, None, None]


def _blends(holding: Holding, rows: Rows) -> NDArray[np.uint8]:
    """Corner colours, dimmed as the cards' own code dims pictures."""
    tints = holding.cells.tints[rows]
    if not holding.is_dimmed or holding.strengths is None:
        return tints
    bright, strength = tints.astype(np.float32), holding.strengths[rows][:, None, None]
    dark = (0.8 * (bright @ GREY)[..., None] + 0.2 * bright) * np.float32(0.3)
    mixed: NDArray[np.uint8] = (dark + (bright - dark) * strength).astype(np.uint8)
    return mixed
