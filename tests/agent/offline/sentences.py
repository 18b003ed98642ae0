"""Sentences made of the vocabulary's own patterns, every slot filled; alone, joined and cut: what people may type."""

import random
from collections.abc import Iterator, Sequence

from agent.vocabulary import Vocabulary

_SLOTS = {
    "number": ("3", "12", "one"), "odd": ("0", "-2", "2.5"), "year": ("1999", "2012"), "last": ("2016", "the 90s"),
    "decade": ("nineties", "80s"), "isodate": ("2012-03-04",), "isomonth": ("2012-03",), "dayth": ("3rd", "31", "20th"),
    "ordinal": ("first", "third", "last", "40th"), "length": ("20 cm", "2 metres"), "money": ("5 euros", "20 cents"),
    "factor": ("twice", "half", "3 times", "50 %"), "colours": ("red and blue",), "creator": ("ada roe", "bo"),
    "word": ("crab",), "words": ("rain on glass", "crabs"), "name": ("harbour show",), "thing": ("the crab",),
    "target": ("the third one", "it", "the red ones", "the crab"), "list": ("rain", "people, cars and red"),
    "other": ("the last one", "a lighthouse"), "evoked": ("damask",), "room_colour": ("white",), "theme": ("noir",),
    "period": ("year", "weeks"), "each": ("10",),
}  # fmt: skip
_TABLES = {
    "colour": "colours", "layout": "layouts", "column": "columns", "order": "orders", "month": "months",
    "season": "seasons", "side": "sides", "orientation": "orientations", "tone": "tones", "place": "places",
    "shape": "shapes", "extreme": "extremes", "size": "sizes",
}  # fmt: skip
_JOINTS = (" and ", ", ", ". ", " then ", " but ", " or ", "? ", " if there are more than 3 then ", " instead of ")


def of_each_pattern(vocabulary: Vocabulary, draw: random.Random) -> Iterator[str]:
    """One sentence of every pattern, with what may be left out left out by chance."""
    for rule in vocabulary.rules:
        for template in rule.say:
            yield one_of(template, vocabulary, draw)


def one_of(template: str, vocabulary: Vocabulary, draw: random.Random) -> str:
    """One way to say a pattern."""
    words: list[str] = []
    for token in template.split():
        if token in "^$" or (token.endswith("?") and draw.random() < 0.5):
            continue
        token = token.removesuffix("?")
        words.append(_slot(token, vocabulary, draw) if token.startswith("<") else _word(token, vocabulary, draw))
    return " ".join(words)


def mixed(sentences: Sequence[str], draw: random.Random) -> str:
    """Two or three sentences joined, each of which may have lost an end or had its words shuffled."""
    parts = []
    for _ in range(draw.randint(1, 3)):
        words = draw.choice(sentences).split()
        chance = draw.random()
        if chance < 0.2:
            words = words[draw.randrange(len(words)) :] if words else words
        elif chance < 0.4:
            words = words[: draw.randint(1, max(len(words), 1))]
        elif chance < 0.5:
            draw.shuffle(words)
        parts.append(" ".join(words))
    return draw.choice(_JOINTS).join(parts)


def _slot(token: str, vocabulary: Vocabulary, draw: random.Random) -> str:
    slot, _, name = token.strip("<>").partition(":")
    if slot in _TABLES:
        return draw.choice(sorted(vocabulary.table(_TABLES[slot])))
    return draw.choice(_SLOTS.get(slot) or _SLOTS.get(name) or ("crab",))


def _word(token: str, vocabulary: Vocabulary, draw: random.Random) -> str:
    option = draw.choice(token.split("|"))
    return draw.choice(vocabulary.lists[option[1:]]) if option.startswith("@") else option.replace("_", " ")
