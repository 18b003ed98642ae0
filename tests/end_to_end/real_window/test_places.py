"""Never lost, with real events in a real window: flying, viewpoints, the plan, tour, turntable, flights, the filter."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from scene.document import write_document
from scene.records import Viewpoint
from tests.end_to_end.real_window.hung import ROOM, HungWindow, Place
from ui.commands.palette import CommandPalette

FAR_M = 0.3


def away_m(one: Place, other: Place) -> float:
    return math.dist(one, other)


def test_walking_stops_at_the_wall_and_flying_does_not(hung_window: HungWindow) -> None:
    made, start = hung_window, hung_window.eye
    made.view.setFocus()
    made.hand.hold("w", lambda: made.eye[2] < start[2] - FAR_M)
    assert made.eye[1] == pytest.approx(start[1]), "on one's feet"
    made.hand.key("alt+3")
    made.hand.until(lambda: made.view.view.guide.mode == "fly")
    made.hand.hold("e", lambda: made.eye[1] > start[1] + FAR_M)
    made.hand.hold("s", lambda: made.eye[2] > ROOM[1] + FAR_M)
    made.hand.key("alt+1")
    made.hand.until(lambda: made.view.view.guide.mode == "walk")
    made.hand.key("Home")
    made.hand.until(lambda: away_m(made.eye, start) < 0.01)


def test_a_viewpoint_is_saved_by_name_and_gone_to_by_name(hung_window: HungWindow) -> None:
    made, hand, entrance = hung_window, hung_window.hand, hung_window.eye
    made.view.setFocus()
    hand.key("Next")
    made.landed()
    here = made.eye
    hand.key("ctrl+d")
    made.dialog("My corner")
    kept = [found for found in made.session.store.scene.all(Viewpoint) if found.name == "My corner"]
    assert [found.position_m for found in kept] == [pytest.approx(here)]
    assert made.steps[-1] == "Save viewpoint “My corner”"
    made.view.setFocus()
    hand.key("Home")
    hand.until(lambda: away_m(made.eye, entrance) < 0.01)
    made.window.chat.composer.field.setFocus()  # where Qt takes the key for deleting to the end of the line
    hand.key("ctrl+k")
    hand.until(lambda: bool(made.window.findChildren(CommandPalette)))
    hand.write("my corner")
    hand.key("Return")
    hand.until(lambda: away_m(made.eye, here) < 0.01)
    hand.key("alt+Left")
    hand.until(lambda: away_m(made.eye, entrance) < 0.01)
    hand.click(made.view, QPoint(300, 300), button=9)
    hand.until(lambda: away_m(made.eye, here) < 0.01)


def test_clicks_in_the_plan_lead_to_places_works_and_directions(hung_window: HungWindow) -> None:
    made, hand, plan = hung_window, hung_window.hand, hung_window.window.stage.plan.view
    camera = made.view.view.camera

    def spot(x: float, z: float) -> QPoint:
        return QPoint(*(round(px) for px in plan.projection.point_px(x, z)))

    hand.click(plan, spot(2.0, 5.0))
    hand.until(lambda: away_m(made.eye, (2.0, made.eye[1], 5.0)) < FAR_M)
    hand.click(plan, spot(*made.work(2).position_m[::2]))
    hand.until(lambda: made.view.view.subject == made.work(2).id)
    hand.drag([(plan, spot(5.0, 4.0)), (plan, spot(8.0, 4.0))])
    hand.until(lambda: away_m(made.eye, (5.0, made.eye[1], 4.0)) < FAR_M)
    ahead = [to - at for at, to in zip(camera.position_m, camera.target_m, strict=True)]
    assert ahead[0] > 0
    assert abs(ahead[2]) < 0.1 * ahead[0], "it looks along the drag"


def test_the_tour_goes_on_stops_and_ends_by_keys_and_by_its_bar(hung_window: HungWindow) -> None:
    made, hand = hung_window, hung_window.hand
    tour, bar = made.studio.wayfinding.tour, made.window.stage.tour_bar
    hand.key("F8")
    hand.until(lambda: tour.under_way and bar.isVisible())
    hand.key("shift+F8")
    hand.until(lambda: tour.is_paused)
    assert (bar.name.text(), tour.at) == ("Entrance", 0)
    hand.key("F9")
    hand.until(lambda: tour.at == 1 and away_m(made.eye, tour.stops[1].position_m) < 0.01)
    hand.click(made.button(bar, "Next stop"))
    hand.until(lambda: tour.at == 2 and bar.name.text() == tour.stops[2].name)
    hand.key("shift+F9")
    hand.until(lambda: tour.at == 1 and tour.is_paused)
    last = tour.stops[2].position_m
    hand.click(made.button(bar, "Go on with the tour"))
    hand.until(lambda: tour.at == 2 and not tour.is_paused and away_m(made.eye, last) < 0.01)
    hand.key("Escape")
    hand.until(lambda: not tour.under_way and not bar.isVisible())
    assert away_m(made.eye, last) < 0.01, "one stays where one was"


def test_the_turntable_turns_until_a_hand_is_put_on_it(hung_window: HungWindow) -> None:
    made, start, hand = hung_window, hung_window.eye, hung_window.hand
    made.view.setFocus()
    hand.key("ctrl+t")
    hand.until(lambda: away_m(made.eye, start) > FAR_M)
    assert made.view.view.guide.is_turning
    hand.click(made.view, made.at(5.0, 2.9, 0.0))
    hand.until(lambda: not made.view.view.guide.is_turning)
    there = made.eye
    made.landed()
    assert made.eye == there


def test_a_morph_keeps_selection_pins_and_subject(hung_window: HungWindow) -> None:
    made, hand, session, view = hung_window, hung_window.hand, hung_window.session, hung_window.view.view
    made.select(1)
    hand.key("p")
    hand.until(lambda: made.work(1).pinned)
    pinned = made.work(1)
    made.select(0, 2)
    hand.double_click(made.view, made.on(2))
    hand.until(lambda: view.subject == made.work(2).id)
    made.choose(made.ids(0, 2))
    view.guide.reduced_motion = False
    before = write_document(session.store.scene)
    hand.key("ctrl+4")
    hand.until(lambda: session.proposal is not None)
    hand.until(lambda: view.staging.morph is not None)
    made.landed()
    assert session.selection == made.ids(0, 2)
    assert view.subject == made.work(2).id, "the eye rests on the same work"
    cards = view.cards
    for work in session.staged.placements:
        assert tuple(cards.centre[cards.row[work.id]]) == pytest.approx(work.position_m, abs=1e-9)
    assert session.staged.get(pinned.id) == pinned
    hand.key("ctrl+Return")
    hand.until(lambda: session.proposal is None)
    made.landed()
    assert session.selection == made.ids(0, 2)
    assert view.subject == made.work(2).id
    hand.key("ctrl+z")
    hand.until(lambda: write_document(session.store.scene) == before)


def test_the_filter_dims_selects_and_becomes_a_canvas_and_the_red_ones_are_gone_to(hung_window: HungWindow) -> None:
    made, hand, session = hung_window, hung_window.hand, hung_window.session
    bar, holding = made.window.stage.filter_bar, made.view.view.composition.tiers.holding
    made.view.setFocus()
    hand.key("ctrl+f")
    hand.until(lambda: bar.isVisible() and ("colour", "red") in bar.chips)
    hand.click(bar.chips["colour", "red"])
    hand.until(lambda: made.studio.filter.fitting == made.ids(0, 1))
    hand.until(lambda: [strength == 1 for strength in holding.strengths] == [True, True, False, False])
    assert bar.count.text() == "2 of 4"
    hand.click(made.button(bar, "Select the works that fit"))
    hand.until(lambda: session.selection == made.ids(0, 1))
    hand.click(bar.field)
    hand.key("Escape")
    hand.until(lambda: not bar.isVisible() and bool((holding.strengths == 1).all()))
    assert session.selection == made.ids(0, 1)
    hand.key("ctrl+shift+s")
    made.dialog("Reds")
    hand.until(lambda: any("Reds" in toast.notice.what for toast in made.window.stage.toasts.shown))
    made.view.view.flights.home()
    start = made.eye
    hand.key("ctrl+l")
    hand.write("take me to the red ones")
    hand.key("Return")
    hand.until(lambda: not session.running and away_m(made.eye, start) > FAR_M)
    made.landed()
    cards = made.view.view.cards
    rows = [cards.row[work.id] for work in (made.work(0), made.work(1))]
    pixels, depth = made.view.view.sight().project(cards.at(np.array(rows)).corners().reshape(-1, 3).astype(float))
    assert (depth > 0).all()
    assert (pixels >= 0).all()
    assert (pixels <= (made.view.width(), made.view.height())).all(), "both red ones are seen, all of them"
