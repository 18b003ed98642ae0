"""Words of a request in another language that nobody here knows, beside those that the library does."""

from agent.offline.grammar import grammar_of
from agent.vocabulary import Vocabulary

CAPITAL_NOUNS = frozenset({"de"})
_PLACES = frozenset({"in", "on", "as", "with", "at"})
_LEADS = frozenset({"of", "from", "with", "without", "no", "pictures", "picture", "works", "and", "or", ",", "a", "the",
                    "show", "me", "create", "by", "only", "in", "everything", "all", "but", "except", "."})  # fmt: skip


def without_strange(parts: list[str], strange: set[int], own: Vocabulary, nouns: frozenset[str] | None) -> list[str]:
    """Without words that nobody here knows beside those that the library does: adjectives, verbs, particles.

    What may be a subject stays: what follows "of" or a number, a noun where the language writes these large.
    """
    known = grammar_of(own).known_words | own.library_words
    spoken = (word.removesuffix("s") for part in parts for word in part.split())
    if not any(word in own.library_words or f"{word}s" in own.library_words for word in spoken):
        return parts
    kept: list[str] = []
    for at, part in enumerate(parts):
        after = parts[at + 1].split()[0] if at + 1 < len(parts) else ""
        before = kept[-1].split()[-1] if kept else "of"
        small = at > 0 and nouns is not None and part not in nouns
        aside = (before not in _LEADS and not before.isdecimal()) or (before == "," and after in _PLACES)
        unheard = at in strange and part.isalpha() and len(part) > 2 and part not in known
        if not (unheard and (small or aside)):
            kept.append(part)
    return kept
