"""Answers in a model's words over real HTTP: an explanation keeps its facts beside them, and facts win over words."""

import pytest

from agent.events import Said
from agent.models.phrasing import Phraser
from agent.turn import Agent
from tests.agent.models.conftest import Maker
from tests.agent.turns import THEMES, Talk
from tests.model_server.asked import Scripted
from tests.model_server.server import ModelServer

WORDS = "Es hängt hier, weil es so gut zu deiner Bitte passt."


@pytest.fixture
async def talk(models_of: Maker) -> Talk:
    """A conversation whose answers a model words, with eight works on show."""
    talk = Talk()
    await talk.say("zeig mir 8 bilder als museum")
    talk.agent = Agent(talk.library, talk.projects, THEMES, phraser=Phraser(models_of("openai")))
    return talk


async def test_an_explanation_keeps_its_facts_beside_the_models_words(server: ModelServer, talk: Talk) -> None:
    server.script = lambda asked: Scripted(WORDS)
    ended = await talk.say("warum hängt das dritte bild hier?")
    words, _, facts = ended.text.partition("\n\n")
    assert words == WORDS
    third = talk.scene.placements[2]
    assert third.title in facts
    assert f"Die Bewertung war {third.provenance.score:.2f}" in facts
    assert "".join(event.text for event in talk.events if isinstance(event, Said)).endswith(WORDS)


async def test_an_answer_is_the_models_words_alone(server: ModelServer, talk: Talk) -> None:
    server.script = lambda asked: Scripted("So viele Bilder hast du.")
    assert (await talk.say("wie viele bilder habe ich")).text == "So viele Bilder hast du."


@pytest.mark.parametrize("words", ["Es hat die Bewertung 99,9.", "Siehe https://example.org.", "Es heißt „Mona Lisa“."])
async def test_words_that_do_not_hold_to_the_facts_give_way_to_them(server: ModelServer, talk: Talk, words) -> None:
    server.script = lambda asked: Scripted(words)
    told = (await talk.say("warum hängt das dritte bild hier?")).text
    assert words not in told
    assert told.count("Die Bewertung war") == 1


async def test_where_no_model_answers_the_facts_stand(server: ModelServer, talk: Talk) -> None:
    server.break_with("openai", "401")
    assert "Die Bewertung war" in (await talk.say("warum hängt das dritte bild hier?")).text
