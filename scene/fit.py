"""Whether works fit where a hand puts them: the rules that a move would newly break, looked at around it alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from scene.broken_rule import BrokenRule
from scene.cards import Cards
from scene.clearance import broken_clearances
from scene.records import Opening, Placement, Room, Wall
from scene.scene import Scene

FRAME_M = 0.03
"""Works that are moved by hand keep at least so far apart: frames have a width."""

_Told = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What stays while some works move; made once a gesture, asked once a frame."""

    building: tuple[Room | Wall | Opening, ...]
    others: Cards
    before: frozenset[_Told]
    """What was broken already, which nobody has to put right to be allowed to move a work."""
    close: frozenset[_Told]
    """Which works hung frame in frame already."""
    gap_m: float = FRAME_M
    """How far pictures must be apart for their frames not to touch."""

    @staticmethod
    def of(scene: Scene, moving: Collection[str], gap_m: float = FRAME_M) -> "Surroundings":
        """Everything but these works."""
        gap_m = max(gap_m, FRAME_M)
        works = scene.all(Placement)
        others = Cards.of([work for work in works if work.id not in moving])
        bare = Surroundings((*scene.rooms, *scene.walls, *scene.openings), others, frozenset(), frozenset())
        movers = [work for work in works if work.id in moving]
        before, close = bare._found(movers, 0.0), bare._found(movers, gap_m)
        return Surroundings(bare.building, others, frozenset(map(_told, before)), frozenset(map(_told, close)), gap_m)

    def broken(self, works: Sequence[Placement]) -> list[BrokenRule]:
        """The rules that these works break where they are now and did not break before, with frames in mind."""
        found = {_told(rule): rule for rule in self._found(works, 0.0) if _told(rule) not in self.before}
        for rule in self._found(works, self.gap_m):
            if rule.rule == "overlap" and _told(rule) not in self.close:
                found.setdefault(_told(rule), rule)
        return list(found.values())

    def _found(self, works: Sequence[Placement], gap_m: float) -> list[BrokenRule]:
        """Broken rules that concern these works; they count as larger by a gap all round towards the others."""
        if not works:
            return []
        moving = {work.id for work in works}
        grown = [_grown(work, gap_m) for work in works] if gap_m else list(works)
        records = [*(self.building if not gap_m else ()), *grown, *self._near(grown)]
        return [rule for rule in broken_clearances(records) if moving.intersection(rule.ids)]

    def _near(self, works: Sequence[Placement]) -> list[Placement]:
        """The others whose boxes come near the box of any of these."""
        cards = Cards.of(works)
        low_m, high_m = cards.centre_m - cards.reach_m - 0.1, cards.centre_m + cards.reach_m + 0.1
        others_low_m = self.others.centre_m - self.others.reach_m
        others_high_m = self.others.centre_m + self.others.reach_m
        near = np.zeros(len(others_low_m), bool)
        for low, high in zip(low_m, high_m, strict=True):
            near |= ((others_low_m <= high) & (others_high_m >= low)).all(axis=1)
        return [self.others.works[row] for row in np.flatnonzero(near).tolist()]


def _told(rule: BrokenRule) -> _Told:
    return rule.rule, tuple(sorted(rule.ids))


def _grown(work: Placement, gap_m: float) -> Placement:
    """The work with that gap on every side."""
    return work.model_copy(update={"size_m": (work.size_m[0] + 2 * gap_m, work.size_m[1] + 2 * gap_m)})
