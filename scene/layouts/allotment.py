"""Which works go into which room: by count and length of wall, or a room for each value of a column."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scene.layouts.columns import OTHERS, grouped
from scene.layouts.contract import Wishes, Work
from scene.layouts.lettering import ENGLISH, Lettering
from scene.layouts.said import Counted, Said, Term, said

MOST_PER_ROOM = 30
MOST_RUN_M = 70.0
"""Works and gaps of one room laid end to end."""
MOST_ROOMS_OF_GROUPS = 24


@dataclass(frozen=True)
class Share:
    """One room's works, with the room's name when a group gives it one; a large group has several rooms."""

    name: str
    works: list[int]
    group: str = ""


def allot(
    works: Sequence[Work],
    sequence: Sequence[int],
    runs_m: np.ndarray,
    wishes: Wishes,
    unmet: list[Said],
    lettering: Lettering = ENGLISH,
) -> list[Share]:
    """The rooms' works; `runs_m` is the length of wall that each work takes, gap included."""
    if not sequence:
        return [Share("", [])]
    if wishes.group_by is not None:
        return _by_group(works, sequence, runs_m, wishes, unmet, lettering)
    count = _room_count(sequence, runs_m, wishes, unmet)
    return [Share("", part) for part in _balanced(sequence, runs_m, count)]


def _room_count(sequence: Sequence[int], runs_m: np.ndarray, wishes: Wishes, unmet: list[Said]) -> int:
    least = math.ceil(len(sequence) / MOST_PER_ROOM)
    if wishes.rooms is None:
        cost = np.maximum(1 / MOST_PER_ROOM, runs_m[list(sequence)] / MOST_RUN_M).sum()
        return min(len(sequence), max(least, math.ceil(float(cost) - 1e-9)))
    if wishes.rooms < least:
        asked, works = Counted(wishes.rooms, "room"), Counted(len(sequence), "work")
        unmet.append(said("rooms.few", rooms=asked, works=works, least=least, most=MOST_PER_ROOM))
    if wishes.rooms > len(sequence):
        unmet.append(said("rooms.empty", rooms=Counted(wishes.rooms, "room"), n=len(sequence)))
    return min(max(wishes.rooms, least), len(sequence))


def _balanced(sequence: Sequence[int], runs_m: np.ndarray, count: int) -> list[list[int]]:
    """Consecutive parts of about equal length of wall, none empty and none over the most a room takes."""
    every = np.array(sequence)
    while True:
        cost = np.maximum(1 / MOST_PER_ROOM, runs_m[every] / MOST_RUN_M)
        middle = np.cumsum(cost) - cost / 2
        room = np.minimum((middle / cost.sum() * count).astype(int), count - 1)
        sizes = np.bincount(room, minlength=count)
        if sizes.max() > MOST_PER_ROOM or sizes.min() == 0:
            sizes = np.full(count, len(every) // count)
            sizes[: len(every) % count] += 1
        if sizes.max() <= MOST_PER_ROOM:
            return [part.tolist() for part in np.split(every, np.cumsum(sizes)[:-1])]
        count += 1


def _by_group(
    works: Sequence[Work],
    sequence: Sequence[int],
    runs_m: np.ndarray,
    wishes: Wishes,
    unmet: list[Said],
    lettering: Lettering,
) -> list[Share]:
    assert wishes.group_by is not None
    groups = grouped(works, sequence, wishes.group_by)
    most = min(wishes.rooms or MOST_ROOMS_OF_GROUPS, MOST_ROOMS_OF_GROUPS)
    if len(groups) > most:
        names = list(groups)
        merged = [i for name in names[most - 1 :] for i in groups[name]]
        unmet.append(said("rooms.groups", column=Term("column", wishes.group_by), n=len(groups)))
        groups = {name: groups[name] for name in names[: most - 1]} | {OTHERS: merged}
    shares = []
    groups = lettering.renamed(groups, wishes.group_by)
    for name, members in groups.items():
        cost = np.maximum(1 / MOST_PER_ROOM, runs_m[members] / MOST_RUN_M).sum()
        if wishes.rooms == len(groups):  # a room for each of them is what was asked for
            cost = len(members) / MOST_PER_ROOM
        parts = _balanced(members, runs_m, min(len(members), max(1, math.ceil(float(cost) - 1e-9))))
        shares += [Share(name if len(parts) == 1 else f"{name} {k}", part, name) for k, part in enumerate(parts, 1)]
    return shares
