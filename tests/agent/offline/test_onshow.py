"""Acts on works that a request names: what is read of the words, and what comes of it on the scene."""

import asyncio
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.intent import Intent, Targets
from agent.offline.draft import Draft
from agent.offline.onshow.naming import Row
from agent.offline.understand import understand
from agent.ports.context import Stood, TurnContext
from tests.agent.offline.acts_on_show import talk_over_a_show, tried
from tests.agent.offline.album_words import SHOW, TITLES, album_words, around
from tests.eval.matching import misread

_MANY, _LEAST_RIGHT = 12, 0.9
_IDS = tuple(work.asset_id for work in SHOW.placements)


def _read(said: str, *earlier: Stood, **context: Any) -> Intent:
    over = replace(around("hang 8 pictures of Lisbon", over_a_show=True), earlier=earlier, **context)
    return understand(said, album_words(), over)


def _named(phrase: str, context: TurnContext | None = None) -> Targets | None:
    over = context or around("hang 8 pictures of Lisbon", over_a_show=True)
    found = Row(Draft(album_words(), over, f"¦ {phrase} ¦ ")).named(phrase)
    return found.targets if found is not None else None


@pytest.mark.parametrize(
    ("phrase", "targets"),
    [
        ("the last but one", Targets(ordinal=-2)),
        ("whatever hangs first", Targets(ordinal=1)),
        ("the 2 at the very end", Targets(ordinal=-1, many=2)),
        ("2 and 7", Targets(ordinal=2, also=(Targets(ordinal=7),))),
        ("tram on the hill 3", Targets(words="tram on the hill 3", one=True)),
        ("the trams", Targets(words="tram", one=True)),
        ("everything after the fourth", Targets(ordinal=-1, many=4)),
        ("a good reason", None),
        ("the elephants", None),
        ("it", None),
    ],
)
def test_a_phrase_names_works_only_where_every_word_of_it_is_read(phrase: str, targets: Targets | None) -> None:
    assert _named(phrase) == targets


@given(st.lists(st.sampled_from(sorted({word for title in TITLES for word in title.casefold().split()})), max_size=6))
def test_naming_never_raises_and_names_nothing_that_is_not_there(words: list[str]) -> None:
    found = _named(" ".join(words))
    if found is not None and found.words and found.one:
        assert any(found.words in title.casefold() for title in TITLES)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("I'd stop after the fourth, whatever comes behind it is surplus",
         {"kind": "edit", "edits.0.verb": "remove", "targets.many": 4}),
        ("number four doesn't convince me, find another Lisbon one for that spot",
         {"kind": "edit", "edits.0.verb": "replace", "targets.ordinal": 4}),
        ("you may let go of the second one again, it needn't be fixed",
         {"kind": "edit", "edits.0.verb": "unpin", "targets.ordinal": 2}),
        ("what's the very last one called?", {"kind": "answer", "about": "described", "targets.ordinal": -1}),
        ("from how many photographers altogether?", {"kind": "answer", "about": "distinct", "name": "creator"}),
        ("the ferry, close up", {"kind": "navigate", "targets.words": "ferry"}),
        ("one room per city", {"kind": "refine", "layout": "gallery", "wishes.group_by": "folder"}),
        ("I need an even dozen", {"kind": "refine", "wishes.count": 12}),
        ("half of that will do, the budget shrank", {"kind": "refine", "wishes.count": 4}),
        ("the trams first, then the ferries",
         {"kind": "refine", "sequence.0.words": "tram", "sequence.1.words": "ferry"}),
        ("the trams before the ferries", {"kind": "refine", "keep_works": True}),
        ("the trams belong together", {"kind": "refine", "keep_works": True}),
    ],
)  # fmt: skip
def test_sentences_all_of_which_is_read(said: str, means: dict[str, Any]) -> None:
    assert misread(_read(said), means) == []


@pytest.mark.parametrize(
    "said",
    ["hang 12 pictures of Kyoto", "the trams first, and ten pictures of elephants", "why is the third one here?"],
)
def test_what_says_more_is_left_to_the_other_rules(said: str) -> None:
    assert _read(said).kind not in ("edit", "restyle")
    assert not _read(said).sequence


_BEFORE = Stood(theme="noir", layout="timeline", asset_ids=(*_IDS[:2], "gone", *_IDS[2:]),
                titles=(*TITLES[:2], "Waterfall 9", *TITLES[2:]))  # fmt: skip


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("back to the first look", {"kind": "restyle", "theme": "noir"}),
        ("the noir was nicer after all", {"kind": "restyle", "theme": "noir"}),
        ("like before, only not as dark", {"theme": "noir", "light": 1.3}),
        ("the timeline was better", {"kind": "refine", "layout": "timeline"}),
        ("number three back, but stay in white cube", {"kind": "refine", "coming.asset_ids": ["gone"]}),
        ("the waterfall back in", {"kind": "refine", "coming.asset_ids": ["gone"]}),
    ],
)
def test_parts_of_the_show_come_back_from_how_it_stood(said: str, means: dict[str, Any]) -> None:
    assert misread(_read(said, _BEFORE), means) == []


def test_nothing_comes_back_where_nothing_stood_earlier() -> None:
    assert _read("the noir was nicer after all").kind != "restyle"
    assert _read("number three back").coming is None


def test_what_is_put_in_comes_out_on_the_scene() -> None:
    draw = random.Random(5)
    wrong = [one for one in (asyncio.run(tried(draw)) for _ in range(_MANY)) if one.wrong]
    assert len(wrong) <= (1 - _LEAST_RIGHT) * _MANY, [(one.said, one.wrong) for one in wrong]


def test_what_was_ruled_out_comes_back_when_it_is_asked_for_by_name() -> None:
    async def talk() -> tuple[list[str], list[str]]:
        over = await talk_over_a_show()
        before = over.asset_ids()
        await over.say("no crabs please")
        assert over.asset_ids() != before
        await over.say("make it noir")
        await over.say("the crabs back in, everything else stays")
        return before, over.asset_ids()

    before, after = asyncio.run(talk())
    assert set(before) <= set(after)
