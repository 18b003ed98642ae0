"""What the session remembers: verdicts become rules, shows become recipes, messages can be edited, all of it lasts."""

from datetime import date

import pytest

from agent.recipes import NotARecipe
from agent.templates import BadTemplate
from app.commands.headless import Headless
from app.places import Places
from app.remembering.memory import Memory
from app.remembering.preferences import NoSuchPreference, Preferences
from app.remembering.recipes import NameTaken, NoSuchRecipe, Recipes
from app.remembering.talk import Talk
from scene.document import write_document
from scene.operations import pin

TODAY = date(2026, 11, 22)


def ended(studio: Headless, turn_id: str) -> str:
    assert turn_id
    return studio._turn(turn_id, 60.0).outcome


def test_what_was_rejected_changes_the_next_proposal_until_it_is_forgotten(studio: Headless) -> None:
    session = studio.session
    studio.ask("create a gallery of 8 works")
    before = write_document(session.store.scene)
    session.reject("Too tight")
    assert write_document(session.store.scene) == before
    (rule,) = session.preferences()
    assert rule.why == "tight spacing rejected once"
    again = studio.ask("create a gallery of 8 works")
    assert again.proposal is not None
    assert any("as you prefer" in note and "tight spacing" in note for note in again.proposal.receipt.notes)
    assert again.intent is not None
    assert again.intent.wishes.gap_m == rule.value
    edited = session.edit_preference(rule.id, value=0.9, scope="always")
    assert (edited.value, edited.scope, edited.why) == (0.9, "always", "set by you")
    assert session.preferences() == (edited,)
    with pytest.raises(NoSuchPreference):
        session.edit_preference(edited.id, value=99.0)
    session.forget_preference(edited.id)
    assert session.preferences(everywhere=True) == ()
    third = studio.ask("create a gallery of 8 works")
    assert third.intent is not None
    assert third.intent.wishes.gap_m is None


def test_single_works_that_were_rejected_leave_the_proposal_and_do_not_come_again(studio: Headless) -> None:
    session = studio.session
    studio.ask("create a gallery of 6 works")
    assert session.proposal is not None
    work = session.proposal.works[0]
    session.reject("", about=[work.id])
    assert session.proposal is not None
    assert work.asset_id not in {w.asset_id for w in session.proposal.works}
    session.reject("", about=["nothing of the kind"])
    assert len(session.proposal.works) == 5
    session.reject()
    studio.ask("create a gallery of 6 works")
    assert work.asset_id not in {w.asset_id for w in session.staged.placements}


def test_taking_a_turn_back_forgets_what_approving_it_taught(studio: Headless) -> None:
    session = studio.session
    for count in (6, 7):
        studio.ask(f"create a museum gallery of {count} works")
        assert session.approve()
    assert any(p.topic == "theme" and p.text == "museum" for p in session.preferences())
    session.take_back_turn()
    assert not any(p.topic == "theme" for p in session.preferences())


def test_an_earlier_message_can_be_edited_and_hand_edits_stay(studio: Headless) -> None:
    session = studio.session
    first = studio.ask("create a gallery of 6 works")
    session.approve()
    hand = session.store.scene.placements[0]
    session.commit("Pin", pin(session.store.scene, [hand.id]))
    second = studio.ask("make it noir")
    session.approve()
    assert session.store.scene.theme.theme == "noir"
    assert session.ask_again("no such turn", "make it museum") == ""
    assert ended(studio, session.ask_again(second.turn_id, "make it museum")) == "proposed"
    assert session.store.scene.theme.theme != "noir"
    assert session.store.scene.placements[0].pinned
    assert session.staged.theme.theme == "museum"
    assert len(session.staged.placements) == 6
    shown = [turn.request for turn in session.conversation_history()]
    assert shown == ["create a gallery of 6 works", "make it museum"]
    everything = session.conversation_history(aside=True)
    assert [turn.aside for turn in everything] == [False, True, False]
    assert everything[-1].branched_from == second.turn_id
    assert session.conversation_history()[0].turn_id == first.turn_id


def test_editing_a_message_over_a_ghost_brings_the_ghost_before_it_back(studio: Headless) -> None:
    session = studio.session
    studio.ask("create a gallery of 6 works")
    first = session.staged
    second = studio.ask("make it noir")
    assert ended(studio, session.ask_again(second.turn_id, "how many works are there?")) == "answered"
    assert session.staged == first
    third = studio.ask("make it museum")
    session.approve()
    assert ended(studio, session.ask_again(third.turn_id, "make it noir")) == "proposed"
    assert session.store.scene.placements == []
    assert len(session.staged.placements) == 6


def test_a_branch_that_was_left_comes_back_with_what_it_did_and_hand_edits_stay(studio: Headless) -> None:
    session = studio.session
    studio.ask("create a gallery of 6 works")
    session.approve()
    noir = studio.ask("make it noir")
    session.approve()
    museum = session.ask_again(noir.turn_id, "make it museum")
    assert ended(studio, museum) == "proposed"
    session.approve()
    hand = session.store.scene.placements[0]
    session.commit("Pin", pin(session.store.scene, [hand.id]))
    both = (noir.turn_id, museum)
    assert session.message_versions() == {museum: both}
    assert session.switch_branch(noir.turn_id)
    assert session.store.scene.theme.theme == "noir"
    assert session.store.scene.get(hand.id).pinned  # type: ignore[union-attr]
    assert [turn.request for turn in session.conversation_history()] == ["create a gallery of 6 works", "make it noir"]
    assert session.message_versions() == {noir.turn_id: both}
    assert not session.switch_branch("no such turn")
    assert session.switch_branch(museum)
    assert session.store.scene.theme.theme == "museum"
    assert session.store.scene.get(hand.id).pinned  # type: ignore[union-attr]
    assert session.take_back_turn()
    assert session.store.scene.theme.theme not in ("museum", "noir")


def test_a_branch_that_was_left_comes_back_with_its_ghost(studio: Headless) -> None:
    session = studio.session
    first = studio.ask("create a gallery of 6 works")
    ghost = session.staged
    second = session.ask_again(first.turn_id, "create a grid of 5 works")
    assert ended(studio, second) == "proposed"
    assert session.switch_branch(first.turn_id)
    assert session.staged == ghost
    assert session.store.scene.placements == []
    assert session.switch_branch(second)
    assert len(session.staged.placements) == 5


def test_a_ghost_made_over_a_ghost_comes_back_with_its_branch(studio: Headless) -> None:
    session = studio.session
    studio.ask("create a grid of 5 works")
    four = studio.ask("create a gallery of 4 works")
    ghost = session.staged
    ended(studio, session.ask_again(four.turn_id, "create a gallery of 6 works"))
    assert session.switch_branch(four.turn_id)
    assert session.staged == ghost
    assert session.undo_latest()
    assert len(session.staged.placements) == 5


def test_a_recipe_makes_the_show_again_in_another_project_without_its_works(studio: Headless) -> None:
    session = studio.session
    with pytest.raises(NotARecipe):
        session.save_recipe("Nothing yet")
    studio.ask("create a museum gallery of 9 works")
    studio.ask("bigger gaps")
    session.approve()
    gap = session.store.scene.arrangement
    recipe = session.save_recipe("  Dark   nine ")
    assert recipe.name == "Dark nine"
    hung = {work.asset_id for work in session.store.scene.placements}
    assert not any(asset_id in recipe.model_dump_json() for asset_id in hung)
    with pytest.raises(NameTaken):
        session.save_recipe("dark NINE")
    assert session.rename_recipe("Dark nine", " Nine  in the dark").id == recipe.id
    with pytest.raises(NotARecipe):
        session.rename_recipe(recipe.id, "   ")
    with pytest.raises(NoSuchRecipe):
        session.rename_recipe("Dark nine", "Another")
    session.rename_recipe(recipe.id, "Dark nine")
    session.new_project("Elsewhere")
    session.poll()
    assert ended(studio, session.replay_recipe("Dark nine")) == "proposed"
    assert len(session.staged.placements) == 9
    assert session.staged.theme.theme == "museum"
    assert gap is not None
    assert session.staged.arrangement is not None
    assert '"gap_m"' in session.staged.arrangement.wishes_json
    assert ended(studio, session.replay_recipe(recipe.id, {"count": 4, "theme": "noir"})) == "proposed"
    assert len(session.staged.placements) == 4
    assert session.staged.theme.theme == "noir"
    with pytest.raises(BadTemplate):
        session.replay_recipe(recipe.id, {"count": "many"})
    session.forget_recipe("Dark nine")
    with pytest.raises(NoSuchRecipe):
        session.replay_recipe("Dark nine")


def test_workflows_run_by_id_with_values(studio: Headless) -> None:
    session = studio.session
    assert ended(studio, session.run_template("contact_sheet", {"count": 10})) == "proposed"
    assert len(session.staged.placements) == 10
    assert session.staged.arrangement is not None
    assert session.staged.arrangement.layout == "grid"
    assert ended(studio, session.run_template("tour", {"count": 3})) == "proposed"
    assert len([v for v in session.staged.viewpoints if v.on_path]) == 3
    with pytest.raises(BadTemplate):
        session.run_template("contact_sheet", {"count": 0})
    with pytest.raises(BadTemplate):
        session.run_template("nothing")


def test_an_earlier_run_is_done_again_without_a_planner(studio: Headless) -> None:
    session = studio.session
    first = studio.ask("create a gallery of 5 works")
    session.reject()
    assert ended(studio, session.replay_run(first.turn_id)) == "proposed"
    assert len(session.staged.placements) == 5
    assert session.replay_run("no such turn") == ""


def test_what_followed_before_is_suggested(studio: Headless) -> None:
    session = studio.session
    for _ in range(3):
        studio.ask("create a gallery of 5 works")
        studio.ask("make it noir")
        session.reject()
    studio.ask("create a gallery of 5 works")
    assert session.suggestions()[0] == "make it noir"
    assert "create a gallery of 5 works" not in session.suggestions()


def test_why_a_work_is_here_names_step_request_preference_and_hand(studio: Headless) -> None:
    session = studio.session
    studio.ask("create a gallery of 6 works")
    session.reject("too tight")
    studio.ask("create a gallery of 6 works")
    session.approve()
    work = session.store.scene.placements[0]
    session.commit("Pin it", pin(session.store.scene, [work.id]))
    session.select(frozenset({work.id}))
    said = studio.ask("why is this here?").text
    for part in ("It scored", "in the step", "create a gallery of 6 works", "tight spacing rejected", "Pin it", "2026"):
        assert part in said, said


def test_all_of_it_is_on_disk_for_the_next_start(studio: Headless, talk_places: Places) -> None:
    session = studio.session
    studio.ask("create a gallery of 5 works")
    session.reject("too dark")
    studio.ask("create a museum gallery of 5 works")
    session.approve()
    session.save_recipe("Five")
    assert session.project is not None
    memory = Memory(talk_places.memory)
    try:
        turns = Talk(memory).turns(session.project.id)
        assert turns == session.conversation_history()
        assert [turn.verdict for turn in turns] == ["rejected", "approved"]
        assert Preferences(memory).all() == session.preferences(everywhere=True) != ()
        assert [recipe.name for recipe in Recipes(memory).all()] == ["Five"]
    finally:
        memory.close()
        session.forget_recipe("Five")
