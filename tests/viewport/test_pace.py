"""The render clock: frames while moving, all of the picture once it rests, and a budget that follows the time taken."""

from viewport.pace import (
    FIRST_BUDGET,
    FIRST_PAUSE,
    LEAST_BUDGET,
    MOST_PLAIN_PX,
    RECENT,
    SOFTENED_WITHIN_S,
    TOO_SOFT_S,
    Pace,
)


def test_a_turn_is_followed_by_one_whole_picture_and_then_by_what_is_missing() -> None:
    pace = Pace()
    assert pace.step(0.0, True, True, False, 900) == "moving"
    assert pace.step(0.05, False, False, False, 900) == "rest"
    assert pace.step(0.2, False, False, False, 9_000) == "whole"
    assert pace.step(0.22, False, False, False, 9_000) == "more"
    assert pace.step(0.3, False, False, False, 0) == "rest"


def test_changed_pixels_at_rest_are_drawn_a_few_times_a_second_only() -> None:
    pace = Pace()
    steps = [pace.step(now / 100, False, False, True, 0) for now in range(100)]
    assert 4 <= len(steps) - steps.count("rest") <= 6


def test_the_budget_shrinks_when_frames_are_slow_and_grows_when_they_are_quick() -> None:
    pace = Pace()
    first = pace.budget
    for _ in range(30):
        pace.drew(0.2, "moving", False)
    assert pace.budget == LEAST_BUDGET < first
    assert not pace.mirrors, "a slow machine goes without reflections"
    for _ in range(40):
        pace.drew(0.004, "moving", False)
    assert pace.budget > first
    assert pace.mirrors


def test_a_draft_has_neither_reflections_nor_a_smooth_picture() -> None:
    pace = Pace("draft")
    assert not pace.mirrors
    assert pace.smooth_within_s == 0.0


def test_small_cards_are_pictures_again_where_frames_take_no_time() -> None:
    pace = Pace()
    assert pace.thrift(moving=True).plain_px == MOST_PLAIN_PX["standard"]
    for _ in range(60):
        pace.drew(0.002, "moving", False)
    assert pace.thrift(moving=True).plain_px == 0.0
    budget = pace.budget
    for _ in range(4):
        pace.drew(0.03, "moving", False)
    assert pace.plain_px > 0
    assert pace.budget == budget, "blends are tried first"


def test_edges_are_softened_while_the_eye_moves_only_where_that_costs_nothing() -> None:
    quick, slow, standard = Pace("high"), Pace("high"), Pace("standard")
    assert not quick.softens, "nothing was measured yet"
    for _ in range(RECENT):
        quick.drew(SOFTENED_WITHIN_S / 2, "moving", False)
        slow.drew(SOFTENED_WITHIN_S * 2, "moving", False)
        standard.drew(SOFTENED_WITHIN_S / 2, "moving", False)
    assert quick.softens
    assert not slow.softens
    assert not standard.softens


def test_softening_that_costs_too_much_is_not_tried_with_every_few_frames_again() -> None:
    pace, softened = Pace("high"), []
    for _ in range(8 * FIRST_PAUSE):
        softened.append(pace.softens)
        pace.drew(TOO_SOFT_S * 2 if pace.softens else SOFTENED_WITHIN_S / 2, "moving", False)
    turns = sum(now != then for now, then in zip(softened[1:], softened, strict=False))
    assert 2 <= turns <= 8
    assert sum(softened) <= 4 * RECENT


def test_edges_stay_soft_while_frames_are_a_little_slower_than_those_at_which_it_began() -> None:
    pace = Pace("high")
    for _ in range(RECENT):
        pace.drew(SOFTENED_WITHIN_S / 2, "moving", False)
    for seconds in (0.5 * (SOFTENED_WITHIN_S + TOO_SOFT_S), SOFTENED_WITHIN_S * 1.1) * RECENT:
        pace.drew(seconds, "moving", False)
        assert pace.softens


def test_another_stage_begins_with_the_first_budget_whatever_the_one_before_allowed() -> None:
    pace = Pace()
    for _ in range(80):
        pace.drew(0.001, "moving", False)
    assert (pace.budget > FIRST_BUDGET, pace.plain_px) == (True, 0.0)
    pace.begin_anew()
    assert (pace.budget, pace.plain_px) == (FIRST_BUDGET, MOST_PLAIN_PX["standard"])
    for _ in range(20):
        pace.drew(0.1, "moving", False)
    before = pace.budget
    pace.begin_anew()
    assert pace.budget == before < FIRST_BUDGET


def test_pictures_that_fade_in_at_rest_are_drawn_in_steps_as_often_as_frames_are_quick() -> None:
    for frame_s, least, most in ((0.005, 30, 34), (0.03, 10, 12), (0.2, 4, 6)):
        pace = Pace()
        pace.plain_frame_s = frame_s
        steps = [pace.step(now / 100, False, False, True, 0, fades=True) for now in range(100)]
        assert least <= steps.count("patch") <= most
