"""An order told by what hangs at an end: "newest at the top left", "the darkest at the far end"."""

import re
from functools import lru_cache

from agent.offline.clauses import any_of
from agent.offline.normalise import BOUNDARY
from agent.vocabulary import Vocabulary

_BEING = "should|must|to|can|may|shall|come|comes|coming|go|goes|going|hang|hangs|hanging|hung|be|is|are|being|start|" \
    "starts|starting|put|placed|set|right|sit|sits|sitting|standing|stand|stands|up"  # fmt: skip
_AT = "at|on|in|to|by|near|nearest to|next to|towards|close to|right by"
_OF_WHAT = "row|wall|grid|room|sheet|gallery|show|line|timeline|hang|exhibition|page"


def orders_at_ends(line: str, vocabulary: Vocabulary) -> str:
    """The line with "newest first" in place of what is said of the newest work at the start or of others at the end."""
    source = vocabulary.base or vocabulary
    opposites = source.table("opposite_extremes")

    def ordered(found: re.Match[str]) -> str:
        at_start = found["place"] in source.lists.get("front_places", ())
        first = found["extreme"] if at_start else str(opposites[found["extreme"]])
        return f" , {first} first "

    line, times = _at_an_end(source).subn(ordered, line)
    return re.sub(r" {2,}", " ", line) if times else line


@lru_cache(maxsize=8)
def _at_an_end(source: Vocabulary) -> re.Pattern[str]:
    lists = source.lists
    extremes, works = any_of(source.table("opposite_extremes")), any_of(lists.get("works", ()))
    places = any_of((*lists.get("front_places", ()), *lists.get("back_places", ())))
    return re.compile(
        rf" (?:(?:and|with|,) )*(?:the )?(?P<extreme>{extremes})(?: (?:{works}))?(?: (?:{_BEING}))* "
        rf"(?:{_AT}) (?:the )?(?:very |far |extreme )?(?P<place>{places})(?: (?:hand|side|corner|end|edge))*"
        rf"(?: of (?:the|each|every) (?:{_OF_WHAT}))? (?=[,;.!?:{BOUNDARY}] |and |then |with |but |please )"
    )
