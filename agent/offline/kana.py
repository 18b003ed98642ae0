"""Names written by their sound: a word in katakana is matched with creators and words of the library."""

import re
from collections.abc import Mapping
from functools import lru_cache

from agent.vocabulary import Vocabulary

_WORD = re.compile(r"[ァ-ヴー]{2,}")
_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ", "z": "ザジズゼゾ", "t": "タチツテト",
    "d": "ダヂヅデド", "n": "ナニヌネノ", "h": "ハヒフヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ",
    "r": "ラリルレロ",
}  # fmt: skip
_SOUNDS = {kana: row for row, line in _ROWS.items() for kana in line} | {
    "ヤ": "y", "ユ": "y", "ヨ": "y", "ワ": "w", "ヴ": "b", "ン": "n", "ジ": "z", "チ": "t", "ツ": "t",
}  # fmt: skip
_ALIKE = str.maketrans({"l": "r", "v": "b", "c": "k", "q": "k", "j": "z", "x": "k"})
_SILENT = re.compile(r"[aeiouyhw]+")


def sounded(text: str, known: Mapping[str, str], own: Vocabulary) -> str:
    """The text with every katakana word that sounds like a name or a word of the library put into its letters."""
    if not _WORD.search(text):
        return text
    names = dict(_skeletons(tuple(sorted(own.library_words))))
    names |= {heard: name for heard, name in _skeletons(tuple(sorted(own.creator_words))).items() if name}
    return _WORD.sub(lambda found: found[0] if found[0] in known else _named(found[0], names), text)


def _named(word: str, names: Mapping[str, str]) -> str:
    skeleton = "".join(_SOUNDS.get(kana, "") for kana in word)
    found = names.get(_plain(skeleton)) if len(skeleton) > 1 or word in ("アン", "ベン") else None
    return f" {found} " if found else word


@lru_cache(maxsize=16)
def _skeletons(words: tuple[str, ...]) -> Mapping[str, str]:
    """Words by the consonants that are heard; those that sound alike are left out."""
    found: dict[str, str] = {}
    for word in words:
        if len(word) > 2 and word.isascii() and word.isalpha():
            skeleton = _plain(re.sub(r"c(?=[eiy])", "s", word.casefold()))
            if len(skeleton) > 1 or len(word) == 3:
                found[skeleton] = "" if skeleton in found and found[skeleton] != word else word
    return found


def _plain(letters: str) -> str:
    """Consonants alone, doubled ones once, those that Japanese does not tell apart as one."""
    kept = _SILENT.sub("", letters.translate(_ALIKE))
    return re.sub(r"(.)\1+", r"\1", kept)
