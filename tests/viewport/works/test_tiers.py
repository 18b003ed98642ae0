"""Cards keep their pixels, give way to larger ones, and never stand in two places."""

from collections.abc import Callable

import numpy as np

from scene.records import Placement
from viewport.pace import Thrift
from viewport.works.cards import cards_of
from viewport.works.loader import Wish, fetch
from viewport.works.pools import MOST_BYTES, PLANS
from viewport.works.seats import MANY_FADES
from viewport.works.tiers import CardTiers

Hang = Callable[..., Placement]


def drawn(tiers: CardTiers) -> int:
    """How many quads are visible on all meshes together when every card is in view."""
    if not tiers.size_px.any():
        tiers.size_px = np.full(len(tiers.cards), 5.0)
    tiers.compose(Thrift(1_000_000))
    return sum(int(sheaf.mesh.corners.reshape(-1, 12).any(axis=1).sum()) for sheaf in tiers.sheaves)


def pixels(edge_px: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((edge_px, edge_px // 2, 3), 77, np.uint8)


def test_a_card_is_drawn_once_whatever_arrives(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    tiers.show(cards_of([hang("red", 0.0), hang("blue", 1.0)]))
    for plan in (PLANS[0], PLANS[2], PLANS[1], PLANS[0]):
        tiers.arrived(Wish("red", plan.edge_px, plan.edge_px), pixels(plan.edge_px))
        assert drawn(tiers) == 2
    assert tiers.shown == {"work-red": 2}


def test_small_pixels_come_first_and_only_for_what_is_seen(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    tiers.show(cards_of([hang("red", 0.0), hang("blue", 1.0), hang("green", 2.0)]))
    tiers.size_px = np.array([500.0, 0.0, 80.0])
    assert [(w.asset_id, w.edge_px) for w in tiers.wishes(10)] == [("red", 64), ("green", 64)]
    tiers.arrived(Wish("red", 64, 64), pixels(64))
    tiers.arrived(Wish("green", 64, 64), pixels(64))
    assert [(w.asset_id, w.edge_px) for w in tiers.wishes(10)] == [("red", 1024), ("green", 256)]


def test_a_full_tier_gives_its_smallest_seat_to_a_larger_card(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    count = MOST_BYTES // PLANS[2].page_bytes + 2
    tiers.show(cards_of([hang("red", float(k), id=f"w-{k}", asset_id=f"a-{k}") for k in range(count)]))
    tiers.size_px = np.arange(count, dtype=float) + 400
    for k in range(count):
        tiers.arrived(Wish(f"a-{k}", 1024, 1024), pixels(32))
        assert drawn(tiers) == count
    assert set(tiers.shown) == {f"w-{k}" for k in range(2, count)}
    tiers.arrived(Wish("a-0", 1024, 1024), pixels(32))
    assert "w-0" not in tiers.shown, "a smaller card takes nobody's seat"


def test_all_tiers_share_one_budget_and_what_is_out_of_sight_gives_way(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    allowance = tiers.seats.allowance
    allowance.most_bytes = 3 * PLANS[2].page_bytes
    count = allowance.most_bytes // PLANS[1].page_bytes * 9
    tiers.show(cards_of([hang("red", float(k), id=f"w-{k}", asset_id=f"a-{k}") for k in range(count)]))
    tiers.size_px = np.full(count, 90.0)
    for k in range(count):
        tiers.arrived(Wish(f"a-{k}", 256, 256), pixels(32))
    assert len(tiers.shown) == count
    full = len(tiers.pages)
    tiers.size_px = np.array([500.0, *([0.0] * 20), *([90.0] * (count - 21))])
    tiers.arrived(Wish("a-0", 1024, 1024), pixels(32))
    assert tiers.shown["w-0"] == 2
    assert len(tiers.pages) == full - 1, "two pages out of sight made room for one that is larger"
    assert len(tiers.take_dropped()) == 4
    assert allowance.used_bytes <= allowance.most_bytes
    assert tiers.seats.in_cells.sum() == count - len(tiers.shown), "who had to leave shows the smallest picture"
    for card_id, index in tiers.shown.items():
        place = tiers.place_of(card_id)
        assert index < 1 or (place is not None and place[0] in tiers.pages)
        if index == 1:
            seat = tiers.seats.seat[tiers.cards.row[card_id]]
            assert tiers.seats.pools[1].rows[seat] == tiers.cards.row[card_id]


def test_showing_others_frees_seats_and_the_same_keep_theirs(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    tiers.show(cards_of([hang("red", 0.0), hang("blue", 1.0)]))
    for asset in ("red", "blue"):
        tiers.arrived(Wish(asset, 256, 256), pixels(256))
    tiers.show(cards_of([hang("blue", 5.0), hang("green", 1.0)]))
    assert tiers.shown == {"work-blue": 1}
    assert drawn(tiers) == 2
    tiers.show(cards_of([hang("blue", 5.0, asset_id="green")]))
    assert tiers.shown == {}, "another asset is another picture"
    tiers.show(cards_of([]))
    assert drawn(tiers) == 0


def test_growing_beyond_the_base_page_draws_everyone(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    for count in (1, 300, 5000, 3):
        tiers.show(cards_of([hang("red", float(k), id=f"w-{k}") for k in range(count)]))
        assert drawn(tiers) == count


class Broken:
    """Gives whatever it was made with."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def pixels(self, asset_id: str, edge_px: int) -> object:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def colour(self, asset_id: str) -> object:
        return self.answer


def test_unusable_answers_of_the_port_count_as_none_and_colours_as_grey(hang: Hang) -> None:
    answers = [
        OSError("gone"),
        None,
        np.zeros((0, 4, 3), np.uint8),
        np.zeros((4, 4), np.uint8),
        np.zeros((4, 4, 3), np.float32),
    ]
    for answer in answers:
        port = Broken(answer)
        assert fetch(port, Wish("red", 64, 64)) is None  # type: ignore[arg-type]
        CardTiers(port).show(cards_of([hang("red", 0.0)]))  # type: ignore[arg-type]


def test_oversized_pixels_are_fitted_to_the_cell() -> None:
    fitted = fetch(Broken(np.full((3000, 1500, 4), 9, np.uint8)), Wish("red", 64, 64))  # type: ignore[arg-type]
    assert fitted is not None
    assert fitted.shape == (64, 32, 3)


def test_the_work_that_fills_a_large_window_gets_two_thousand_pixels(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    tiers.show(cards_of([hang("red", 0.0), hang("blue", 1.0)]))
    tiers.size_px = np.array([1400.0, 900.0])
    for edge_px in (64, 1024):
        for asset in ("red", "blue"):
            tiers.arrived(Wish(asset, edge_px, edge_px), pixels(edge_px))
    assert [(w.asset_id, w.edge_px) for w in tiers.wishes(10)] == [("red", 2048)]
    tiers.arrived(Wish("red", 2048, 2048), pixels(2048))
    assert tiers.wishes(10) == []
    assert tiers.shown == {"work-red": 3, "work-blue": 2}
    assert drawn(tiers) == 2
    assert tiers.texture_bytes <= tiers.most_texture_bytes


def test_small_bare_cards_are_wished_for_side_by_side_and_larger_ones_before(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    tiers.show(cards_of([hang("red", float(k), id=f"w-{k}", asset_id=f"a-{k}") for k in range(40)]))
    sizes = np.full(40, 5.0) + (np.arange(40) % 3).astype(float)
    sizes[[7, 30]] = 400.0, 90.0
    tiers.size_px = sizes
    names = [wish.asset_id for wish in tiers.wishes(12)]
    assert names[:2] == ["a-7", "a-30"]
    assert names[2:] == [f"a-{number}" for number in (0, 1, 2, 3, 4, 5, 6, 8, 9, 10)]


def test_a_first_picture_fades_in_over_the_mean_colour(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    tiers.show(cards_of([hang("red", 0.0), hang("blue", 1.0)]))
    tiers.size_px = np.array([80.0, 80.0])
    row = np.array([0])
    mean = tiers.cells.pictures(row).copy()
    tiers.arrived(Wish("red", 64, 64), pixels(64), now_s=1.0)
    for now_s, share in ((1.04, 0.25), (1.12, 0.75)):
        tiers.fade(now_s)
        tiers.compose(Thrift(1_000))
        assert (tiers.cells.pictures(row) == mean).all(), "what is beneath stays until the picture covers it"
        assert abs(tiers.seats.fades[0].share - share) < 0.01
    tiers.fade(1.2)
    assert not tiers.is_fading
    assert (tiers.cells.pictures(row) == 77).all()


def test_what_waited_for_a_picture_that_came_in_vain_is_shown(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    tiers.show(cards_of([hang("red", 0.0)]))
    tiers.size_px = np.array([80.0])
    tiers.arrived(Wish("red", 64, 64), pixels(64), now_s=1.0)
    tiers.seats.end_fades()
    assert tiers.is_fading
    assert not tiers.fade(1.05)
    assert not tiers.is_fading
    assert (tiers.cells.pictures(np.array([0])) == 77).all()


def test_a_fade_is_seen_to_its_end_before_the_next_begins(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    tiers.show(cards_of([hang("red", 0.0)]))
    tiers.size_px = np.array([120.0])
    tiers.arrived(Wish("red", 64, 64), pixels(64), now_s=1.0)
    tiers.arrived(Wish("red", 256, 256), pixels(256), now_s=1.05)
    assert tiers.fade(1.08)
    assert (tiers.seats.fades[0].tier, tiers.wishes(5)) == (0, [])
    assert tiers.fade(1.2)
    assert (tiers.seats.fades[0].tier, tiers.seats.fades[0].began_s) == (1, 1.2)
    assert not tiers.fade(1.5)
    assert tiers.shown == {"work-red": 1}


def test_only_what_fades_in_blends_and_what_hides_others_comes_first(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    tiers.show(cards_of([hang("red", float(k), id=f"w-{k}", asset_id=f"a-{k}") for k in range(12)]))
    tiers.size_px = np.full(12, 120.0)
    for k in range(9):
        tiers.arrived(Wish(f"a-{k}", 256, 256), pixels(256))
    tiers.arrived(Wish("a-9", 256, 256), pixels(256), now_s=1.0)
    tiers.arrived(Wish("a-10", 64, 64), pixels(64), now_s=1.0)
    tiers.fade(1.05)
    tiers.compose(Thrift(1_000))
    full, coming = tiers.pages
    assert tiers.blending_actors == [tiers.flow.coming.actor, coming.actor]
    assert tiers.solid_actors[0] is full.actor
    assert tiers.solid_actors[-2:] == tiers.blending_actors, "over all that they come in over"


def test_others_wait_while_many_come_in(hang: Hang, renditions: object) -> None:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    tiers.show(cards_of([hang("red", float(k), id=f"w-{k}", asset_id=f"a-{k}") for k in range(MANY_FADES)]))
    tiers.size_px = np.full(MANY_FADES, 60.0)
    for k in range(MANY_FADES):
        assert not tiers.has_many_fades
        tiers.arrived(Wish(f"a-{k}", 64, 64), pixels(64), now_s=1.0)
    assert tiers.has_many_fades
    assert len(tiers.seats.fades) == MANY_FADES, "none of them ended before its time"
    tiers.fade(2.0)
    assert not tiers.has_many_fades
