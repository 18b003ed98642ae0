"""Requests in other languages, put into the words of the planner's own one: a small gloss by the phrases of a file.

No translation is sought: common requests come out as words that the rules read; what a file does not know stays.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import resources
from agent.offline.forms import Forms
from agent.offline.grammar import grammar_of
from agent.offline.kana import sounded
from agent.offline.strange import CAPITAL_NOUNS, without_strange
from agent.vocabulary import Vocabulary, vocabulary

MAX_CHARACTERS = 1_000
"""More of a request in another language than this is not read."""
_MOST_WORDS = 9
_OWN_SHARE = 0.7
"""With more known words than this, a request is in the planner's own language."""
_LEAST_SHARE = 0.5
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|\d+(?:[.,]\d+)*[^\W\d_]*|[^\w\s]")
_ELIDED = re.compile(r"\b(l|d|j|qu|s|n|m|un|all|dell|nell|dall|quell|sull)['’](?=\w)")
_ELIDING = frozenset({"fr", "it"})
_HYPHEN = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])")
_CLAUSES = re.compile(r"[，、。；,;]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_GENITIVE = frozenset({"de", "nl"})
_COMMAS = re.compile(r",(?: ,)+")
_CAPITAL = re.compile(r"(?<=\w )[^\W\d_a-zß-ÿ]\w+")
_BEFORE_A_YEAR = re.compile(r"\b(?:of the|the) (?=\d{4}\b)")
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HAN_NUMBER = re.compile(
    r"(?:(?<=第)|(?<=[后近上]))?(?!一[个间场])[一二两三四五六七八九十百]+(?=[枚点幅张件个つ番间室步部])"
)
_QUOTED = re.compile(r"[\"“”„«»「『]([^\"“”„«»」』]{1,200})[\"“”„«»」』]")


@dataclass(frozen=True)
class Tongue:
    """One language: its phrases in the planner's words, and rewrites for sentences of another order."""

    language: str
    phrases: Mapping[str, str]
    rewrites: tuple[tuple[re.Pattern[str], str], ...]
    words: frozenset[str]
    """Single words of the phrases; they tell the language."""
    forms: Forms
    """Words by their stems, and how others are made of them."""
    longest: int
    """Characters of the longest phrase."""


def in_own_words(text: str, own: Vocabulary) -> tuple[str, str]:
    """The text in the words of the planner's own language, and the language that it is in."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])
    written = "ja" if _KANA.search(plain) else "zh" if _HAN.search(plain) else ""
    if written:
        tongue = _tongue(written)
        return (_unspaced(sounded(plain, tongue.phrases, own), tongue), written) if tongue else (text, own.language)
    tongue = _spoken(plain, own)
    return (text, own.language) if tongue is None else (_glossed(plain, tongue, own), tongue.language)


def asks_in(text: str, language: str) -> bool:
    """Whether a text of another language is a question by its own first word and its mark."""
    lists = vocabulary(language).lists
    first = re.match(r"\W*(?P<word>[^\W\d]+(?:['’-][^\W\d]+)*)", text.casefold())
    if first is None or not re.search(r"[?？]\W*$", text):
        return False
    if any(re.match(rf"\W*{re.escape(said)}\b", text.casefold()) for said in lists.get("suggests", ())):
        return False
    return first["word"] in lists.get("asks", ())


@lru_cache(maxsize=16)
def _tongue(language: str) -> Tongue | None:
    try:
        found = vocabulary(language)
    except (FileNotFoundError, ValueError):
        return None
    phrases = _words_of(language) | dict(found.table("phrases"))
    rewrites = tuple((re.compile(pattern), by) for pattern, by in found.table("rewrites").items())
    bare: dict[str, str] = {}
    phrases = {_HYPHEN.sub(" ", name): own for phrase, own in phrases.items() for name in (phrase.casefold(), phrase)}
    for phrase, own in phrases.items():
        bare.setdefault(_bare(phrase), own)
    phrases = bare | dict(phrases)
    words = frozenset(word for phrase in phrases for word in phrase.split())
    forms = Forms.of(phrases, found.lists)
    return Tongue(language, phrases, rewrites, words, forms, max(map(len, phrases), default=0))


def _words_of(language: str) -> dict[str, str]:
    """Nouns and numerals of the language; where a phrase of it says a word otherwise, the phrase counts."""
    file = resources.folder("vocabulary") / "words" / f"{language}.json"
    tables: Mapping[str, Mapping[str, str]] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return {word: own for table in tables.values() for word, own in table.items()}


def _bare(words: str) -> str:
    """Without accents, as people type in a hurry."""
    apart = unicodedata.normalize("NFD", words)
    return unicodedata.normalize("NFC", "".join(c for c in apart if unicodedata.category(c) != "Mn" or ord(c) > 0x3000))


@lru_cache(maxsize=1)
def _spaced_languages() -> tuple[str, ...]:
    """Languages with a file of phrases that part their words by spaces."""
    found = sorted(path.stem for path in resources.folder("vocabulary").glob("*.json"))
    known = ((name, _tongue(name)) for name in found)
    return tuple(name for name, tongue in known if tongue is not None and tongue.phrases and name not in ("ja", "zh"))


def _spoken(text: str, own: Vocabulary) -> Tongue | None:
    """The other language that most of the words are of; None for the planner's own one."""
    words = [
        word for word in _TOKEN.findall(_ELIDED.sub(r"\1' ", _HYPHEN.sub(" ", text.casefold()))) if word[0].isalpha()
    ]
    if not words:
        return None
    known = grammar_of(own).known_words
    named = own.library_words | own.creator_words
    words = [word for word in words if word in known or word not in named] or words  # a name is of no language
    ours = sum(
        word in known or word in own.library_words or word.removesuffix("s") in own.library_words for word in words
    )
    if ours >= _OWN_SHARE * len(words) and not any(ord(letter) > 127 for letter in text):
        return None
    counts = {name: _count(words, name) for name in _spaced_languages()}
    best = max(counts, key=lambda name: counts[name], default="")
    if not best or counts[best] <= ours or counts[best] < _LEAST_SHARE * len(words):
        return None
    return _tongue(best)


def _count(words: list[str], language: str) -> float:
    tongue = _tongue(language)
    assert tongue is not None
    forms = tongue.forms
    return sum(1.0 if word in tongue.words else 0.75 if forms.gloss_of(word) is not None else 0.0 for word in words)


def _glossed(text: str, tongue: Tongue, own: Vocabulary) -> str:
    """Phrase by phrase, the longest first; quotations and words of the library stay as they are."""
    parts = re.split(_QUOTED, text)
    capitals = frozenset(word.casefold() for word in _CAPITAL.findall(text))
    told = (f'"{part}"' if i % 2 else _gloss(part, tongue, own, capitals) for i, part in enumerate(parts))
    return " ".join(part for part in told if part)


def _gloss(text: str, tongue: Tongue, own: Vocabulary, capitals: frozenset[str]) -> str:
    names = capitals & own.creator_words
    line = _HYPHEN.sub(" ", text.casefold().replace("’", "'"))
    for pattern, by in tongue.rewrites:
        line = pattern.sub(by, line)
    if tongue.language in _ELIDING:
        line = _ELIDED.sub(r"\1' ", line)
    tokens, out, at, strange = _TOKEN.findall(line), list[str](), 0, set[int]()
    while at < len(tokens):
        for size in range(min(_MOST_WORDS, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + size]).replace("' ", "'") if size > 1 else tokens[at]
            spaced = " ".join(tokens[at : at + size])
            found = tongue.phrases.get(spaced, tongue.phrases.get(phrase))
            theirs = size == 1 and (tokens[at] in names or _is_theirs(tokens[at], found or "", own))
            if found is not None and not theirs:
                out += [found] if found else []
                at += size
                break
        else:
            out.append(_unknown(tokens[at], tongue, own))
            strange |= {len(out) - 1} if out[-1] == tokens[at] else set()
            at += 1
    nouns = capitals if tongue.language in CAPITAL_NOUNS else None
    line = " ".join(without_strange(out, strange, own, nouns))
    return _BEFORE_A_YEAR.sub("", line)


def _unknown(word: str, tongue: Tongue, own: Vocabulary) -> str:
    """A word that no phrase has: a name of the library with an ending, a known word in another form, or itself."""
    if word in own.library_words or not word[0].isalpha() or len(word) < 3:
        return word
    owner = word.removesuffix("'s").removesuffix("s")
    if owner != word and owner in own.creator_words and tongue.language in _GENITIVE:
        return f"{owner}'s"
    return tongue.forms.gloss_of(word) or word


def _is_theirs(word: str, gloss: str, own: Vocabulary) -> bool:
    """A word that the library itself uses, where it does not use the other one."""
    return word in own.library_words and gloss not in own.library_words and gloss not in grammar_of(own).known_words


def _unspaced(text: str, tongue: Tongue) -> str:
    """Languages without spaces: clause by clause."""
    return " , ".join(part for clause in _CLAUSES.split(text) if (part := _unspaced_clause(clause, tongue)))


def _unspaced_clause(text: str, tongue: Tongue) -> str:
    """Rewrites for sentences of another order, then the longest known pieces from the left."""
    line = _HAN_NUMBER.sub(lambda found: str(_number(found[0])), text.strip().casefold())
    line = re.sub(r"[。！？?!．]+$", "", line)
    for pattern, by in tongue.rewrites:
        line = pattern.sub(by, line.strip())
    out, at = list[str](), 0
    while at < len(line):
        for size in range(min(tongue.longest, len(line) - at), 0, -1):
            found = tongue.phrases.get(line[at : at + size])
            if found is not None and not line[at].isascii():
                out.append(f" {found} ")
                at += size
                break
        else:
            out.append(line[at])
            at += 1
    return _COMMAS.sub(",", " ".join("".join(out).split()))


def _number(words: str) -> int:
    """A number below a thousand in Han numerals."""
    total, digit = 0, 0
    for letter in words:
        if letter in "十百":
            total, digit = total + (digit or 1) * (10 if letter == "十" else 100), 0
        else:
            digit = _DIGITS[letter]
    return total + digit
