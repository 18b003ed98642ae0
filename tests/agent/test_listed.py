"""Subjects named in a list are each looked for, and the best of each come first."""

import pytest

from agent.ports.library import Facet, Facets, Query
from agent.tools.listed import found_for, subjects_of
from agent.vocabulary import vocabulary
from tests.agent.memory_library import MemoryLibrary

WORDS = vocabulary("en").with_library(
    Facets(tags=tuple(Facet(value=tag, count=9) for tag in ("crab", "lighthouse", "fern", "stars", "market")))
)


@pytest.mark.parametrize(
    ("words", "subjects"),
    [
        ("crabs and the lighthouse", ("crabs", "lighthouse")),
        ("crabs, ferns, and stars", ("crabs", "ferns", "stars")),
        ("crabs, crabs", ()),
        ("black crabs or ferns", ("black crabs", "ferns")),
        ("crabs and happiness", ()),
        ("crab", ()),
        ("red and black crabs", ()),
        ("", ()),
        (
            ", ".join(["crab", "fern", "stars", "market", "lighthouse"] * 2),
            ("crab", "fern", "stars", "market", "lighthouse"),
        ),
    ],
)
def test_the_subjects_of_a_list(words: str, subjects: tuple[str, ...]) -> None:
    assert subjects_of(words, WORDS) == subjects


async def test_every_subject_of_a_list_is_among_the_first() -> None:
    library = MemoryLibrary()
    found = await found_for(Query(words="crabs, ferns, stars, market", limit=40), library, WORDS)
    first = {tag for hit in found.hits[:4] for tag in hit.asset.tags}
    assert {"crab", "fern", "stars", "market"} <= first
    assert len({hit.asset.id for hit in found.hits}) == len(found.hits) == 40
    assert found.fitting >= 40


async def test_one_subject_is_searched_once() -> None:
    library = MemoryLibrary()
    found = await found_for(Query(words="crabs", limit=5), library, WORDS)
    assert [query.words for query in library.asked] == ["crabs"]
    assert len(found.hits) == 5
