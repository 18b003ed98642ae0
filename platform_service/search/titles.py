"""The words that titles use, so that the agent knows what the library speaks of."""

from platform_service.search.postings import FIELDS, Postings

_MOST_STEMS = 200_000


def words_of_titles(postings: Postings) -> dict[str, int]:
    """How many titles use a word of letters, as a person writes it."""
    title, found = FIELDS.index("title"), dict[str, int]()
    for stem in postings.beginning("", _MOST_STEMS):
        posting, word = postings.get(stem), postings.surface(stem)
        if posting is not None and word.isalpha() and (count := posting.fields.count(title)):
            found[word] = count
    return found
