"""Changes to a show put together from parts whose meaning is known: a verb or a wish, the works, how far."""

import random
from collections.abc import Mapping
from typing import Any

from tests.agent.offline.composed import Composed

Means = Mapping[str, Any]
_AT = "targets.ordinal|edits.0.targets.ordinal"
_ONE = {
    "the third one": 3, "number three": 3, "number 3": 3, "picture 3": 3, "the third picture": 3, "the 3rd one": 3,
    "the third photo": 3, "work number three": 3, "the third": 3, "photo no. 3": 3, "the third from the left": 3,
    "the last one": -1, "the final picture": -1, "the last photo": -1, "the very last one": -1, "the one at the end": -1,
    "the first one": 1, "the opening picture": 1, "the very first one": 1, "the one at the beginning": 1,
    "the second work": 2, "image number two": 2,
}  # fmt: skip
_VERBS = {
    "remove": ("remove {x}", "take {x} down", "take down {x}", "get rid of {x}", "{x} can go", "drop {x}", "{x} has to go",
               "lose {x}", "take {x} off the wall", "I don't want {x} any more", "we can do without {x}", "throw out {x}",
               "{x} should go", "kick {x} out", "{x}: out", "delete {x}", "take {x} away", "bin {x}", "scrap {x}",
               "away with {x}", "I'd rather not have {x}", "get {x} off the wall", "let's lose {x}", "ditch {x}"),
    "bigger": ("make {x} bigger", "enlarge {x}", "{x} should be bigger", "blow up {x}", "{x} needs to be bigger",
               "can {x} be a bit bigger?", "{x} is too small", "I want {x} larger", "increase the size of {x}",
               "{x} could do with being bigger", "scale {x} up", "{x} deserves more space", "let {x} be larger",
               "I'd like {x} to be bigger", "{x} a bit larger, please", "show {x} bigger", "hang {x} larger"),
    "smaller": ("make {x} smaller", "shrink {x}", "{x} should be smaller", "{x} is too big", "can {x} be smaller?",
                "reduce the size of {x}", "I want {x} smaller", "scale {x} down", "{x} a bit smaller please",
                "I'd like {x} to be smaller", "{x} takes up too much space", "tone down the size of {x}"),
    "raise": ("hang {x} higher", "raise {x}", "move {x} up", "lift {x} a bit", "{x} should hang higher", "{x} is too low",
              "put {x} up a little", "{x} a bit higher", "I want {x} higher up", "shift {x} upwards"),
    "lower": ("hang {x} lower", "lower {x}", "move {x} down", "{x} should hang lower", "{x} is too high",
              "bring {x} down a bit", "{x} a bit lower", "I want {x} lower", "shift {x} downwards"),
    "move_left": ("move {x} to the left", "shift {x} left", "push {x} a bit to the left", "{x} further left, please",
                  "slide {x} leftwards", "{x} should hang more to the left", "nudge {x} left"),
    "move_right": ("move {x} to the right", "shift {x} right", "push {x} a bit to the right", "{x} further to the right",
                   "slide {x} rightwards", "{x} should hang more to the right", "nudge {x} right"),
    "pin": ("pin {x}", "lock {x}", "fix {x} where it is", "{x} must not move", "keep {x} where it is", "freeze {x}",
            "nail {x} down", "{x} stays where it is", "don't move {x}", "leave {x} where it is"),
    "replace": ("replace {x}", "swap {x} for something else", "exchange {x} for another one", "find something else for {x}",
                "put something else in place of {x}", "replace {x} with another picture", "change {x} for a different one",
                "I'd like something different instead of {x}", "trade {x} for something better"),
}  # fmt: skip
_NAVIGATE = ("take me to {x}", "go to {x}", "show me {x}", "let me see {x}", "bring me to {x}", "I want to look at {x}",
             "walk to {x}", "let's go to {x}", "focus on {x}", "zoom in on {x}", "where is {x}?", "fly to {x}")  # fmt: skip
_WHY = ("why is {x} here?", "why did you choose {x}?", "what's the reason for {x}?", "explain {x}", "how come {x} is in?",
        "why {x}?", "what made you pick {x}?", "what is {x} doing here?")  # fmt: skip
_SELECT = ("select {x}", "mark {x}", "pick out {x}", "highlight {x}")
_WHOLE: tuple[tuple[Means, tuple[str, ...]], ...] = (
    ({"kind": "restyle|refine", "theme": "noir"},
     ("make it noir", "noir, please", "can we have it in noir?", "switch to noir", "I'd prefer noir", "let's try noir",
      "now in noir", "how about noir?", "what about a noir look?", "change the theme to noir", "dress it in noir",
      "give it a noir feel", "turn this into noir", "rather noir", "the same in noir", "noir instead", "do it in noir")),
    ({"kind": "restyle|refine", "light": "<1"},
     ("darker", "make it darker", "dim the lights", "less light", "it's too bright", "turn the lights down", "a bit dimmer",
      "lower the lighting", "that's too bright for me", "could it be darker?", "tone down the lighting", "softer light")),
    ({"kind": "restyle|refine", "light": ">1"},
     ("brighter", "make it brighter", "more light", "it's too dark", "turn the lights up", "brighten it up",
      "I can hardly see anything, more light", "could it be brighter?", "lighten it up a bit", "stronger light")),
    ({"kind": "refine", "wishes.gap_m": ">0.65"},
     ("bigger gaps", "more space between them", "spread them out", "hang them further apart", "more distance, please",
      "they hang too close together", "give them more room", "wider spacing", "too cramped", "more air between the works",
      "increase the spacing", "I'd like them further apart", "it looks crowded, more room between the pictures")),
    ({"kind": "refine", "wishes.gap_m": "<0.65"},
     ("smaller gaps", "less space between them", "hang them closer together", "closer together, please",
      "they hang too far apart", "tighter spacing", "tighten it up", "reduce the spacing", "move them closer together",
      "narrower gaps", "bring them closer together")),
    ({"kind": "refine", "wishes.order": "newest"},
     ("newest first", "sort them newest first", "put the newest first", "start with the newest", "latest at the front",
      "the other way round: newest first", "order them from new to old", "I want the most recent ones first")),
    ({"kind": "refine", "wishes.order": "oldest"},
     ("oldest first", "sort by date", "in chronological order", "start with the oldest", "order them by date",
      "sort them chronologically", "put them in chronological order", "from the oldest to the newest")),
    ({"kind": "refine", "wishes.count": 5},
     ("only five", "just five of them", "cut it down to five", "five are enough", "reduce it to 5 works", "keep only five",
      "bring it down to five pictures", "five will do", "I only want five", "no more than five", "limit it to five",
      "make it five", "trim it to 5")),
    ({"kind": "refine", "wishes.count": 11},
     ("three more", "add three more", "three more please", "I'd like three more", "another three", "give me three more",
      "add another 3", "can we have three more?", "hang three more pictures", "3 additional ones")),
    ({"kind": "refine", "wishes.count": "<8"}, ("fewer works", "less pictures", "too many pictures", "thin it out", "not so many")),
    ({"kind": "refine", "wishes.rooms": 2},
     ("in two rooms", "spread it over two rooms", "use two rooms", "split it into two rooms", "make it two rooms",
      "divide it between two rooms", "I want two rooms", "two rooms instead of one", "put it in 2 rooms")),
    ({"kind": "refine", "layout": "timeline"},
     ("make it a timeline", "as a timeline", "show it as a timeline", "turn it into a timeline", "I'd rather have a timeline",
      "put them on a timeline", "switch to a timeline", "a timeline instead", "arrange them as a timeline")),
    ({"kind": "refine", "layout": "grid"},
     ("make it a grid", "as a grid", "show them in a grid", "turn it into a contact sheet", "arrange everything in a grid",
      "I'd rather see them in a grid", "switch to grid", "in a grid, please")),
    ({"kind": "refine", "wishes.eye_height_m": ">1.5"},
     ("hang everything higher", "raise all of them", "all a bit higher", "everything higher, please", "they hang too low")),
    ({"kind": "refine", "wishes.eye_height_m": "<1.5"},
     ("hang everything lower", "lower all of them", "all a bit lower", "they hang too high", "everything lower, please")),
    ({"kind": "refine", "wishes.scale": ">1"},
     ("make everything bigger", "bigger pictures", "all of them larger", "they are too small", "enlarge all the works",
      "I want them bigger", "could they all be a bit larger?")),
    ({"kind": "refine", "wishes.scale": "<1"},
     ("make everything smaller", "smaller pictures", "all of them smaller", "they are too big", "shrink all the works")),
    ({"kind": "refine", "query.without_words": "~tram"},
     ("no trams", "without the trams", "I don't want any trams", "everything but the trams",
      "not the trams", "no more trams", "skip the trams", "exclude trams")),
    ({"kind": "refine", "query.more_words": "~tram"},
     ("more trams", "more of the trams", "I'd like more trams", "some more trams please",
      "could we have more trams?")),
    ({"kind": "refine", "query.less_words": "~tram"},
     ("fewer trams", "less trams", "not so many trams", "too many trams", "I'd like fewer trams")),
    ({"kind": "refine", "query.words": "~tram", "only_shown": True},
     ("only the trams", "just the trams", "keep only the trams", "show only the trams", "nothing but the trams",
      "only trams, please", "the trams only", "only keep the trams")),
    ({"kind": "undo"},
     ("undo", "undo that", "take that back", "revert that", "that was a mistake, undo it", "not like that, undo",
      "one step back", "back to how it was before", "reverse that", "no, undo", "cancel the last change")),
    ({"kind": "navigate", "targets.wall": "back"},
     ("take me to the back wall", "go to the back wall", "show me the back wall", "what hangs on the back wall? take me there",
      "walk to the back wall", "let me see the back wall")),
    ({"kind": "navigate", "place": "tour"}, ("start a tour", "give me a tour", "show me around", "guide me through it", "walk me through")),
    ({"kind": "refine", "again": True},
     ("show me other ones", "other pictures, please", "try again with different works", "something else", "a different selection",
      "give me other works", "other ones please", "I want to see different ones")),
    ({"kind": "refine", "wishes.keep_walls": "back"},
     ("keep the back wall, redo the rest", "leave the back wall as it is and redo the rest", "redo everything except the back wall",
      "don't touch the back wall, redo the others", "the back wall stays, change everything else")),
)  # fmt: skip
_BEFORE = ("", "", "", "please ", "now ", "ok, ", "hmm, ", "and ", "could you ", "fine, now ", "actually, ", "then ", "great. ")
_AFTER = ("", "", "", " please", ", please", ", thanks")


def turned(draw: random.Random) -> Composed:
    """One change, or one question about what hangs."""
    if draw.random() < 0.45:
        means, ways = draw.choice(_WHOLE)
        pattern = text = draw.choice(ways)
    else:
        words, number = draw.choice(list(_ONE.items()))
        kind, pattern = _one(draw)
        text = pattern.format(x=words)
        means = {_AT: number} | kind
    before, after = draw.choice(_BEFORE), draw.choice(_AFTER)
    if before == "could you " and text.split()[0] not in _IMPERATIVES:
        before = ""
    if text[-1] == "?":
        after = ""
    ways = (pattern, f"target: {words}") if "{x}" in pattern else (pattern,)
    return Composed(before + text + after, means, (*ways, f"before: {before}", f"after: {after}"))


_IMPERATIVES = frozenset("remove take get drop enlarge make shrink hang raise move lower shift push pin lock replace swap "
                         "go show walk select mark dim turn sort put start cut reduce keep add spread split divide".split())  # fmt: skip


def _one(draw: random.Random) -> tuple[Means, str]:
    chance = draw.random()
    if chance < 0.75:
        verb = draw.choice(sorted(_VERBS))
        return {"kind": "edit", "edits.0.verb": verb}, draw.choice(_VERBS[verb])
    if chance < 0.87:
        return {"kind": "navigate"}, draw.choice(_NAVIGATE)
    if chance < 0.95:
        return {"kind": "explain"}, draw.choice(_WHY)
    return {"kind": "select"}, draw.choice(_SELECT)
