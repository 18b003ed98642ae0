"""Clauses that ask for nothing: what is said to stay as it is, and why something is wanted."""

import re

from agent.offline.onshow.facets import facet_of
from agent.offline.onshow.naming import Named, Row
from agent.offline.onshow.stems import stems_of

_FINE = (
    r"(?:right|fine|good|ok|okay|great|perfect|nice|lovely|as it is|as they are|as is|how it is|unchanged|the same|"
    r"untouched|wonderful)"
)
_KEPT = (
    r"(?:stay|keep|leave|remain|stick|do not touch|do not change|without touching|without changing|not touching|"
    r"hold on to)"
    r"(?: it| them)?(?: in| with| at| on| to| by)? (?P<what>.+?)(?: as (?:it is|they are|is)| alone| though| please|"
    r" that way| where it is)*",
    rf"(?P<what>.+?) (?:is|are|was|were|looks|look) (?:(?:exactly|just|really|quite|all|very|already|"
    rf"so) )*{_FINE}(?: now| then)?",
    r"(?P<what>.+?) (?:(?:can|may|should|must|shall|has to|have to|will) )?(?:stay|stays|remain|remains|keep|keeps)"
    r"(?: (?:out|away|off|gone|put|there|in|up|so|(?:exactly |just )?(?:like|as) (?:that|this|now)|that way|"
    r"as (?:it is|they are|is)|where (?:it is|they are)))*",
    rf"(?P<what>.+?) (?:exactly )?{_FINE}",
    r"(?P<what>)(?:with |in |at |by )?(?:the |exactly the )?same (?:number|count|amount|order|look|theme|style|"
    r"layout|size|"
    r"sizes|spacing|gaps|light|room|rooms|hang|works|pictures)(?: (?:of (?:works|pictures|them)|as before|"
    r"as now|again))*",
)
_NOTHING_ELSE = re.compile(
    r"(?:(?:everything|all|all the|the) (?:else|rest|others?)|nothing else|the remainder)(?: (?:can |may |"
    r"should |must |shall |has to |please )*(?:stays?|remains?|keeps?|is|are|as|just|exactly|"
    r"like|unchanged|untouched|same|where|alone|then|though|please|be|fine)\b.*)?"
)

_TELLS = frozenset({
    "it", "they", "that", "those", "this", "these", "we", "i", "he", "she", "there", "because", "since", "as", "for",
    "the", "my", "our", "you", "whoever", "such",
})  # fmt: skip
_ASKS = frozenset({
    "too", "more", "less", "than", "should", "must", "could", "can", "want", "need", "like", "not", "out", "off",
    "back", "without", "instead", "only", "how", "what", "which", "who", "where", "when", "why", "if", "whether",
    "or", "else",
})  # fmt: skip


def is_kept(clause: str, row: Row) -> bool:
    """What is said to stay as it is: nothing is to be done."""
    if _NOTHING_ELSE.fullmatch(clause):
        return True
    for pattern in _KEPT:
        found = re.fullmatch(pattern, clause)
        if found is None:
            continue
        if not found["what"]:
            return True
        what = re.sub(r"^(?:the|that|this|my|our|all|those|these) ", "", found["what"].strip(" ,"))
        named = row.named(found["what"].strip(" ,")) or row.named(what)
        if facet_of(what, row) is not None or named is not None or _NOTHING_ELSE.fullmatch(what):
            return True
        known = {stem for word in row.draft.vocabulary.library_words for stem in stems_of(word)}
        if set(stems_of(what)) <= known:
            return True
    return False


def kept_work(clause: str, row: Row) -> Named | None:
    """The works that are said to stay: "the others" are all but these."""
    for pattern in _KEPT:
        found = re.fullmatch(pattern, clause)
        named = row.named(found["what"].strip(" ,")) if found is not None else None
        words = named.targets.words if named is not None else ""
        if named is not None and not named.pointed and (not words or any(words in title for title in row.titles)):
            return named
    return None


def only_tells(clause: str, row: Row) -> bool:
    """ "The budget shrank", "we have no licence for those": why something is wanted, and nothing that is."""
    words, vocabulary = clause.split(), row.draft.vocabulary
    if not 1 < len(words) <= 12 or words[0] not in _TELLS or {*words} & _ASKS:
        return False
    tables = ("tones", "colours", "orders", "layouts", "sizes", "extremes", "ordinals", "sides")
    said = {word for name in tables for word in vocabulary.table(name)}
    if {*words[:2]} & {*vocabulary.lists.get("starters", ())}:
        return False
    named = said | vocabulary.theme_names.keys() | vocabulary.library_words
    told = [word for word in words if word not in row.draft.stop_words() and word not in _TELLS]
    return not any(word in named or word.isdecimal() for word in told)
