"""A short account of old turns, made of their own sentences: the same turns always give the same account."""

import math
import re
from collections import Counter
from collections.abc import Sequence

MOST_CHARACTERS = 2_000
LONGEST_SENTENCE = 300
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
WORD = re.compile(r"[^\W\d_]{3,}")
SAID_BY_CREATOR = 1.6
"""What the creator asked for says more about a session than what was answered."""
COMMON = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "that",
        "this",
        "from",
        "have",
        "has",
        "had",
        "are",
        "was",
        "were",
        "been",
        "not",
        "but",
        "you",
        "your",
        "can",
        "could",
        "would",
        "will",
        "shall",
        "into",
        "onto",
        "over",
        "under",
        "about",
        "then",
        "than",
        "them",
        "they",
        "there",
        "here",
        "what",
        "when",
        "where",
        "which",
        "who",
        "how",
        "all",
        "any",
        "some",
        "more",
        "most",
        "very",
        "just",
        "also",
        "one",
        "two",
        "its",
        "it's",
        "our",
        "out",
        "off",
        "please",
        "now",
        "make",
        "made",
        "show",
    ]
)


def summarised(before: str, said: Sequence[tuple[bool, str]]) -> str:
    """The account of what was summed up before and of these turns; each is (by the creator, text)."""
    sentences = [(1.0, part) for part in _sentences(before)]
    sentences += [(SAID_BY_CREATOR if mine else 1.0, part) for mine, text in said for part in _sentences(text)]
    counts = Counter(word for _, part in sentences for word in set(_words(part)))
    ranked = sorted(range(len(sentences)), key=lambda place: (-_worth(*sentences[place], counts), place))
    chosen: set[int] = set()
    seen: set[str] = set()
    length = 0
    for place in ranked:
        part = sentences[place][1]
        if part.casefold() in seen or length + len(part) + 1 > MOST_CHARACTERS:
            continue
        chosen.add(place)
        seen.add(part.casefold())
        length += len(part) + 1
    return " ".join(sentences[place][1] for place in sorted(chosen))


def _sentences(text: str) -> list[str]:
    found = (" ".join(part.split())[:LONGEST_SENTENCE].strip() for part in SENTENCE.findall(text))
    return [part for part in found if part.strip(".!? ")]


def _words(part: str) -> list[str]:
    return [word for word in (match.casefold() for match in WORD.findall(part)) if word not in COMMON]


def _worth(weight: float, part: str, counts: Counter[str]) -> float:
    """How much of what the session turns on a sentence holds, for its length."""
    words = _words(part)
    return weight * sum(math.log1p(counts[word]) for word in set(words)) / math.sqrt(1 + len(words))
