"""Less of a colour or a subject, and a look that is found to suit better."""

import re

from agent.intent import Intent
from agent.offline.onshow.facets import facet_of, now_of, value_of
from agent.offline.onshow.naming import Row
from agent.offline.onshow.stems import stem
from agent.ports.library import Query

_LESS = re.compile(
    r"(?:(?:a bit|a little|slightly|somewhat|much|far|please|rather|some|a lot|with) )*(?:fewer|less|"
    r"not so many|not so much|"
    r"not as many|not as much|cut (?:down|back) on|go easy on|easy on|go easier on|thin out|dial down|tone down|reduce|"
    r"hold back on|(?:far |way |much )?too (?:many|much)|lower|decrease)(?: of)?"
    r"(?: (?:the|that|those|this|these|all that|all the|such|number of|amount of))*"
    r" (?P<what>[a-z]+(?: [a-z]+)?)(?: (?:ones?|works?|pictures?|photos?|images?|stuff|things?))?"
    r"(?: (?:in|on|over|up) (?:here|there|the walls?|this room|the room|the show)| for my (?:taste|liking)| for me)*"
)
_SUITS = re.compile(
    r"(?P<look>.+?) (?:(?:would|might|could|may|will|does|really|just|probably|certainly|actually|"
    r"surely) )*(?:suits?|fits?|"
    r"works?|looks?|be|is|goes|go|do|does|match|matches|feels?|serve|serves|flatters?|becomes?)(?: (?:[a-z]+ ){0,4}?)?"
    r" ?(?:better|best|nicer|well|good|great|lovely|perfect|fine|nice|prettier|more fitting|ideal|perfectly)"
    r"(?: (?:here|there|now|i think|i guess|for (?:it|them|this|that|these)|with (?:it|them|this|that|these)|than .+))*"
)
_RATHER = re.compile(
    r"(?:(?:i|we) (?:would|had) (?:rather|prefer|like|love)(?: (?:have|see|take|go for|try|to (?:have|see|"
    r"try)))?|rather|let us "
    r"(?:try|have|see|go for|take|do)|try|give (?:me|us|it|them)|go for|go with|take|how about|what about|"
    r"put (?:it|them|"
    r"everything|these|those|the (?:pictures|photos|works|show)) (?:in|into|on)|dress (?:it|them) in|"
    r"change (?:it|them)? ?(?:in)?to|"
    r"switch to|turn (?:it|them) into|make (?:it|them|that)(?: into)?|(?:go |get )?back to|return to|in|on|as|"
    r"use|hang (?:it|them) (?:in|on|"
    r"as)|with|i want|"
    r"i need|and now|now)? ?(?:(?:a|an|the|some) )?(?P<look>[a-z]+(?: [a-z]+)?)(?: (?:look|style|theme|setting|"
    r"instead|now|then|"
    r"please|room|again|for (?:a change|them|it)))*"
)


def less_of(clause: str, row: Row) -> Intent | None:
    """ "Cut down on the blue ones": a smaller share of a colour or of a subject on show."""
    found = _LESS.fullmatch(clause)
    if found is None:
        return None
    what = re.sub(r" (?:ones?|works?|pictures?|photos?)$", "", found["what"])
    colours = row.draft.vocabulary.table("colours")
    if what in colours:
        return Intent(kind="refine", query=Query(less_colours=(colours[what],)), confidence=0.9)
    known = {stem(word) for word in row.draft.vocabulary.library_words}
    titles = {part for title in row.titles for part in title.split()}
    if not all(stem(word) in known or word in titles or stem(word) in titles for word in what.split()):
        return None
    return Intent(kind="refine", query=Query(less_words=(what,)), confidence=0.9)


def look_wished(clause: str, row: Row) -> Intent | None:
    """ "Cyberpunk suits him better", "I'd rather have paper": the theme or the layout changes, the works stay."""
    found = _SUITS.fullmatch(clause) or _RATHER.fullmatch(clause)
    facet = facet_of(found["look"].strip(), row) if found is not None else None
    if found is None or facet is None or not facet[1] or facet[0] not in ("theme", "layout"):
        return None
    kind, value = facet
    if kind == "layout" and len(found["look"].split()) > 1 and "walls" not in found["look"]:  # "a wall timeline"
        return None
    if value == value_of(now_of(row), kind):
        return None
    if kind == "theme":
        return Intent(kind="restyle", theme=value, confidence=0.9)
    return Intent.model_validate({"kind": "refine", "layout": value, "keep_works": True, "confidence": 0.9})
