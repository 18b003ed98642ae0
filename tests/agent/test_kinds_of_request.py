"""Every kind of request through the whole graph: what it changes, says, or hands to the session."""

import pytest

from agent.events import Choice
from agent.works import colour_share
from scene.records import Placement
from scene.rules import broken_rules
from tests.agent.turns import Talk


async def shown(request: str = "create a cyberpunk gallery") -> Talk:
    talk = Talk()
    ended = await talk.say(request)
    assert ended.outcome == "proposed", ended.text
    return talk


async def test_a_create_honours_count_rooms_order_and_filters() -> None:
    talk = await shown("create a gallery of 12 crabs from the 90s or later, in two rooms, newest first")
    dates = [talk.library.by_id[i].taken for i in talk.asset_ids()]
    assert len(talk.scene.rooms) == 2
    assert all(day is not None and day.year >= 1990 for day in dates)
    assert dates == sorted(dates, key=str, reverse=True)


async def test_a_count_that_was_not_asked_for_takes_what_fits_and_says_so() -> None:
    talk = Talk()
    ended = await talk.say("create a gallery of lighthouses")
    assert len(talk.scene.placements) == 24
    assert "30 fit; the best 24 hang" in ended.text


async def test_too_few_for_the_count_is_a_question_and_its_answers_work() -> None:
    talk = Talk()
    ended = await talk.say("create a gallery of 50 crabs")
    assert (ended.outcome, ended.text) == ("asked", "Only 30 fit “crabs”: widen, or stop at 30?")
    assert ended.choices == (Choice("Widen the search", "widen"), Choice("Stop at 30", "stop at 30"))
    assert not talk.scene.placements
    await talk.say("stop at 30")
    assert len(talk.scene.placements) == 30
    other = Talk()
    await other.say("create a gallery of 50 crabs")
    await other.say("widen")
    assert len(other.scene.placements) == 50


async def test_nothing_below_the_cut_off_is_placed_silently() -> None:
    talk = Talk()
    ended = await talk.say("create a gallery of unicorns")
    assert ended.outcome == "asked"
    assert "Nothing in the library fits “unicorns”" in ended.text
    assert ended.proposal is None


async def test_an_empty_library_says_what_to_do() -> None:
    from tests.agent.memory_library import MemoryLibrary

    talk = Talk(library=MemoryLibrary([]))
    ended = await talk.say("create a cyberpunk gallery")
    assert ended.outcome == "refused"
    assert "Import a folder" in ended.advice


async def test_a_library_of_one_picture_is_a_gallery_of_one() -> None:
    from tests.agent.memory_library import MemoryLibrary, made_up_assets

    talk = Talk(library=MemoryLibrary(made_up_assets()[:1]))
    await talk.say("create a gallery")
    assert len(talk.scene.placements) == 1
    assert not broken_rules(talk.scene)


async def test_without_and_only_take_works_away_and_bring_fitting_ones() -> None:
    talk = await shown("create a gallery of the sea")
    await talk.say("without crabs")
    known = talk.library.by_id
    assert all("crab" not in known[i].tags for i in talk.asset_ids())
    await talk.say("only the ones from the 90s")
    dates = [known[i].taken for i in talk.asset_ids()]
    assert dates
    assert all(day is not None and 1990 <= day.year <= 1999 for day in dates)


async def test_less_of_a_colour_lowers_its_share_on_the_walls() -> None:
    talk = await shown()
    known = talk.library.by_id

    def purple() -> float:
        return sum(colour_share(known[i], "purple") for i in talk.asset_ids())

    shares = [purple()]
    for _ in range(2):
        await talk.say("less purple")
        shares.append(purple())
    assert shares[0] > shares[1] >= shares[2]


async def test_more_of_something_takes_a_quarter_of_the_wall() -> None:
    talk = await shown()
    before = talk.asset_ids()
    await talk.say("more crabs")
    new = set(talk.asset_ids()) - set(before)
    assert len(talk.asset_ids()) == len(before)
    assert len(new) == 6
    assert all("crab" in talk.library.by_id[i].tags for i in new)


@pytest.mark.parametrize(
    ("request_", "count"), [("half as many", 12), ("fewer works", 16), ("30 works", 30), ("3 more", 27)]
)
async def test_the_number_of_works_changes(request_: str, count: int) -> None:
    talk = await shown()
    before = set(talk.asset_ids())
    await talk.say(request_)
    after = set(talk.asset_ids())
    assert len(after) == count
    assert after <= before or before <= after


async def test_wishes_outlive_the_next_refinement_but_not_their_layout() -> None:
    talk = await shown()
    await talk.say("bigger gaps")
    arrangement = talk.scene.arrangement
    assert arrangement is not None
    assert '"gap_m":0.97' in arrangement.wishes_json
    await talk.say("less purple")
    assert talk.scene.arrangement is not None
    assert '"gap_m":0.97' in talk.scene.arrangement.wishes_json
    await talk.say("make it a timeline")
    assert "gap_m" not in talk.scene.arrangement.wishes_json


async def test_a_kept_wall_stays_as_it_is() -> None:
    talk = await shown()
    back = {work.id: work for work in talk.scene.placements if work.wall_id == "room-1-back"}
    await talk.say("keep the back wall, redo the rest, less purple")
    assert back
    assert all(talk.scene.get(i) == work for i, work in back.items())


async def test_a_pinned_work_stays_whatever_is_said() -> None:
    talk = await shown()
    await talk.say("pin the third one")
    pinned = next(work for work in talk.scene.placements if work.pinned)
    for request in ("without night", "only crabs", "make it a grid", "remove everything", "try again", "fewer works"):
        await talk.say(request)
        now = talk.scene.get(pinned.id)
        assert isinstance(now, Placement)
        assert (now.position_m, now.size_m, now.rotation) == (pinned.position_m, pinned.size_m, pinned.rotation)


async def test_edits_touch_the_named_works_only() -> None:
    talk = await shown()
    third = talk.scene.placements[2]
    ended = await talk.say("remove the third one")
    assert ended.proposal is not None
    assert third.id in ended.proposal.change.removed
    assert [i for i in ended.proposal.change.removed if i.startswith("work-")] == [third.id]
    first = talk.scene.placements[0]
    await talk.say("make the first one smaller")
    now = talk.scene.get(first.id)
    assert isinstance(now, Placement)
    assert now.size_m[0] == pytest.approx(first.size_m[0] * 0.8)


async def test_the_first_and_the_third_are_counted_as_they_hang() -> None:
    talk = await shown()
    ids = [work.id for work in talk.scene.placements]
    await talk.say("remove the first and the third one")
    assert [work.id for work in talk.scene.placements] == [ids[1], *ids[3:]]


async def test_the_selection_is_meant_by_this() -> None:
    talk = await shown()
    talk.select([1])
    chosen = talk.scene.placements[1]
    await talk.say("move it to the left by 5 cm")
    moved = talk.scene.get(chosen.id)
    assert isinstance(moved, Placement)
    assert moved.position_m != chosen.position_m
    talk.selection = frozenset()
    ended = await talk.say("remove this")
    assert ended.outcome == "asked"
    assert "Nothing is selected" in ended.text
    before = len(talk.scene.placements)
    ended = await talk.say(ended.choices[0].request)
    assert ended.outcome == "proposed"
    assert len(talk.scene.placements) == before - 1


async def test_a_replaced_work_keeps_its_place() -> None:
    talk = await shown()
    second = talk.scene.placements[1]
    await talk.say("replace the second one with a lighthouse")
    now = talk.scene.get(second.id)
    assert isinstance(now, Placement)
    assert now.position_m == second.position_m
    assert "lighthouse" in talk.library.by_id[now.asset_id].tags
    assert now.provenance.turn_id == "t2"


async def test_restyle_moves_no_work() -> None:
    talk = await shown()
    before = talk.scene.placements
    ended = await talk.say("make it noir and a bit darker")
    assert (talk.scene.theme.theme, talk.scene.theme.light) == ("noir", 0.7)
    assert talk.scene.placements == before
    assert ended.proposal is not None
    assert ended.proposal.change.ids == {"theme"}


async def test_navigation_gives_a_camera_and_changes_nothing() -> None:
    talk = await shown()
    for request in (
        "go to the back wall",
        "show me the entrance",
        "take me to the third one",
        "overview",
        "start a tour",
    ):
        ended = await talk.say(request)
        assert (ended.outcome, ended.proposal) == ("acted", None), request
        assert ended.camera is not None
    assert ended.action == "tour"
    assert ended.ids


async def test_the_camera_stands_in_the_room_and_looks_at_the_work() -> None:
    talk = await shown()
    work = talk.scene.placements[4]
    ended = await talk.say("go to the fifth one")
    assert ended.camera is not None
    assert ended.camera.target_m == work.position_m
    room = talk.scene.rooms[0]
    x, _, z = ended.camera.position_m
    assert room.min_corner_m[0] < x < room.max_corner_m[0]
    assert room.min_corner_m[1] < z < room.max_corner_m[1]


async def test_selecting_by_words() -> None:
    talk = await shown("create a gallery of the sea")
    ended = await talk.say("select the red ones")
    assert ended.action == "select"
    assert ended.ids
    chosen = [work for work in talk.scene.placements if work.id in ended.ids]
    assert all(colour_share(talk.library.by_id[work.asset_id], "red") >= 0.15 for work in chosen)


@pytest.mark.parametrize(
    ("request_", "action"),
    [("undo", "undo_step"), ("take that back", "undo_turn"), ("redo", "redo"), ("save a picture", "export_picture"),
     ("export the scene", "export_document")],
)  # fmt: skip
async def test_what_the_session_does(request_: str, action: str) -> None:
    talk = await shown()
    ended = await talk.say(request_)
    assert (ended.outcome, ended.action) == ("acted", action)


async def test_why_reads_what_the_placement_remembers() -> None:
    talk = await shown("create a gallery of crabs")
    ended = await talk.say("why is the first one here?")
    first = talk.scene.placements[0]
    assert ended.outcome == "answered"
    assert first.title in ended.text
    assert "“crabs”" in ended.text
    assert f"{first.provenance.score:.2f}" in ended.text


async def test_every_hung_work_remembers_why() -> None:
    talk = await shown()
    for work in talk.scene.placements:
        assert work.provenance.author == "agent"
        assert work.provenance.turn_id == "t1"
        assert work.provenance.query
        assert work.provenance.reason
        assert work.provenance.score is not None


async def test_answers_are_counts_of_the_library_or_the_show() -> None:
    talk = await shown()
    assert (await talk.say("how many pictures have I")).text.startswith("300 works in the library")
    known = [a for a in talk.library.all if a.taken is not None and a.taken.year == 2019]
    assert (await talk.say("how many from 2019?")).text.startswith(f"{len(known)} works of 300")
    assert (await talk.say("how many works are on show?")).text.startswith("24 works on show in 1 room of ")
    assert "crab (30)" in (await talk.say("which tags do I have")).text


async def test_a_canvas_keeps_the_works_under_its_name() -> None:
    talk = await shown()
    ended = await talk.say("keep these as a canvas called Night Pieces")
    assert ended.outcome == "answered"
    (board,) = talk.projects.boards.values()
    assert (board.name, board.asset_ids) == ("Night Pieces", tuple(talk.asset_ids()))
    assert "“Night Pieces” (24 works)" in (await talk.say("which canvases do I have")).text


async def test_a_new_project_has_its_name() -> None:
    talk = Talk()
    await talk.say("new project called Winter Show")
    assert [project.name for project in talk.projects.known] == ["First", "Winter Show"]
    assert (await talk.say("new project called Winter Show")).outcome == "refused"


async def test_nonsense_is_asked_about_with_choices_that_make_sense() -> None:
    talk = await shown()
    for request in ("qwzx jkl", "", "?!", "make it cosy", "blorb from 2019"):
        ended = await talk.say(request)
        assert ended.outcome == "asked", request
        assert 2 <= len(ended.choices) <= 5
        for choice in ended.choices:
            again = await Talk(scene=talk.scene).say(choice.request)
            assert again.outcome != "failed", choice
            assert "did not understand" not in again.text, choice


async def test_refining_nothing_says_what_is_missing() -> None:
    ended = await Talk().say("less purple")
    assert ended.outcome == "refused"
    assert "nothing on show" in ended.text
    assert [step.state for step in ended.steps] == ["done", "skipped", "skipped", "skipped"]
