"""Which of the works on show a filter means, and what there is to filter them by; plain functions."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from agent.ports.library import Asset
from scene.records import Placement

CLEAR_SHARE = 0.06
"""A picture shows a colour clearly from that share of it on, as in a search of the library."""
FACETS = ("colour", "year", "orientation", "tag", "creator")
MOST_OF = {"colour": 8, "year": 4, "orientation": 2, "tag": 3, "creator": 1}
DECADES_FROM = 6
"""With more years than that on show they are counted by the decade."""

Chosen = frozenset[tuple[str, str]]
"""Pairs of facet and value."""


def values_of(asset: Asset, by_decade: bool) -> list[tuple[str, str]]:
    """Everything that an asset can be filtered by."""
    shares: Counter[str] = Counter()
    for swatch in asset.palette:
        shares[swatch.name] += swatch.share  # type: ignore[assignment]
    found = [("colour", name) for name, share in shares.items() if share >= CLEAR_SHARE]
    if asset.taken is not None:
        year = asset.taken.year
        found.append(("year", f"{year // 10 * 10}s" if by_decade else str(year)))
    found.append(("orientation", asset.orientation))
    found += [("tag", tag) for tag in dict.fromkeys(asset.tags)]
    return [*found, ("creator", asset.creator)] if asset.creator else found


def by_decades(assets: Iterable[Asset]) -> bool:
    """Whether there are so many years that decades say more."""
    return len({asset.taken.year for asset in assets if asset.taken is not None}) > DECADES_FROM


def counts_on_show(
    works: Sequence[Placement], assets: Mapping[str, Asset], chosen: Chosen = frozenset()
) -> list[tuple[str, str, int]]:
    """Facet, value and how many works on show have it: the most frequent, and those that are chosen."""
    shown = [assets[work.asset_id] for work in works if work.asset_id in assets]
    decades = by_decades(shown)
    counted = Counter(pair for asset in shown for pair in values_of(asset, decades))
    said = {value for facet, value in counted if facet != "tag"}
    found: list[tuple[str, str, int]] = []
    for facet in FACETS:
        of_facet = [(value, count) for (name, value), count in counted.most_common() if name == facet]
        telling = [
            (value, count) for value, count in of_facet if count < len(works) and not (facet == "tag" and value in said)
        ]
        kept = telling[: MOST_OF[facet]]
        kept += [(value, counted[name, value]) for name, value in sorted(chosen) if name == facet]
        rows = dict(kept)
        order = sorted(rows) if facet == "year" else list(rows)
        found += [(facet, value, rows[value]) for value in order]
    return found


def matching(
    works: Sequence[Placement], assets: Mapping[str, Asset], chosen: Chosen, found: Collection[str] | None
) -> frozenset[str]:
    """Ids of the works that fit: one of the values of each facet chosen and, with words, an asset that was `found`."""
    decades = by_decades(assets[work.asset_id] for work in works if work.asset_id in assets)
    facets = {facet for facet, _ in chosen}
    fitting = set()
    for asset_id in {work.asset_id for work in works}:
        asset = assets.get(asset_id)
        has = set(values_of(asset, decades)) & chosen if asset is not None else set()
        if {facet for facet, _ in has} == facets and (found is None or asset_id in found):
            fitting.add(asset_id)
    return frozenset(work.id for work in works if work.asset_id in fitting)


def said_so(words: str, works: Sequence[Placement], assets: Mapping[str, Asset]) -> frozenset[str]:
    """Assets whose title, tags, creator or date hold all the words: the answer until the library's is there."""
    wanted = words.casefold().split()
    return frozenset(
        work.asset_id for work in works if all(word in _text(work, assets.get(work.asset_id)) for word in wanted)
    )


def _text(work: Placement, asset: Asset | None) -> str:
    parts = [work.title, work.group]
    if asset is not None:
        parts += [*asset.tags, asset.creator, asset.description, str(asset.taken or "")]
    return " ".join(parts).casefold()
