"""Patience with missing pictures: asked again later and later, and forgotten when nobody looks any more."""

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from scene.records import Placement
from viewport.works.cards import cards_of
from viewport.works.loader import MOST_WAITING_BYTES, Loader, Wish
from viewport.works.streaming import Streaming
from viewport.works.tiers import CardTiers

Hang = Callable[..., Placement]


@pytest.fixture
def stream(renditions: object) -> Iterator[tuple[CardTiers, Streaming]]:
    tiers = CardTiers(renditions)  # type: ignore[arg-type]
    streaming = Streaming(tiers, renditions)  # type: ignore[arg-type]
    yield tiers, streaming
    streaming.stop()


def settle(streaming: Streaming, now_s: float) -> None:
    """Wish, wait for every answer, and take it."""
    streaming.wish(now_s)
    for _ in range(400):
        if not streaming.busy:
            return
        threading.Event().wait(0.005)
        streaming.take(now_s)
    raise AssertionError("the loader never came to rest")


def test_a_missing_picture_is_asked_for_again_after_growing_pauses(
    stream: tuple[CardTiers, Streaming], hang: Hang, renditions: object
) -> None:
    tiers, streaming = stream
    renditions.missing.add("red")  # type: ignore[attr-defined]
    tiers.show(cards_of([hang("red", 0.0)]))
    tiers.size_px = np.array([60.0])
    asked_at, now = [], 0.0
    while now < 8.0:
        before = len(renditions.asked)  # type: ignore[attr-defined]
        settle(streaming, now)
        if len(renditions.asked) > before:  # type: ignore[attr-defined]
            asked_at.append(now)
        now += 0.25
    assert asked_at == [0.0, 0.5, 1.5, 3.5, 7.5]


def test_what_nobody_looks_at_any_more_is_forgotten(
    stream: tuple[CardTiers, Streaming], hang: Hang, renditions: object
) -> None:
    tiers, streaming = stream
    renditions.missing.add("red")  # type: ignore[attr-defined]
    tiers.show(cards_of([hang("red", 0.0)]))
    tiers.size_px = np.array([60.0])
    settle(streaming, 0.0)
    assert streaming.next_look_s == 0.5
    tiers.size_px = np.array([0.0])
    settle(streaming, 1.0)
    assert streaming.next_look_s is None


def test_a_large_card_is_sharpened_step_by_step(
    stream: tuple[CardTiers, Streaming], hang: Hang, renditions: object
) -> None:
    tiers, streaming = stream
    tiers.show(cards_of([hang("red", 0.0)]))
    tiers.size_px = np.array([600.0])
    for step in range(3):
        settle(streaming, float(step))
    assert renditions.asked == [("red", 64), ("red", 1024)]  # type: ignore[attr-defined]
    assert tiers.shown == {"work-red": 2}


def test_no_more_is_fetched_than_fits_until_it_is_taken() -> None:
    class Large:
        def pixels(self, asset_id: str, edge_px: int) -> NDArray[np.uint8]:
            return np.zeros((edge_px, edge_px, 3), np.uint8)

        def colour(self, asset_id: str) -> tuple[int, int, int]:
            return 0, 0, 0

    picture_bytes = 2048 * 2048 * 3
    room_for = MOST_WAITING_BYTES // picture_bytes + 2  # one more in each thread, begun before the last one came
    loader = Loader(Large())
    try:
        loader.want([Wish(f"a-{number}", 2048, 2048) for number in range(20)])
        taken = []
        while len(taken) < 20:
            threading.Event().wait(0.005)
            assert loader.waiting_bytes <= room_for * picture_bytes
            if loader.waiting_bytes >= MOST_WAITING_BYTES or not loader.waiting:
                taken += loader.take(20)
        assert loader.waiting_bytes == 0
        assert {arrival.wish.asset_id for arrival in taken} == {f"a-{number}" for number in range(20)}
    finally:
        loader.stop()


def test_pictures_of_other_pages_wait_for_the_next_frame(
    stream: tuple[CardTiers, Streaming], hang: Hang, renditions: object
) -> None:
    tiers, streaming = stream
    count = 40
    tiers.show(cards_of([hang("red", float(k), id=f"w-{k}", asset_id=f"a-{k}") for k in range(count)]))
    tiers.size_px = np.full(count, 120.0)
    page_px, most_px = 792 * 792, 0
    loader = streaming._loader = Loader(Painted())
    loader.want([Wish(f"a-{k}", 256, 256) for k in range(count)])
    for _ in range(400):
        streaming.take(0.0)
        most_px = max(most_px, sum(page.painted_px for page in tiers.pages))
        for page in tiers.pages:
            page.flush()
        if not loader.busy:
            break
        threading.Event().wait(0.005)
    assert sum(tiers.shown.values()) == count
    assert most_px == page_px


class Painted:
    def pixels(self, asset_id: str, edge_px: int) -> NDArray[np.uint8]:
        return np.full((edge_px, edge_px * 2 // 3, 3), 80, np.uint8)

    def colour(self, asset_id: str) -> tuple[int, int, int]:
        return 0, 0, 0
