"""A proposal is named by what it is, and says in figures what was done and what was not."""

import re

import pytest

from agent.figures import change_in_words, figures
from agent.hanging import gap_between_works_m
from agent.intent import Intent
from agent.phrases import phrases
from agent.ports.library import Query
from agent.proposing import _left_out
from agent.wording import curled, request_for
from scene.layouts.contract import Wishes
from scene.scene import Scene
from tests.agent.memory_library import MemoryLibrary, made_up_assets
from tests.agent.turns import Talk


async def shown(request: str = "create a cyberpunk gallery") -> Talk:
    talk = Talk()
    ended = await talk.say(request)
    assert ended.outcome == "proposed", ended.text
    return talk


@pytest.mark.parametrize(
    ("request_", "title"),
    [
        ("less purple", "Cyberpunk gallery, 24 works: less purple"),
        ("make it noir", "Noir gallery of cyberpunk, 24 works"),
        ("make it a grid, newest first", "Cyberpunk grid, 24 works: newest first"),
        ("in two rooms", "Cyberpunk gallery, 24 works: 2 rooms"),
        ("30 works", "Cyberpunk gallery, 30 works"),
        ("crabs in a forest", "Forest gallery of crabs, 24 works"),
        ("the 5 newest", "Gallery of the newest, 5 works"),
        ("remove the third one", "“{third}” removed"),
    ],
)
async def test_a_proposal_is_named_by_what_it_is(request_: str, title: str) -> None:
    talk = await shown()
    third = talk.scene.placements[2].title
    ended = await talk.say(request_)
    assert ended.proposal is not None
    assert ended.proposal.title == title.format(third=third)
    assert ended.proposal.receipt.summary == ended.proposal.title


async def test_a_title_names_no_wish_that_was_not_met() -> None:
    talk = await shown()
    ended = await talk.say("make it a timeline in three rooms")
    assert ended.proposal is not None
    assert "room" not in ended.proposal.title
    assert ended.proposal.title.endswith(" works")
    assert any("rooms" in words for words in ended.proposal.receipt.unmet)


async def test_gaps_are_told_as_they_hang_before_and_after() -> None:
    talk = await shown()
    before = gap_between_works_m(talk.scene)
    ended = await talk.say("bigger gaps")
    after = gap_between_works_m(talk.scene)
    assert before is not None
    assert after is not None
    assert after > before
    told = re.search(r"Gaps (\d\.\d\d) → (\d\.\d\d) m", ended.text)
    assert told is not None
    assert float(told[1]) == pytest.approx(before, abs=0.006)
    assert float(told[2]) == pytest.approx(after, abs=0.006)


async def test_a_gap_has_one_figure_in_title_steps_and_receipt() -> None:
    talk = await shown()
    ended = await talk.say("bigger gaps")
    assert ended.proposal is not None
    assert set(re.findall(r"(0\.9\d) m", f"{ended.text} {' '.join(step.result for step in ended.steps)}")) == {"0.98"}


async def test_other_changes_are_told_in_figures() -> None:
    talk = await shown()
    assert "1 → 2 rooms" in (await talk.say("in two rooms")).text
    assert "Centre line 1.50 → 1.60 m" in (await talk.say("hang everything 10 cm higher")).text
    assert "Light 100 % → 70 %" in (await talk.say("dim the lights")).text
    assert "Gallery → timeline" in (await talk.say("make it a timeline")).text
    assert re.search(r"made bigger, \d\.\d\d → \d\.\d\d m wide", (await talk.say("make the first one bigger")).text)


async def test_redoing_the_rest_moves_it_and_says_how_much() -> None:
    talk = await shown()
    back = {work.id for work in talk.scene.placements if work.wall_id == "room-1-back"}
    before = {work.asset_id: work.position_m for work in talk.scene.placements}
    ended = await talk.say("keep the back wall, redo the rest")
    moved = [work for work in talk.scene.placements if before[work.asset_id] != work.position_m]
    assert back
    assert moved
    assert f"{len(moved)} works hung anew, {24 - len(moved)} as before" in ended.text


def test_nothing_is_told_of_what_cannot_be_measured() -> None:
    wishes = Wishes(gap_m=1.0, eye_height_m=1.6, scale=2.0, rooms=2)
    assert figures(Scene(), Scene(), Intent(kind="refine", wishes=wishes)) == []
    assert change_in_words(Intent(kind="refine", wishes=wishes)) == (
        "gaps of 1.00 m, centre line at 1.60 m, works at 200 %, 2 rooms"
    )


async def test_works_left_out_for_one_reason_share_a_sentence() -> None:
    talk = await shown()
    undated = [work.title for work in talk.scene.placements if talk.library.by_id[work.asset_id].taken is None]
    ended = await talk.say("make it a timeline")
    assert ended.text.count("no date is known") == 1
    assert re.search(rf"{len(undated)} works? not hung, no date is known: “", ended.text)
    assert all(f"“{title}”" in ended.text for title in undated[:6])


async def test_a_receipt_has_curly_quotation_marks_only() -> None:
    talk = Talk()
    for request in ("show everything in a grid by year", "create a gallery of 3 crabs", "make it a timeline"):
        ended = await talk.say(request)
        assert '"' not in ended.text
    assert curled('"Heart" as hero, "') == '“Heart” as hero, "'


async def test_everything_is_everything_up_to_two_thousand() -> None:
    talk = Talk()
    for request in ("show everything in a grid by year", "group everything by colour"):
        await talk.say(request)
        assert len(talk.scene.placements) == 300
    many = made_up_assets(210)
    large = Talk(library=MemoryLibrary(many))
    ended = await large.say("show everything in a grid by colour")
    assert len(many) == 2_100
    assert len(large.scene.placements) == 2_000
    assert "2,100 fit; the best 2,000 hang" in ended.text


async def test_smallest_first_hangs_them_so() -> None:
    talk = await shown()
    await talk.say("smallest first")
    sizes = [talk.library.by_id[i].width_px * talk.library.by_id[i].height_px for i in talk.asset_ids()]
    assert sizes == sorted(sizes)
    await talk.say("bigger gaps")
    assert sizes == [talk.library.by_id[i].width_px * talk.library.by_id[i].height_px for i in talk.asset_ids()]


async def test_the_later_theme_is_the_one_that_dresses_the_scene() -> None:
    talk = await shown("create a cyberpunk gallery and then make it noir")
    assert talk.scene.theme.theme == "noir"
    assert all("cyberpunk" in talk.library.by_id[i].tags for i in talk.asset_ids())


async def test_a_wall_timeline_hangs_on_one_wall() -> None:
    talk = await shown()
    await talk.say("make it a timeline")
    ended = await talk.say("make it a wall timeline")
    assert ended.outcome == "proposed"
    assert "along one wall" in ended.text


async def test_questions_about_cost_and_the_show_are_about_them() -> None:
    talk = await shown()
    assert (await talk.say("how much did this cost?")).text.startswith("Nothing so far: 0 dollars")
    assert (await talk.say("how many rooms?")).text.startswith("24 works on show in 1 room of ")
    assert (await talk.say("how many works?")).text.endswith("24 works on show.")
    assert (await Talk().say("how many rooms?")).text == "Nothing is on show yet."


@pytest.mark.parametrize("request_", ["cancel", "never mind", "stop"])
async def test_stopping_nothing_claims_nothing(request_: str) -> None:
    talk = await shown()
    ended = await talk.say(request_)
    assert (ended.outcome, ended.action) == ("answered", "")
    assert "taken back" not in ended.text


@pytest.mark.parametrize("request_", ["undo", "take that back", "redo"])
async def test_what_the_session_does_later_is_not_claimed(request_: str) -> None:
    talk = await shown()
    assert (await talk.say(request_)).text in ("Take back.", "Bring back.")


@pytest.mark.parametrize(
    ("request_", "words"),
    [("use high quality", "high quality"), ("spend at most 2 dollars", "at most 2 dollars"),
     ("cheap draft quality please", "draft quality"), ("budget 0", "nothing to be spent")],
)  # fmt: skip
async def test_a_setting_alone_gets_a_plain_answer(request_: str, words: str) -> None:
    ended = await Talk().say(request_)
    assert ended.outcome == "answered"
    assert f"Understood: {words}." in ended.text


@pytest.mark.parametrize("request_", ["0 works", "2.5 works", "-3 works"])
async def test_no_number_of_works_is_refused_with_what_would_do(request_: str) -> None:
    ended = await Talk().say(request_)
    assert (ended.outcome, ended.proposal) == ("refused", None)
    assert "24 works" in ended.advice


@pytest.mark.parametrize("request_", ["qwzx jkl", "stop the asdf", "per", "rotate qwzx jkl asdf please now thing"])
@pytest.mark.parametrize("over", [True, False])
async def test_no_choice_is_built_out_of_nonsense(request_: str, over: bool) -> None:
    talk = await shown() if over else Talk()
    ended = await talk.say(request_)
    assert not any(word in choice.request for choice in ended.choices for word in ("qwzx", "asdf", "per "))


def test_filters_can_be_said_again() -> None:
    assert request_for(Query(colours=("red",), undated=True)) == "red pictures without a date"
    assert request_for(Query(words="crabs")) == ""


async def test_only_what_does_not_hang_comes_from_the_library() -> None:
    talk = await shown("create a gallery of crabs from the 90s")
    ended = await talk.say("only from the 2000s")
    assert ended.outcome == "proposed"
    assert "these are from the library" in ended.text
    dates = [talk.library.by_id[i].taken for i in talk.asset_ids()]
    assert dates
    assert all(day is not None and 2000 <= day.year <= 2009 for day in dates)


async def test_a_search_without_words_says_what_there_is_to_choose_from() -> None:
    ended = await Talk().say("create a gallery")
    assert ended.steps[0].result == "300 works to choose from"


async def test_works_that_change_places_are_both_named() -> None:
    talk = await shown()
    one, *_, last = (work.title for work in talk.scene.placements)
    ended = await talk.say("swap the first and the last")
    assert ended.proposal is not None
    assert f"“{one}” and “{last}” swapped" in f"{ended.text} {ended.proposal.receipt}"


def test_works_left_out_are_counted_one_by_one_also_when_they_are_called_alike() -> None:
    """Two untitled works without a date are two, as the summary of the layout says."""
    why = "no date is known"
    told = _left_out([("Untitled", why), ("Untitled", why), ("Harbour", why)], phrases("en"))
    assert told == ["3 works not hung, no date is known: “Untitled”, “Harbour”"]
    many = [(f"Work {n % 9}", why) for n in range(15)]
    (line,) = _left_out(many, phrases("en"))
    assert line.startswith("15 works not hung")
    named = sum(int(title[-1]) < 6 for title, _ in many)
    assert f"{15 - named} more" in line
