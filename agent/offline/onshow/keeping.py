"""Clauses that ask for nothing: what is said to stay as it is, and why something is wanted."""

import re

from agent.offline.onshow.facets import facet_of
from agent.offline.onshow.naming import Row
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
    r"(?: (?:out|away|off|gone|put|there|in|up|so|that way|as (?:it is|they are|is)|where (?:it is|they are)))*",
    rf"(?P<what>.+?) (?:exactly )?{_FINE}",
)
_NOTHING_ELSE = re.compile(
    r"(?:(?:everything|all|all the|the) (?:else|rest|others?)|nothing else|the remainder)(?: .*)?"
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
        what = re.sub(r"^(?:the|that|this|my|our|all|those|these) ", "", found["what"].strip(" ,"))
        if facet_of(what, row) is not None or row.named(what) is not None or _NOTHING_ELSE.fullmatch(what):
            return True
        known = {stem for word in row.draft.vocabulary.library_words for stem in stems_of(word)}
        if set(stems_of(what)) <= known:
            return True
    return False


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
