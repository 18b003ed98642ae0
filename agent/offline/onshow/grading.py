"""Orders that are told by their two ends: "start with the lightest and get darker as you walk"."""

import re
from collections.abc import Mapping

from agent.intent import Intent
from agent.offline.clauses import any_of
from agent.offline.onshow.naming import Row
from agent.offline.onshow.places import NOUN
from scene.layouts.contract import Wishes

_ENDS: Mapping[str, tuple[str, ...]] = {
    "brightest": ("lightest", "light", "lighter", "brightest", "bright", "brighter", "palest", "pale", "paler"),
    "darkest": ("darkest", "dark", "darker", "gloomiest", "gloomier", "dimmest", "dimmer"),
    "newest": ("newest", "new", "newer", "latest", "later", "most recent", "more recent", "youngest", "younger",
               "recent", "today", "now"),
    "oldest": ("oldest", "old", "older", "earliest", "early", "earlier", "first taken"),
    "biggest": ("biggest", "big", "bigger", "largest", "large", "larger"),
    "smallest": ("smallest", "small", "smaller", "tiniest", "tiny", "tinier"),
}  # fmt: skip
_OPPOSITE = {"brightest": "darkest", "darkest": "brightest", "newest": "oldest", "oldest": "newest",
             "biggest": "smallest", "smallest": "biggest"}  # fmt: skip
_END_OF = {word: end for end, words in _ENDS.items() for word in words}
_WORD = any_of(_END_OF)
_GRADED = re.compile(
    r"(?:(?:start|begin|open|go|lead|run|sort|order|hang|arrange|line)(?: off| up| out)?(?: (?:it|them|everything))? )?"
    rf"(?:(?:with|from|at|on|by) )?(?:the )?(?P<first>{_WORD})(?: {NOUN})?(?: first)?"
    r"(?: ,)? (?:(?:and|then|to|through to|through|until|towards?|down to|up to|into|ending|end|finish|finishing|close|"
    r"get|gets|getting|go|goes|going|grow|grows|growing|become|becomes|becoming|turn|turning|move|moving|with|on|in|at|"
    rf"the|ever|more and more|gradually|slowly|steadily|back|on|forwards?|backwards?|let it|it|they|work|working|make) "
    rf")+(?P<then>{_WORD})(?: {NOUN})?"
    r"(?: (?:and (?P=then)|last|at the end|(?:as|while) .+|from .+|towards? .+|to the end|by the end|along the (?:way|"
    r"wall|row)|on the (?:way|right|far side)))*"
)


_AT_ENDS = re.compile(
    rf"(?:with |put |hang )?(?:the )?(?P<first>{_WORD})(?: {NOUN})? (?:at|by|near|on|to|towards?) "
    rf"(?:the )?(?:very )?(?:entrance|door|"
    rf"front|start|beginning|left)(?: ,)?(?: and)? (?:the )?(?P<then>{_WORD})(?: {NOUN})? (?:at|by|near|on|to|"
    rf"towards?) (?:the )?"
    r"(?:very )?(?:far end|end|back|exit|rear|right)"
)


def graded(clause: str, _: Row) -> Intent | None:
    """The order from one end of a property to the other; None where the two ends are not those of one."""
    found = _GRADED.fullmatch(clause) or _AT_ENDS.fullmatch(clause)
    if found is None:
        return None
    first, then = _END_OF[found["first"]], _END_OF[found["then"]]
    if _OPPOSITE[first] != then:
        return None
    named = first in ("newest", "oldest")
    wishes = Wishes.model_validate({"order": first if named else "given"})
    sort = "" if named else first
    return Intent.model_validate(
        {"kind": "refine", "wishes": wishes, "sort": sort, "keep_works": True, "confidence": 0.9}
    )
