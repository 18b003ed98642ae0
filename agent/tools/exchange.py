"""Exchange works on show: what no longer fits goes, better ones take its place, the rest stays where it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Annotated

from pydantic import Field

from agent.desk import Call, Desk, Outcome, TurnStops
from agent.events import Choice
from agent.intent import Intent
from agent.phrases import Phrases
from agent.ports.library import Asset, Hit, Query
from agent.refining import is_hard
from agent.tools.tool import Arguments, Tool
from agent.tools.widening import widened
from agent.wording import listed, query_in_words, request_for
from agent.works import colour_share, speaks_of
from scene.layouts.contract import Wishes
from scene.records import Wall

_MOST_FETCHED = 60
"""At most so many works come from the library where nothing on show is what only shall stay."""
_CLEARLY = 0.12
"""A work shows a colour when this share of it has it."""
_ENOUGH = 4
"""So many works that carry the words themselves stand alone."""
_SHARE_OUT = 2 / 3
"""How much of what is too much goes at once: "less" is not "none"."""
_SHARE_IN = 1 / 4
"""How much of the wall "more of something" takes at once."""


class ExchangeArguments(Arguments):
    """The works on show in order, what the library has for the refined query, and what was just said."""

    shown: tuple[Hit, ...]
    hits: tuple[Hit, ...]
    query: Query
    delta: Query
    count: Annotated[int, Field(ge=1, le=100_000)] | None = None
    only_shown: bool = False
    again: bool = False
    widen: bool = False
    accept_fewer: bool = False
    keep_walls: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    """Assets that were named: they come, whatever was ruled out before."""


@dataclass
class _Plan:
    """Who stays, who goes and why, who comes."""

    shown: Sequence[Hit]
    fixed: frozenset[str]
    out: dict[str, str] = field(default_factory=dict)
    """Asset id to the word that it goes for."""
    favoured: list[Hit] = field(default_factory=list)
    """Newcomers that have what more was wanted of."""


async def _exchange(arguments: ExchangeArguments, call: Call, desk: Desk) -> Outcome:
    if arguments.widen:
        wanted = max(arguments.count or 0, len(arguments.shown))
        hits = await widened(arguments.query, arguments.hits, wanted, desk)
        arguments = arguments.model_copy(update={"hits": tuple(hits)})
    elif arguments.again and is_hard(arguments.delta) and not any(hit.fits for hit in arguments.hits):
        arguments = arguments.model_copy(update={"hits": await _by_the_filter_alone(arguments, desk)})
    plan = _Plan(arguments.shown, _fixed(arguments, desk))
    if arguments.again:
        plan.out = {hit.asset.id: "" for hit in plan.shown if hit.asset.id not in plan.fixed}
    if is_hard(arguments.delta) or (arguments.only_shown and arguments.delta.like_asset_id):
        await _drop_unfit(plan, arguments, desk)
    await _drop_disliked(plan, arguments, desk)
    if _wants_more(arguments.delta) and not arguments.only_shown:
        await _make_room(plan, arguments, desk)
    works = _filled(plan, arguments)
    if not works and arguments.only_shown and not plan.fixed:
        works = await _from_the_library(plan, arguments, desk)
    if not works:
        raise await _none_left(arguments, desk)
    if [hit.asset.id for hit in works] == [hit.asset.id for hit in plan.shown]:
        stop = _nothing_to_do(arguments, desk.tell)
        if not stop.refused:
            desk.said.append(stop.text)
        elif _changes_more(desk.intent):
            desk.notes.append(stop.text.rstrip("."))
        else:
            raise stop
        return Outcome(stop.text, {"works": tuple(works)})
    text = _told(plan, arguments, works, desk.tell)
    desk.notes.append(text)
    return Outcome(text, {"works": tuple(works)})


async def _by_the_filter_alone(arguments: ExchangeArguments, desk: Desk) -> tuple[Hit, ...]:
    """ "Not those, the ones by Ada": where none of hers is of what was shown, she is what counts."""
    found = await desk.library.search(arguments.delta.model_copy(update={"limit": arguments.query.limit}))
    return tuple(found.hits)


def _fixed(arguments: ExchangeArguments, desk: Desk) -> frozenset[str]:
    """Assets that stay whatever is said: pinned ones, and those on walls that are kept."""
    sides = set(arguments.keep_walls)
    walls = {
        wall.id for wall in desk.scene.all(Wall) if wall.id in sides or any(s in wall.name.casefold() for s in sides)
    }
    return frozenset(p.asset_id for p in desk.scene.placements if p.pinned or p.wall_id in walls)


async def _drop_unfit(plan: _Plan, arguments: ExchangeArguments, desk: Desk) -> None:
    """Works that do not meet a filter that was just set."""
    ids = tuple(dict.fromkeys(hit.asset.id for hit in plan.shown))
    asked = arguments.delta.model_copy(update={"asset_ids": ids, "limit": len(ids)})
    found = await desk.library.search(asked)
    good = plainly({hit.asset.id: hit.asset for hit in found.hits if hit.fits}, asked.words)
    if not good and len(arguments.delta.colours) > 1:
        good = await _of_either_colour(asked, desk)
    good |= {hit.asset.id for hit in plan.shown if hit.asset.id == arguments.delta.like_asset_id}
    barred = (*arguments.delta.without_colours, *arguments.delta.without_words)
    demands = arguments.delta.model_copy(update={"without_colours": (), "without_words": ()})
    met = await _meeting(demands, ids, desk) if is_hard(demands) else set(ids)
    for hit in plan.shown:
        if hit.asset.id not in good and hit.asset.id not in plan.fixed:
            plan.out[hit.asset.id] = listed(barred, "or") if barred and hit.asset.id in met else "other"
    stayed = sum(hit.asset.id not in good and hit.asset.id in plan.fixed for hit in plan.shown)
    if stayed:
        desk.notes.append(desk.tell.say("exchange.stayed", works=desk.tell.works(stayed)))


def plainly(fitting: Mapping[str, Asset], words: str) -> set[str]:
    """ "Only flowers": where enough works carry the words themselves, those that are merely near them go."""
    parts = [part for part in re.split(r",| and | or ", words.casefold()) if part.strip()]
    literal = {name for name, asset in fitting.items() if any(speaks_of(asset, part) for part in parts)}
    return literal if len(literal) >= _ENOUGH else set(fitting)


async def _of_either_colour(asked: Query, desk: Desk) -> set[str]:
    """Where no work on show has all the colours, "the red and the orange ones" are those of one of them."""
    each = [await desk.library.search(asked.model_copy(update={"colours": (colour,)})) for colour in asked.colours]
    good = {hit.asset.id for found in each for hit in found.hits if hit.fits}
    if good:
        tell = desk.tell
        either = tell.listed((tell.word("colour", colour) for colour in asked.colours), "or")
        desk.notes.append(tell.say("note.either", n=0, colours=either))
    return good


async def _meeting(query: Query, ids: tuple[str, ...], desk: Desk) -> set[str]:
    found = await desk.library.search(query.model_copy(update={"asset_ids": ids, "limit": len(ids)}))
    return {hit.asset.id for hit in found.hits if hit.fits}


async def _drop_disliked(plan: _Plan, arguments: ExchangeArguments, desk: Desk) -> None:
    """The works that show most of what there shall be less of."""
    for word in (*arguments.delta.less_colours, *arguments.delta.less_words):
        strength = await _strengths(word, word in arguments.delta.less_colours, plan.shown, desk)
        worst = sorted((a for a in strength if a not in plan.fixed), key=lambda a: -strength[a])
        for asset_id in worst[: ceil(len(worst) * _SHARE_OUT)]:
            plan.out.setdefault(asset_id, word)


async def _strengths(word: str, is_colour: bool, shown: Sequence[Hit], desk: Desk) -> dict[str, float]:
    """How strongly each work shows a colour or speaks of a word, where it clearly does."""
    if is_colour:
        shares = {hit.asset.id: colour_share(hit.asset, word) for hit in shown}
        return {asset_id: share for asset_id, share in shares.items() if share >= _CLEARLY}
    ids = tuple(dict.fromkeys(hit.asset.id for hit in shown))
    found = await desk.library.search(Query(words=word, asset_ids=ids, limit=len(ids)))
    strengths = {hit.asset.id: hit.score for hit in found.hits if hit.fits}
    return strengths | {hit.asset.id: 1.0 for hit in shown if speaks_of(hit.asset, word)}


async def _make_room(plan: _Plan, arguments: ExchangeArguments, desk: Desk) -> None:
    """Newcomers that have what is wanted; where nothing went, the weakest works without it make room."""
    plan.favoured = await _favoured(plan, arguments, desk)
    if plan.out or arguments.count is not None:
        return
    wanted = min(max(1, ceil(len(plan.shown) * _SHARE_IN)), len(plan.favoured))
    having = {hit.asset.id for hit in plan.shown if _has(hit.asset, arguments.delta)}
    weakest = sorted((h for h in plan.shown if h.asset.id not in plan.fixed | having), key=lambda h: h.score)
    plan.out |= {hit.asset.id: "" for hit in weakest[:wanted]}


def _wants_more(delta: Query) -> bool:
    return bool(delta.more_words or delta.more_colours or delta.like_asset_id)


async def _favoured(plan: _Plan, arguments: ExchangeArguments, desk: Desk) -> list[Hit]:
    wanted = arguments.delta
    known = {hit.asset.id for hit in plan.shown}
    subject = "" if wanted.like_asset_id else arguments.query.words
    changes = {
        "words": " ".join(wanted.more_words) or subject,
        "more_words": (),
        "colours": (*arguments.query.colours, *wanted.more_colours),
        "like_asset_id": wanted.like_asset_id,
        "limit": 200,
    }
    asked = arguments.query.model_copy(update=changes)
    found = {hit.asset.id: hit for hit in (await desk.library.search(asked)).hits if hit.fits}
    first = [hit for hit in arguments.hits if hit.fits and (hit.asset.id in found or _has(hit.asset, wanted))]
    near = [hit for hit in arguments.hits if hit.asset.id in found]
    if wanted.like_asset_id:
        first, near = [], []
    ranked = {hit.asset.id: hit for hit in (*first, *near, *found.values())}
    return [
        hit for asset_id, hit in ranked.items() if asset_id not in known and not _dislikes(hit.asset, arguments.query)
    ]


def _has(asset: Asset, wanted: Query) -> bool:
    return any(speaks_of(asset, word) for word in wanted.more_words) or any(
        colour_share(asset, colour) >= _CLEARLY for colour in wanted.more_colours
    )


def _dislikes(asset: Asset, query: Query) -> bool:
    """Whether a newcomer shows what there shall be less of, or was ruled out."""
    if asset.id in query.without_asset_ids:
        return True
    return any(colour_share(asset, c) >= _CLEARLY for c in (*query.less_colours, *query.without_colours)) or any(
        speaks_of(asset, word) for word in (*query.less_words, *query.without_words)
    )


def _filled(plan: _Plan, arguments: ExchangeArguments) -> list[Hit]:
    """The new row: each work that goes leaves its place to a newcomer, in order."""
    known = {hit.asset.id for hit in plan.shown}
    others = [h for h in arguments.hits if (h.fits or arguments.widen) and h.asset.id not in known]
    wanted_ids = {*arguments.wanted}
    best = [hit for hit in others if hit.asset.id in wanted_ids or not _dislikes(hit.asset, arguments.query)]
    coming = list({hit.asset.id: hit for hit in (*plan.favoured, *best)}.values()) if not arguments.only_shown else []
    row: list[Hit] = []
    for hit in plan.shown:
        if hit.asset.id not in plan.out:
            row.append(hit)
        elif coming:
            row.append(coming.pop(0))
    wanted = min(arguments.count or len(plan.shown), len(plan.shown))
    if arguments.again and len(row) < wanted:
        row += [hit for hit in plan.shown if hit.asset.id in plan.out][: wanted - len(row)]
    return _counted(row, coming, plan, arguments) if row else []


def _counted(row: list[Hit], coming: list[Hit], plan: _Plan, arguments: ExchangeArguments) -> list[Hit]:
    wanted = arguments.count
    if wanted is None or len(row) == wanted:
        return row
    if len(row) > wanted:
        weakest = sorted((h for h in row if h.asset.id not in plan.fixed), key=lambda hit: hit.score)
        going = {hit.asset.id for hit in weakest[: len(row) - wanted]}
        plan.out |= {asset_id: "" for asset_id in going if asset_id in {h.asset.id for h in plan.shown}}
        return [hit for hit in row if hit.asset.id not in going]
    row += coming[: wanted - len(row)]
    if len(row) < wanted and not (arguments.accept_fewer or arguments.widen):
        stop = Choice(f"Stop at {len(row)}", f"stop at {len(row)}")
        text = f"Only {len(row)} fit, {wanted} were asked for: widen, or stop at {len(row)}?"
        raise TurnStops(text, (Choice("Widen the search", "widen"), stop))
    return row


async def _from_the_library(plan: _Plan, arguments: ExchangeArguments, desk: Desk) -> list[Hit]:
    """ "Only Anna's", where none of hers hangs: those of the library, of the same subject where it has such."""
    wanted = min(arguments.count or len(plan.shown), _MOST_FETCHED)
    for words in dict.fromkeys((arguments.query.words, "")):
        asked = arguments.delta.model_copy(update={"asset_ids": None, "words": arguments.delta.words or words})
        hits = [h for h in (await desk.library.search(asked.model_copy(update={"limit": wanted}))).hits if h.fits]
        if hits:
            desk.notes.append(desk.tell.say("exchange.library", what=query_in_words(asked, desk.tell)))
            return hits
    return []


async def _none_left(arguments: ExchangeArguments, desk: Desk) -> TurnStops:
    """Nothing on show fits: the library may have such works all the same."""
    delta = arguments.delta
    found = await desk.library.search(delta.model_copy(update={"asset_ids": None, "limit": 1}))
    filters = request_for(delta.model_copy(update={"words": ""}))
    words = f"{delta.words} {filters.removeprefix('pictures ')}".strip() if delta.words else filters
    works, shows = f"{found.fitting:,} work{'' if found.fitting == 1 else 's'}", found.fitting and words
    choices = (Choice(f"Show {works} of the library", f"create a gallery of {words}"),) if shows else ()
    more = f"; the library has {works} that {'does' if found.fitting == 1 else 'do'}" if found.fitting else ""
    return TurnStops(f"No work on show fits this ({query_in_words(delta)}){more}. They stay as they are.", choices)


def _changes_more(intent: Intent) -> bool:
    """Whether something else is asked for besides other works: "less light, more drama"."""
    hung = intent.wishes.model_copy(update={"count": None}) != Wishes()
    return bool(hung or intent.light is not None or intent.theme or intent.layout or intent.relations)


def _nothing_to_do(arguments: ExchangeArguments, tell: Phrases) -> TurnStops:
    """What is asked for is so already, which is said; or it cannot be had, which refuses."""
    delta = arguments.delta
    barred = (*delta.less_colours, *delta.less_words, *delta.without_colours, *delta.without_words)
    less, more = tell.listed(barred, "or"), tell.listed((*delta.more_colours, *delta.more_words))
    if less and more:
        return TurnStops(tell.say("exchange.no_more_no_less", more=more, less=less), refused=True)
    if less:
        return TurnStops(tell.say("exchange.no_less", what=less), refused=True)
    if _wants_more(delta):
        what = more or tell.say("exchange.of_that_kind")
        return TurnStops(tell.say("exchange.no_more", what=what), refused=True)
    return TurnStops(tell.say("exchange.so_already"))


def _told(plan: _Plan, arguments: ExchangeArguments, works: Sequence[Hit], tell: Phrases) -> str:
    """ "6 purple works out, 6 rainy ones in"."""
    before, after = {hit.asset.id for hit in plan.shown}, {hit.asset.id for hit in works}
    gone = [asset_id for asset_id in before if asset_id not in after]
    new = [hit for hit in works if hit.asset.id not in before]
    parts: list[str] = []
    for word in dict.fromkeys(plan.out[asset_id] for asset_id in gone if asset_id in plan.out):
        number = sum(plan.out.get(asset_id) == word for asset_id in gone)
        key = "exchange.out" if not word else "exchange.out.other" if word == "other" else "exchange.out.what"
        parts.append(tell.counted(key, number, what=word))
    more = tell.listed((*arguments.delta.more_colours, *arguments.delta.more_words))
    wanted = more or arguments.delta.like_asset_id
    favoured = {hit.asset.id for hit in plan.favoured} if wanted else set()
    having = sum(hit.asset.id in favoured for hit in new)
    if having:
        parts.append(tell.say("exchange.in.more" if more else "exchange.in.kind", n=having, what=more))
    if len(new) > having:
        parts.append(tell.say("exchange.in.other" if having else "exchange.in.new", n=len(new) - having))
    if len(works) != len(plan.shown):
        parts.append(tell.say("exchange.now", works=tell.works(len(works))))
    return tell.say("list.comma").join(parts) or tell.say("exchange.order")


EXCHANGE = Tool("exchange", "Exchange works", ExchangeArguments, _exchange)
