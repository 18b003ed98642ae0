"""Many cards in one plane are painted onto one picture that stands in for them from afar."""

import time
from collections.abc import Callable

import numpy as np

from scene.records import Placement, ThemeChoice
from scene.scene import Scene
from viewport.camera import Pose
from viewport.picture import window_pixels
from viewport.view import SceneView
from viewport.works.boarding import Boarding, _Painted
from viewport.works.boards import boards_of, painted, tiles_of
from viewport.works.cards import Cards, cards_of
from viewport.works.resident import ResidentCells

Hang = Callable[..., Placement]
SIZE = (320, 180)


def wall(hang: Hang, columns: int, lines: int, depth_m: float = 0.0, name: str = "w") -> list[Placement]:
    return [
        hang(
            "red",
            0.0,
            id=f"{name}-{k}",
            position_m=((k % columns - columns / 2) * 1.0, k // columns * 1.0 + 1.0, depth_m),
            size_m=(0.8, 0.6),
            wall_id=None,
            room_id=None,
        )
        for k in range(columns * lines)
    ]


def test_each_plane_with_many_cards_is_a_board(hang: Hang) -> None:
    cards = cards_of([*wall(hang, 30, 20), *wall(hang, 25, 20, 7.0, "v"), *wall(hang, 5, 5, 3.0, "few")])
    boards = boards_of(cards, 8)
    assert sorted(len(board.rows) for board in boards) == [500, 600]
    assert all((np.ptp(cards.centre[board.rows, 2]) == 0) for board in boards)


def test_cards_that_hang_over_one_another_are_no_board(hang: Hang) -> None:
    same = [work.model_copy(update={"id": f"again-{work.id}"}) for work in wall(hang, 30, 20)]
    assert (
        boards_of(cards_of([*wall(hang, 30, 20), *same, *[w.model_copy(update={"id": f"3-{w.id}"}) for w in same]]), 8)
        == []
    )


def painted_wall(cards: Cards) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A board on which every card has a colour of its own."""
    (board,) = boards_of(cards, 10)

    def pictures(
        rows: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        colours = np.stack([rows % 200, rows // 200 * 40, rows * 0 + 9], axis=1).astype(np.uint8)
        return np.broadcast_to(colours[:, None, None, :], (len(rows), 8, 8, 3))

    return painted(board, pictures)


def test_every_card_is_where_it_hangs_and_gaps_are_clear(hang: Hang) -> None:
    cards = cards_of(wall(hang, 30, 20))
    pixels = painted_wall(cards)
    height, width = pixels.shape[:2]
    low, high = cards.corners().min(axis=(0, 1)), cards.corners().max(axis=(0, 1))
    for row in (0, 29, 300, 599):
        x, y = (cards.centre[row, :2] - low[:2]) / (high[:2] - low[:2]) * (width, height)
        assert pixels[int(y), int(x)].tolist() == [row % 200, row // 200 * 40, 9, 255]
    covered = float((pixels[..., 3] > 0).mean())
    assert abs(covered - 600 * 0.8 * 0.6 / float(np.prod((high - low)[:2]))) < 0.05


def test_tiles_make_up_the_whole(hang: Hang) -> None:
    pixels = np.random.default_rng(4).integers(0, 256, (1500, 2100, 4), dtype=np.uint8)
    again = np.zeros_like(pixels)
    for x, y, tile in tiles_of(pixels):
        again[y : y + tile.shape[0], x : x + tile.shape[1]] = tile
    assert (again == pixels).all()


def test_a_board_shows_what_its_cards_showed_and_is_gone_when_one_moves(view: SceneView, hang: Hang) -> None:
    works = wall(hang, 60, 40)
    view.guide.reduced_motion = True
    view.show(Scene.of([ThemeChoice(theme="white_cube"), *works]))
    view.load_all()
    middle = np.array([0.0, 20.0, 0.0])
    view.camera.go(Pose.of(middle + np.array([0.0, 0.0, 46.0]), middle))
    tiers = view.composition.tiers
    view.picture(*SIZE)
    plain = window_pixels(view.window, *SIZE).astype(int)
    until = time.monotonic() + 20
    while not tiers.boarding.actors or tiers.boarding.is_coming:
        assert time.monotonic() < until, "no board was painted"
        view.touched()
        view.tick(time.monotonic())
        view.render()
    view.touched()
    view.render()
    assert tiers.flow.shown.used == 0, "no card is drawn by itself"
    boarded = window_pixels(view.window, *SIZE).astype(int)
    both = [picture[:176].reshape(22, 8, 40, 8, 3).mean(axis=(1, 3)) for picture in (plain, boarded)]
    assert np.abs(both[0] - both[1]).mean() < 9, "from afar both look alike, but for jagged edges"
    assert np.abs((both[0] - both[1]).mean(axis=(0, 1))).max() < 2.5, "as much of the wall is covered"
    for _ in range(6):
        view.painting._step, view.painting.dirty = "patch", True
        view.render()
    over = window_pixels(view.window, *SIZE).astype(int)
    assert np.abs(over - boarded).mean() < 1, "a board is not laid over itself again and again"
    boards = tiers.boarding.actors
    view.preview([works[0].model_copy(update={"position_m": (0.0, 12.0, 0.5)})])
    view.render()
    assert tiers.boarding.actors == []
    assert not any(view.composition._billing.knows(board) for board in boards), "graphics memory is kept for none"
    assert tiers.flow.shown.used == 2400


def test_what_changed_since_a_board_was_painted_is_drawn_by_itself(hang: Hang) -> None:
    cards, cells = cards_of(wall(hang, 30, 20)), ResidentCells(600)
    boarding = Boarding()
    shown = _Painted(cards, cells.refined.copy(), np.full(600, 9.0, np.float32), [])
    assert (boarding._limits(shown, cells) == 9.0).all()
    cells.paint(np.array([7]), np.zeros((1, cells.px, cells.px, 3), np.uint8))
    cells.mixed[11] = True
    assert np.flatnonzero(boarding._limits(shown, cells) == 0).tolist() == [7, 11]
