"""Works that fly from one layout to another: pure interpolation of their places, turns and sizes over time."""

from dataclasses import dataclass, replace
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from viewport.works.cards import Cards, turned_axes

SECONDS, NUDGE_SECONDS = 0.65, 0.25
NUDGE_M = 1.0
"""A change that moves nothing farther than that is over sooner."""
SPREAD = 0.3
"""The last work in hanging order starts that share of the time after the first."""
MOST_CARDS = 30_000
"""With more works than that the layout changes at once."""
STILL_M = 1e-3
_ARRIVING_FROM = 0.45

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Morph:
    """From one set of cards to another; works of both fly, new ones open, those that left fade."""

    end: Cards
    leaving: Cards
    """The works that are not in the end any more, where they were."""
    began_s: float
    seconds: float
    _flying: NDArray[np.int64]
    """Rows of the end that fly or turn."""
    _arriving: NDArray[np.int64]
    _from: tuple[Floats, Floats, Floats]
    """Centres, quaternions and sizes of the flying rows at the start."""
    _turns: Floats
    """Quaternions of the flying rows at the end, on the near side of those at the start."""
    _delays: Floats
    shown: Cards
    """The cards at the moment asked for last; its arrays are written in place."""

    def at(self, now_s: float) -> Cards:
        """The cards at a moment: the very `end` from the last moment on."""
        if self.is_over(now_s):
            return self.end
        share = min(1.0, max(0.0, (now_s - self.began_s) / self.seconds))
        rows, end, shown = self._flying, self.end, self.shown
        eased = eased_share(np.clip((share - self._delays) / (1 - SPREAD), 0.0, 1.0))[:, None]
        centre, turn, size = self._from
        shown.centre[rows] = centre + (end.centre[rows] - centre) * eased
        shown.size[rows] = size + (end.size[rows] - size) * eased
        shown.right[rows], shown.up[rows], shown.normal[rows] = turned_axes(turn + (self._turns - turn) * eased)
        opened = eased_share(np.array([(share - _ARRIVING_FROM) / (1 - _ARRIVING_FROM)]).clip(0.0, 1.0))[0]
        shown.size[self._arriving] = end.size[self._arriving] * opened
        return shown

    def fade(self, now_s: float) -> float:
        """How much of the leaving works is still seen, 1 to 0; they are gone at half the time."""
        return 1.0 - float(np.clip((now_s - self.began_s) / self.seconds * 2, 0.0, 1.0))

    def is_over(self, now_s: float) -> bool:
        """Whether everything is in its place."""
        return now_s - self.began_s >= self.seconds


def morph_between(before: Cards, after: Cards, began_s: float, seconds: float | None = None) -> Morph | None:
    """The flight from `before`, which may itself be a moment of a flight; None when nothing in both moves."""
    if not len(before) or max(len(before), len(after)) > MOST_CARDS:
        return None
    old_of = np.fromiter(map(before.row.get, after.ids, repeat(-1)), np.int64, len(after))
    rows = np.flatnonzero(old_of >= 0)
    old = old_of[rows]
    moved = ~_alike(before, old, after, rows)
    if not moved.any():
        return None
    rows, old = rows[moved], old[moved]
    if seconds is None:
        farthest_m = float(np.abs(before.centre[old] - after.centre[rows]).max())
        seconds = SECONDS if farthest_m > NUDGE_M else NUDGE_SECONDS
    stays = np.zeros(len(before), bool)
    stays[old_of[old_of >= 0]] = True
    start, end = _turns_of(before, old), _turns_of(after, rows)
    far = np.einsum("ij,ij->i", start, end) < 0
    return Morph(
        end=after,
        leaving=before.at(np.flatnonzero(~stays)),
        began_s=began_s,
        seconds=seconds,
        _flying=rows,
        _arriving=np.flatnonzero(old_of < 0),
        _from=(before.centre[old].copy(), start, before.size[old].copy()),
        _turns=np.where(far[:, None], -end, end),
        _delays=np.linspace(0.0, SPREAD, len(rows)),
        shown=_copy_of(after),
    )


def eased_share(share: Floats) -> Floats:
    """From 0 to 1, starting and landing softly."""
    eased: Floats = share * share * share * (share * (share * 6 - 15) + 10)
    return eased


def _turns_of(cards: Cards, rows: NDArray[np.int64]) -> Floats:
    return quaternions_of(cards.right[rows], cards.up[rows], cards.normal[rows])


def quaternions_of(right: Floats, up: Floats, normal: Floats) -> Floats:
    """Turns as (x, y, z, w) from their axes, each of shape (n, 3); shape (n, 4)."""
    m = np.stack([right, up, normal], axis=2)
    xx, yy, zz = m[:, 0, 0], m[:, 1, 1], m[:, 2, 2]
    squares = np.stack([1 + xx - yy - zz, 1 - xx + yy - zz, 1 - xx - yy + zz, 1 + xx + yy + zz], axis=1)
    found = np.empty((len(m), 4))
    largest = squares.argmax(axis=1)
    for k, products in enumerate(_products(m)):
        rows = largest == k
        found[rows] = products[rows]
        found[rows, k] = squares[rows, k]
    unit: Floats = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)
    return unit


def _products(m: Floats) -> list[Floats]:
    """For each component that may be the largest, all four times four times it; the component itself is left 0."""
    xy, xz, yz = m[:, 0, 1] + m[:, 1, 0], m[:, 0, 2] + m[:, 2, 0], m[:, 1, 2] + m[:, 2, 1]
    xw, yw, zw = m[:, 2, 1] - m[:, 1, 2], m[:, 0, 2] - m[:, 2, 0], m[:, 1, 0] - m[:, 0, 1]
    none = np.zeros(len(m))
    parts = ((none, xy, xz, xw), (xy, none, yz, yw), (xz, yz, none, zw), (xw, yw, zw, none))
    return [np.stack(part, axis=1) for part in parts]


def _alike(before: Cards, old: NDArray[np.int64], after: Cards, new: NDArray[np.int64]) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = np.abs(before.size[old] - after.size[new]).max(axis=1, initial=0.0) < STILL_M
    for one, other in ((before.centre, after.centre), (before.normal, after.normal), (before.up, after.up)):
        same &= np.abs(one[old] - other[new]).max(axis=1, initial=0.0) < STILL_M
    return same


def _copy_of(cards: Cards) -> Cards:
    return replace(
        cards,
        centre=cards.centre.copy(),
        right=cards.right.copy(),
        up=cards.up.copy(),
        normal=cards.normal.copy(),
        size=cards.size.copy(),
    )
