"""The library in a few sentences: how much, from when, by whom, of what, in which colours and shapes, how fine."""

from collections.abc import Sequence

from agent.desk import Desk
from agent.ports.library import Facet, Facets, Query
from agent.wording import counted, listed, quoted

_MOST = 5
_SAMPLED = 2_000
_FINE_PX = 1_024


async def overview(desk: Desk) -> str:
    """What there is in the library."""
    facets = await desk.library.facets()
    if not facets.total:
        return "The library is empty. Import a folder of pictures to begin."
    told = [f"{counted(facets.total, 'work')}{_years(facets)}"]
    told += [f"Most are tagged {_named(facets.tags)}"] if facets.tags else []
    told += [f"Colours: {_named(facets.colours)}"] if facets.colours else []
    told += [f"Formats: {_named(facets.orientations)}"] if facets.orientations else []
    told += [f"By {_named(facets.creators)}"] if facets.creators else ["No creators are named"]
    told += [f"Folders: {_named(facets.folders)}"] if len(facets.folders) > 1 else []
    told += await _fineness(desk, facets.total)
    return ". ".join(told) + "."


def _years(facets: Facets) -> str:
    years = sorted(facet.value for facet in facets.years if facet.value[:4].isdigit())
    undated = f", {facets.undated:,} undated" if facets.undated else ""
    if not years:
        return f", none dated{'' if facets.undated == facets.total else undated}"
    span = f" from {years[0]}" if years[0] == years[-1] else f" from {years[0]} to {years[-1]}"
    busiest = max(facets.years, key=lambda facet: facet.count)
    return f"{span}, most from {busiest.value} ({busiest.count:,}){undated}"


def _named(values: Sequence[Facet]) -> str:
    first = listed(f"{quoted(value.value, 40)[1:-1]} ({value.count:,})" for value in values[:_MOST])
    more = len(values) - _MOST
    return f"{first}, and {more:,} more" if more > 0 else first


async def _fineness(desk: Desk, total: int) -> list[str]:
    """How many are fine enough to hang large, and which is the finest."""
    found = await desk.library.search(Query(limit=min(total, _SAMPLED)))
    assets = [hit.asset for hit in found.hits]
    if not assets:
        return []
    small = sum(max(asset.width_px, asset.height_px) < _FINE_PX for asset in assets)
    finest = max(assets, key=lambda asset: asset.width_px * asset.height_px)
    words = f"The finest is {quoted(finest.title or finest.file_name)}, {finest.width_px:,} x {finest.height_px:,} px"
    looked = "" if len(assets) >= total else f" of {len(assets):,} looked at"
    return [words + (f"; {counted(small, 'work')}{looked} under {_FINE_PX:,} px hang small" if small else "")]
