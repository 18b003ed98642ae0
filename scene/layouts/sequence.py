"""Which works are laid out and in what order, with what could not be honoured."""

from collections.abc import Mapping, Sequence

import numpy as np

from scene.layouts.contract import Relation, Wishes, Work
from scene.layouts.said import Counted, Quoted, Said, Term, said

SPECTRUM = (
    "red", "crimson", "orange", "brown", "gold", "yellow", "olive", "lime", "green", "teal", "turquoise", "cyan",
    "azure", "blue", "navy", "indigo", "violet", "purple", "magenta", "pink", "white", "silver", "gray", "grey",
    "black",
)  # fmt: skip

_MEANINGLESS: Mapping[str, tuple[str, ...]] = {
    "gallery": ("columns", "groups", "axis"),
    "timeline": ("columns", "rooms", "groups", "group_by", "windows"),
    "cluster": ("columns", "rooms", "axis", "windows"),
    "grid": ("rooms", "groups", "axis", "windows"),
}
"""Wishes that a layout can't honour, whatever the works."""


def named(works: Sequence[Work], asset_id: str) -> Quoted:
    """The work as a sentence names it."""
    title = next((work.title for work in works if work.asset_id == asset_id), "")
    return Quoted(title[:80] or asset_id[:16], asset_id)


def colour_rank(name: str) -> int:
    """Place of a colour name on the spectrum; unknown names come last."""
    words = name.lower().split()
    ranks = [SPECTRUM.index(word) for word in words if word in SPECTRUM]
    return ranks[-1] if ranks else len(SPECTRUM)


def in_sequence(works: Sequence[Work], wishes: Wishes, unmet: list[Said]) -> list[int]:
    """Indices of the works in the order wished for, cut to the count wished for."""
    chosen = list(range(len(works)))
    if wishes.count is not None:
        chosen = chosen[: wishes.count]
        if wishes.count > len(works):
            unmet.append(said("given.fewer", asked=Counted(wishes.count, "work"), n=len(works)))
    chosen = _sorted(works, chosen, wishes.order, unmet)
    return _ends_first(works, chosen, wishes.relations)


def _sorted(works: Sequence[Work], chosen: list[int], order: str | None, unmet: list[Said]) -> list[int]:
    if order in (None, "given"):
        return chosen
    if order in ("newest", "oldest"):
        known = [i for i in chosen if works[i].taken is not None]
        sign = -1 if order == "newest" else 1
        known.sort(key=lambda i: sign * works[i].taken.toordinal())  # type: ignore[union-attr]
    elif order == "colour":
        known = [i for i in chosen if works[i].values.get("colour")]
        known.sort(key=lambda i: (colour_rank(works[i].values["colour"]), works[i].values["colour"]))
    elif order == "title":
        known = sorted((i for i in chosen if works[i].title), key=lambda i: works[i].title.casefold())
    elif order == "brightness":
        known = [i for i in chosen if works[i].brightness is not None]
        known.sort(key=lambda i: -(works[i].brightness or 0.0))
    else:
        known = [i for i in chosen if works[i].score is not None]
        known.sort(key=lambda i: -(works[i].score or 0.0))
    if len(known) < len(chosen):
        what = {"newest": "date", "oldest": "date"}.get(order or "", order or "")
        unmet.append(said("order.unknown", n=len(chosen) - len(known), known=Term("known", what)))
    there = set(known)
    return known + [i for i in chosen if i not in there]


def _ends_first(works: Sequence[Work], chosen: list[int], relations: Sequence[Relation]) -> list[int]:
    firsts = [r.asset_id for r in relations if r.how == "first"]
    lasts = [r.asset_id for r in relations if r.how == "last"]
    if not firsts and not lasts:
        return chosen
    head = [i for a in firsts for i in chosen if works[i].asset_id == a]
    tail = [i for a in lasts for i in chosen if works[i].asset_id == a and i not in head]
    ends = {*head, *tail}
    return [*dict.fromkeys(head), *(i for i in chosen if i not in ends), *dict.fromkeys(tail)]


def areas_relative(works: Sequence[Work]) -> np.ndarray:
    """How much larger or smaller than the common area each work hangs, from its pixels: 0.7 to 1.4."""
    pixels = np.array([work.width_px * work.height_px for work in works], dtype=float)
    if not len(pixels):
        return pixels
    return np.clip((pixels / np.median(pixels)) ** 0.35, 0.7, 1.4)  # type: ignore[no-any-return]


def meaningless(wishes: Wishes, layout: str) -> list[str]:
    """The wishes given that mean nothing to the layout, by their fields' names."""
    return [name for name in _MEANINGLESS.get(layout, ()) if getattr(wishes, name) not in (None, (), False)]


def inapplicable(wishes: Wishes, layout: str) -> list[Said]:
    """A message for each wish given that means nothing to the layout."""
    names = meaningless(wishes, layout)
    return [said("inapplicable", wish=Term("wished", name), layout=Term("within", layout)) for name in names]
