"""Words that decide, undo and redo over a proposal and over the scene, with answers that say what really happened."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.events import TurnEnded
from app.commands.headless import Headless
from app.decision_words import decision_in
from app.keeping.proposal_versions import ProposalVersions
from app.runs.beside import in_background
from scene.change import SceneChange
from scene.document import write_document
from scene.proposal import Proposal
from scene.scene import Scene
from tests.platform_service.conftest import until


def shown(studio: Headless) -> int:
    return len(studio.session.staged.placements)


def test_undo_goes_one_version_of_the_proposal_back(studio: Headless) -> None:
    studio.ask("create a gallery of 12 works from everything")
    first = studio.session.staged
    studio.ask("make it noir")
    assert studio.session.staged != first
    assert studio.ask("undo").text.startswith("Back to “")
    assert studio.session.staged == first
    assert studio.ask("redo").text.startswith("Forward to “")
    assert studio.session.staged.theme.theme == "noir"
    studio.ask("undo")
    assert studio.ask("undo").text == "The proposal is taken back; the scene is as it was."
    assert studio.session.proposal is None
    assert shown(studio) == 0
    assert studio.ask("redo").text.startswith("Forward to “")
    assert shown(studio) == 12


def test_undo_and_redo_of_steps_say_what_they_did_or_that_there_is_nothing(studio: Headless) -> None:
    assert studio.ask("undo").text.startswith("There is nothing")
    studio.ask("create a gallery of 12 works from everything")
    assert studio.ask("approve").text.startswith("Approved: ")
    assert studio.session.proposal is None
    assert len(studio.session.store.scene.placements) == 12
    undone = studio.ask("undo").text
    assert "“" in undone
    assert undone.startswith(("Undone", "Taken back"))
    assert shown(studio) == 0
    assert studio.ask("redo").text.startswith("Redone: “") or shown(studio) == 0


def test_typed_words_decide_only_over_a_proposal(studio: Headless) -> None:
    before = write_document(studio.session.store.scene)
    assert studio.ask("approve").outcome != "acted"
    studio.ask("create a gallery of 12 works from everything")
    rejected = studio.ask("no")
    assert rejected.text.startswith("Rejected: ")
    assert studio.session.proposal is None
    assert write_document(studio.session.store.scene) == before


@pytest.mark.parametrize("words", ["Approve!", "ok", "  YES ", "looks good."])
def test_approvals(words: str) -> None:
    assert decision_in(words) == "approve"


@pytest.mark.parametrize("words", ["approve nothing purple", "no people", "yes but bigger", "", "ok " * 50])
def test_requests_that_only_begin_so_are_requests(words: str) -> None:
    assert decision_in(words) is None


@given(st.lists(st.sampled_from(["new", "back", "forward"]), max_size=30))
def test_back_and_forward_walk_the_same_versions(moves: list[str]) -> None:
    line: list[Proposal] = []
    at, versions = 0, ProposalVersions()
    for number, move in enumerate(moves):
        match move:
            case "new":
                made = Proposal(f"p{number}", "t", f"version {number}", SceneChange(), Scene())
                line, at = [*line[:at], made], at + 1
                versions = versions.with_new(made)
            case "back":
                at, versions = max(0, at - 1), versions.back()
            case "forward":
                at, versions = min(len(line), at + 1), versions.forward()
        assert versions.current == (line[at - 1] if at else None)


def ends(studio: Headless, *turn_ids: str) -> list[TurnEnded]:
    """The ends of these turns, in the order in which they come."""
    found: list[TurnEnded] = []
    deadline = time.monotonic() + 60
    while len(found) < len(turn_ids) and time.monotonic() < deadline:
        found += [m for m in studio.session.poll() if isinstance(m, TurnEnded) and m.turn_id in turn_ids]
        time.sleep(0.003)
    return found


def test_a_correction_takes_the_place_of_what_runs(studio: Headless) -> None:
    session = studio.session
    first = session.ask("create a gallery of 12 works from everything")
    second = session.ask("no, as a timeline with 9 works")
    stopped, ended = ends(studio, first, second)
    assert (stopped.turn_id, stopped.outcome) == (first, "cancelled")
    assert ended.intent is not None
    assert (ended.intent.kind, ended.intent.layout, ended.intent.wishes.count) == ("create", "timeline", 9)
    assert session.runs.left() == []
    outcomes = {run.run_id: run.outcome for run in session.runs.runs(most=2)}
    assert outcomes[second] == ended.outcome
    assert outcomes.get(first, "cancelled") == "cancelled"  # stopped before it began, it leaves no run


def test_what_is_asked_meanwhile_waits_and_stop_stops_all(studio: Headless) -> None:
    session = studio.session
    first = session.ask("create a gallery of 12 works from everything")
    second = session.ask("how many pictures are there?")
    assert [ended.outcome for ended in ends(studio, first, second)] == ["proposed", "answered"]
    third = session.ask("create a gallery of 12 works from everything")
    session.ask("how many pictures are there?")
    assert session.ask("stop") == third
    (stopped,) = ends(studio, third)
    assert stopped.outcome == "cancelled"
    assert not session.running


def test_a_run_is_rolled_back_by_its_id_long_after(studio: Headless) -> None:
    session = studio.session
    ended = studio.ask("create a gallery of 12 works from everything")
    assert session.approve()
    studio.ask("make it noir")
    assert session.approve()
    assert session.roll_back(ended.turn_id)
    assert not session.roll_back("nobody")
    assert len(session.store.scene.placements) == 0
    assert session.store.scene.theme.theme == "noir"
    detail = session.runs.run(ended.turn_id)
    assert detail is not None
    assert detail.summary.decided == "taken_back"


def test_what_was_proposed_just_now_can_be_corrected_like_what_runs(studio: Headless) -> None:
    studio.ask("create a gallery of 12 works from everything")
    ended = studio.ask("not those, I meant as a timeline with 9 works")
    assert ended.intent is not None
    assert (ended.intent.kind, ended.intent.layout, ended.intent.wishes.count) == ("create", "timeline", 9)
    assert shown(studio) == 9
    studio.session.approve()
    later = studio.ask("not those, I meant 5 works")
    assert later.intent is not None
    assert later.intent.layout is None, "what was decided is not corrected any more"


def test_a_run_in_the_background_leaves_the_conversation_alone_and_shows_its_proposal_when_asked(
    studio: Headless,
) -> None:
    session = studio.session
    aside = session.ask("create a timeline of 9 works from everything, in the background")
    assert session.in_background == (aside,)
    front = session.ask("create a gallery of 5 works from everything")
    found = {ended.turn_id: ended for ended in ends(studio, aside, front)}
    assert shown(studio) == 5
    assert session.approve()
    assert session.in_background == ()
    assert next(run.background for run in session.runs.runs() if run.run_id == aside)
    assert found[aside].choices
    again = studio.ask(found[aside].choices[0].request)
    assert again.outcome == "proposed"
    assert again.text.startswith("Made in the background: ")
    assert session.approve()
    assert session.store.scene.placements
    assert studio.ask(found[aside].choices[0].request).text != again.text, "it is shown once"
    assert next(run.decided for run in session.runs.runs() if run.run_id == aside) == "approved"


def test_a_run_in_the_background_is_stopped_by_its_id_or_by_words(studio: Headless) -> None:
    session = studio.session
    before = write_document(session.store.scene)
    first, second = (session.ask_in_background("create a gallery of 12 works from everything") for _ in range(2))
    assert session.cancel_background(first)
    assert not session.cancel_background("nobody")
    assert studio.ask("stop").text.startswith("Stopped in the background")
    until(lambda: studio.session.poll() == [] and not session.in_background)
    outcomes = {run.outcome for run in session.runs.runs(most=3) if run.run_id in (first, second)}
    assert outcomes <= {"cancelled", "proposed"}
    assert studio.ask("undo, in the background").outcome == "refused"
    assert write_document(session.store.scene) == before


@pytest.mark.parametrize(
    ("words", "request_"),
    [
        ("In the background: a timeline of the 90s", "a timeline of the 90s"),
        ("a timeline of the 90s, in the background", "a timeline of the 90s"),
        ("A timeline of the 90s. Do it in the background!", "A timeline of the 90s"),
        ("Eine Zeitleiste, im Hintergrund", "Eine Zeitleiste"),
        ("portraits with mountains in the background", ""),
        ("in the background", ""),
        ("more neon in the background, please", ""),
    ],
)
def test_only_words_that_stand_apart_send_a_request_to_the_background(words: str, request_: str) -> None:
    assert in_background(words) == request_
