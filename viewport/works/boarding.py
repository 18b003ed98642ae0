"""Boards on the picture: painted on a thread when cards rest, shown tile by tile, gone when a card moves."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from viewport.giving_way import give_way
from viewport.graphics.paint import BOARD, Look, actor_for
from viewport.graphics.quads import QuadMesh, rectangles
from viewport.graphics.textures import Texture
from viewport.works.boards import Board, boards_of, painted, tiles_of
from viewport.works.cards import Cards
from viewport.works.resident import ResidentCells

STILL_S, ANEW_S = 0.3, 1.0
"""Boards are painted when nothing moved for the one time, and painted anew for new pictures after the other."""
MORE = 0.2
"""While pictures come they are painted anew for so many more of them, as a share of those that they show."""
NONE_UP_TO = 2_048
"""So few cards are drawn one by one, reflections in the floor included."""
CARD_PX = 12
"""Pixels of a card on its board, where all boards together allow it."""
REPLACED_UP_TO = 1.6
"""A card on the picture larger than it is on its board by that is drawn by itself."""
BEHIND_M, BEHIND_A_M2 = 0.004, 2.5e-6
"""Boards hang so far behind their cards, and farther by the square of the distance, as depths get coarser."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class _Painted:
    cards: Cards
    refined: NDArray[np.bool_]
    """Rows whose own pictures are on the boards."""
    limit_px: Floats
    tiles: list[tuple[Board, int, int, NDArray[np.uint8]]]


@dataclass(frozen=True, eq=False)
class _Tile:
    actor: vtkActor
    normal: NDArray[np.float64]
    texture: Texture
    mesh: QuadMesh


class Boarding:
    """Asked for every picture which cards it stands in for."""

    def __init__(self) -> None:
        self._threads: ThreadPoolExecutor | None = None
        self._job: Future[_Painted] | None = None
        self._coming: _Painted | None = None
        self._next: list[_Tile] = []
        self._shown: _Painted | None = None
        self._tiles: list[_Tile] = []
        self._cards: Cards | None = None
        self._since_s = self._begun_s = 0.0
        self._tried_refined = -1
        self._grown_s = 0.0
        self._seen_refined = -1
        self._dropped: list[vtkActor] = []
        self._is_due = self._is_hopeless = self._is_new = False
        self.are_in_rooms = False
        """Whether the cards hang in several rooms, whose walls lie in line without belonging together."""

    @property
    def actors(self) -> list[vtkActor]:
        """What to draw: the boards, and unseen those that are on their way to the graphics card."""
        return [tile.actor for tile in (*self._next, *self._tiles)]

    @property
    def coming_actors(self) -> list[vtkActor]:
        """Those on their way alone: boards are never drawn over a picture that shows them already."""
        return [tile.actor for tile in self._next]

    def take_dropped(self) -> list[vtkActor]:
        """Boards that others took the place of: their graphics memory is to be freed."""
        dropped, self._dropped = self._dropped, []
        return dropped

    def is_new(self) -> bool:
        """Whether other boards are shown since this was asked last."""
        is_new, self._is_new = self._is_new, False
        return is_new

    @property
    def texture_bytes(self) -> int:
        """Their pixels."""
        return sum(tile.texture.rows.nbytes for tile in (*self._next, *self._tiles))

    @property
    def is_coming(self) -> bool:
        """Whether boards are to be painted, being painted or handed over."""
        return self._is_due or self._job is not None or self._coming is not None

    def limits(self, cards: Cards, cells: ResidentCells, eye: NDArray[np.float64] | None) -> Floats | None:
        """Size on screen by row below which a board stands in for it; None where there are no boards now."""
        now_s = time.monotonic()
        if cards is not self._cards:
            self._cards, self._since_s = cards, now_s
            self._drop(self._tiles, self._next)
            self._tiles, self._next, self._coming, self._shown = [], [], None, None
            self._tried_refined, self._is_hopeless = -1, len(cards) <= NONE_UP_TO or self.are_in_rooms
        self._is_due = False
        if self._is_hopeless:
            return None
        self._collect(cards)
        self._hand_over()
        self._begin(cards, cells, now_s)
        if eye is not None:
            for tile in (*self._tiles, *self._next):
                away = float(np.linalg.norm(eye - np.array(tile.actor.GetCenter())))
                tile.actor.SetPosition(*(-tile.normal * (BEHIND_M + BEHIND_A_M2 * away * away)))
        return self._limits(self._shown, cells) if self._shown is not None else None

    def _limits(self, shown: _Painted, cells: ResidentCells) -> Floats:
        """What has changed since the boards were painted is drawn by itself, so that nothing changes with the next."""
        if not cells.mixed.any() and np.array_equal(cells.refined, shown.refined):
            return shown.limit_px
        return np.where(cells.mixed | (cells.refined != shown.refined), np.float32(0), shown.limit_px)

    def stop(self) -> None:
        """End the thread after what it is doing."""
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
            self._threads = None

    def _begin(self, cards: Cards, cells: ResidentCells, now_s: float) -> None:
        refined = int(np.count_nonzero(cells.refined))
        if refined != self._seen_refined:
            self._seen_refined, self._grown_s = refined, now_s
        if self.is_coming or refined == self._tried_refined:
            return
        if now_s - self._grown_s < ANEW_S and refined - self._tried_refined < MORE * max(self._tried_refined, 0):
            self._is_due = True
            return
        if now_s - self._since_s < STILL_S or now_s - self._begun_s < ANEW_S:
            self._is_due = True
            return
        if self._threads is None:
            self._threads = ThreadPoolExecutor(1, thread_name_prefix="boards", initializer=give_way)
        self._tried_refined, self._begun_s = refined, now_s
        self._job = self._threads.submit(_paint, cards, cells, cells.refined.copy())

    def _collect(self, cards: Cards) -> None:
        if self._job is not None and self._job.done():
            done, self._job = self._job.result(), None
            if done.cards is cards:
                self._drop(self._next)
                self._coming, self._next = done, []
                self._is_hopeless = not done.tiles

    def _hand_over(self) -> None:
        """One more tile with each picture; the boards before stay until all of the new ones are there."""
        if self._coming is None:
            return
        if len(self._next) < len(self._coming.tiles):
            self._next.append(_tile(*self._coming.tiles[len(self._next)]))
            return
        self._drop(self._tiles)
        self._shown, self._tiles = (self._coming if self._next else None), self._next
        for tile in self._tiles:
            tile.actor.GetProperty().SetOpacity(1.0)
        self._coming, self._next, self._is_new = None, [], True

    def _drop(self, *tiles: list[_Tile]) -> None:
        self._dropped += [tile.actor for group in tiles for tile in group]


def _paint(cards: Cards, cells: ResidentCells, refined: NDArray[np.bool_]) -> _Painted:
    limit_px = np.zeros(len(cards), np.float32)
    tiles = []
    for board in boards_of(cards, min(cells.px, CARD_PX)):
        limit_px[board.rows] = board.sizes.max(axis=1) * np.float32(REPLACED_UP_TO)
        tiles += [(board, x, y, pixels) for x, y, pixels in tiles_of(painted(board, cells.pictures))]
    return _Painted(cards, refined, limit_px, tiles)


def _tile(board: Board, x: int, y: int, pixels: NDArray[np.uint8]) -> _Tile:
    height, width = pixels.shape[:2]
    half_right, half_up = board.right * (width / 2 / board.px_a_m), board.up * (height / 2 / board.px_a_m)
    centre = board.origin + board.right * (x / board.px_a_m) + board.up * (y / board.px_a_m) + half_right + half_up
    mesh = QuadMesh(1)
    mesh.corners[:] = rectangles(centre[None], half_right[None], half_up[None])
    mesh.changed()
    texture = Texture(pixels[::-1])
    actor = actor_for(mesh, Look(BOARD, {"albedo": texture}, translucent=True))
    actor.GetProperty().SetOpacity(0.0)
    return _Tile(actor, board.normal, texture, mesh)
