"""Checks of single works before they are proposed: enough pixels for their size, no twins, nothing the house bars."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from agent.house_rules import HouseRules
from agent.phrases import ENGLISH, Phrases, phrases
from agent.ports.library import Asset, Hit
from scene.records import Placement

NEAREST_M = 1.6
_AWAY = 1.3
"""One stands so many times a work's longer side away from it, and never nearer than `NEAREST_M`."""
PIXELS_AT_A_METRE = 1_100.0
"""Pixels a metre that a picture needs to look sharp from one metre away; from further away it needs fewer."""
DEMANDS: Mapping[str, float] = {"draft": 0.5, "standard": 1.0, "high": 1.5}
ALIKE_BITS = 4
"""Perceptual hashes that differ in no more bits are of pictures that look the same."""
_BANDS = ALIKE_BITS + 1

What = Literal["missing", "barred", "pixels", "twin", "unreadable", "judged", "relevance"]


@dataclass(frozen=True)
class Finding:
    """Something that is wrong with one work that was just hung."""

    work: Placement
    what: What
    why: str
    shrink: float = 1.0
    """For `pixels`: the factor at which the work would look sharp."""


def pixels_per_metre_needed(size_m: tuple[float, float], demand: float = 1.0) -> float:
    """How many pixels a metre a work of this size needs where one stands to see it."""
    return PIXELS_AT_A_METRE * demand / max(NEAREST_M, _AWAY * max(size_m))


def sharp_at(work: Placement, asset: Asset, demand: float = 1.0) -> float:
    """The factor, at most 1, at which the work has enough pixels for its size."""
    have = min(asset.width_px / work.size_m[0], asset.height_px / work.size_m[1])
    if have >= pixels_per_metre_needed(work.size_m, demand):
        return 1.0
    return have * NEAREST_M / (PIXELS_AT_A_METRE * demand)


def works_amiss(
    works: Sequence[Placement],
    assets: Mapping[str, Asset],
    others: Iterable[Placement] = (),
    *,
    rules: HouseRules | None = None,
    demand: float = 1.0,
    tell: Phrases | None = None,
) -> list[Finding]:
    """What is wrong with works that were just hung, beside `others` that hung before; one finding a work."""
    tell = tell or phrases(ENGLISH)
    found: dict[str, Finding] = {}
    for work in works:
        asset = assets.get(work.asset_id)
        if asset is None:
            found[work.id] = Finding(work, "missing", tell.say("check.missing"))
            continue
        why = rules.forbids(asset) if rules is not None else ""
        factor = sharp_at(work, asset, demand)
        if why:
            found[work.id] = Finding(work, "barred", why)
        elif factor < 1.0:
            size = f"{work.size_m[0]:.2f}"
            why = tell.say("check.pixels", width=str(asset.width_px), height=str(asset.height_px), size=size)
            found[work.id] = Finding(work, "pixels", why, factor)
    for work, twin in twins(works, assets, others):
        name = tell.quoted(twin.title) if twin.title else tell.say("check.twin.other")
        found.setdefault(work.id, Finding(work, "twin", tell.say("check.twin", what=name)))
    return [found[work.id] for work in works if work.id in found]


def off_the_point(works: Sequence[Placement], hits: Mapping[str, Hit], tell: Phrases | None = None) -> list[Finding]:
    """Works that the search itself had put below its cut-off."""
    tell = tell or phrases(ENGLISH)
    below = [(work, hits[work.asset_id]) for work in works if work.asset_id in hits and not hits[work.asset_id].fits]
    return [
        Finding(work, "relevance", tell.say("check.weak", score=f"{hit.score:.2f}", reason=hit.reason))
        for work, hit in below
    ]


def with_reasons(works: Sequence[Placement], hits: Mapping[str, Hit]) -> list[Placement]:
    """The works that lack a score or a reason and whose hit knows it, with both."""
    found: list[Placement] = []
    for work in works:
        hit, came_by = hits.get(work.asset_id), work.provenance
        if hit is not None and (came_by.score is None or not came_by.reason):
            noted = {"score": hit.score, "reason": came_by.reason or hit.reason}
            found.append(work.but(provenance=came_by.model_copy(update=noted)))
    return found


def relevance_in_words(works: Sequence[Placement], tell: Phrases | None = None) -> str:
    """The span of scores with the weakest work; empty where nothing was scored."""
    scored = [work for work in works if work.provenance.score is not None]
    if not scored:
        return ""
    weakest = min(scored, key=lambda work: work.provenance.score or 0.0)
    best = max(work.provenance.score or 0.0 for work in scored)
    low = weakest.provenance.score or 0.0
    reason = f", {weakest.provenance.reason}" if weakest.provenance.reason else ""
    tell = tell or phrases(ENGLISH)
    named = f"{tell.quoted(weakest.title, 200)}{reason}"
    return tell.say("check.relevance", low=f"{low:.2f}", weakest=named, best=f"{best:.2f}")


def twins(
    works: Sequence[Placement], assets: Mapping[str, Asset], others: Iterable[Placement] = ()
) -> list[tuple[Placement, Placement]]:
    """Works that show the same picture as one of `others`, or as an earlier one among themselves, with that one."""
    album = Album(assets)
    for other in others:
        album.add(other)
    found: list[tuple[Placement, Placement]] = []
    for work in works:
        if (twin := album.twin_of(work.asset_id)) is not None and twin.id != work.id:
            found.append((work, twin))
        else:
            album.add(work)
    return found


class Album:
    """Works by what they look like. Of hashes that differ in four bits, one of five parts is the same: those meet."""

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        self._assets = assets
        self._same: dict[str, Placement] = {}
        self._bands: defaultdict[tuple[int, int], list[tuple[int, Placement]]] = defaultdict(list)

    def add(self, work: Placement) -> None:
        """Put a work in."""
        self._same.setdefault(work.asset_id, work)
        bits = self._bits(work.asset_id)
        if bits is not None:
            for band in _bands(bits):
                self._bands[band].append((bits, work))

    def twin_of(self, asset_id: str) -> Placement | None:
        """A work in the album that shows the same."""
        same = self._same.get(asset_id)
        bits = self._bits(asset_id)
        if same is not None or bits is None:
            return same
        near = (pair for band in _bands(bits) for pair in self._bands.get(band, ()))
        return next((work for other, work in near if (bits ^ other).bit_count() <= ALIKE_BITS), None)

    def _bits(self, asset_id: str) -> int | None:
        asset = self._assets.get(asset_id)
        try:
            return int(asset.phash, 16) if asset is not None and asset.phash else None
        except ValueError:
            return None


def _bands(bits: int) -> list[tuple[int, int]]:
    width = -(-64 // _BANDS)
    mask = (1 << width) - 1
    return [(band, (bits >> (band * width)) & mask) for band in range(_BANDS)]
