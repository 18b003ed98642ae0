"""Other forms of the words that a language's phrases have: endings, pronouns joined to verbs, compounds, slips."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from agent.offline.normalise import slips

_SHORTEST_STEM = 3
_SHORTEST_PART = 3
_LONGEST_WORD = 40


@dataclass(frozen=True, eq=False)
class Forms:
    """The single words of one language, without accents, by themselves and by their stems."""

    plain: Mapping[str, str]
    stems: Mapping[str, str]
    endings: Sequence[str]
    joined: Sequence[str]
    """Pronouns that are joined to verbs ("ponme", "mettimi")."""
    links: Sequence[str]
    """What stands between the parts of a compound; none where the language joins no words."""
    by_letter: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @staticmethod
    def of(phrases: Mapping[str, str], lists: Mapping[str, Sequence[str]]) -> "Forms":
        """The forms of a language: its file may name `endings`, `joined` pronouns and `links` of compounds."""
        endings = sorted(lists.get("endings", ()), key=len, reverse=True)
        plain = {bare(phrase): own for phrase, own in phrases.items() if " " not in phrase}
        stems: dict[str, str] = {}
        by_letter: dict[str, list[str]] = {}
        for word, own in plain.items():
            if len(word) > _SHORTEST_STEM and own:
                stems.setdefault(_stem(word, endings), own)
                by_letter.setdefault(word[0], []).append(word)
        return Forms(plain, stems, endings, tuple(lists.get("joined", ())), tuple(lists.get("links", ())), by_letter)

    def gloss_of(self, word: str) -> str | None:
        """What a word means that is no phrase itself; None when nothing like it is known."""
        return _gloss(self, bare(word)) if 2 < len(word) <= _LONGEST_WORD else None


@lru_cache(maxsize=4_096)
def _gloss(forms: Forms, word: str) -> str | None:
    for found in (forms.plain.get(word), _inflected(forms, word), _with_pronoun(forms, word), _compound(forms, word)):
        if found is not None:
            return found
    return _misspelt(forms, word)


def _inflected(forms: Forms, word: str) -> str | None:
    for ending in forms.endings:
        base = word.removesuffix(ending)
        for form in (base, *_respelt(base)) if base != word else ():
            if len(form) > _SHORTEST_STEM and (found := forms.plain.get(form)):
                return found
    stem = _stem(word, forms.endings)
    return forms.stems.get(stem) if len(stem) >= _SHORTEST_STEM + (stem == word) else None


def _respelt(base: str) -> tuple[str, str]:
    """ "Bruggen" is a brug, "bomen" are a boom: a consonant that was doubled, a vowel that was not."""
    single = base[:-1] if base[-1:] == base[-2:-1] else base
    return single, f"{base[:-1]}{base[-2:-1]}{base[-1:]}"


def _with_pronoun(forms: Forms, word: str) -> str | None:
    for pronoun in forms.joined:
        verb = word.removesuffix(pronoun)
        if verb != word and len(verb) >= 3 and (found := forms.plain.get(verb)) is not None:
            return found
    return None


def _compound(forms: Forms, word: str) -> str | None:
    """ "Geburtstagsfotos" is "Geburtstag" and "Fotos"."""
    if not forms.links:
        return None
    for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        head = forms.plain.get(word[at:]) or _inflected(forms, word[at:])
        if not head:
            continue
        for link in ("", *forms.links):
            first = word[:at].removesuffix(link) if link else word[:at]
            if link and first == word[:at]:
                continue
            found = forms.plain.get(first) or (_inflected(forms, first) if len(first) > _SHORTEST_PART else None)
            if found and len(first) >= _SHORTEST_PART:
                return f"{found} {head}"
    return None


def _misspelt(forms: Forms, word: str) -> str | None:
    """The one word that differs by a slip, of six letters or more."""
    if len(word) < 6:
        return None
    near = {forms.plain[w] for w in forms.by_letter.get(word[0], ()) if len(w) >= 5 and slips(word, w, 1) == 1}
    return next(iter(near)) if len(near) == 1 else None


def _stem(word: str, endings: Sequence[str]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def bare(words: str) -> str:
    """Small letters without accents, as people type in a hurry; ß as ss."""
    apart = unicodedata.normalize("NFD", words.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in apart if unicodedata.category(c) != "Mn" or ord(c) > 0x3000))
