"""Whether a sentence says that all shall be as it was before, by itself or after a verdict on the last change."""

import re

from agent.offline.onshow.facets import LEAD

_BEFORE = re.compile(
    rf"{LEAD}(?:(?:make|leave|have|put|hang|do) (?:it|them|everything) )?(?:just |exactly |much )?(?:like|as)"
    r"(?: (?:it|they|things|everything) (?:was|were|looked|hung|stood))? (?:before|earlier|previously|a moment ago|"
    r"just now)"
)
_RETURNED = re.compile(
    rf"{LEAD}(?:(?:go|get|put|bring|take|set|change|turn|make|have|leave|return) )?"
    r"(?:(?:it|them|everything|all of it|the (?:show|room|pictures|works)) )?(?:all )?(?:back |again )?(?:to |"
    r"exactly |"
    r"just |as |like )*(?:how|what|the way|as|like) (?:it|they|things|everything|that|the (?:show|room|pictures|"
    r"works)) "
    r"(?:was|were|looked|hung|stood|had been)(?: (?:before|earlier|previously|a moment ago|just now|again|"
    r"please|all))*"
)
_VERDICT = re.compile(
    r"(?:(?:no|oh|ah|hm+|hmm|well|sorry|actually|somehow|but|and|now|dear|,) ?(?:, )?)*"
    r"(?:(?:i|we) (?:(?:really|do|already|still|kind of|sort of|rather|quite|actually|just|think i|think we) )*"
    r"(?:miss|missed|liked|loved|preferred|regret|regretted|want|do not like|am missing|"
    r"are missing) (?:[^ ,.;:!?]+ ?){1,6}"
    r"|(?:(?:that|this|it|which) )?(?:(?:was|is|looks|looked|feels|felt) )?(?:(?:much|far|a|an|so|not|quite|"
    r"really|even|"
    r"clearly) )*(?:better|nicer|worse|wrong|a mistake|mistake|good|bad|no good|bad idea|good idea|too much|"
    r"empty|emptier|"
    r"poorer|duller|prettier|right|it)(?: (?:before|earlier|with [^,.;:!?]+|without [^,.;:!?]+|like (?:that|this)))?)"
    r" ?[,.;:!?] "
)
_MOST_VERDICTS = 3


def is_as_before(clause: str) -> bool:
    """ "Like before", and nothing else."""
    return _BEFORE.fullmatch(clause) is not None


def is_regretted(line: str) -> bool:
    """ "I miss the horses. Back to how it was": a verdict, and that all shall be as it was before."""
    judged = False
    for _ in range(_MOST_VERDICTS):
        found = _VERDICT.match(line)
        if found is None:
            break
        line, judged = line[found.end() :], True
    return judged and (_RETURNED.fullmatch(line) or _BEFORE.fullmatch(line)) is not None
