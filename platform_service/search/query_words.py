"""The words of a query as phrases that the table or the library can know."""

from platform_service.search.associations import Associations
from platform_service.search.words import content_words, stem


def phrases(text: str, table: Associations) -> list[tuple[str, str]]:
    """The phrases of a text, longest known ones first taken: (phrase of stems, as it was written)."""
    words = content_words(text)
    keys = [stem(word) for word in words]
    found: dict[str, str] = {}
    place = 0
    while place < len(words):
        length = _longest_known(keys, place, table)
        found.setdefault(" ".join(keys[place : place + length]), " ".join(words[place : place + length]))
        place += length
    return list(found.items())


def _longest_known(keys: list[str], place: int, table: Associations) -> int:
    for length in range(min(table.longest, len(keys) - place), 1, -1):
        if table.of(" ".join(keys[place : place + length])) is not None:
            return length
    return 1
