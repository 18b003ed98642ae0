"""Widening says less of the subject first, takes what is nearest last, and gives no filler the first place."""

import pytest

from agent.tools.widening import weaker
from agent.vocabulary import vocabulary
from tests.agent.memory_library import MemoryLibrary, made_up_assets
from tests.agent.turns import Talk


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("calm seascapes", ["seascapes"]),
        ("rainy neon streets", ["neon streets", "streets"]),
        ("ships in a storm", ["ships"]),
        ("crabs and old lighthouses", ["old lighthouses", "crabs", "lighthouses"]),
        ("crabs", []),
        ("", []),
    ],
)
def test_weaker_words_drop_what_comes_before_and_after_the_noun(words: str, expected: list[str]) -> None:
    assert weaker(words, vocabulary("en").lists) == expected


async def test_the_noun_without_its_adjective_comes_before_anything_else() -> None:
    talk = Talk()
    ended = await talk.say("25 stormy unheard crabs in a white cube")
    assert ended.outcome == "proposed", ended.text
    assert "Nothing fits all of “stormy unheard crabs”; “crabs” was looked for" in ended.text
    assert "too weakly" not in ended.text
    tags = [talk.library.by_id[i].tags for i in talk.asset_ids()]
    assert len(tags) == 25
    assert sum("crab" in found for found in tags) == 25


async def test_fillers_score_below_what_fits_and_are_named() -> None:
    talk = Talk()
    await talk.say("create a gallery of 40 crabs")
    ended = await talk.say("widen")
    assert "30 works fit; as you said, also 10 that come nearest" in ended.text
    scores = {"crab": [], "other": []}  # type: dict[str, list[float]]
    for work in talk.scene.placements:
        kind = "crab" if "crab" in talk.library.by_id[work.asset_id].tags else "other"
        scores[kind].append(work.provenance.score or 0.0)
    assert min(scores["crab"]) > max(scores["other"])
    largest = max(talk.scene.placements, key=lambda work: work.size_m[0] * work.size_m[1])
    assert "crab" in talk.library.by_id[largest.asset_id].tags


async def test_an_answer_chain_keeps_the_request() -> None:
    talk = Talk()
    first = await talk.say("40 crabs in a noir style")
    assert (first.outcome, first.asked_about) == ("asked", "40 crabs in a noir style")
    second = await talk.say("no people")
    assert second.asked_about == "40 crabs in a noir style\nno people"
    third = await talk.say("stop at 30")
    assert third.outcome == "proposed"
    assert talk.scene.theme.theme == "noir"
    assert all("crab" in talk.library.by_id[i].tags for i in talk.asset_ids())


async def test_a_room_whose_theme_hardly_any_work_is_about_is_asked_about() -> None:
    others = [asset for asset in made_up_assets(30) if "cyberpunk" not in asset.tags]
    few = [asset for asset in made_up_assets(30) if "cyberpunk" in asset.tags][:2]
    talk = Talk(library=MemoryLibrary((*others, *few)))
    ended = await talk.say("create a cyberpunk gallery")
    assert ended.outcome == "asked", ended.text
    assert "Only 2 fit “cyberpunk”" in ended.text
    widened = await talk.say("widen")
    assert widened.outcome == "proposed", widened.text
    assert talk.scene.theme.theme == "cyberpunk"
    assert len(talk.asset_ids()) == 24
    assert {asset.id for asset in few} <= set(talk.asset_ids())
    talk = Talk(library=MemoryLibrary((*others, *few)))
    assert (await talk.say("create a gallery of crabs in a cyberpunk room")).outcome == "proposed"
