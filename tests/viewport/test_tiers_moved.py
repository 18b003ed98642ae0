"""Cards fly and dim in place: the same seats, other corners and strengths."""

from collections.abc import Callable

import numpy as np

from scene.records import Placement
from scene.scene import Scene
from viewport.pace import Thrift
from viewport.view import SceneView
from viewport.works.cards import cards_of
from viewport.works.loader import Wish
from viewport.works.tiers import CardTiers

Hang = Callable[..., Placement]


def test_moved_cards_keep_their_seats(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    tiers.show(cards_of([hang("red", 0.0), hang("blue", 1.0)]))
    tiers.arrived(Wish("red", 256, 256), np.full((256, 128, 3), 9, np.uint8))
    elsewhere = cards_of([hang("red", 4.0), hang("blue", 5.0)])
    tiers.move(elsewhere)
    tiers.size_px = np.full(2, 50.0)
    tiers.compose(Thrift(100))
    visible = np.concatenate([sheaf.mesh.corners for sheaf in tiers.sheaves]).reshape(-1, 12)
    visible = visible[visible.any(axis=1)]
    expected = elsewhere.corners().reshape(-1, 12)
    assert sorted(map(tuple, visible.tolist())) == sorted(map(tuple, expected.tolist()))
    assert tiers.shown == {"work-red": 1}


def test_a_dimmed_card_stays_dim_when_its_pixels_come(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    tiers.show(cards_of([hang("red", 0.0), hang("blue", 1.0)]))
    tiers.dim(np.array([0.0, 1.0], np.float32))
    tiers.arrived(Wish("red", 256, 256), np.full((256, 128, 3), 9, np.uint8))
    place = tiers.place_of("work-red")
    assert place is not None
    page, slot = place
    assert page.mesh.rgba is not None
    assert (page.mesh.rgba[slot, :, 0] == 0).all()
    tiers.dim(np.ones(2, np.float32))
    assert (page.mesh.rgba[slot, :, 0] == 255).all()


def test_dimming_darkens_the_picture_and_its_end_brings_it_back(view: SceneView, three: Scene) -> None:
    view.show(three)
    view.flights.to_work("work-green", 0.0)
    view.load_all()
    bright = view.picture(320, 180)[90, 160].astype(int)
    tiers = view.composition.tiers
    tiers.dim(np.zeros(3, np.float32))
    dark = view.picture(320, 180)[90, 160].astype(int)
    assert dark.max() < 90 < bright.max()
    tiers.dim(np.ones(3, np.float32))
    assert (view.picture(320, 180)[90, 160] == bright).all()
