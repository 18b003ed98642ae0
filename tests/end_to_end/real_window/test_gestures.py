"""The hands, with real events in a real window: what is chosen, moved, numbered, copied and hung; one step each."""

import math

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractItemView

from scene.rules import broken_rules
from tests.end_to_end.real_window.hung import HungWindow

LOOP = [(7.2, 2.4), (9.2, 2.3), (9.1, 0.8), (7.1, 0.9), (7.2, 2.4)]


def test_click_box_lasso_and_wall_choose(hung_window: HungWindow) -> None:
    made, hand, session = hung_window, hung_window.hand, hung_window.session
    made.hand.click(made.view, made.on(1))
    hand.until(lambda: session.selection == made.ids(1))
    hand.click(made.view, made.on(2), keys="shift")
    hand.until(lambda: session.selection == made.ids(1, 2))
    hand.click(made.view, made.on(1), keys="ctrl")
    hand.until(lambda: session.selection == made.ids(2))
    hand.click(made.view, made.at(5.0, 2.7, 0.0))
    hand.until(lambda: session.selection == frozenset())
    eye = made.eye
    made.drag(made.at(2.6, 2.3), made.at(6.7, 0.7), keys="shift")
    hand.until(lambda: session.selection == made.ids(1, 2))
    made.choose(())
    made.drag(*(made.at(x, y) for x, y in LOOP), keys="ctrl")
    hand.until(lambda: session.selection == made.ids(3))
    hand.key("ctrl+shift+w")
    hand.until(lambda: session.selection == made.ids(0, 1, 2, 3))
    hand.key("ctrl+shift+b")
    made.drag(*(made.at(x, y) for x, y in LOOP))
    hand.until(lambda: session.selection == made.ids(3))
    hand.key("ctrl+b")
    made.drag(made.at(0.9, 2.3), made.at(4.3, 0.7))
    hand.until(lambda: session.selection == made.ids(0, 1))
    hand.key("ctrl+shift+i")
    hand.until(lambda: session.selection == made.ids(2, 3))
    hand.key("ctrl+shift+a")
    hand.until(lambda: session.selection == frozenset())
    assert made.eye == eye, "no camera moved"
    assert made.steps[-1] == "Hang"


def test_drags_move_turn_grow_and_go_round_the_corner(hung_window: HungWindow) -> None:
    made = hung_window
    made.select(2)
    made.one_step(lambda: made.drag(made.on(2), made.at(6.1, 1.51)), "Move “Work 2”")
    assert made.work(2).position_m[1] == pytest.approx(1.5), "it snaps to the line of its neighbours"
    knob, centre = made.grip("turn"), made.on(2)
    reach, turn = math.hypot((knob - centre).x(), (knob - centre).y()), math.radians(14)
    slanted = centre + QPoint(round(reach * math.sin(turn)), -round(reach * math.cos(turn)))
    made.one_step(lambda: made.drag(knob, slanted), "Turn “Work 2” to -15.0°")
    made.select(0)
    before, corner = made.work(0).size_m, made.grip("scale", (1, 1))
    made.one_step(lambda: made.drag(corner, corner + QPoint(14, -11), keys="alt"), "Resize “Work 0” to .* m")
    grown = made.work(0).size_m
    assert grown[0] > before[0] * 1.1
    assert grown[0] / grown[1] == pytest.approx(before[0] / before[1])
    made.select(3)
    path = made.on(3), made.at(9.7, 1.5), made.at(9.96, 1.5, 2.4)
    made.one_step(lambda: made.drag(*path), "Move “Work 3” to wall “right”")
    assert made.work(3).wall_id == "room-right"
    made.select(0, 1)
    apart = made.work(1).position_m[0] - made.work(0).position_m[0]
    made.one_step(lambda: made.drag(made.on(1), made.at(4.1, 1.5)), "Move 2 works")
    assert made.work(1).position_m[0] - made.work(0).position_m[0] == pytest.approx(apart)
    assert broken_rules(made.session.store.scene) == []


def test_a_drag_right_after_a_click_is_a_drag_and_a_double_click_flies(hung_window: HungWindow) -> None:
    made, eye = hung_window, hung_window.eye
    start, end = made.on(1), made.at(3.6, 2.3)
    made.one_step(lambda: (made.hand.click(made.view, start), made.drag(start, end)), "Move “Work 1”")
    assert made.eye == eye
    made.hand.double_click(made.view, made.on(2))
    made.hand.until(lambda: made.view.view.subject == made.work(2).id)


def test_escape_in_a_drag_puts_everything_back(hung_window: HungWindow) -> None:
    made, steps = hung_window, list(hung_window.steps)
    made.select(1)
    start, end = made.on(1), made.at(4.2, 2.0)
    made.hand.press_and_move(made.view, start, end)
    made.hand.until(lambda: made.view.grasp.hands.busy)
    assert made.view.view.cards.centre[1, 0] > 3.7, "it moves on the picture"
    made.hand.key("Escape")
    made.hand.until(lambda: not made.view.grasp.hands.busy)
    made.hand.let_go()
    assert made.view.view.cards.centre[1, 0] == pytest.approx(3.6)
    assert made.steps == steps


def test_keys_and_numbers_move_align_copy_and_remove(hung_window: HungWindow) -> None:
    made, hand, session = hung_window, hung_window.hand, hung_window.session
    made.select(1)
    made.one_step(lambda: hand.key("Right"), "Nudge “Work 1” 1 cm right")
    made.one_step(lambda: hand.key("shift+Up"), "Nudge “Work 1” 10 cm up")
    assert made.work(1).position_m == pytest.approx((3.61, 1.6, 0.04))
    field = made.window.stage.inspector.fields["height"]

    def typed() -> None:
        hand.double_click(field)
        hand.key("ctrl+a")
        hand.write("1.75")
        hand.key("Return")

    made.one_step(typed, "Set height of “Work 1” to 1.75 m")
    assert made.work(1).position_m[1] == pytest.approx(1.75)
    made.select(0, 1, 2)
    made.one_step(lambda: hand.key("alt+shift+Up"), "Align tops of 3 works")
    tops = {round(made.work(n).position_m[1] + made.work(n).size_m[1] / 2, 6) for n in range(3)}
    assert len(tops) == 1
    made.one_step(lambda: hand.key("alt+shift+d"), "Distribute 3 works")
    gaps = [made.work(n + 1).position_m[0] - made.work(n).position_m[0] for n in range(2)]
    assert gaps[0] == pytest.approx(gaps[1])
    made.select(3)
    made.one_step(lambda: hand.key("ctrl+shift+d"), "Duplicate “Work 3”")
    assert len(session.store.scene.placements) == 5
    made.select(3)
    made.one_step(lambda: hand.key("Delete"), "Remove “Work 3”")
    assert made.ids(3).isdisjoint(session.store.scene.records)


def test_a_picture_pulled_out_of_the_library_hangs_where_it_is_let_go(hung_window: HungWindow) -> None:
    made, grid = hung_window, hung_window.window.library.grid
    asset = grid.rows.asset(0)
    index = grid.rows.index(0, 0)
    grid.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
    start, end = grid.visualRect(index).center(), made.at(4.75, 2.6)

    def pulled() -> None:
        made.hand.drag([(grid.viewport(), start), (grid.viewport(), start + QPoint(30, 8)), (made.view, end)])

    made.one_step(pulled, "Hang “.*”")
    new = next(work for work in made.session.store.scene.placements if work.id not in made.ids(0, 1, 2, 3))
    assert (new.asset_id, new.wall_id) == (asset.id, "room-back")
    assert new.position_m[0] == pytest.approx(4.75, abs=0.4)
    assert broken_rules(made.session.store.scene) == []
