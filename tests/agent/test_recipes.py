"""Recipes keep how a show was made and nothing of the works that were on it."""

import pytest

from agent.intent import Intent
from agent.recipes import NotARecipe, recipe_from, replayed
from scene.operations import set_light
from scene.scene import Scene
from tests.agent.turns import Talk

AT = "2026-11-22T12:00:00+00:00"


async def shown(*requests: str) -> tuple[Talk, list[Intent]]:
    talk, meant = Talk(), list[Intent]()
    for request in requests:
        ended = await talk.say(request)
        assert ended.intent is not None
        assert ended.outcome == "proposed", ended.text
        meant.append(ended.intent)
    return talk, meant


async def test_a_recipe_makes_the_same_show_over_the_same_library() -> None:
    talk, meant = await shown("create a noir gallery of 12 crabs", "less red", "bigger gaps")
    recipe = recipe_from("Crabs", talk.scene, meant, "create ...", AT)
    again = Talk()
    ended = await again.say("Crabs", replayed(recipe, Scene(), {}))
    assert ended.outcome == "proposed", ended.text
    assert len(again.scene.placements) == len(talk.scene.placements)
    assert again.scene.theme == talk.scene.theme
    before, after = talk.scene.arrangement, again.scene.arrangement
    assert before is not None
    assert after is not None
    assert after.layout == before.layout
    assert '"less_colours":["red"]' in after.query_json.replace(" ", "")
    assert '"gap_m"' in after.wishes_json


async def test_nothing_of_the_works_is_kept() -> None:
    talk, meant = await shown("create a cyberpunk gallery")
    talk.select([0])
    ended = await talk.say("more like this")
    meant += [ended.intent] if ended.intent else []
    recipe = recipe_from("Neon", talk.scene, meant, "create a cyberpunk gallery", AT)
    plain = recipe.model_dump_json()
    assert not any(asset.id in plain for asset in talk.library.all)


async def test_its_parameters_are_subject_theme_and_count() -> None:
    talk, meant = await shown("create a museum gallery of 10 crabs")
    recipe = recipe_from("Ten", talk.scene, meant, "r", AT)
    assert {p.name: p.default for p in recipe.parameters} == {"subject": "crabs", "theme": "museum", "count": 10}
    intent = recipe.filled({"subject": "lighthouses", "count": 5, "theme": "noir"})
    assert (intent.query.words, intent.wishes.count, intent.theme) == ("lighthouses", 5, "noir")
    assert recipe_from("Ten", talk.scene, meant, "r", AT, [recipe.id]).id == "recipe-ten-2"


async def test_light_is_as_it_was_wherever_it_is_replayed() -> None:
    talk, meant = await shown("create a museum gallery of 10 crabs")
    dim = set_light(talk.scene, 0.5).apply_to(talk.scene)
    recipe = recipe_from("Dim", dim, meant, "r", AT)
    for elsewhere in (Scene(), set_light(Scene(), 2.0).apply_to(Scene())):
        again = Talk(scene=elsewhere)
        await again.say("Dim", replayed(recipe, elsewhere, {}))
        assert again.scene.theme.light == pytest.approx(0.5)


def test_what_was_not_made_by_asking_is_no_recipe() -> None:
    with pytest.raises(NotARecipe):
        recipe_from("Empty", Scene(), [], "", AT)
