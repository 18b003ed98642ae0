"""What is told before a wish: who will come, how the show looks now, what is wrong with a work."""

import re
from functools import lru_cache

from agent.offline.clauses import any_of
from agent.offline.onshow.facets import facet_of, now_of, value_of
from agent.offline.onshow.naming import Named, Row
from agent.offline.onshow.stems import stem, stems_of
from agent.vocabulary import Vocabulary

_MOST_WORDS = 14
_TABLES = ("tones", "colours", "orders", "layouts", "sizes", "extremes", "ordinals", "sides", "orientations", "months",
           "seasons", "decades", "columns", "figure_ways", "units", "numbers", "places")  # fmt: skip
_LISTS = ("create", "show", "remove", "without", "more", "only", "brought_back", "keeps", "starters", "select", "swap",
          "again", "chains", "asking")  # fmt: skip
_ASKS = frozenset({
    "too", "more", "less", "fewer", "than", "should", "must", "could", "can", "want", "need", "needs", "like", "not",
    "out", "off", "back", "without", "instead", "only", "how", "what", "which", "why", "if", "whether", "or", "else",
    "undo", "redo", "again", "please", "other", "another", "different", "no", "enough", "would", "shall", "let", "make",
})  # fmt: skip
_JUDGES = frozenset({"too", "not", "like", "no", "enough", "how", "what", "out", "off", "again"})
"""Words of a judgement that ask for nothing."""
_SPEAKERS = frozenset({"we", "i", "they", "he", "she", "there", "you", "it"})
_SPOKEN = frozenset({"only", "no", "not", "like"})
"""What those who tell something may say of it."""
_WISHES = frozenset({"darker", "brighter", "bigger", "smaller", "wider", "closer", "higher", "lower", "first", "last"})
_POINTS = frozenset({"it", "them", "others", "rest", "everything", "these", "those", "all", "both"})
_LOOKS = r"(?:is|are|looks?|feels?|seems?|has (?:got|become)|got|gets?|is getting|was|turned|comes across(?: as)?)"
_NOW = re.compile(
    rf"(?:it|that|this|they|there|everything|all(?: of (?:it|them))?|the (?:room|hall|show|wall|walls|"
    rf"whole thing|place|"
    rf"gallery|exhibition)) (?:all )?{_LOOKS} (?:(?:a|an|bit|little|rather|very|quite|so|all|pretty|awfully|mostly|"
    rf"terribly|lot of|tad|somewhat|really|kind of|sort of|pretty much|just) )*(?P<how>[a-z]+)"
    r"(?: (?:in|on|over|up) (?:here|there|the walls?|this room|the room|that wall|show))?"
)
_ENOUGH = re.compile(
    r"(?:(?:that|this|it) (?:is|will be|should be|would be|will do|makes) (?:enough|plenty|all|it|sufficient|fine)?|"
    r"(?:any)?(?:thing )?more (?:will|would|does|do|can|is) not|(?:there is|we have|i have|we have got|"
    r"i have got) (?:no|"
    r"not enough|only|just|little|not much) (?:more )?(?:room|space|place|wall))(?: .+)?"
)
_ABOUT = re.compile(
    r"(?:this|the|our|my|that) (?:one|1|show|exhibition|room|gallery|wall|time|evening|day|whole thing)?(?: is|"
    r" shall be|"
    r" should be| will be)(?: (?:only|just|all|purely|entirely|really|meant to be|supposed to be))* (?:about|for|on|"
    r"dedicated to|devoted to) .+"
)
_NODS = re.compile(
    r"(?:(?:no|not|that is|it is|they are|oh|ah|well|much|far|still|really|quite|all|so|very|hm+|hmm|sorry|"
    r",) )*(?:good|better|"
    r"nice|right|wrong|bad|fine|great|lovely|it|perfect|ok|okay|enough|done|quite|there|close)|that (?:will|"
    r"would) not do|"
    r"(?:that|this|it) does not work|wrong [a-z]+|(?:those|these|they|it|that)(?: \d+)? (?:was|were|is|"
    r"are) (?:actually |really "
    r"|quite |both |all )?(?:fine|good|nice|great|ok|okay|right|lovely|perfect)|my (?:mistake|bad|fault)|"
    r"changed? (?:of plan|my "
    r"mind)|(?P<a>[a-z]+) (?:with|to|by|next to|beside|among) (?P=a)(?: and so on)?|and so on|so on|so forth"
)
_WHEN = re.compile(
    r"(?:^|.* )(?:today|tomorrow|tonight|this (?:morning|afternoon|evening|week|weekend|month)|next (?:week|"
    r"weekend|month|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?:on|this|every) (?:monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday)s?|in (?:an hour|\d+ (?:days|hours|weeks|minutes)|a (?:week|month|minute)))(?: .*|$)"
)
_REPORTED = re.compile(
    r"(?:(?:the|my|our|one|some|a|an|all|most|several|many) )+[a-z]+(?: [a-z]+){0,2} (?:complained|complains?|"
    r"moaned|grumbled|"
    r"(?:is|are|was|were) complaining|moans?|asked|wondered|laughed|stumbled|tripped)(?: (?:about|of|that|over|at) .+)?"
)
_MUCH = re.compile(
    r"(?:(?:there is|there are|we have|i see|that is|it is|what) )?(?:(?:rather|quite|such|an awful|a bit|"
    r"a little|way|so|too|"
    r"all|just|really|pretty) )*(?:a lot of|lots of|much|many|plenty of|a sea of|full of|loads of|tons of|nothing but|"
    r"dominated by)(?: the)? (?P<how>[a-z]+)(?: (?:ones?|works?|pictures?|photos?))?"
    r"(?: (?:in|on|over|up) (?:here|there|the walls?|this room|the room|that wall|show))?"
)
_TOPIC = re.compile(
    r"(?:(?:i have |we have |i |we )?changed my mind about|as for|about|regarding|concerning|as to|talking of|"
    r"speaking of|(?:you )?see|you know|"
    r"i am not (?:sure|happy|convinced|certain) (?:about|of|with|by)|i do not (?:like|love|get|want)) (?P<what>.+)"
)
_SAID_OF = re.compile(
    rf"(?P<what>.+?) (?:(?:really|just|simply|still|somehow|also) )?(?P<verb>{_LOOKS}|does not|do not|did not|is not|"
    r"are not|hangs?|bores?|annoys?|bothers?|irritates?|hurts?|stings?|never|fails to|steals?|spoils?|ruins?|"
    r"embarrass(?:es)?|belongs? to|turned out|came out)(?P<rest>(?: .+)?)"
)


def is_comment(clause: str, row: Row) -> bool:
    """A verdict on the look, a nod, a complaint of somebody, what the show is about: nothing, however it reads."""
    return _is_verdict(clause, row) or any(way.fullmatch(clause) for way in (_ENOUGH, _ABOUT, _NODS, _REPORTED))


def is_beside(clause: str, row: Row) -> bool:
    """Whether a clause that is only told is plain talk; any other is named as not understood."""
    speaks = clause.split()[0] in _SPEAKERS | {"people", "visitors", "guests", "everyone", "everybody"}
    return speaks or _WHEN.fullmatch(clause) is not None or is_comment(clause, row)


def tells_beforehand(clause: str, row: Row, whole: str = "") -> bool:
    """Whether a clause only tells something: no work, no figure, no wish in it, or a verdict on the present look."""
    words = clause.split()
    if not 0 < len(words) <= _MOST_WORDS or clause == whole or re.search(r" [,;:.!?] ", clause):
        return False
    if len(words) == 1 and not _NODS.fullmatch(clause):
        return False
    if is_comment(clause, row):
        return True
    if {*words} <= row.draft.stop_words() | {"them", "half", "each", "every"}:
        return False
    figures, told = [word for word in words if word[0].isdecimal()], words[0] in _SPEAKERS
    if any(f" {whole} ".count(f" {figure} ") < 2 for figure in figures):
        return False  # but "we got seven frames", before "seven pictures then"
    if {*words} & (_ASKS - (_SPOKEN if told else frozenset())) or (not told and {*words} & _POINTS):
        return False
    if _WHEN.fullmatch(clause):
        return not {*words} & _WISHES
    if not {*words} & row.draft.stop_words():
        return False  # nothing but words of weight, or of another language
    vocabulary = row.draft.vocabulary
    said = {stem(word) for word in words} & _meaning(vocabulary.base or vocabulary)
    if who := _audience(vocabulary).match(f"{clause} "):
        said -= {*vocabulary.table("sides"), *vocabulary.table("figure_ways")}  # "people read from left to right"
        words = clause[who.end() :].split()
    return not said and not _names_works(words, row)


def _audience(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:the|our|my|most|all|many|some|of) )*(?:{any_of(vocabulary.lists.get('audience', ()))}) ")


def colour_told(clause: str, row: Row) -> str:
    """ "It is a bit blue in there": the colour of which there is much; nothing for any other clause."""
    found = _NOW.fullmatch(clause) or _MUCH.fullmatch(clause)
    vocabulary = row.draft.vocabulary
    if found is None or found["how"] not in vocabulary.table("colours"):
        return ""
    return found["how"]


def work_told_of(clause: str, row: Row) -> Named | None:
    """ "The third from the end is blurry": the work that the next clause is about."""
    if re.search(r" [,;:.!?] ", clause):
        return None
    opened = _TOPIC.fullmatch(clause)
    if opened is not None and (topic := row.named(opened["what"])) is not None and not topic.targets.everything:
        return topic
    found = _SAID_OF.fullmatch(clause)
    if found is None or {*found["rest"].split()} & (_ASKS - _JUDGES):
        return None
    if any(word.isdecimal() for word in found["rest"].split()):
        return None
    named = row.named(found["what"])
    return None if named is None or named.targets.everything else named


def _is_verdict(clause: str, row: Row) -> bool:
    """ "Noir swallows all the colour": said of the look that the show has now, with no wish in it."""
    words = clause.split()
    now = now_of(row)
    subject = re.match(r"(?:the |this |that |a |an |all (?:the|this) )?(?P<what>[a-z]+(?: [a-z]+)?)(?= |$)", clause)
    if subject is None or {*words} & {"back", "instead", "again", "keep", "want", "please", "undo", "make"}:
        return False
    for length in (2, 1):
        name = " ".join(subject["what"].split()[:length])
        facet = facet_of(name, row)
        if facet is None or len(subject["what"].split()) < length:
            continue
        shown = facet[1] == value_of(now, facet[0]) if facet[1] else True
        rest = words[words.index(name.split()[-1]) + 1 :]
        return shown and len(rest) > 1 and not _changes(rest, row)
    return False


def _changes(rest: list[str], row: Row) -> bool:
    """Whether what is said of the look may be a wish: another look, a figure, a degree."""
    vocabulary = row.draft.vocabulary
    other = any(word in vocabulary.theme_names for word in rest)
    compared = any(word.endswith("er") and word not in ("rather", "never", "over", "together") for word in rest)
    return other or compared or any(word.isdecimal() for word in rest) or bool({*rest} & (_ASKS - _JUDGES))


def _names_works(words: list[str], row: Row) -> bool:
    known = {stem(word) for word in row.draft.vocabulary.library_words}
    titles = {part for title in row.titles for part in stems_of(title)}
    small = row.draft.stop_words()
    return any(stem(word) in known | titles for word in words if word not in small)


@lru_cache(maxsize=8)
def _meaning(vocabulary: Vocabulary) -> frozenset[str]:
    """Single words that say something of a show, in whatever sentence."""
    said = {word for name in _TABLES for word in vocabulary.table(name)} | set(vocabulary.theme_names)
    said |= {word for name in _LISTS for word in vocabulary.lists.get(name, ())}
    small = {*vocabulary.lists.get("stop", ()), "there", "time", "day", "year", "best", "right", "end", "one", "month"}
    return frozenset(stem(word) for word in said if " " not in word and word not in small)
