"""A request becomes a proposal, step by step, and talking refines it."""

from agent.events import Planned, StepChanged, TurnEnded, Understood
from agent.works import colour_share
from scene.rules import broken_rules
from tests.agent.turns import Talk


async def test_a_request_becomes_a_cyberpunk_gallery_of_24_works() -> None:
    talk = Talk()
    ended = await talk.say("create a cyberpunk gallery")
    assert ended.outcome == "proposed"
    assert ended.proposal is not None
    assert ended.proposal.title == "Cyberpunk gallery, 24 works"
    assert len(talk.scene.placements) == 24
    assert talk.scene.theme.theme == "cyberpunk"
    assert not broken_rules(talk.scene)


async def test_events_come_in_order_and_the_end_is_last() -> None:
    talk = Talk()
    ended = await talk.say("create a cyberpunk gallery")
    kinds = [type(event) for event in talk.events]
    assert kinds[:2] == [Understood, Planned]
    assert kinds[-1] is TurnEnded
    planned = next(event for event in talk.events if isinstance(event, Planned))
    assert [step.state for step in planned.steps] == ["pending"] * 4
    changes = [(e.step.id, e.step.state) for e in talk.events if isinstance(e, StepChanged)]
    expected = [(step, state) for step in ("search", "choose", "arrange", "style") for state in ("running", "done")]
    assert changes == expected
    assert [step.state for step in ended.steps] == ["done"] * 4
    assert planned.steps[1].arguments["hits"] == "@search.hits"


async def test_less_purple_more_rain_changes_some_works_and_keeps_the_others_in_place() -> None:
    talk = Talk()
    await talk.say("create a cyberpunk gallery")
    before = talk.asset_ids()
    ended = await talk.say("less purple, more rain")
    after = talk.asset_ids()
    assert ended.proposal is not None
    assert len(after) == 24
    gone, new = set(before) - set(after), set(after) - set(before)
    assert 0 < len(gone) < 20
    assert len(new) == len(gone)
    known = talk.library.by_id
    assert all(colour_share(known[i], "purple") >= 0.12 for i in gone)
    assert all("rain" in known[i].tags for i in new)
    assert any(f"{len(gone)} purple work" in note for note in ended.proposal.receipt.notes)


async def test_make_it_a_timeline_keeps_the_dated_works_and_names_the_others() -> None:
    talk = Talk()
    await talk.say("create a cyberpunk gallery")
    before = talk.asset_ids()
    ended = await talk.say("make it a timeline")
    assert ended.proposal is not None
    undated = {i for i in before if talk.library.by_id[i].taken is None}
    assert set(talk.asset_ids()) == set(before) - undated
    assert len(ended.proposal.receipt.unplaced) == len(undated)
    assert talk.scene.arrangement is not None
    assert talk.scene.arrangement.layout == "timeline"
