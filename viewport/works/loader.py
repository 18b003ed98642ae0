"""Pixels fetched on threads of their own: wishes go in, most urgent first, arrivals come out; nothing blocks the UI."""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from viewport.giving_way import give_way
from viewport.graphics.textures import Pixels
from viewport.ports import KeepsMiniatures, Renditions
from viewport.works.resident import tiny_of

MOST_WAITING_BYTES = 48 * 2**20
"""Nothing more is begun while pixels of so many bytes wait to be taken: whoever shows them may be slow."""


@dataclass(frozen=True)
class Wish:
    """A picture wanted at a size."""

    asset_id: str
    edge_px: int
    fit_px: int
    """Longest edge that the taker has room for."""
    square_px: int = field(default=0, compare=False)
    """Edge of the square picture that is wanted as well; 0 for none."""


@dataclass(frozen=True)
class Arrival:
    """What came of a wish; no pixels when they can't be had now."""

    wish: Wish
    pixels: Pixels | None
    square: Pixels | None = None
    """The same as a square."""


class Loader:
    """Two threads at most; `want` replaces all earlier wishes that nobody has begun."""

    def __init__(self, renditions: Renditions, threads: int = 2) -> None:
        self._renditions = renditions
        self._changed = threading.Condition()
        self._wishes: deque[Wish] = deque()
        self._begun: set[Wish] = set()
        self._arrivals: deque[Arrival] = deque()
        self._waiting_bytes = 0
        self._stopped = False
        self.most_at_once = threads
        """So many are fetched side by side: fewer leave the processor to whoever draws."""
        self._threads = [threading.Thread(target=self._work, name="renditions", daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    @property
    def busy(self) -> bool:
        """Whether anything is wanted, under way or waiting to be taken."""
        with self._changed:
            return bool(self._wishes or self._begun or self._arrivals)

    @property
    def waiting(self) -> int:
        """How many wishes nobody has begun."""
        return len(self._wishes)

    @property
    def waiting_bytes(self) -> int:
        """Pixels that wait to be taken."""
        return self._waiting_bytes

    @property
    def _may_begin(self) -> bool:
        if self._waiting_bytes >= MOST_WAITING_BYTES:
            return False
        return bool(self._wishes) and len(self._begun) < self.most_at_once

    def want(self, wishes: Sequence[Wish]) -> None:
        """Wish for these, in this order, and no longer for what was wished before."""
        with self._changed:
            waiting = {arrival.wish for arrival in self._arrivals}
            self._wishes = deque(w for w in dict.fromkeys(wishes) if w not in self._begun and w not in waiting)
            self._changed.notify_all()

    def take(self, most: int, most_px: int = 10**9) -> list[Arrival]:
        """Up to `most` arrivals; one, and no more of them once they have so many pixels together."""
        taken: list[Arrival] = []
        with self._changed:
            while self._arrivals and len(taken) < most and (most_px > 0 or not taken):
                taken.append(self._arrivals.popleft())
                pixels = taken[-1].pixels
                most_px -= pixels.size // 3 if pixels is not None else 0
                self._waiting_bytes -= pixels.nbytes if pixels is not None else 0
            if taken:
                self._changed.notify_all()
        return taken

    def put_back(self, arrivals: Sequence[Arrival]) -> None:
        """Give these again with the next `take`."""
        with self._changed:
            self._arrivals.extendleft(reversed(arrivals))
            self._waiting_bytes += sum(a.pixels.nbytes for a in arrivals if a.pixels is not None)

    def stop(self) -> None:
        """End the threads after what they are doing."""
        with self._changed:
            self._stopped = True
            self._wishes.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=1.0)

    def _work(self) -> None:
        give_way()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._stopped or self._may_begin)
                if self._stopped:
                    return
                wish = self._wishes.popleft()
                self._begun.add(wish)
            arrival = fetched(self._renditions, wish)
            with self._changed:
                self._begun.discard(wish)
                self._arrivals.append(arrival)
                self._waiting_bytes += arrival.pixels.nbytes if arrival.pixels is not None else 0
                self._changed.notify_all()


def fetched(renditions: Renditions, wish: Wish) -> Arrival:
    """What comes of a wish, made a square where cells need it so."""
    pixels = fetch(renditions, wish)
    if pixels is None or not wish.square_px:
        return Arrival(wish, pixels)
    square = tiny_of(pixels, wish.square_px)
    if isinstance(renditions, KeepsMiniatures):
        renditions.keep_miniatures([wish.asset_id], square[None])
    return Arrival(wish, pixels, square)


def fetch(renditions: Renditions, wish: Wish) -> Pixels | None:
    """The pixels of a wish, no larger than fits; None for whatever is not a usable picture."""
    try:
        pixels = renditions.pixels(wish.asset_id, wish.edge_px)
    except Exception:  # whatever the port ran into, the card keeps what it shows and asks again later
        return None
    if pixels is None or pixels.ndim != 3 or pixels.shape[2] < 3 or pixels.size == 0 or pixels.dtype != np.uint8:
        return None
    return _fitted(np.ascontiguousarray(pixels[..., :3]), wish.fit_px)


def _fitted(pixels: Pixels, fit_px: int) -> Pixels:
    height, width = pixels.shape[:2]
    if max(height, width) <= fit_px:
        return pixels
    scale = fit_px / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0))
