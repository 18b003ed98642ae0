"""What one frame draws from the cells: everything, most of it, or small cards as blends of four colours."""

import numpy as np
import pytest

from scene.records import Placement
from viewport.pace import Thrift
from viewport.works.cards import cards_of
from viewport.works.culling import Sight
from viewport.works.flow import MOST_TURNS, PLAIN_FROM
from viewport.works.tiers import CardTiers

MANY = PLAIN_FROM + 500


@pytest.fixture
def many(renditions: object) -> CardTiers:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    places = [(k % 60 * 1.0, k // 60 * 1.0, 0.0) for k in range(MANY)]
    hung = [Placement(id=f"w{k}", asset_id="red", position_m=at, size_m=(0.9, 0.6)) for k, at in enumerate(places)]
    tiers.show(cards_of(hung))
    size = np.where(np.arange(MANY) % 10 == 0, 40.0, 9.0).astype(np.float32)
    tiers.seen(Sight(size, np.linspace(90.0, 1.0, MANY).astype(np.float32)))
    return tiers


def quads(tiers: CardTiers) -> tuple[int, int]:
    """Cards drawn as pictures and as blends."""
    plain = tiers.flow._plain.shown
    return int(tiers.flow.shown.mesh.corners.any(axis=(1, 2)).sum()), int(plain.mesh.corners.any(axis=(1, 2)).sum())


def test_small_cards_are_blends_while_the_eye_moves_and_pictures_at_rest(many: CardTiers) -> None:
    large = -(-MANY // 10)
    many.compose(Thrift(100_000, moving=True, plain_px=16.0))
    assert quads(many) == (large, MANY - large)
    assert len(many.solid_actors) == 2
    assert not many.blending_actors, "solid pictures are drawn without looking at what is beneath"
    many.compose(Thrift(100_000, moving=False, plain_px=16.0))
    assert quads(many) == (MANY, 0)
    assert len(many.solid_actors) == 1


def test_cards_that_stay_in_view_are_drawn_as_they_stand_for_a_few_frames(many: CardTiers) -> None:
    thrift = Thrift(100_000, moving=True, plain_px=16.0)
    many.compose(thrift)
    first = many.flow.shown.mesh.corners[0].copy()
    depth = many.holding.sight.depth_m
    turned = Sight(many.size_px.copy(), depth[::-1].copy())
    for _ in range(MOST_TURNS):
        many.seen(turned)
        many.compose(thrift)
        assert np.array_equal(many.flow.shown.mesh.corners[0], first)
    many.compose(thrift)
    assert not np.array_equal(many.flow.shown.mesh.corners[0], first), "now the nearest of the turned ones"


def test_cards_that_come_into_view_are_drawn_at_once(many: CardTiers) -> None:
    thrift = Thrift(100_000, moving=True, plain_px=16.0)
    size, depth = many.size_px.copy(), many.holding.sight.depth_m
    half = np.where(np.arange(MANY) < MANY // 2, size, 0.0).astype(np.float32)
    many.seen(Sight(half, depth))
    many.compose(thrift)
    assert sum(quads(many)) == MANY // 2
    many.seen(Sight(size, depth))
    many.compose(thrift)
    assert sum(quads(many)) == MANY


def test_a_budget_leaves_cards_for_later_and_they_come(many: CardTiers) -> None:
    large = -(-MANY // 10)
    many.compose(Thrift(PLAIN_FROM + large, moving=True, plain_px=16.0))
    assert sum(quads(many)) == PLAIN_FROM, "pictures count as two"
    assert many.missing == MANY - PLAIN_FROM
    many.compose_more(10_000)
    assert many.missing == 0
    assert many.drawn == MANY


def test_nearest_cards_are_drawn_first(many: CardTiers) -> None:
    many.compose(Thrift(100_000))
    first = many.flow.shown.mesh.corners[0].mean(axis=0)
    assert np.allclose(first, many.cards.centre[MANY - 1], atol=1e-5)


def test_blends_are_dimmed_like_pictures(many: CardTiers) -> None:
    many.dim(np.zeros(MANY, np.float32))
    many.compose(Thrift(100_000, moving=True, plain_px=16.0))
    rgba = many.flow._plain.shown.mesh.rgba
    assert rgba is not None
    used = many.flow._plain.shown.used
    assert rgba[:used, :, :3].max() < 90


def test_at_rest_what_does_not_fit_into_a_frame_is_there_as_blends_and_refined_afterwards(many: CardTiers) -> None:
    large = -(-MANY // 10)
    many.compose(Thrift(MANY + large, plain_px=16.0))
    assert quads(many) == (large, MANY - large)
    assert (many.missing, many.coarse, many.is_sliced) == (0, MANY - large, True)
    many.compose_more(1_000)
    assert quads(many) == (1_000, 0)
    assert many.coarse == MANY - large - 1_000
    assert many.unfinished >= many.coarse
    many.compose_more(10_000)
    assert many.coarse == 0
    many.compose(Thrift(MANY + large))
    assert quads(many)[1] == 0, "pictures of an exposure have none"
