"""Closed classes of words for works and their places in a row: nouns, ends, spans, the rest, what is pointed at."""

import re

PAIR = re.compile(r"^(?:(?:the|that|this|those|these) )?(?:pair|couple|duo|twosome)(?= |$)")
BEFORE = re.compile(
    r"(?:(?:all|both|just|only|even|exactly|the|those|these|that|this|my|our|its|of|whole|very|entire|ones? with) )+"
)
NOUN = (
    r"(?:ones?|works?|pictures?|photos?|images?|photographs?|pieces?|items?|paintings?|shots?|prints?|pics?|frames?|1)"
)
ENDS = r"(?: (?:of|in|on) (?:the |this |that |my )?(?:row|line|show|wall|exhibition|sequence|lot|gallery|all|them|it))?"
AT = {
    "first": 1, "at the front": 1, "at the start": 1, "at the beginning": 1, "nearest the door": 1, "at the head": 1,
    "nearest the entrance": 1, "by the door": 1, "at the entrance": 1, "by the entrance": 1, "in front": 1,
    "by the exit": -1, "at the exit": -1, "at the very start": 1, "at the very end": -1, "at the very front": 1,
    "nearest the exit": -1, "at the door": 1,
    "last": -1, "at the end": -1, "at the back": -1, "at the far end": -1, "furthest in": -1, "at the close": -1,
}  # fmt: skip
HANGS = r"(?:hangs?|comes?|is|are|stands?|we have|i have|there is|there are|you see|one sees|gets? seen)"
SPAN = re.compile(
    rf"(?:(?:whatever|everything|anything|all|those|the ones?|what|the works|the pictures|all that|every ?thing else)"
    rf"(?: that)? )?(?:{HANGS} )?(?P<way>after|behind|beyond|past|following|before|ahead of|up to|in front of) "
    rf"(?P<of>.+?)(?: on| onwards?)?"
)
AHEAD = ("before", "ahead of", "up to", "in front of")
FAR_ENDS = frozenset({"end", "back", "last", "right", "far end", "exit", "right hand side", "right hand end", "bottom"})
FROM_END = (
    r"from (?:the )?(?:very )?(?P<from>end|back|last|right hand (?:side|end)|right|far end|exit|bottom|start|front|"
    r"beginning|left hand (?:side|end)|left|entrance|door|first|top)"
)
NEIGHBOUR = re.compile(
    rf"(?:one|1|work|picture|photo|image|piece|painting|neighbou?r)(?: (?:that |which )?{HANGS})? "
    r"(?:(?:right|just|directly|immediately|straight) )?"
    r"(?P<way>after|behind|following|past|before|ahead of|in front of|to the right of|right of|to the left of|left of|"
    r"next to|beside|of) (?P<of>.+?)(?: again)?"
)
MANY = re.compile(r"(?P<many>\d+)")
REST = re.compile(
    rf"(?:rest|remainder|others?|other {NOUN}|remaining (?:{NOUN}|\d+)|everything else|all else|all others)"
    rf"(?: of (?:them|it|the {NOUN}))?"
)
POINTING = re.compile(
    rf"(?:this|that|these|those)(?: \d{{1,2}})?(?: {NOUN})?|it|them|both(?: of (?:them|these|those))?|"
    rf"(?:the )?(?:selected|marked|highlighted|chosen)(?: \d{{1,2}})?(?: {NOUN})?|selection|"
    rf"(?:the )?(?:\d{{1,2}} |{NOUN} )?(?:that |which )?(?:i|we) (?:have |had |just )*(?:selected|marked|highlighted|"
    r"clicked|clicked on|picked out)"
)
