"""Known answers on the words of the sample collection: what fits, what does not, and in which order."""

import pytest

from agent.ports.library import Query
from platform_service.embedding.meaning import Meaning
from platform_service.search.asset_text import described
from platform_service.search.mirror import Mirror, Row
from platform_service.search.search import Search

numpy = pytest.importorskip("numpy")


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    found = Meaning()
    assert found.load(), found.why_absent
    return found


@pytest.fixture(scope="module")
def searches(make, table, meaning) -> dict[str, Search]:
    from resources.sample_collection.catalogue import catalogue

    assets = [
        make(
            piece.title,
            ", ".join(piece.tags),
            description=piece.description,
            folder=f"sample/{piece.genre}",
            file_name=piece.path.rpartition("/")[2],
            taken=piece.taken and piece.taken.date(),
        )
        for piece in catalogue()
    ]
    vectors = meaning.embed([described(asset) for asset in assets])
    mirror = Mirror()
    for asset, vector in zip(assets, vectors, strict=True):
        mirror.add(Row(asset, numpy.ones(4, numpy.float32) / 2, vector))
    return {
        "meaning": Search(mirror, table, meaning.queries),
        "words": Search(mirror, table, lambda texts: [None] * len(texts)),
    }


QUESTIONS = [
    ("neon", {"neon-city-nights", "synthwave-suns", "rain", "circuits", "topographic-maps"}, 8),
    ("cyberpunk", {"neon-city-nights", "synthwave-suns", "circuits", "rain", "pixel-art", "topographic-maps"}, 20),
    ("rainy neon streets", {"neon-city-nights", "rain"}, 6),
    ("botanical drawings of plants", {"botanicals"}, 9),
    ("ink landscapes", {"ink-landscapes", "marbled-papers"}, 9),
    ("brush painting of misty mountains", {"ink-landscapes", "low-poly-mountains"}, 3),
    ("the sea at sunset", {"seascapes", "synthwave-suns", "pixel-art"}, 4),
    ("ocean", {"seascapes", "synthwave-suns", "pixel-art", "neon-city-nights", "geometric-abstracts"}, 10),
    ("retro video game", {"pixel-art", "synthwave-suns", "neon-city-nights"}, 8),
    ("constellations and astronomy", {"star-maps", "pixel-art"}, 9),
    ("circuit boards", {"circuits"}, 10),
    ("electronics", {"circuits", "synthwave-suns", "neon-city-nights"}, 10),
    ("snowy mountain lake", {"low-poly-mountains", "ink-landscapes", "pixel-art", "topographic-maps"}, 2),
    ("marbled paper", {"marbled-papers"}, 11),
    ("fruit on a table", {"still-lifes"}, 5),
    ("contour maps", {"topographic-maps", "star-maps"}, 11),
    ("geometric abstraction", {"geometric-abstracts", "low-poly-mountains", "marbled-papers"}, 11),
    ("umbrella", {"rain", "neon-city-nights"}, 1),
]


@pytest.mark.parametrize(("words", "genres", "least"), QUESTIONS)
@pytest.mark.parametrize("by", ["meaning", "words"])
def test_what_fits_is_what_was_meant(searches, words, genres, least, by):
    found = searches[by].find(Query(words=words, limit=200))
    fits = [hit for hit in found.hits if hit.fits]
    strangers = [hit.asset.title for hit in fits if hit.asset.folder.partition("/")[2] not in genres]
    assert len(fits) >= least
    assert len(strangers) <= max(2, len(fits) * 0.12), strangers
    assert not [title for title in strangers if title in {hit.asset.title for hit in fits[: least // 2]}]


@pytest.mark.parametrize(
    "words",
    ["helicopter", "wedding dress", "tax return documents", "football match", "dinosaur", "yoga class", "qwrtz"],
)
@pytest.mark.parametrize("by", ["meaning", "words"])
def test_what_is_not_there_does_not_fit(searches, words, by):
    assert searches[by].find(Query(words=words)).fitting <= 1


def test_paraphrases_without_a_shared_word_are_found_by_meaning_alone(searches):
    words = "wet windowpane with blurred lamps"
    assert searches["meaning"].find(Query(words=words, limit=5)).hits[0].asset.folder.endswith("rain")
    assert searches["meaning"].find(Query(words=words)).by_meaning
    assert not searches["words"].find(Query(words=words)).by_meaning
