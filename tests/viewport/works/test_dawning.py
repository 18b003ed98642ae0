"""Small pictures come in over mean colours in steps that are all seen, and nothing is left half way."""

from collections.abc import Callable

import numpy as np
import pytest

from scene.records import Placement
from viewport.pace import Thrift
from viewport.works.cards import cards_of
from viewport.works.dawning import STEP_S, STEPS
from viewport.works.holding import FEW
from viewport.works.loader import Wish
from viewport.works.tiers import CardTiers

Hang = Callable[..., Placement]
COUNT = FEW + 5
ROW = np.array([3])
WISH = Wish("a-3", 32, 32)
PICTURE = np.full((32, 32, 3), 201, np.uint8)


@pytest.fixture
def tiers(hang: Hang, renditions: object) -> CardTiers:
    made = CardTiers(renditions)  # type: ignore[arg-type]
    made.show(cards_of([hang("red", 0.0, id=f"w-{k}", asset_id=f"a-{k}") for k in range(COUNT)]))
    made.size_px = np.full(COUNT, 5.0)
    return made


def level(tiers: CardTiers) -> float:
    return float(tiers.cells.pictures(ROW).mean())


def test_each_step_is_on_a_frame_before_the_next(tiers: CardTiers) -> None:
    levels, now_s = [level(tiers)], 1.0
    tiers.arrived(WISH, PICTURE, now_s)
    for _ in range(STEPS - 1):
        levels.append(level(tiers))
        tiers.fade(now_s + 9.0)
        assert level(tiers) == levels[-1], "no step before a frame has shown the one before"
        tiers.compose(Thrift(10_000))
        now_s += 2 * STEP_S
        tiers.fade(now_s + 9.0)
    levels.append(level(tiers))
    assert levels[-1] == 201
    assert max(np.abs(np.diff(levels))) < 0.55 * abs(levels[-1] - levels[0])
    assert not tiers.arrivals.dawning


def test_while_it_comes_in_it_is_unfinished_and_not_wished_for_again(tiers: CardTiers) -> None:
    tiers.arrived(WISH, PICTURE, 1.0)
    assert tiers.unfinished
    assert not tiers.blending_actors, "no frame blends for it"
    assert "a-3" not in {wish.asset_id for wish in tiers.wishes(COUNT)}
    tiers.end_fades()
    tiers.compose(Thrift(10_000))
    assert not tiers.unfinished
    assert level(tiers) == 201
    assert tiers.cells.refined[ROW].all()
    assert "a-3" not in {wish.asset_id for wish in tiers.wishes(COUNT)}


def test_what_nobody_sees_and_what_nobody_waits_before_is_there_at_once(tiers: CardTiers) -> None:
    tiers.arrived(WISH, PICTURE, None)
    assert level(tiers) == 201
    tiers.size_px = np.zeros(COUNT)
    tiers.arrived(Wish("a-4", 32, 32), PICTURE, 1.0)
    assert float(tiers.cells.pictures(ROW + 1).mean()) == 201


def test_other_cards_take_the_whole_picture_along(tiers: CardTiers, hang: Hang) -> None:
    tiers.arrived(WISH, PICTURE, 1.0)
    assert level(tiers) < 201
    tiers.show(cards_of([hang("red", 0.0, id=f"w-{k}", asset_id=f"a-{k}") for k in range(3, 9)]))
    assert float(tiers.cells.pictures(np.array([0])).mean()) == 201
    assert not tiers.arrivals.dawning


def test_a_better_picture_takes_its_place(tiers: CardTiers) -> None:
    tiers.arrived(WISH, PICTURE, 1.0)
    tiers.size_px = np.full(COUNT, 60.0)
    tiers.arrived(Wish("a-3", 64, 64), np.full((64, 64, 3), 90, np.uint8), 1.01)
    assert not tiers.arrivals.dawning
    tiers.fade(3.0)
    assert level(tiers) == 90
    assert not tiers.holding.resting.any()
