"""Which works on show are meant: a kind of work is searched for, a title names one, the hero is the hero."""

from agent.intent import Intent, Targets
from tests.agent.memory_library import MemoryLibrary, made_up_assets
from tests.agent.turns import Talk


def _library() -> MemoryLibrary:
    """Made-up works of which a single one has "rain" in its title only in passing."""
    assets = list(made_up_assets(6))
    crab = next(i for i, asset in enumerate(assets) if "crab" in asset.tags)
    assets[crab] = assets[crab].model_copy(update={"title": "Cat at the Rainy Window", "tags": ("cat", "rain")})
    return MemoryLibrary(assets)


async def shown() -> Talk:
    talk = Talk(library=_library())
    assert (await talk.say("show everything in a gallery")).outcome == "proposed"
    return talk


def _rainy(talk: Talk) -> set[str]:
    return {work.id for work in talk.scene.placements if "rain" in talk.library.by_id[work.asset_id].tags}


async def test_the_rainy_ones_are_all_that_are_rainy() -> None:
    talk = await shown()
    rainy = _rainy(talk)
    assert len(rainy) == 7
    ended = await talk.say("remove the rainy ones")
    assert ended.proposal is not None
    assert {i for i in ended.proposal.change.removed if i in rainy} == rainy
    assert not _rainy(talk)


async def test_words_given_as_they_are_mean_all_that_fit() -> None:
    talk = await shown()
    ended = await talk.say("select rain", Intent(kind="select", targets=Targets(words="rain")))
    assert set(ended.ids) == _rainy(talk)


async def test_a_single_one_and_an_exact_title_are_one_work() -> None:
    for request in ("select the cat", "select cat at the rainy window"):
        talk = await shown()
        (only,) = (await talk.say(request)).ids
        assert talk.library.by_id[next(w.asset_id for w in talk.scene.placements if w.id == only)].tags[0] == "cat"


async def test_all_are_all_whatever_is_selected() -> None:
    talk = await shown()
    talk.select([0])
    before = {work.id: work.size_m[0] for work in talk.scene.placements}
    await talk.say("make them all bigger")
    now = [work.size_m[0] / before[work.id] for work in talk.scene.placements if work.id in before]
    assert sum(ratio > 1.05 for ratio in now) > len(now) / 2


async def test_the_hero_is_the_one_asked_for_else_the_largest() -> None:
    talk = await shown()
    largest = max(talk.scene.placements, key=lambda work: work.size_m[0] * work.size_m[1])
    assert (await talk.say("select the hero")).ids == (largest.id,)
    assert (await talk.say("go to the hero")).camera is not None
    assert (await talk.say("show me the hero")).camera is not None
    other = talk.scene.placements[3]
    await talk.say("make the fourth one the hero")
    (hero,) = (await talk.say("select the hero")).ids
    assert next(work.asset_id for work in talk.scene.placements if work.id == hero) == other.asset_id
