"""Answer questions about the library and the show from counts and metadata; nothing is changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any, Literal

from agent.desk import Call, Desk, Outcome
from agent.hanging import gap_between_works_m
from agent.intent import Intent
from agent.ports.library import Asset, Facet, Query
from agent.refining import base_wishes
from agent.tools.overview import overview
from agent.tools.tool import Arguments, Tool
from agent.wording import counted, listed, query_in_words, quoted
from agent.works import by_extreme, work_of
from scene.records import Placement, Room

_MOST_VALUES = 12
_MOST_COUNTED = 2_000
_TIMES = frozenset({"year", "month", "day", "decade"})
HELP = (
    "Say what to show (“a cyberpunk gallery of rainy streets, 24 works, newest first”), change it (“less purple, "
    "more rain”, “make it a timeline”, “bigger gaps”), act on works (“remove the third one”, “make this bigger”), "
    "look around (“go to the back wall”, “start a tour”), or ask (“how many from 2019?”, “why is this here?”). "
    "Nothing is final before you approve it, and “undo” takes it back."
)


_PLAIN = {
    "cost": "Nothing so far: 0 dollars. Everything runs on this computer, without a paid service.",
    "idle": "Nothing is running. “Undo” takes back the last step; Reject drops what is proposed.",
}


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
    ]
    query: Query = Query()
    column: str = ""
    newest: bool = True
    pick: str = ""
    """For `extreme`: the biggest, brightest ... instead of the newest or oldest."""
    ids: tuple[str, ...] | None = None
    here: bool = False


async def _answer(arguments: AnswerArguments, call: Call, desk: Desk) -> Outcome:
    if arguments.about == "help":
        text = HELP
    elif arguments.about == "saved":
        text = "What you approve is saved at once; there is nothing to do. “Export the scene” writes a file of its own."
    elif arguments.about == "approving":
        text = "Press Approve to keep what is proposed, Reject to drop it, or say what to change."
    elif arguments.about in _PLAIN:
        text = _PLAIN[arguments.about]
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
    else:
        text = await _count(arguments, desk)
    desk.said.append(text)
    return Outcome(text[:80])


async def _count(arguments: AnswerArguments, desk: Desk) -> str:
    what = query_in_words(arguments.query)
    if arguments.ids is not None:
        return f"{counted(len(arguments.ids), 'work')} there."
    if arguments.here:
        on_show = tuple(dict.fromkeys(work.asset_id for work in desk.scene.placements))
        if not on_show or not what:
            return _shown(desk)
        found = await desk.library.search(
            arguments.query.model_copy(update={"asset_ids": on_show, "limit": len(on_show)})
        )
        named = listed(quoted(hit.asset.title or hit.asset.file_name, 40) for hit in found.hits[:6] if hit.fits)
        such_as = f": {named}" if named and found.fitting <= 6 else f", such as {named}" if named else ""
        return f"{found.fitting:,} of the {len(on_show):,} works on show ({what}){such_as}."
    if not what:
        facets = await desk.library.facets()
        undated = f", {facets.undated:,} of them undated" if facets.undated else ""
        hanging = len(desk.scene.placements)
        hung = f"; {counted(hanging, 'work')} on show" if hanging else ""
        return f"{counted(facets.total, 'work')} in the library{undated}{hung}."
    found = await desk.library.search(arguments.query.model_copy(update={"limit": 50}))
    examples = listed(quoted(hit.asset.title or hit.asset.file_name, 40) for hit in found.hits[:3] if hit.fits)
    such_as = f", such as {examples}" if examples and found.fitting > 3 else f": {examples}" if examples else ""
    return f"{counted(found.fitting, 'work')} of {found.total:,} ({what}){such_as}."


def _shown(desk: Desk) -> str:
    """What is on show, in figures."""
    scene = desk.scene
    if not scene.placements:
        return "Nothing is on show yet."
    rooms = f" in {counted(len(scene.rooms), 'room')}" if scene.rooms else ""
    floors = [_floor(room) for room in scene.rooms[:3]]
    more = " and more" if len(scene.rooms) > 3 else ""
    floor = f" of {listed(floors)}{more}" if floors else ""
    return f"{counted(len(scene.placements), 'work')} on show{rooms}{floor}. {_hung(desk)}."


def _hung(desk: Desk) -> str:
    """Theme, layout and the measures of the hanging: "Noir gallery, gaps of 0.62 m, centre line at 1.50 m"."""
    scene, wishes = desk.scene, base_wishes(replace(desk.context, scene=desk.scene))
    theme = desk.themes.get(scene.theme.theme)
    layout = scene.arrangement.layout if scene.arrangement else "hanging"
    name = theme.name if theme is not None else scene.theme.theme.replace("_", " ").capitalize()
    gap_m = gap_between_works_m(scene)
    centre_m = median(work.position_m[1] for work in scene.placements)
    parts = [f"{name} theme, hung as a {layout}" if scene.arrangement else f"{name} theme, hung by hand"]
    parts += [f"gaps of {gap_m:.2f} m"] if gap_m is not None else []
    parts += [f"centre line at {centre_m:.2f} m", f"light at {scene.theme.light * 100:.0f} %"]
    parts += [f"order: {wishes.order}"] if wishes.order else []
    parts += [f"grouped by {wishes.group_by}"] if wishes.group_by else []
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
    if arguments.query != Query():
        values = await _values_found(arguments, desk)
    else:
        values = await _values_known(column, desk)
    if not values:
        return "The library knows none."
    most = _MOST_VALUES
    if column in _TIMES:
        values, most = tuple(sorted(values, key=lambda value: value.value)), 4 * _MOST_VALUES
    told = [f"{quoted(v.value, 40)[1:-1]} ({v.count:,})" for v in values[:most]]
    more = f" and {len(values) - most} more" if len(values) > most else ""
    return f"{', '.join(told)}{more}."


async def _values_known(column: str, desk: Desk) -> tuple[Facet, ...]:
    facets = await desk.library.facets()
    parts: dict[str, tuple[Facet, ...]] = {
        "year": facets.years, "month": facets.years, "day": facets.years, "colour": facets.colours, "tag": facets.tags,
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
    found = await desk.library.search(arguments.query.model_copy(update={"limit": _MOST_COUNTED}))
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
        return f"The {arguments.pick} is {_one(best[0].asset)}." if best else "There is none."
    dated = [hit.asset for hit in found.hits if hit.fits and hit.asset.taken is not None]
    if not dated:
        return "None of them has a date."
    ordered = sorted(dated, key=lambda asset: str(asset.taken), reverse=arguments.newest)
    return f"The {'newest' if arguments.newest else 'oldest'} is {_one(ordered[0])}."


async def _described(ids: tuple[str, ...], desk: Desk) -> str:
    works = [work for i in ids[:3] if isinstance(work := desk.scene.get(i), Placement)]
    assets = await desk.library.assets(tuple(work.asset_id for work in works))
    known = {asset.id: asset for asset in assets}
    told = [
        _one(known[w.asset_id]) if w.asset_id in known else f"{quoted(w.title)}, no longer in the library"
        for w in works
    ]
    return ". ".join(told) + "."


def _one(asset: Asset) -> str:
    parts = [quoted(asset.title or asset.file_name)]
    parts += [f"by {asset.creator}"] if asset.creator else []
    parts += [asset.taken.isoformat()] if asset.taken else ["undated"]
    parts += [f"{asset.width_px} x {asset.height_px} px"]
    parts += [f"tagged {listed(asset.tags[:5])}"] if asset.tags else []
    parts += [f"mostly {listed(dict.fromkeys(s.name for s in asset.palette[:3]))}"] if asset.palette else []
    return ", ".join(parts)


ANSWER = Tool("answer", "Look it up", AnswerArguments, _answer)
