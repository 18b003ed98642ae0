"""Preferences change the next proposal where the request leaves it open, and the receipt says so."""

from agent.intent import Intent
from agent.learning.applying import preferred_in, preferring
from agent.learning.preference import Preference
from agent.ports.library import Query
from scene.layouts.contract import Wishes
from scene.scene import Scene
from tests.agent.turns import Talk

GAP = Preference(id="g", topic="gap_m", scope="always", value=1.4, edited=True)
COUNT = Preference(id="c", topic="count", scope="always", value=10, edited=True)
LIGHT = Preference(id="l", topic="light", scope="always", value=1.5, edited=True)
THEME = Preference(id="t", topic="theme", scope="always", text="noir", edited=True)
ALL = (GAP, COUNT, LIGHT, THEME)


def test_what_the_request_leaves_open_is_as_preferred() -> None:
    made = preferring(Intent(kind="create"), ALL, Scene())
    assert (made.wishes.gap_m, made.wishes.count, made.light, made.theme) == (1.4, 10, 1.5, "noir")
    assert preferred_in(made, ALL, Scene()) == list(ALL)


def test_what_the_request_says_stands() -> None:
    said = Intent(
        kind="create", theme="museum", light=0.7, wishes=Wishes(gap_m=0.3, count=5), query=Query(tags=("neon",))
    )
    barred = Preference(id="x", topic="avoid_tag", scope="always", text="Neon", edited=True)
    assert preferring(said, (*ALL, barred), Scene()) == said
    assert preferred_in(said, ALL, Scene()) == []


def test_only_new_environments_are_shaped() -> None:
    for kind in ("refine", "edit", "restyle", "answer"):
        intent = Intent.model_validate({"kind": kind})
        assert preferring(intent, ALL, Scene()) is intent


def test_everything_means_everything() -> None:
    said = Intent(kind="create", query=Query(limit=10_000))
    assert preferring(said, (COUNT,), Scene()).wishes.count is None


async def test_the_next_proposal_follows_and_its_receipt_says_so() -> None:
    talk = Talk()
    plain = await talk.say("create a cyberpunk gallery")
    assert plain.proposal is not None
    assert not any("prefer" in note for note in plain.proposal.receipt.notes)
    talk = Talk(preferences=(GAP, COUNT))
    ended = await talk.say("create a cyberpunk gallery")
    assert ended.proposal is not None
    assert len(ended.proposal.works) == 10
    assert ended.intent is not None
    assert ended.intent.wishes.gap_m == 1.4
    assert any("as you prefer, gaps of 1.40 m: set by you" in note for note in ended.proposal.receipt.notes)


async def test_a_work_ruled_out_does_not_come_again_unless_it_is_named() -> None:
    talk = Talk()
    await talk.say("create a cyberpunk gallery")
    unwanted = talk.scene.placements[0]
    barred = Preference(id="a", topic="avoid", scope="always", text=unwanted.asset_id, name=unwanted.title, edited=True)
    talk = Talk(preferences=(barred,))
    ended = await talk.say("create a cyberpunk gallery")
    assert unwanted.asset_id not in talk.asset_ids()
    assert ended.proposal is not None
    assert any(unwanted.title in note for note in ended.proposal.receipt.notes)
    talk.scene = Scene()
    named = Intent(kind="create", query=Query(words=unwanted.title))
    assert preferring(named, (barred,), Scene()) == named
