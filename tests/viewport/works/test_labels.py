"""Plaques hang where there is room: beneath, else beside, never over another work; titles are lettered whole."""

import numpy as np

from scene.records import Placement
from scene.themes import Frame, Label
from viewport.works.cards import cards_of
from viewport.works.labels import LETTERED_AT_ONCE, LOWEST_M, SIZE_M, Labels

FRAME = Frame(colour="#805030", width_m=0.05, depth_m=0.04, mat_m=0.05)


def work(name: str, x: float, y: float = 1.5, size: tuple[float, float] = (1.0, 1.0)) -> Placement:
    return Placement(id=name, asset_id=name, title=name, position_m=(x, y, -2.96), size_m=size, wall_id="back")


def plaques(*works: Placement) -> list[tuple[float, float, float, float]]:
    """Left, low, right and high edge of each plaque, in the order of the works."""
    labels = Labels(Label(paper="#ffffff", ink="#000000"), FRAME, 1.0)
    cards, size_px = cards_of(works), np.full(len(works), 300.0)
    for _ in range(1 + len(works) // LETTERED_AT_ONCE):
        labels.show(cards, size_px, True)
    used = labels._mesh.corners[labels._mesh.corners.any(axis=(1, 2))]
    return [(*quad[:, :2].min(axis=0), *quad[:, :2].max(axis=0)) for quad in used]


def test_a_plaque_hangs_beneath_the_frame_of_its_work() -> None:
    left, _, right, high = plaques(work("one", 0.0))[0]
    assert high < 1.5 - 0.5 - 0.1
    assert abs((left + right) / 2) < 1e-5
    assert abs((right - left) - SIZE_M[0]) < 1e-5


def test_where_the_floor_is_near_it_hangs_beside_and_can_be_read() -> None:
    left, low, _, _ = plaques(work("tall", 0.0, 1.35, (2.0, 2.3)))[0]
    assert left > 1.0 + 0.1
    assert low > LOWEST_M + 0.8


def test_it_covers_no_other_work_and_is_left_out_where_nothing_is_free() -> None:
    below = work("below", 0.0, 0.62, (1.0, 0.4))
    beside = plaques(work("above", 0.0), below)
    assert beside[0][0] > 0.6
    narrow = plaques(work("above", 0.0), below, work("right", 1.56))
    assert any(SIZE_M[0] * 0.55 < right - left < SIZE_M[0] * 0.65 for left, _, right, _ in narrow), "a small one fits"
    full = plaques(work("above", 0.0), below, work("right", 1.3))
    assert len(full) == 2, "one has no room"


def test_works_of_one_title_have_a_plaque_each_and_narrow_works_a_smaller_one() -> None:
    twins = plaques(work("same", -2.0), work("same", 2.0).model_copy(update={"id": "other"}))
    assert sorted(round((left + right) / 2) for left, _, right, _ in twins) == [-2, 2]
    left, _, right, _ = plaques(work("slim", 0.0, 1.5, (0.1, 0.4)))[0]
    assert 0.5 * SIZE_M[0] < right - left < 0.8 * SIZE_M[0]


def test_letters_shrink_until_the_whole_title_is_there() -> None:
    labels = Labels(Label(paper="#ffffff", ink="#000000"), FRAME, 1.0)
    short, long = labels._plaque("Sea"), labels._plaque("The harbour of an old town before the storm")
    for plaque in (short, long):
        dark = np.flatnonzero((plaque[..., 0] < 90).any(axis=0))
        assert dark[0] > 5
        assert dark[-1] < plaque.shape[1] - 5
    rows = [np.flatnonzero((plaque[..., 0] < 90).any(axis=1)) for plaque in (short, long)]
    assert np.ptp(rows[1]) > np.ptp(rows[0]), "two lines"
