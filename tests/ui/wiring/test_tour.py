"""A tour goes from stop to stop, is paused, stepped and ended."""

import pytest
from pytestqt.qtbot import QtBot

from scene.records import Viewpoint
from scene.scene import Scene
from ui.wiring.tour import Tour

STOPS = Scene.of(
    [
        Viewpoint(
            id=f"stop-{n}", name=f"Stop {n}", position_m=(n, 1.6, 0), target_m=(n, 1.6, -1), order=n, on_path=True
        )
        for n in range(3)
    ]
)


@pytest.fixture
def flown() -> list[float]:
    return []


@pytest.fixture
def tour(qtbot: QtBot, flown: list[float]) -> Tour:
    made = Tour(lambda position, target: flown.append(position[0]))
    made._timer.setInterval(20)
    return made


def test_it_visits_every_stop_and_ends(tour: Tour, flown: list[float], qtbot: QtBot) -> None:
    tour.start(STOPS)
    qtbot.waitUntil(lambda: not tour.under_way, timeout=2_000)
    assert flown == [0, 1, 2]


def test_a_paused_tour_stays_until_it_goes_on(tour: Tour, flown: list[float], qtbot: QtBot) -> None:
    tour.start(STOPS)
    tour.toggle()
    qtbot.wait(80)
    assert flown == [0]
    tour.step(1)
    qtbot.wait(80)
    assert (flown, tour.at, tour.is_paused) == ([0, 1], 1, True), "stepping by hand does not end the pause"
    tour.step(-5)
    assert tour.at == 0
    tour.toggle()
    qtbot.waitUntil(lambda: not tour.under_way, timeout=2_000)
    assert flown == [0, 1, 0, 1, 2]


def test_ending_tells_once_and_an_empty_scene_has_no_tour(tour: Tour, qtbot: QtBot) -> None:
    tour.start(STOPS)
    with qtbot.waitSignal(tour.changed):
        tour.stop()
    with qtbot.assertNotEmitted(tour.changed):
        tour.stop()
        tour.toggle()
        tour.step(1)
    tour.start(Scene())
    assert not tour.under_way
