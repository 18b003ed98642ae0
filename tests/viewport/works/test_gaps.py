"""Room between works: marks of one never lie over the next, however close they hang."""

import numpy as np
import pytest

from scene.records import Placement
from viewport.works.cards import FARTHEST_M, Cards, cards_of
from viewport.works.gaps import gaps_m
from viewport.works.marks import HALO_M, OUTSIDE_M, Ghosts


def row(gap_m: float, count: int = 4, side_m: float = 0.5) -> Cards:
    return cards_of(
        [
            Placement(id=f"w{n}", asset_id="a", position_m=(n * (side_m + gap_m), 1.5, 0.0), size_m=(side_m, side_m))
            for n in range(count)
        ]
    )


def test_the_gap_is_that_to_the_nearer_neighbour() -> None:
    cards = cards_of(
        [
            Placement(id=f"w{n}", asset_id="a", position_m=(x, y, 0.0), size_m=(1.0, 0.5))
            for n, (x, y) in enumerate([(0.0, 1.0), (1.3, 1.0), (3.3, 1.0), (3.3, 1.6)])
        ]
    )
    assert gaps_m(cards) == pytest.approx([0.3, 0.3, 0.1, 0.1])


def test_one_work_and_works_on_other_walls_have_all_the_room() -> None:
    assert gaps_m(row(0.1, 1)) == pytest.approx([FARTHEST_M])
    behind = [Placement(id=f"w{n}", asset_id="a", position_m=(0.0, 1.5, n * 4.0), size_m=(1.0, 1.0)) for n in range(2)]
    assert gaps_m(cards_of(behind)) == pytest.approx([FARTHEST_M] * 2)
    assert gaps_m(cards_of([])).shape == (0,)


def widest_m(ghosts: Ghosts, actor: int) -> float:
    low, high = ghosts.actors[actor].GetBounds()[:2]
    return float(high - low)


def test_works_that_hang_close_have_no_halo_and_a_ring_within_their_gap() -> None:
    ghosts, cards = Ghosts("#66ccff"), row(0.06)
    ghosts.show(cards, range(len(cards)))
    assert widest_m(ghosts, 1) == 0.0, "no halo"
    ghosts.fit(np.array([0.8, 1.5, 40.0]), 0.002)  # so far away that a ring of two pixels is wider than the gap
    assert widest_m(ghosts, 0) <= 4 * 0.5 + 3 * 0.06 + 0.06 + 1e-6


def test_works_with_room_around_them_keep_their_halo() -> None:
    ghosts, cards = Ghosts("#66ccff"), row(0.65)
    ghosts.show(cards, range(len(cards)))
    assert widest_m(ghosts, 1) == pytest.approx(4 * 0.5 + 3 * 0.65 + 2 * HALO_M, abs=0.01)
    assert widest_m(ghosts, 0) == pytest.approx(4 * 0.5 + 3 * 0.65 + 2 * (OUTSIDE_M + 0.018), abs=0.01)
