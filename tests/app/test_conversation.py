"""Words that decide, undo and redo over a proposal and over the scene, with answers that say what really happened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.decision_words import decision_in
from app.headless import Headless
from app.proposal_versions import ProposalVersions
from scene.change import SceneChange
from scene.document import write_document
from scene.proposal import Proposal
from scene.scene import Scene


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
