"""Gallery: works on the walls of connected rooms, hung on one centre line with even gaps around a hero."""

from collections.abc import Sequence

import numpy as np

from scene.layouts.allotment import Share, allot
from scene.layouts.building import BuiltRoom, build, give_windows, ribbon
from scene.layouts.contract import Arranged, Wishes, Work
from scene.layouts.furnish import furnished
from scene.layouts.gallery_task import DEFAULT_CENTRE_M, DEFAULT_GAP_M, Hanging
from scene.layouts.hanging import Spot, placements
from scene.layouts.kept import what_stays
from scene.layouts.lettering import ENGLISH, Lettering
from scene.layouts.lineup import LineUp, line_up, needs, size_room
from scene.layouts.rehanging import rehang
from scene.layouts.relations import Mover, unmet_relations
from scene.layouts.room_hang import hang
from scene.layouts.said import Counted, Said, said
from scene.layouts.sequence import in_sequence, inapplicable, named
from scene.layouts.sizes import LOWEST_EDGE_M, wall_sizes
from scene.records import Placement
from scene.scene import Scene

LONGEST_WALL_M = 24.0
HERO_SCALE, MIDDLE_SCALE = 2.0, 1.4
HERO_ASPECTS = (0.6, 2.0)
HERO_PIXELS = 0.7
"""A hero has at least so many pixels relative to the middle work."""
CLEAR_M = 1.2


def arrange_gallery(
    works: Sequence[Work],
    wishes: Wishes,
    *,
    seed: int = 0,
    kept: Sequence[Placement] = (),
    scene: Scene | None = None,
    lettering: Lettering = ENGLISH,
) -> Arranged:
    """Hang the works in as many rooms as they need, or in the rooms that stand when some of them must stay."""
    unmet: list[Said] = []
    stays = what_stays(scene, wishes, kept, unmet)
    sequence = stays.without(works, in_sequence(works, wishes, unmet))
    unmet += inapplicable(wishes, "gallery")
    centre = wishes.eye_height_m or DEFAULT_CENTRE_M
    scale = (wishes.scale or 1.0) * float(np.interp(min(len(sequence), 30), [1, 4, 12, 30], [1.35, 1.25, 1.1, 1.0]))
    sizes = wall_sizes(works, scale, centre)
    gap_m = wishes.gap_m or DEFAULT_GAP_M
    task = Hanging(works, wishes, seed, stays, sequence, centre, sizes, unmet, gap_m=gap_m, lettering=lettering)
    rooms, spots = rehang(task) if stays.rooms else _build_and_hang(task)
    return _outcome(task, rooms, spots)


def _build_and_hang(task: Hanging) -> tuple[list[BuiltRoom], list[Spot]]:
    """New rooms, sized for their works."""
    task.hero = _hero(task)
    runs_m = task.sizes[:, 0] + DEFAULT_GAP_M
    shares = allot(task.works, task.sequence, runs_m, task.wishes, task.unmet, task.lettering)
    plans = ribbon(len(shares), room_name=task.lettering.room)
    if task.wishes.windows or (task.wishes.windows is None and _names_windows(task.wishes)):
        without = give_windows(plans)
        if without:
            task.unmet.append(said("windows.inside", rooms=Counted(without, "room")))
    for plan, share in zip(plans, shares, strict=True):
        plan.name = share.name or plan.name
    strict = task.wishes.order is not None
    lined = [
        line_up(plan, _shuffled(task, share), task.sizes, task.gap_m, _hero_of(task, share), strict)
        for plan, share in zip(plans, shares, strict=True)
    ]
    if task.wishes.relations:
        Mover(lined, {task.hero} if task.hero is not None else set()).satisfy(
            task.wishes.relations, task.works, task.sequence
        )
    _enlarge_heroes(task, lined, strict)
    _settle_gap(task, lined)
    for one in lined:
        size_room(one, task.sizes, task.gap_m, task.centre_m)
    rooms = _clear_of(task, build(plans), plans)
    groups = [share.group for share in shares]
    spots = [
        s
        for r, o, g in zip(rooms, lined, groups, strict=True)
        for s in hang(r, o, task.sizes, task.gap_m, task.centre_m, g)
    ]
    return rooms, spots


def _names_windows(wishes: Wishes) -> bool:
    return any(relation.to.casefold() in ("windows", "window") for relation in wishes.relations)


def _hero(task: Hanging) -> int | None:
    """The work asked for; else, when no order is asked, the best by score, else the first."""
    asked = [r.asset_id for r in task.wishes.relations if r.how == "hero"]
    for i in task.sequence:
        if task.works[i].asset_id in asked:
            return i
    if task.wishes.order is not None or not task.sequence:
        return None
    ends = {r.asset_id for r in task.wishes.relations if r.how in ("first", "last")}
    open_to = [i for i in task.sequence if task.works[i].asset_id not in ends] or task.sequence
    return best_of(task.works, open_to)


def best_of(works: Sequence[Work], among: Sequence[int]) -> int:
    """The best by score of those that stand being enlarged: not too long, not of few pixels; the first of equals."""
    pixels = np.array([works[i].width_px * works[i].height_px for i in among], dtype=float)
    enough = HERO_PIXELS * float(np.median(pixels))
    low, high = HERO_ASPECTS
    good = [
        i
        for i, px in zip(among, pixels, strict=True)
        if px >= enough and low <= works[i].width_px / works[i].height_px <= high
    ]
    return max(good or among, key=lambda i: works[i].score or 0.0)


def _hero_of(task: Hanging, share: Share) -> int | None:
    if task.hero in share.works:
        return task.hero
    if task.wishes.order is not None or not share.works:
        return None
    return best_of(task.works, share.works)


def _shuffled(task: Hanging, share: Share) -> list[int]:
    """Another seed gives another hang, unless an order is asked."""
    if task.seed == 0 or task.wishes.order is not None:
        return share.works
    return [share.works[k] for k in np.random.default_rng(task.seed).permutation(len(share.works))]


def _enlarge_heroes(task: Hanging, lined: Sequence[LineUp], strict: bool) -> None:
    """The hero hangs larger, as far as the centre line and a single wall allow."""
    sizes = task.sizes.copy()
    for one in lined:
        if one.hero is None or one.where(one.hero) is None:
            continue
        width, height = sizes[one.hero]
        factor = HERO_SCALE if not strict or one.hero == task.hero else MIDDLE_SCALE
        if len(one.works) == 1:
            factor = 1.4
        tall = max(height, 2 * (task.centre_m - LOWEST_EDGE_M) * 0.92)
        factor = max(1.0, min(factor, tall / height, 5.0 / width))
        sizes[one.hero] = np.round(sizes[one.hero] * factor, 4)
    task.sizes = sizes


def _settle_gap(task: Hanging, lined: Sequence[LineUp]) -> None:
    """The gap asked for, or the widest below it that keeps every wall within reason."""
    asked = task.gap_m
    longest = max(max(needs(one, task.sizes, asked)) for one in lined)
    if longest <= LONGEST_WALL_M or asked <= DEFAULT_GAP_M:
        return
    low, high = DEFAULT_GAP_M, asked
    for _ in range(24):
        middle = (low + high) / 2
        fits = max(max(needs(one, task.sizes, middle)) for one in lined) <= LONGEST_WALL_M
        low, high = (middle, high) if fits else (low, middle)
    task.gap_m = round(low, 2)
    task.unmet.append(said("gap.walls", asked=asked, wall=float(longest), used=task.gap_m))


def _clear_of(task: Hanging, rooms: list[BuiltRoom], plans: Sequence[object]) -> list[BuiltRoom]:
    """Keep walls away from pinned works that stand free: leave them inside a room, or build behind them."""
    standing = task.kept.standing
    if not standing or all(_inside(p, rooms) for p in standing):
        return rooms
    reach = max(max(p.size_m) for p in standing)
    front = min(p.position_m[2] for p in standing) - reach - CLEAR_M
    task.unmet.append(said("pinned.outside", n=len(standing)))
    return build(plans, front)  # type: ignore[arg-type]


def _inside(placement: Placement, rooms: Sequence[BuiltRoom]) -> bool:
    x, _, z = placement.position_m
    margin = max(placement.size_m) / 2 + CLEAR_M
    for room in rooms:
        (x0, z0), (x1, z1) = room.room.min_corner_m, room.room.max_corner_m
        if x0 + margin <= x <= x1 - margin and z0 + margin <= z <= z1 - margin:
            return True
    return False


def _outcome(task: Hanging, rooms: Sequence[BuiltRoom], spots: Sequence[Spot]) -> Arranged:
    start = 1 + max((p.order for p in task.kept.placements), default=-1)
    hung = placements(task.works, spots, (p.id for p in task.kept.placements), start)
    everything = [*task.kept.placements, *hung]
    hero = task.works[task.hero].asset_id if task.hero is not None else None
    task.unmet += unmet_relations(task.wishes.relations, task.works, everything, rooms, hero)
    high = sum(1 for p in hung if p.position_m[1] > task.centre_m + 1e-6)
    if high:
        task.unmet.append(said("centre.tall", centre=task.centre_m, n=high))
    if task.wishes.count and len(task.works) >= task.wishes.count and task.unplaced:
        task.unmet.append(said("hung.fewer", asked=Counted(task.wishes.count, "work"), n=len(everything)))
    summary = said(
        "gallery",
        works=Counted(len(everything), "work"),
        rooms=Counted(len(rooms), "room"),
        centre=task.centre_m,
        gap=task.gap_m + 1e-6,
        hero="" if hero is None else said("gallery.hero", work=named(task.works, hero)),
    )
    return Arranged(
        records=tuple(furnished(rooms, task.kept.placements, hung)),
        unmet=tuple(task.unmet),
        unplaced=tuple(task.unplaced),
        summary=summary,
    )
