"""Names of themes with a slip between two words that are right by themselves: "deep see" is the deep sea."""

from agent.offline.normalise import slips
from agent.vocabulary import Vocabulary

_SHORTEST = 7
"""Letters of a name in which a slip is looked for."""


def with_theme_names(line: str, vocabulary: Vocabulary) -> str:
    """The line with names of themes put right; the library's own words stay as they are."""
    names = [name for name in vocabulary.theme_names if " " in name and len(name) > _SHORTEST]
    tokens, at = line.split(" "), 0
    while at < len(tokens):
        for size in (2, 1):
            said = " ".join(tokens[at : at + size])
            name = next((name for name in names if _is_meant(said, name)), "")
            if name and said not in vocabulary.theme_names and not set(said.split()) <= vocabulary.library_words:
                tokens[at : at + size] = name.split()
                break
        at += 1
    return " ".join(tokens)


def _is_meant(said: str, name: str) -> bool:
    """Whether one letter is wrong, or the space is missing; a plural is another word."""
    if said == name or said[:1] != name[:1] or said.removesuffix("s") == name or not said.replace(" ", "").isalpha():
        return False
    bare = name.replace(" ", "")
    return slips(said, name, 1) == 1 if " " in said else slips(said, bare, 1) <= 1
