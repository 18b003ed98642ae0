"""Clearances: works hang inside their rooms and on their walls, apart from each other and off the openings."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from scene.broken_rule import SLACK_M, BrokenRule
from scene.cards import Cards, Floats
from scene.naming import title_of
from scene.overlaps import overlapping_pairs
from scene.records import AnyRecord, Opening, Placement, Room, Wall
from scene.walls import WallPlanes

MOST_OVERLAPS = 1_000
_FROM_WALL_M = 0.5


def broken_clearances(records: Iterable[AnyRecord]) -> list[BrokenRule]:
    """What hangs outside its room, off its wall, over an opening or into another work, among sound records."""
    found = list(records)
    works = [record for record in found if isinstance(record, Placement)]
    if not works:
        return []
    cards = Cards.of(works)
    rooms = [record for record in found if isinstance(record, Room)]
    walls = [record for record in found if isinstance(record, Wall)]
    openings = [record for record in found if isinstance(record, Opening)]
    return [*_inside_rooms(rooms, cards), *_on_walls(walls, openings, cards), *_overlaps(cards)]


def _inside_rooms(rooms: Sequence[Room], cards: Cards) -> Iterator[BrokenRule]:
    numbers = {room.id: n for n, room in enumerate(rooms)}
    index = np.array([numbers.get(work.room_id or "", -1) for work in cards.works])
    rows = np.flatnonzero(index >= 0)
    if not len(rows):
        return
    low_m = np.array([(room.min_corner_m[0], 0.0, room.min_corner_m[1]) for room in rooms])[index[rows]]
    high_m = np.array([(room.max_corner_m[0], room.height_m, room.max_corner_m[1]) for room in rooms])[index[rows]]
    centre_m, reach_m = cards.centre_m[rows], cards.reach_m[rows]
    inside = (centre_m - reach_m >= low_m - SLACK_M) & (centre_m + reach_m <= high_m + SLACK_M)
    for row in rows[~inside.all(axis=1)].tolist():
        work, room = cards.works[row], rooms[index[row]]
        where = title_of(room) if room.name else "its room"
        yield BrokenRule("inside_room", (work.id, room.id), f"{title_of(work)} reaches out of {where}")


def _on_walls(walls: Sequence[Wall], openings: Sequence[Opening], all_cards: Cards) -> Iterator[BrokenRule]:
    numbers = {wall.id: n for n, wall in enumerate(walls)}
    index = np.array([numbers.get(work.wall_id or "", -1) for work in all_cards.works])
    cards, on = all_cards.taking(np.flatnonzero(index >= 0)), index[index >= 0]
    planes = WallPlanes.of(walls)
    along_m, before_m = planes.seen(cards.centre_m, on)
    left_m, right_m = along_m - planes.reach(cards, on), along_m + planes.reach(cards, on)
    off = (np.abs(before_m) > _FROM_WALL_M) | (left_m < -SLACK_M) | (right_m > planes.length_m[on] + SLACK_M)
    for row in np.flatnonzero(off).tolist():
        work, wall = cards.works[row], walls[on[row]]
        where = title_of(wall) if wall.name else "its wall"
        yield BrokenRule("on_wall", (work.id, wall.id), f"{title_of(work)} does not hang on {where}")
    for opening, row in _over(openings, numbers, on, np.stack([left_m, right_m]), cards):
        words = f"{title_of(cards.works[row])} hangs over a {opening.use}"
        yield BrokenRule("opening", (cards.works[row].id, opening.id), words)


def _over(
    openings: Sequence[Opening], numbers: dict[str, int], on: NDArray[np.intp], span_m: Floats, cards: Cards
) -> Iterator[tuple[Opening, int]]:
    """Each opening with the row of each work that covers a part of it; `span_m` is left and right along the wall."""
    order = np.argsort(on, kind="stable")
    ordered = on[order]
    rise_m = cards.reach_m[:, 1]
    bottom_m, top_m = cards.centre_m[:, 1] - rise_m, cards.centre_m[:, 1] + rise_m
    for opening in openings:
        number = numbers.get(opening.wall_id, -1)
        rows = order[np.searchsorted(ordered, number) : np.searchsorted(ordered, number, side="right")]
        left_m, low_m = opening.offset_m + SLACK_M, opening.sill_m + SLACK_M
        right_m, high_m = opening.offset_m + opening.width_m - SLACK_M, opening.sill_m + opening.height_m - SLACK_M
        over = (span_m[1][rows] > left_m) & (span_m[0][rows] < right_m)
        over &= (top_m[rows] > low_m) & (bottom_m[rows] < high_m)
        for row in rows[over].tolist():
            yield opening, row


def _overlaps(cards: Cards) -> Iterator[BrokenRule]:
    for i, j in overlapping_pairs(cards, MOST_OVERLAPS):
        one, other = cards.works[i], cards.works[j]
        yield BrokenRule("overlap", (one.id, other.id), f"{title_of(one)} and {title_of(other)} overlap")
