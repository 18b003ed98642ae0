"""Sentences over a show in which something is only told, figures are put right, and works take the place of others."""

from dataclasses import replace
from typing import Any

import pytest

from agent.intent import Edit, Intent, Targets
from agent.offline.draft import Draft
from agent.offline.onshow.naming import Row
from agent.offline.onshow.telling import tells_beforehand
from agent.offline.understand import understand
from agent.ports.context import Stood, TurnContext
from scene.layouts.contract import Wishes
from tests.agent.offline.album_words import SHOW, TITLES, album_words, around
from tests.eval.matching import misread

_IDS = tuple(work.asset_id for work in SHOW.placements)


def _over(**context: Any) -> TurnContext:
    return replace(around("hang 8 pictures of Lisbon", over_a_show=True), **context)


def _read(said: str, **context: Any) -> Intent:
    return understand(said, album_words(), _over(**context))


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("third from the end is blurry, take it out",
         {"kind": "edit", "edits.0.verb": "remove", "edits.0.targets.ordinal": -3}),
        ("Ferry at noon 3 is overexposed, drop it",
         {"kind": "edit", "edits.0.verb": "remove", "edits.0.targets.ordinal": 4}),
        ("school class on Thursday: middle of the pictures at 1.10 m", {"kind": "refine", "wishes.eye_height_m": 1.1}),
        ("and people read from left to right, so earliest first", {"kind": "refine", "wishes.order": "oldest"}),
        ("White cube swallows all the colour. Give me a museum.", {"kind": "restyle", "theme": "museum"}),
        ("it's a bit blue in there, fewer blue ones", {"kind": "refine", "query.less_colours": ["blue"]}),
        ("the left wall is perfect, don't touch it. The others need different pictures from Kyoto.",
         {"kind": "refine", "wishes.keep_walls": ["left"], "again": True, "query.words": "kyoto"}),
        ("start with the lightest picture and get darker as you walk", {"kind": "refine", "sort": "brightest"}),
        ("put Night bus 2 where number 3 is, that one goes",
         {"kind": "edit", "edits.0.verb": "replace", "edits.0.targets.ordinal": 3,
          "edits.0.other.words": "night bus 2"}),
        ("the last tram is too small, make it bigger",
         {"kind": "edit", "edits.0.verb": "bigger", "edits.0.targets.words": "tram", "edits.0.targets.ordinal": -1}),
        ("trams in the first room, ferries in the second",
         {"kind": "refine", "sequence.0.words": "tram", "sequence.1.words": "ferry", "wishes.rooms": 2}),
        ("one tram, one ferry, one laundry. That's enough for a postcard rack.",
         {"kind": "edit", "edits.0.verb": "remove", "targets.everything": True, "targets.but.words": "tram"}),
        ("select Tram on the hill 1 and Ferry at noon 3", {"kind": "select", "targets.ordinal": 1}),
    ],
)  # fmt: skip
def test_what_is_told_beside_a_wish_is_no_part_of_it(said: str, means: dict[str, Any]) -> None:
    assert misread(_read(said), means) == []


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("kindergarten visit tomorrow", True),
        ("people read from left to right", True),
        ("we have a narrow corridor", True),
        ("white cube swallows all the colour", True),
        ("noir swallows all the colour", False),
        ("bigger gaps", False),
        ("ten pictures of trams", False),
        ("the ferries", False),
        ("make it darker", False),
        ("undo that", False),
    ],
)
def test_a_clause_with_a_wish_in_it_is_not_only_told(clause: str, told: bool) -> None:
    row = Row(Draft(album_words(), _over(), f"¦ {clause} ¦ "))
    assert tells_beforehand(clause, row) is told


_GAPS = Intent(kind="refine", wishes=Wishes(gap_m=0.8))
_TWICE = Intent(kind="refine", wishes=Wishes(count=16))


@pytest.mark.parametrize(
    ("said", "before", "asked", "means"),
    [
        ("half of that", _GAPS, "80 centimetres between frames", {"kind": "refine", "wishes.gap_m": 0.4}),
        ("sorry, I meant 40 cm", _GAPS, "gaps of 80 cm", {"kind": "refine", "wishes.gap_m": 0.4}),
        ("no, eight was right", _TWICE, "twice as many", {"kind": "refine|undo", "wishes.count": 8}),
        ("and the one before that", Intent(kind="navigate", targets=Targets(ordinal=-2)), "the second to last",
         {"kind": "navigate", "targets.ordinal": 6}),
        ("and the ferries as well",
         Intent(kind="edit", targets=Targets(ordinal=1), edits=(Edit(verb="remove", targets=Targets(ordinal=1)),)),
         "remove the first", {"kind": "edit", "edits.0.verb": "remove", "edits.0.targets.words": "ferry"}),
    ],
)  # fmt: skip
def test_a_figure_or_an_act_of_the_latest_request_is_taken_up(
    said: str, before: Intent, asked: str, means: dict[str, Any]
) -> None:
    found = _read(said, recent_requests=("hang 8 pictures of Lisbon", asked), last_intents=(before,))
    assert misread(found, means) == []


def test_two_that_were_thrown_out_one_after_the_other_come_back_together() -> None:
    first = Stood(asset_ids=(*_IDS, "x", "y"), titles=(*TITLES, "Waterfall 1", "Waterfall 2"))
    then = Stood(asset_ids=(*_IDS, "y"), titles=(*TITLES, "Waterfall 2"))
    found = _read("hm, hang the two I threw out back up", earlier=(first, then))
    assert found.coming is not None
    assert set(found.coming.asset_ids) == {"x", "y"}
