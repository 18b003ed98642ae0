"""From text to comparable words: folded, split as people name files, without filler, stemmed lightly."""

import re
import unicodedata
from functools import lru_cache

_PIECE = re.compile(r"[^\W\d_]+|\d+")
_CHUNK = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_DECADE = re.compile(r"^(?:(?:18|19|20)?[0-9]0)s$")

_FILLER = """
a an and any are art artwork artworks as at be by can collection create display every exhibit exhibition find for from
gallery get give hang has have i image images img in into is it its let like look looking made make me my of on one
only or our photo photograph photographs photos pic pics picture pictures piece pieces please put scan scene scenes
screenshot see show showing some something stuff such that the their them there these they thing things this those to
want us wallpaper wallpapers we with work works you your dsc dscn dscf pxl jpg jpeg png gif webp tif tiff file untitled
copy final new colour colours color colors tone tones hue hues style styled theme themed mood vibe feel feeling
"""
FILLER = frozenset(_FILLER.split())


def fold(text: str) -> str:
    """Lower case without accents."""
    return _plain(text).lower()


def pieces(text: str) -> list[str]:
    """The words of a text in order, unstemmed: camelCase, digits and punctuation part them; decades stay whole."""
    found: list[str] = []
    for chunk in _CHUNK.findall(_CAMEL.sub(" ", _plain(text))):
        folded = chunk.lower()
        if _DECADE.match(folded):
            found.append(_full_decade(folded))
        else:
            found.extend(_PIECE.findall(folded))
    return found


def content_words(text: str) -> list[str]:
    """The words that carry meaning, unstemmed, each once, in order."""
    kept = dict.fromkeys(word for word in pieces(text) if word not in FILLER and (len(word) > 1 or word.isdigit()))
    return [word for word in kept if not word.isdigit() or len(word) == 4]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A light English stem: plural, -ing, -ed and -y endings; wrong stems only have to be wrong alike."""
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            word = word[: -len(ending)] + instead
            break
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and _has_vowel(word[: -len(ending)]):
            return _undoubled(word[: -len(ending)])
    return word.removesuffix("e") if len(word) > 4 else word


def stems(text: str) -> list[str]:
    """The stems of a text's content words, each once, in order."""
    return list(dict.fromkeys(stem(word) for word in content_words(text)))


def _plain(text: str) -> str:
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _undoubled(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        return word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiouy" for letter in word)


def _full_decade(word: str) -> str:
    digits = word[:-1]
    if len(digits) == 4:
        return word
    century = "20" if int(digits) < 30 else "19"
    return f"{century}{digits}s"
