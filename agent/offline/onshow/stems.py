"""Words by rough stems, in which a title and a phrase that names it are compared."""

import re


def stem(word: str) -> str:
    """The word without the ending of a plural; numbers are themselves."""
    word = word.casefold()
    if word.endswith("men") and len(word) > 4:
        return f"{word[:-2]}an"
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes", "buses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "bus")) and len(word) > 3 else word


def stems_of(text: str) -> list[str]:
    """The stems of all words of a text."""
    return [stem(word) for word in re.findall(r"\w+", text)]
