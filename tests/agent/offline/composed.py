"""Requests put together from parts whose meaning is known: count, subject, creator, date, order, theme, correction."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Means = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """Words that say one thing, and the fields of the intent that they come to."""

    kind: str
    text: str
    means: Means


@dataclass(frozen=True)
class Composed:
    """A request, what it means, and of which ways to say something it was made."""

    text: str
    means: Means
    ways: tuple[str, ...]


_SUBJECTS = {
    "roses": "rose", "lanterns": "lantern", "trams": "tram", "horses": "horse", "sunflowers": "sunflower",
    "bridges": "bridge", "balloons": "balloon", "snowmen": "snowmen|~snowman", "waterfalls": "waterfall",
}  # fmt: skip
_PLACES = ("Kyoto", "Lisbon", "Berlin", "Iceland")
_OF_THING = ("{c}{works} of {x}", "{c}{x} {works}", "{c}{x}", "{c}{works} with {x} in them", "{c}{works} showing {x}",
             "{c}{works} that show {x}", "{c}{works} in which you can see {x}", "{c}{works} featuring {x}",
             "{c}{works} that have {x} in them", "{c}{works} where {x} can be seen", "{c}{works} on the theme of {x}",
             "{c}{works} that feature {x}", "{c}{works} to do with {x}", "{c}{works} about {x}")  # fmt: skip
_OF_PLACE = ("{c}{works} of {x}", "{c}{works} from {x}", "{c}{x} {works}", "{c}{works} taken in {x}",
             "{c}{works} that were taken in {x}", "{c}{works} shot in {x}", "{c}{works} made in {x}",
             "{c}{works} we took in {x}", "{c}{works} that come from {x}", "{c}{works} I took in {x}")  # fmt: skip
_COUNTS = {"": None, "ten ": 10, "12 ": 12, "twenty ": 20, "a dozen ": 12, "exactly eight ": 8, "some nine ": 9,
           "a set of six ": 6, "just 7 ": 7, "the best fifteen ": 15, "fifteen of the ": 15,
           "a selection of ten ": 10, "half a dozen ": 6, "any ten ": 10, "two dozen ": 24}  # fmt: skip
_WORKS = ("pictures", "photos", "works", "images", "shots", "photographs", "pieces")
_OPENERS = ("", "show me ", "I'd like ", "could you hang ", "let's have ", "give me ", "please put up ", "can we see ",
            "I want to see ", "hang ", "we need ", "how about ", "let me see ", "get me ", "I'm after ",
            "I'm looking for ", "what I need is ", "would you put together ", "I could do with ", "bring up ",
            "it would be great to have ", "make me a show of ", "create an exhibition with ", "I fancy ",
            "set up a gallery of ", "dig out ", "line up ", "I feel like seeing ", "arrange ", "present ")  # fmt: skip
_ASIDE: dict[str, dict[str, Means]] = {
    "dates": {
        **dict.fromkeys(("from 2012", "taken in 2012", "that were taken in 2012", "all from 2012", "dated 2012",
                         "of the year 2012", "made in 2012", "2012 only"), {"query.dates": "2012..2012"}),
        **dict.fromkeys(("from before 2000", "no later than 1999", "older than 2000", "pre-2000", "made before 2000",
                         "up to 1999", "taken before the year 2000"), {"query.dates": "..1999"}),
        **dict.fromkeys(("since 2016", "from 2016 on", "2016 or later", "no earlier than 2016", "newer than 2015",
                         "from 2016 onwards", "taken after 2015", "not older than 2016"), {"query.dates": "2016.."}),
        **dict.fromkeys(("between 2009 and 2012", "from 2009 to 2012", "2009-2012", "2009 through 2012",
                         "anywhere between 2009 and 2012"), {"query.dates": "2009..2012"}),
        **dict.fromkeys(("from the nineties", "of the 1990s", "from the 90s", "shot in the nineties"),
                        {"query.dates": "1990..1999"}),
    },
    "creator": dict.fromkeys(("by Anna", "that Anna took", "taken by Anna", "all Anna's", "which Anna made", "Anna shot",
                              "Anna took", "from Anna's camera", "with Anna behind the camera", "Anna's only"),
                             {"query.creators": "Anna"}),
    "without": dict.fromkeys(("without people", "no people", "but no people", "leaving out people", "minus the people",
                              "people excluded", "skip the people", "with no people in them", "except those with people",
                              "I don't want any people", "and nothing with people in it", "not the ones with people",
                              "other than those with people", "free of people", "there must be no people",
                              "leave people out", "but keep people out of it", "avoid people"),
                             {"query.without_words": "~people|~person"}),
    "order": {
        **dict.fromkeys(("newest first", "the latest at the front", "starting with the newest", "from new to old",
                         "most recent first", "beginning with the latest", "going back in time",
                         "latest ones first", "in reverse chronological order"), {"wishes.order": "newest"}),
        **dict.fromkeys(("oldest first", "in chronological order", "starting with the oldest", "in order of date",
                         "sorted by date", "from old to new", "ordered by the date they were taken",
                         "the oldest at the front", "earliest first", "in the order they were taken"),
                        {"wishes.order": "oldest"}),
    },
    "layout": {
        **dict.fromkeys(("as a timeline", "on a timeline", "along a timeline", "laid out as a timeline",
                         "in the form of a timeline", "arranged on a timeline"), {"layout": "timeline"}),
        **dict.fromkeys(("in a grid", "as a contact sheet", "laid out as a grid", "as a grid", "put into a grid",
                         "arranged in a grid"), {"layout": "grid"}),
    },
    "theme": {
        **dict.fromkeys(("noir", "in noir style", "make it noir", "noir look", "with a noir feel", "noir theme",
                         "and the room should be noir", "in a noir setting", "done in noir", "the style is noir"),
                        {"theme": "noir"}),
        **dict.fromkeys(("in a white cube", "white cube", "as a white cube", "white cube style", "white cube, please"),
                        {"theme": "white_cube"}),
    },
    "gap": dict.fromkeys(("two metres apart", "with gaps of 2 metres", "2 m between them", "spaced 2 m apart",
                          "with two metres between the works", "leave 2 m between them", "gaps 2 m",
                          "and two metres of space between each"), {"wishes.gap_m": 2.0}),
    "rooms": dict.fromkeys(("in two rooms", "over two rooms", "spread across 2 rooms", "split over two rooms",
                            "using two rooms", "divided between two rooms", "two rooms", "in a pair of rooms"),
                           {"wishes.rooms": 2}),
}  # fmt: skip
_JOINTS = (", ", " and ", "; ", ". ", ", and ", " ", " - ")
_CORRECTIONS = ("{a}, no, {b}", "{a}, sorry, {b}", "{a} - I mean {b}", "{a}, no wait, {b}", "{a}, or rather {b}",
                "{a}, make that {b}", "{a}, scratch that, {b}", "not {a} but {b}")  # fmt: skip
_LED = ("dates", "creator")
"""What stands with the works; the rest may come anywhere."""


def composed(draw: random.Random) -> Composed:
    """One request of one to four parts."""
    core = _core(draw)
    kinds = draw.sample(sorted(_ASIDE), draw.choice((0, 1, 1, 2, 2, 3)))
    kinds = [kind for kind in kinds if not (kind in ("order", "gap", "rooms") and "layout" in kinds)]
    asides = [_aside(kind, draw) for kind in kinds]
    led = [part for part in asides if part.kind in _LED]
    rest = [part for part in asides if part.kind not in _LED]
    draw.shuffle(rest)
    text = core.text
    for part in led:
        text += " " + part.text
    ways = [core.kind, *(f"{part.kind}: {part.text}" for part in asides)]
    for part in rest:
        joint = draw.choice(_JOINTS)
        ways.append(f"joint: {joint!r}")
        text += joint + part.text
    opener = draw.choice(_OPENERS)
    means = {"kind": "create"} | {name: value for part in (core, *asides) for name, value in part.means.items()}
    return Composed(opener + text, means, (f"opener: {opener}", *ways))


def _core(draw: random.Random) -> Part:
    place = draw.random() < 0.4
    words = draw.choice(_PLACES if place else sorted(_SUBJECTS))
    form = draw.choice(_OF_PLACE if place else _OF_THING)
    said, number = draw.choice(list(_COUNTS.items()))
    shown, way = words, f"core: {form} | {said}"
    if draw.random() < 0.1:
        other = draw.choice([one for one in (_PLACES if place else sorted(_SUBJECTS)) if one != words])
        pattern = draw.choice(_CORRECTIONS)
        shown, way = pattern.format(a=other, b=words), f"corrected: {pattern}"
        form = "{c}{works} of {x}"
    text = form.format(c=said, x=shown, works=draw.choice(_WORKS))
    wanted = "~" + _SUBJECTS.get(words, words.casefold())
    means: dict[str, Any] = {"query.words|query.folders|query.tags": wanted}
    return Part(way, text, means | ({"wishes.count": number} if number else {}))


def _aside(kind: str, draw: random.Random) -> Part:
    text = draw.choice(list(_ASIDE[kind]))
    return Part(kind, text, _ASIDE[kind][text])


def many(draw: random.Random, number: int) -> Iterator[Composed]:
    """So many requests."""
    for _ in range(number):
        yield composed(draw)
