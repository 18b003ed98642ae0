"""Answer questions about the library and the show from counts and metadata; nothing is changed."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any, Literal

from agent.desk import Call, Desk, Outcome
from agent.hanging import gap_between_works_m
from agent.intent import Intent
from agent.phrases import Phrases
from agent.ports.library import Asset, Facet, Query, SearchResult
from agent.refining import base_wishes
from agent.tools import figures
from agent.tools.listed import is_of_library
from agent.tools.overview import overview
from agent.tools.tool import Arguments, Tool
from agent.wording import listed, query_in_words
from agent.works import by_extreme, speaks_of, work_of
from scene.records import Placement, Room

_MOST_VALUES = 12
_TIMES = frozenset({"year", "month", "day", "decade"})
_PLAIN = frozenset({"cost", "idle"})
_FIGURES = frozenset({"span", "most", "share", "compare", "average", "distinct"})


class AnswerArguments(Arguments):
    """What the question is about; `ids` are works on show that it concerns, None when it is about the library."""

    about: Literal[
        "count",
        "facet",
        "shown",
        "described",
        "extreme",
        "help",
        "saved",
        "approving",
        "cost",
        "idle",
        "setting",
        "overview",
        "span",
        "most",
        "share",
        "compare",
        "average",
        "distinct",
    ]
    query: Query = Query()
    column: str = ""
    newest: bool = True
    pick: str = ""
    """For `extreme`: the biggest, brightest ... instead of the newest or oldest."""
    ids: tuple[str, ...] | None = None
    here: bool = False
    against: Query | None = None
    """For `compare`: the other count."""


async def _answer(arguments: AnswerArguments, call: Call, desk: Desk) -> Outcome:
    if arguments.about == "help":
        text = desk.tell.say("answer.help")
    elif arguments.about == "saved":
        text = desk.tell.say("answer.saved")
    elif arguments.about == "approving":
        text = desk.tell.say("answer.approving")
    elif arguments.about in _PLAIN:
        text = desk.tell.say(f"answer.{arguments.about}")
    elif arguments.about == "setting":
        text = _setting(desk.intent)
    elif arguments.about == "shown":
        text = _shown(desk)
    elif arguments.about == "described":
        text = await _described(arguments.ids or (), desk)
    elif arguments.about == "overview":
        text = await overview(desk)
    elif arguments.about == "facet":
        text = await _values(arguments, desk)
    elif arguments.about == "extreme":
        text = await _extreme(arguments, desk)
    elif arguments.about in _FIGURES:
        text = await _figure(arguments, desk)
    else:
        text = await _count(arguments, desk)
    desk.said.append(text)
    return Outcome(text[:80])


async def _figure(arguments: AnswerArguments, desk: Desk) -> str:
    here = arguments.here and bool(desk.scene.placements)
    if arguments.about == "span":
        return await figures.span(arguments.query, desk, here=here)
    if arguments.about == "share":
        return await figures.share(arguments.query, desk, here=here)
    if arguments.about == "average":
        return await figures.average(arguments.query, arguments.column, desk, here=here)
    if arguments.about == "compare":
        return await figures.compared(arguments.query, arguments.against or Query(), desk, here=here)
    some = arguments.query != Query() or here
    values = () if some else await _values_known(arguments.column, desk)
    values = values or await _values_found(arguments, desk)
    if not values:
        return desk.tell.say("answer.knows_none")
    if arguments.about == "most":
        return figures.most(values, arguments.pick, arguments.column, desk.tell)
    return f"{len(values)}: {_told(values, arguments.column)}."


async def _count(arguments: AnswerArguments, desk: Desk) -> str:
    tell, what = desk.tell, query_in_words(arguments.query, desk.tell)
    if arguments.ids is not None:
        return tell.say("answer.there", works=tell.works(len(arguments.ids)))
    if arguments.here:
        on_show = tuple(dict.fromkeys(work.asset_id for work in desk.scene.placements))
        if not on_show or not what:
            return _shown(desk)
        found = await desk.library.search(
            arguments.query.model_copy(update={"asset_ids": on_show, "limit": len(on_show)})
        )
        named = tell.listed(
            tell.quoted(hit.asset.title or hit.asset.file_name, 40) for hit in found.hits[:6] if hit.fits
        )
        such_as = f": {named}" if found.fitting <= 6 else tell.say("answer.such_as", what=named)
        told = {"n": found.fitting, "all": len(on_show), "what": what, "such_as": such_as if named else ""}
        return tell.say("answer.of_show", **told)
    if not what:
        facets = await desk.library.facets()
        undated = tell.say("answer.undated", n=facets.undated) if facets.undated else ""
        hanging = len(desk.scene.placements)
        hung = tell.say("answer.hung", works=tell.works(hanging)) if hanging else ""
        return tell.say("answer.library", works=tell.works(facets.total), undated=undated, hung=hung)
    found = await _exactly(arguments.query, desk)
    examples = tell.listed(
        tell.quoted(hit.asset.title or hit.asset.file_name, 40) for hit in found.hits[:3] if hit.fits
    )
    such_as = tell.say("answer.such_as", what=examples) if found.fitting > 3 else f": {examples}"
    such_as = such_as if examples else ""
    return tell.say("answer.count", works=tell.works(found.fitting), all=found.total, what=what, such_as=such_as)


async def _exactly(query: Query, desk: Desk) -> SearchResult:
    """What fits; of several words that the library uses only what has all of them, where there is any such work."""
    found = await desk.library.search(query.model_copy(update={"limit": _MOST_COUNTED}))
    small = {*desk.vocabulary.lists.get("stop", ()), *desk.vocabulary.lists.get("prepositions", ())}
    words = [word for word in query.words.casefold().split() if word not in small]
    if _LISTS.search(query.words) or len(words) < 2 or not all(is_of_library(w, desk.vocabulary) for w in words):
        return found
    hits = tuple(hit for hit in found.hits if hit.fits and speaks_of(hit.asset, " ".join(words)))
    whole = found.fitting <= _MOST_COUNTED and hits
    return found.model_copy(update={"hits": hits, "fitting": len(hits)}) if whole else found


_MOST_COUNTED = 1_000
_LISTS = re.compile(r",|\b(?:and|or|plus)\b|&")


def _shown(desk: Desk) -> str:
    """What is on show, in figures."""
    scene = desk.scene
    if not scene.placements:
        return desk.tell.say("show.nothing.yet")
    tell = desk.tell
    rooms = tell.say("answer.in_rooms", rooms=tell.counted("room", len(scene.rooms))) if scene.rooms else ""
    floors = [_floor(room) for room in scene.rooms[:3]]
    floors += [tell.say("and.more")] if len(scene.rooms) > 3 else []
    floor = tell.say("answer.floor", floors=tell.listed(floors)) if floors else ""
    shown = tell.say("answer.shown", works=tell.works(len(scene.placements)), rooms=rooms, floor=floor)
    return f"{shown} {_hung(desk)}."


def _hung(desk: Desk) -> str:
    """Theme, layout and the measures of the hanging: "Noir gallery, gaps of 0.62 m, centre line at 1.50 m"."""
    scene, wishes = desk.scene, base_wishes(replace(desk.context, scene=desk.scene))
    theme = desk.themes.get(scene.theme.theme)
    layout = scene.arrangement.layout if scene.arrangement else "hanging"
    name = theme.name if theme is not None else scene.theme.theme.replace("_", " ").capitalize()
    gap_m = gap_between_works_m(scene)
    centre_m = median(work.position_m[1] for work in scene.placements)
    tell = desk.tell
    hung = "hung.as" if scene.arrangement else "hung.by_hand"
    parts = [tell.say(hung, theme=name, layout=tell.word("layout", layout))]
    parts += [tell.say("wish.gap", length=f"{gap_m:.2f}")] if gap_m is not None else []
    parts += [tell.say("wish.centre", length=f"{centre_m:.2f}")]
    parts += [tell.say("hung.light", percent=f"{scene.theme.light * 100:.0f}")]
    parts += [tell.say("hung.order", order=tell.word("order", wishes.order))] if wishes.order else []
    parts += [tell.say("hung.grouped", column=tell.word("column", wishes.group_by))] if wishes.group_by else []
    return ", ".join(parts)


def _floor(room: Room) -> str:
    (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
    return f"{x1 - x0:.1f} x {z1 - z0:.1f} m"


def _setting(intent: Intent) -> str:
    """Quality and budget, said alone: everything is made at the quality that there is, for nothing."""
    parts = [f"{intent.quality} quality"] if intent.quality else []
    if intent.budget_usd is not None:
        parts.append(f"at most {intent.budget_usd:g} dollars" if intent.budget_usd else "nothing to be spent")
    said = listed(parts)
    return f"Understood: {said}. Everything runs on this computer and costs nothing, so nothing on show changes."


async def _values(arguments: AnswerArguments, desk: Desk) -> str:
    """What there is of a column, in all of the library or in what the question speaks of; times in their order."""
    column = arguments.column
    if arguments.query != Query() or arguments.here:
        values = await _values_found(arguments, desk)
    else:
        values = await _values_known(column, desk) or await _values_found(arguments, desk)
    if not values:
        return desk.tell.say("answer.knows_none")
    return f"{_told(values, column)}."


def _told(values: Sequence[Facet], column: str) -> str:
    """ "1998 (5), 2003 (8)": times in their order, else the most frequent first."""
    most = _MOST_VALUES
    if column in _TIMES:
        values, most = tuple(sorted(values, key=lambda value: value.value)), 4 * _MOST_VALUES
    told = [f"{figures.named(v.value, column)} ({v.count:,})" for v in values[:most]]
    more = f", … (+{len(values) - most})" if len(values) > most else ""
    return f"{', '.join(told)}{more}"


async def _values_known(column: str, desk: Desk) -> tuple[Facet, ...]:
    facets = await desk.library.facets()
    parts: dict[str, tuple[Facet, ...]] = {
        "year": facets.years, "colour": facets.colours, "tag": facets.tags,
        "genre": facets.tags, "folder": facets.folders, "creator": facets.creators, "orientation": facets.orientations,
        "decade": _decades(facets.years),
    }  # fmt: skip
    return parts.get(column, ())


def _decades(years: Sequence[Facet]) -> tuple[Facet, ...]:
    counts: Counter[str] = Counter()
    for year in years:
        counts[f"{year.value[:3]}0s"] += year.count
    return tuple(Facet(value=value, count=count) for value, count in counts.items())


async def _values_found(arguments: AnswerArguments, desk: Desk) -> tuple[Facet, ...]:
    """The values of what was asked about, counted; of tags those that most of it shares."""
    found = await figures.found_of(arguments.query, desk, here=arguments.here and bool(desk.scene.placements))
    counts: Counter[str] = Counter()
    for hit in found.hits:
        if hit.fits:
            values = work_of(hit).values
            tags = arguments.column in ("tag", "genre")
            counts.update(hit.asset.tags if tags else [v for name, v in values.items() if name == arguments.column])
    return tuple(Facet(value=value, count=count) for value, count in counts.most_common())


async def _extreme(arguments: AnswerArguments, desk: Desk) -> str:
    limits: dict[str, Any] = {"limit": 10_000}
    if arguments.here and desk.scene.placements:
        limits["asset_ids"] = tuple(dict.fromkeys(work.asset_id for work in desk.scene.placements))
    found = await desk.library.search(arguments.query.model_copy(update=limits))
    if arguments.pick not in ("", "newest", "oldest"):
        best = by_extreme([hit for hit in found.hits if hit.fits], arguments.pick)[:1]
        which = desk.tell.word("extreme", arguments.pick)
        if not best:
            return desk.tell.say("answer.none")
        return desk.tell.say("answer.extreme", which=which, one=_one(best[0].asset, desk.tell))
    dated = [hit.asset for hit in found.hits if hit.fits and hit.asset.taken is not None]
    if not dated:
        return desk.tell.say("answer.no_date")
    ordered = sorted(dated, key=lambda asset: str(asset.taken), reverse=arguments.newest)
    which = desk.tell.word("extreme", "newest" if arguments.newest else "oldest")
    return desk.tell.say("answer.extreme", which=which, one=_one(ordered[0], desk.tell))


async def _described(ids: tuple[str, ...], desk: Desk) -> str:
    works = [work for i in ids[:3] if isinstance(work := desk.scene.get(i), Placement)]
    assets = await desk.library.assets(tuple(work.asset_id for work in works))
    known = {asset.id: asset for asset in assets}
    told = [
        _one(known[w.asset_id], desk.tell)
        if w.asset_id in known
        else desk.tell.say("answer.gone", title=desk.tell.quoted(w.title))
        for w in works
    ]
    return ". ".join(told) + "."


def _one(asset: Asset, tell: Phrases) -> str:
    parts = [tell.quoted(asset.title or asset.file_name)]
    parts += [tell.say("query.by", what=asset.creator)] if asset.creator else []
    parts += [asset.taken.isoformat()] if asset.taken else [tell.say("query.undated")]
    parts += [f"{asset.width_px} x {asset.height_px} px"]
    parts += [tell.say("query.tagged", what=tell.listed(asset.tags[:5]))] if asset.tags else []
    colours = dict.fromkeys(tell.word("colour", swatch.name) for swatch in asset.palette[:3])
    parts += [tell.say("answer.mostly", what=tell.listed(colours))] if colours else []
    return ", ".join(parts)


ANSWER = Tool("answer", "Look it up", AnswerArguments, _answer)
