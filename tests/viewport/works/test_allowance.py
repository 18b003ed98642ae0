"""All tiers share one budget: pages out of sight give way first, the one seen least lately before others."""

import numpy as np
from numpy.typing import NDArray

from viewport.works.allowance import Allowance
from viewport.works.pools import FREE, PLANS, Pool

SMALL, LARGE = PLANS[1], PLANS[2]


def pools_of(most_bytes: int) -> tuple[Pool, Pool, Allowance]:
    small, large = Pool(SMALL), Pool(LARGE)
    return small, large, Allowance([small, large], most_bytes)


def sizes(**shown: float) -> NDArray[np.float32]:
    found = np.zeros(100, np.float32)
    for row, size in shown.items():
        found[int(row[1:])] = size
    return found


def look(size_px: NDArray[np.float32], *pools: Pool) -> None:
    for pool in pools:
        pool.look(size_px)


def test_pools_grow_while_there_is_room_for_all_of_them() -> None:
    small, large, allowance = pools_of(SMALL.page_bytes + LARGE.page_bytes)
    assert large.take(0, sizes()) == (0, FREE)
    assert small.take(1, sizes()) == (0, FREE)
    assert allowance.used_bytes == allowance.most_bytes
    assert not large.can_grow
    assert not small.can_grow


def test_a_page_out_of_sight_gives_way_to_another_tier() -> None:
    small, large, allowance = pools_of(LARGE.page_bytes + 2 * SMALL.page_bytes)
    seen = sizes(r0=300.0)
    for row in range(2 * 9):
        small.take(row, sizes(r0=300.0))
    look(seen, small, large)
    asking = sizes(r0=300.0, r50=900.0)
    assert large.take(50, asking) == (0, FREE)
    look(asking, small, large)
    victims = allowance.victims(large, sizes(r0=300.0, r50=900.0, r51=400.0), 51)
    assert victims == [], "one page out of sight is not enough for a large one, and the other is in view"
    gone = sizes(r50=900.0, r51=400.0)
    assert allowance.victims(large, gone, 51) == [(small, 1), (small, 0)], "the one that was never seen goes first"


def test_least_lately_seen_pages_go_first_and_seats_move_down() -> None:
    small, large, allowance = pools_of(LARGE.page_bytes + SMALL.page_bytes)
    per_page = LARGE.page_bytes // SMALL.page_bytes + 1
    for row in range(9 * per_page):
        small.take(row, sizes())
    assert len(small.pages) == per_page
    look(sizes(r9=80.0), small, large)
    look(sizes(r0=80.0), small, large)
    assert large.may_push(sizes(r0=80.0))
    found = allowance.victims(large, sizes(r0=80.0, r90=700.0), 90)
    assert found, "there is room for a large page when enough small ones go"
    assert (small, 0) not in found[:-1], "what is in view goes last"
    page = small.pages[1]
    for seat in range(9, 18):
        small.leave(seat)
    assert small.drop_page(1) is page
    assert small.rows[:9].tolist() == list(range(9))
    assert len(small.rows) == 9 * (per_page - 1)


def test_what_is_as_large_in_view_is_not_pushed_out() -> None:
    small, large, allowance = pools_of(SMALL.page_bytes)
    small.take(0, sizes())
    size_px = sizes(r0=290.0, r1=310.0)
    look(size_px, small, large)
    assert allowance.victims(large, size_px, 1) == []
    assert not large.may_push(size_px)
