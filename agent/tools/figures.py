"""Answers in figures: from when to when, most and fewest, a share, two counts, an average, how many different."""

from collections.abc import Sequence
from statistics import mean
from typing import Any

from agent.desk import Desk
from agent.phrases import Phrases
from agent.ports.library import Asset, Facet, Query, SearchResult
from agent.wording import query_in_words

MOST_COUNTED = 10_000
_MOST_NAMED = 4


async def found_of(query: Query, desk: Desk, *, here: bool) -> SearchResult:
    """What fits, in the library or among the works on show."""
    limits: dict[str, Any] = {"limit": MOST_COUNTED}
    if here:
        limits["asset_ids"] = tuple(dict.fromkeys(work.asset_id for work in desk.scene.placements))
    return await desk.library.search(query.model_copy(update=limits))


def fitting(found: SearchResult) -> list[Asset]:
    """The assets above the cut-off."""
    return [hit.asset for hit in found.hits if hit.fits]


async def span(query: Query, desk: Desk, *, here: bool) -> str:
    """From when to when they were taken."""
    found, tell = fitting(await found_of(query, desk, here=here)), desk.tell
    days = sorted(asset.taken for asset in found if asset.taken is not None)
    if not days:
        return tell.say("answer.no_date") if found else tell.say("answer.none")
    told = {"works": tell.works(len(days)), "what": _what(query, tell), "start": days[0].isoformat()}
    if days[0] == days[-1]:
        return tell.say("answer.span.day", **told)
    return tell.say("answer.span", end=days[-1].isoformat(), **told)


async def share(query: Query, desk: Desk, *, here: bool) -> str:
    """How many of all they are, in percent."""
    everything = await found_of(Query(), desk, here=here)
    found = await found_of(query, desk, here=here)
    percent = round(100 * found.fitting / max(everything.fitting, 1))
    told = {"n": found.fitting, "works": desk.tell.works(everything.fitting), "percent": percent}
    return desk.tell.say("answer.share", what=_what(query, desk.tell), **told)


async def compared(one: Query, two: Query, desk: Desk, *, here: bool) -> str:
    """Both counts, the greater first."""
    counts = [((await found_of(query, desk, here=here)).fitting, query) for query in (one, two)]
    counts.sort(key=lambda count: -count[0])
    tell = desk.tell
    parts = [f"{query_in_words(query, tell) or tell.say('title.everything')}: {tell.works(n)}" for n, query in counts]
    return tell.say(
        "answer.compare" if counts[0][0] > counts[1][0] else "answer.compare.same", one=parts[0], two=parts[1]
    )


async def average(query: Query, of: str, desk: Desk, *, here: bool) -> str:
    """The average year or size."""
    found, tell = fitting(await found_of(query, desk, here=here)), desk.tell
    years = [asset.taken.year for asset in found if asset.taken is not None]
    if not found or (of == "year" and not years):
        return tell.say("answer.no_date") if found else tell.say("answer.none")
    if of == "year":
        return tell.say("answer.average.year", works=tell.works(len(years)), year=str(round(mean(years))))
    width, height = (round(mean(sizes)) for sizes in zip(*((a.width_px, a.height_px) for a in found), strict=True))
    return tell.say("answer.average.size", works=tell.works(len(found)), width=width, height=height)


def most(values: Sequence[Facet], pick: str, column: str, tell: Phrases) -> str:
    """The value that most works have, or the fewest, and those that come next."""
    sign = 1 if pick == "smallest" else -1
    ranked = sorted(values, key=lambda value: sign * value.count)
    top = [value for value in ranked if value.count == ranked[0].count]
    rest = [value for value in ranked if value.count != ranked[0].count][: _MOST_NAMED - 1]
    told = tell.listed(named(value.value, column) for value in top[: 2 * _MOST_NAMED])
    first = tell.say(
        "answer.fewest" if pick == "smallest" else "answer.most", what=told, works=tell.works(ranked[0].count)
    )
    then = ", ".join(f"{named(value.value, column)} ({value.count:,})" for value in rest)
    return f"{first} {tell.say('answer.then', what=then)}" if then else first


def named(value: str, column: str) -> str:
    """A value as it is told; of a folder its last part."""
    short = value.rsplit("/", 1)[-1] if column == "folder" else value
    return short if len(short) <= 40 else f"{short[:39]}…"


def _what(query: Query, tell: Phrases) -> str:
    words = query_in_words(query, tell)
    return f" ({words})" if words else ""
