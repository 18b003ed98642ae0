"""Find which works on show are meant: the selection, the third one, the red ones, those on the back wall."""

import re
from collections.abc import Sequence

from agent.asking import which_work
from agent.checking.works import twins
from agent.desk import Call, Desk, Outcome, TurnStops
from agent.events import Choice
from agent.intent import Targets
from agent.phrases import Phrases
from agent.ports.library import Hit, Query
from agent.refining import base_wishes
from agent.tools.tool import Arguments, Tool
from agent.wording import listed, query_in_words, quoted
from agent.works import by_extreme
from scene.records import Placement, Room, Wall
from scene.scene import Scene

_SHORTEST_HEAD = 3


class SelectArguments(Arguments):
    """Which works, and whether the turn is about selecting them; `other` names a second group."""

    targets: Targets
    other: Targets | None = None
    select: bool = False
    may_be_none: bool = False


async def _select(arguments: SelectArguments, call: Call, desk: Desk) -> Outcome:
    found = await meant(arguments.targets, desk)
    if not found and not arguments.may_be_none:
        raise none_meant(arguments.targets, desk)
    others = await meant(arguments.other, desk) if arguments.other is not None else []
    ids = tuple(work.id for work in found)
    if arguments.select:
        desk.action, desk.ids = "select", ids
        desk.said.append(
            desk.tell.say("select.some", works=desk.tell.works(len(ids))) if ids else desk.tell.say("select.none")
        )
    titles = listed([quoted(work.title or "untitled") for work in found[:3]] + (["more"] if len(found) > 3 else []))
    return Outcome(titles or "none", {"ids": ids, "others": tuple(work.id for work in others)})


async def meant(targets: Targets, desk: Desk) -> list[Placement]:
    """The works on show that the targets mean, in hanging order."""
    works = await _meant(targets.model_copy(update={"also": (), "but": None}), desk)
    also = {work.id for more in targets.also for work in await _meant(more, desk)}
    barred = {work.id for work in await meant(targets.but, desk)} if targets.but is not None else set()
    if not also and not barred:
        return works
    wanted = ({work.id for work in works} | also) - barred
    return [work for work in desk.scene.placements if work.id in wanted]


async def _meant(targets: Targets, desk: Desk) -> list[Placement]:
    works = desk.scene.placements
    if targets.selection:
        works = [work for work in works if work.id in desk.context.selection]
    if targets.wall:
        walls = {wall.id for wall in walls_named(desk.scene, targets.wall, desk.context.viewpoint_m)}
        works = [work for work in works if work.wall_id in walls]
    if targets.room:
        room = room_named(desk.scene, targets.room)
        works = [work for work in works if room is not None and work.room_id == room.id]
    if targets.words or targets.query is not None:
        works = await _matching(works, targets, desk)
    if targets.duplicates and works:
        works = await _doubled(works, desk)
    if targets.extreme and works:
        works = await _most(works, targets.extreme, desk, targets.many or 1)
    elif targets.ordinal is not None:
        works = _counted(works, targets.ordinal, targets.many or 1)
    nothing_said = targets == Targets()
    return [] if nothing_said else works


async def _doubled(works: Sequence[Placement], desk: Desk) -> list[Placement]:
    """Of works that look the same all but the best: pinned ones stay, then those with more pixels."""
    assets = {asset.id: asset for asset in await desk.library.assets(tuple({work.asset_id for work in works}))}

    def rank(work: Placement) -> tuple[bool, int, int]:
        asset = assets.get(work.asset_id)
        return (not work.pinned, -(asset.width_px * asset.height_px) if asset else 0, work.order)

    going = {work.id for work, _ in twins(sorted(works, key=rank), assets) if not work.pinned}
    return [work for work in works if work.id in going]


def _counted(works: list[Placement], ordinal: int, many: int) -> list[Placement]:
    """The third one, the last one, the first three, the last three."""
    if not 1 <= abs(ordinal) <= len(works):
        return []
    if ordinal > 0:
        return works[ordinal - 1 : ordinal - 1 + many]
    return works[max(len(works) + ordinal - many + 1, 0) : len(works) + ordinal + 1]


async def _most(works: Sequence[Placement], extreme: str, desk: Desk, many: int) -> list[Placement]:
    """The work that is the hero or the biggest on the wall, or of the newest, brightest ... asset; or several."""
    if extreme in ("middle", "leftmost", "rightmost"):
        first = {"leftmost": 0, "rightmost": len(works) - many, "middle": (len(works) - many) // 2}[extreme]
        return list(works[max(first, 0) : max(first, 0) + many])
    if extreme == "hero":
        asked = [r.asset_id for r in base_wishes(desk.context).relations if r.how == "hero"]
        works, extreme = [work for work in works if work.asset_id in asked] or works, "biggest"
    if extreme in ("biggest", "smallest"):
        sign = -1 if extreme == "biggest" else 1
        ranked = sorted(works, key=lambda work: sign * work.size_m[0] * work.size_m[1])[:many]
        return [work for work in works if work in ranked]
    assets = {asset.id: asset for asset in await desk.library.assets(tuple(work.asset_id for work in works))}
    hits = [
        Hit(asset=assets[w.asset_id], score=w.provenance.score or 0.0, reason="") for w in works if w.asset_id in assets
    ]
    chosen = [hit.asset.id for hit in by_extreme(hits, extreme)[:many]]
    return [work for work in works if work.asset_id in chosen][:many]


async def _matching(works: Sequence[Placement], targets: Targets, desk: Desk) -> list[Placement]:
    query = targets.query or Query()
    named: set[str] = set()
    if targets.words and query == Query():
        called = _named(works, targets.words, desk.vocabulary.lists.get("joins", ()))
        exact = any(targets.words.casefold() == work.title.casefold() for work in called)
        if called and (exact or targets.one):
            return called
        if targets.one and (heads := _with_head(works, targets.words)):
            return heads
        named = {work.id for work in called}
    ids = tuple(dict.fromkeys(work.asset_id for work in works))
    if query.asset_ids:
        ids = tuple(one for one in ids if one in set(query.asset_ids))
    if not ids:
        return []
    asked = query.model_copy(update={"words": targets.words, "asset_ids": ids, "limit": min(len(ids), 10_000)})
    good = {hit.asset.id for hit in (await desk.library.search(asked)).hits if hit.fits}
    return [work for work in works if work.asset_id in good or work.id in named]


def _named(works: Sequence[Placement], words: str, joins: Sequence[str]) -> list[Placement]:
    """Works whose title or group is called so, exactly or else in part; "the crab and the lighthouse" are two names."""
    words = words.casefold()
    exact = [work for work in works if words in (work.title.casefold(), work.group.casefold())]
    found = exact or [work for work in works if words in work.title.casefold()]
    parts = re.split(rf" (?:{'|'.join(map(re.escape, joins))}) (?:the )?", words) if joins else [words]
    if found or len(parts) == 1:
        return found
    each = [_named(works, part, ()) for part in parts]
    wanted = {work.id for named in each for work in named}
    return [work for work in works if work.id in wanted] if all(each) else []


def _with_head(works: Sequence[Placement], words: str) -> list[Placement]:
    """ "The sleeping cat" is one whose title speaks of a cat, where several words name a single work."""
    *before, head = words.casefold().split() or [""]
    if not before or len(head) < _SHORTEST_HEAD:
        return []
    return [work for work in works if head in re.findall(r"\w+", work.title.casefold())]


def room_named(scene: Scene, name: str) -> Room | None:
    """The room of that number, "last", or name."""
    rooms = scene.rooms
    if name == "last":
        return rooms[-1] if rooms else None
    if name.isdigit():
        return rooms[int(name) - 1] if 1 <= int(name) <= len(rooms) else None
    return next((room for room in rooms if name.casefold() in (room.name.casefold(), room.id)), None)


def walls_named(scene: Scene, name: str, viewpoint_m: tuple[float, float, float]) -> list[Wall]:
    """Walls of that id or side; of several rooms, those of the room that one stands in come first."""
    found = [
        w for w in scene.all(Wall) if w.id == name or name.casefold() in w.name.casefold() or w.id.endswith(f"-{name}")
    ]
    here = {room.id for room in scene.rooms if _stands_in(viewpoint_m, room)}
    inside = [wall for wall in found if wall.room_id in here]
    orders = {room.id: room.order for room in scene.rooms}
    return inside or sorted(found, key=lambda wall: orders.get(wall.room_id, 0))[:1]


def _stands_in(viewpoint_m: tuple[float, float, float], room: Room) -> bool:
    (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
    return x0 <= viewpoint_m[0] <= x1 and z0 <= viewpoint_m[2] <= z1


def none_meant(targets: Targets, desk: Desk) -> TurnStops:
    """Nothing on show is meant: say what was looked for and what to do."""
    tell = desk.tell
    if not desk.scene.placements:
        choice = Choice(tell.say("choice.create"), "create a gallery")
        return TurnStops(tell.say("show.nothing"), (choice,), refused=True, advice=tell.say("show.nothing.advice"))
    if targets.duplicates:
        return TurnStops(tell.say("show.no_twins"), refused=True)
    if targets.selection or targets == Targets():
        asked = which_work(desk.intent, desk.scene)
        return TurnStops(asked.text, asked.choices)
    query = query_in_words(targets.query, tell) if targets.query is not None else ""
    words = tell.quoted(targets.words) if targets.words else ""
    what = ", ".join(part for part in (words, query, _where(targets, tell)) if part)
    if targets.ordinal:
        have = tell.works(len(desk.scene.placements))
        text = tell.say("show.no_number", n=targets.ordinal, what=f" {what}" if what else "", works=have)
    else:
        text = tell.say("show.none_fits", what=what)
    return TurnStops(text, (), refused=True, advice=tell.say("show.none_fits.advice"))


def _where(targets: Targets, tell: Phrases) -> str:
    wall = tell.say("where.wall", side=tell.word("side", targets.wall)) if targets.wall else ""
    room = tell.say("where.room", room=targets.room) if targets.room else ""
    return " ".join(part for part in (wall, room) if part)


SELECT = Tool("select", "Find the works meant", SelectArguments, _select)
