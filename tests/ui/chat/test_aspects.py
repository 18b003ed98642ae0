"""What was understood as chips, and chips as a corrected intent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from agent.intent import Intent
from agent.ports.library import DateRange, Query
from scene.layouts.contract import Wishes
from ui.chat.aspect_groups import GROUPS, grouped
from ui.chat.aspects import ASPECTS, BY_KEY, addable, chips_of, corrected
from ui.chat.editors import Choose, Count, Option, Vocabulary, Years

KNOWN = Vocabulary(themes=(Option("Cyberpunk", "cyberpunk"), Option("Noir", "noir")))
INTENT = Intent(
    kind="create",
    subject="rainy streets",
    theme="cyberpunk",
    layout="gallery",
    query=Query(words="rainy streets", colours=("magenta", "cyan"), limit=24),
    wishes=Wishes(count=24),
)


def texts(intent: Intent) -> list[str]:
    return [chip.text for chip in chips_of(intent, KNOWN)]


def test_chips_say_what_was_understood() -> None:
    assert texts(INTENT) == [
        "new", "gallery", "cyberpunk theme", "24 works", "about rainy streets", "magenta", "cyan"
    ]  # fmt: skip


def test_one_work_is_singular_and_years_are_spoken() -> None:
    decade = DateRange(start=date(1990, 1, 1), end=date(1999, 12, 31))
    intent = Intent(kind="create", wishes=Wishes(count=1), query=Query(dates=decade, without_words=("people",)))
    assert texts(intent) == ["new", "1 work", "1990 to 1999", "no people"]


def test_the_count_reaches_the_query_too() -> None:
    fewer = corrected(INTENT, "count", 12.0, 0)
    assert (fewer.wishes.count, fewer.query.limit) == (12, 12)


def test_the_subject_reaches_the_query_too() -> None:
    changed = corrected(INTENT, "subject", "quiet seas", 0)
    assert (changed.subject, changed.query.words) == ("quiet seas", "quiet seas")


def test_one_of_several_colours_is_replaced_or_removed() -> None:
    assert corrected(INTENT, "colours", "teal", 1).query.colours == ("magenta", "teal")
    assert corrected(INTENT, "colours", None, 0).query.colours == ("cyan",)


def test_a_removed_aspect_can_be_added_again() -> None:
    without = corrected(INTENT, "theme", None, 0)
    assert without.theme is None
    assert "theme" in [aspect.key for aspect in addable(without)]
    assert corrected(without, "theme", "noir").theme == "noir"


def test_adding_to_a_list_keeps_what_is_there() -> None:
    assert corrected(INTENT, "without_words", "people").query.without_words == ("people",)
    assert corrected(INTENT, "colours", "magenta").query.colours == ("magenta", "cyan")


def test_years_become_whole_years() -> None:
    dates = corrected(INTENT, "dates", (1985, 1989)).query.dates
    assert dates == DateRange(start=date(1985, 1, 1), end=date(1989, 12, 31))


def test_a_correction_is_certain() -> None:
    doubtful = INTENT.model_copy(update={"confidence": 0.3})
    assert corrected(doubtful, "layout", "timeline", 0).confidence == 1.0


def test_a_value_out_of_bounds_is_refused() -> None:
    with pytest.raises(ValidationError):
        corrected(INTENT, "layout", "labyrinth", 0)


@given(st.sampled_from(ASPECTS), st.data())
def test_whatever_an_editor_offers_makes_a_valid_intent_with_a_chip(aspect: object, data: st.DataObject) -> None:
    found = BY_KEY[aspect.key]  # type: ignore[attr-defined]
    editor = found.editor(KNOWN)
    value: object
    if isinstance(editor, Choose):
        offered = st.sampled_from([option.value for option in editor.options] or ["something"])
        value = data.draw(offered)
    elif isinstance(editor, Count):
        value = data.draw(st.floats(editor.least, editor.most))
    elif isinstance(editor, Years):
        value = (1990, 1999)
    else:
        value = data.draw(st.text(min_size=1, max_size=60))
    changed = corrected(INTENT, found.key, value)
    assert found.key in [chip.aspect for chip in chips_of(changed, KNOWN)]


def test_aspects_are_grouped_as_people_look_for_them() -> None:
    groups = grouped(ASPECTS)
    assert [title for title, _ in groups][:4] == [title for title, _ in GROUPS]
    assert len(groups) <= 5
    assert sorted(a.key for _, members in groups for a in members) == sorted(BY_KEY)
    assert [title for title, _ in grouped([BY_KEY["theme"]])] == ["How it looks"]


def test_every_chip_speaks_the_same_way() -> None:
    spoken = corrected(corrected(INTENT, "group_by", "colour"), "order", "title")
    assert all(text == text.lower() and "“" not in text for text in texts(spoken))
    assert {"grouped by colour", "ordered by title"} <= set(texts(spoken))
