"""Lay chosen works out: a solver of `scene.layouts` finds the positions, never a planner."""

import asyncio
import json
from collections.abc import Sequence

from agent.desk import Call, Desk, Outcome
from agent.intent import Targets, WishedRelation
from agent.laid_out import ends_met, told
from agent.lettering import lettering
from agent.ports.library import Hit, Query
from agent.tools.tool import Arguments, Tool
from agent.wording import query_in_words
from agent.works import by_extreme, colour_share, speaks_of, work_of
from scene import operations
from scene.layouts.choose import arrange
from scene.layouts.contract import Arranged, LayoutName, Relation, Wishes
from scene.operations import stage_arrangement
from scene.records import Arrangement


class ArrangeArguments(Arguments):
    """The works in hanging order, the layout and what is wished of it."""

    layout: LayoutName
    works: tuple[Hit, ...]
    wishes: Wishes = Wishes()
    relations: tuple[WishedRelation, ...] = ()
    query: Query = Query()
    seed: int = 0
    sort: str = ""
    """Hang the biggest, smallest, brightest ... first."""
    sequence: tuple[Targets, ...] = ()
    """Works hang in the order of these."""


async def _arrange(arguments: ArrangeArguments, call: Call, desk: Desk) -> Outcome:
    if arguments.sort:
        arguments = arguments.model_copy(update={"works": tuple(by_extreme(arguments.works, arguments.sort))})
    arguments = await _with_those_named(arguments, desk)
    if arguments.sequence:
        arguments = _in_sequence(arguments, desk)
    there = {hit.asset.id for hit in arguments.works}
    earlier = [relation for relation in arguments.wishes.relations if relation.asset_id in there]
    relations = (*earlier, *_relations(arguments, desk))
    wishes = arguments.wishes.model_copy(update={"relations": relations, "count": None})
    works = [work_of(hit) for hit in arguments.works]
    features = None
    if arguments.layout == "cluster":
        features = await desk.library.features(tuple(work.asset_id for work in works))
    words, layout, seed = lettering(desk.tell), arguments.layout, arguments.seed
    arranged = await asyncio.to_thread(
        arrange, layout, works, wishes, features=features, scene=desk.scene, seed=seed, lettering=words
    )
    _stage(arguments, wishes, arranged, call, desk)
    done = _at_the_ends(arguments, earlier, desk)
    desk.unmet += [told(one, desk.tell) for one in arranged.unmet if not any(ends_met(one, *end) for end in done)]
    titles = {hit.asset.id: hit.asset.title or hit.asset.file_name for hit in arguments.works}
    desk.unplaced += [
        (titles.get(work.asset_id, work.asset_id[:12]), told(work.why, desk.tell)) for work in arranged.unplaced
    ]
    desk.laid_out = told(arranged.summary, desk.tell) if arranged.summary is not None else ""
    summary = desk.laid_out or desk.tell.say("step.laid_out", works=desk.tell.works(len(arranged.placements)))
    return Outcome(summary, {"placed": len(arranged.placements)})


def _in_sequence(arguments: ArrangeArguments, desk: Desk) -> ArrangeArguments:
    """ "Presents before dancing": works in the order in which they are named; an order by a property is given up."""
    by_name = {hit.asset.id: hit for hit in arguments.works}
    named = [
        None if part.everything else list(dict.fromkeys(named_among(arguments.works, part, desk)))
        for part in arguments.sequence
    ]
    missing = [part.words for part, found in zip(arguments.sequence, named, strict=True) if found == [] and part.words]
    desk.unmet += [desk.tell.say("arrange.missing", what=words) for words in missing]
    taken = {asset_id for found in named if found for asset_id in found}
    rest = [asset_id for asset_id in by_name if asset_id not in taken]
    row = [asset_id for found in named for asset_id in (rest if found is None else found)]
    row = list(dict.fromkeys((*row, *rest)))
    ends = tuple(one for one in arguments.wishes.relations if one.how not in ("first", "last"))
    wishes = arguments.wishes.model_copy(update={"order": "given", "relations": ends})
    return arguments.model_copy(update={"works": tuple(by_name[asset_id] for asset_id in row), "wishes": wishes})


async def _with_those_named(arguments: ArrangeArguments, desk: Desk) -> ArrangeArguments:
    """Works that shall hang in a certain place and do not hang yet come from the library, for the weakest."""
    works = list(arguments.works)
    for wish in arguments.relations:
        if not wish.targets.words or wish.targets.selection or named_among(tuple(works), wish.targets, desk):
            continue
        query = (wish.targets.query or Query()).model_copy(update={"words": wish.targets.words, "limit": 5})
        found = (await desk.library.search(query)).hits
        hits = [hit for hit in found if hit.fits and speaks_of(hit.asset, query.words)]
        if not hits or not works:
            continue
        kept = {p.asset_id for p in desk.context.scene.placements if p.pinned}
        weakest = min((hit for hit in works if hit.asset.id not in kept), key=lambda hit: hit.score, default=None)
        if weakest is None:
            continue
        works[works.index(weakest)] = hits[0]
        old, new = (desk.tell.quoted(hit.asset.title) for hit in (weakest, hits[0]))
        desk.notes.append(desk.tell.say("arrange.came", new=new, old=old))
    return arguments if works == list(arguments.works) else arguments.model_copy(update={"works": tuple(works)})


def _at_the_ends(
    arguments: ArrangeArguments, earlier: Sequence[Relation], desk: Desk
) -> list[tuple[frozenset[str], str]]:
    """A work that shall be first or last and found no room there changes places with the one that did.

    Gives the works whose wish to be first or last is met by now.
    """
    ends: list[tuple[str, list[str]]] = [(r.how, [r.asset_id]) for r in earlier if r.how in ("first", "last")]
    said = [wish for wish in arguments.relations if wish.how in ("first", "last")]
    ends += [(wish.how, named_among(arguments.works, wish.targets, desk)) for wish in said]
    done: list[tuple[frozenset[str], str]] = []
    for how, named in ends:
        row = sorted(desk.scene.placements, key=lambda work: work.order)
        if not row:
            continue
        end = row[0 if how == "first" else -1]
        met = end.asset_id in named
        for work in () if met else row:
            if work.asset_id in named and not (change := operations.swap(desk.scene, work.id, end.id)).is_empty:
                desk.scene, met = change.apply_to(desk.scene), True
                break
        done += [(frozenset(named), how)] * met
    return done


def _stage(arguments: ArrangeArguments, wishes: Wishes, arranged: Arranged, call: Call, desk: Desk) -> None:
    lasting = wishes.model_copy(update={"keep_walls": ()})
    arrangement = Arrangement(
        layout=arguments.layout,
        wishes_json=_short(lasting.model_dump_json(exclude_defaults=True)),
        query_json=_short(arguments.query.model_dump_json(exclude_defaults=True)),
        unmet=tuple(told(one, desk.tell)[:400] for one in arranged.unmet[:50]),
        seed=arguments.seed,
    )
    change = stage_arrangement(
        desk.scene,
        arranged,
        arrangement=arrangement,
        author="agent",
        turn_id=call.context.turn_id,
        query=query_in_words(arguments.query)[:400],
    )
    desk.scene = change.apply_to(desk.scene)


def _short(text: str) -> str:
    """JSON that fits its record; too much of it is left out rather than cut in the middle."""
    return text if len(text) <= 20_000 else json.dumps({})


def _relations(arguments: ArrangeArguments, desk: Desk) -> list[Relation]:
    found: list[Relation] = []
    for wish in arguments.relations:
        works = named_among(arguments.works, wish.targets, desk)
        others = named_among(arguments.works, wish.other, desk) if wish.other else []
        if not works or (wish.other and not others):
            missing = wish.targets if not works else wish.other
            words = (missing.words if missing else "") or desk.tell.say("arrange.that")
            desk.unmet.append(desk.tell.say("arrange.missing", what=words))
            continue
        to = others[0] if others else wish.to
        most = len(works) if wish.how in ("on_wall", "beside", "opposite") else 1
        found += [Relation(asset_id=asset_id, how=wish.how, to=to) for asset_id in works[:most]]
    return found


def named_among(works: tuple[Hit, ...], targets: Targets, desk: Desk) -> list[str]:
    """Asset ids of the works that the words mean, the best match first."""
    if targets.selection:
        selected = {p.asset_id for p in desk.context.scene.placements if p.id in desk.context.selection}
        return [hit.asset.id for hit in works if hit.asset.id in selected]
    found = list(works)
    if targets.query is not None and targets.query.asset_ids is not None:
        places = {asset_id: place for place, asset_id in enumerate(targets.query.asset_ids)}
        found = sorted((hit for hit in found if hit.asset.id in places), key=lambda hit: places[hit.asset.id])
    if targets.words:
        said = [hit for hit in found if speaks_of(hit.asset, targets.words)]
        head = targets.words.split()[-1]  # "the sleeping cat" is the cat, where one work is meant
        found = said or ([hit for hit in found if speaks_of(hit.asset, head)] if targets.one else [])
    if targets.query is not None:
        for colour in targets.query.colours:
            found = [hit for hit in found if colour_share(hit.asset, colour) >= 0.15]
            found.sort(key=lambda hit: -colour_share(hit.asset, colour))
    if targets.extreme:
        found = by_extreme(found, targets.extreme)[: targets.many or 1]
    if targets.ordinal is not None:
        found = _counted(found, targets.ordinal, targets.many or 1)
    also = [asset_id for more in targets.also for asset_id in named_among(works, more, desk)]
    return list(dict.fromkeys([*(hit.asset.id for hit in found), *also]))


def _counted(row: list[Hit], ordinal: int, many: int) -> list[Hit]:
    """The third one, the last one, the first three, the last three."""
    if not 1 <= abs(ordinal) <= len(row):
        return []
    start = ordinal - 1 if ordinal > 0 else max(len(row) + ordinal - many + 1, 0)
    return row[start : start + many] if ordinal > 0 else row[start : len(row) + ordinal + 1]


ARRANGE = Tool("arrange", "Lay out", ArrangeArguments, _arrange)
