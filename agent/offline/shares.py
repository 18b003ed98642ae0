"""So many works of each of several subjects: "five pictures each from Kyoto and Lisbon" are ten of both."""

import re
from functools import lru_cache

from agent.offline.clauses import any_of
from agent.offline.normalise import BOUNDARY
from agent.vocabulary import Vocabulary

_MOST_SUBJECTS = 6
_MOST_WORKS = 200
_SUBJECT = rf"(?:(?!(?:and|or|by|in|as|with|on|for|one|a|rooms?|halls?|walls?) )[^ ,;.!?:{BOUNDARY}\d]+ ){{1,3}}"
_LIST = rf"(?P<list>{_SUBJECT}(?:(?:, and |, |and |plus |& ){_SUBJECT})+)"


def of_each(line: str, vocabulary: Vocabulary) -> str:
    """The line with the number of all works together; as it was where no number is said for each subject."""
    line = _added_up(line, vocabulary.base or vocabulary)
    for pattern in _patterns(vocabulary.base or vocabulary):
        found = pattern.search(line)
        if found is None:
            continue
        parts = [part for part in re.split(r"(?:^| )(?:,|and|plus|&)(?= |$)", f" {found['list']}") if part.strip()]
        together = int(found["number"]) * len(parts)
        if not 1 < len(parts) <= _MOST_SUBJECTS or not 1 <= together <= _MOST_WORKS:
            return line
        subjects = " and ".join(part.strip() for part in parts)
        return f"{line[: found.start()]}{together} pictures of {subjects} {line[found.end() :]}"
    return line


def _added_up(line: str, vocabulary: Vocabulary) -> str:
    """ "Five of Kyoto and five of Lisbon" are ten of both; "four by Anna, four by Bruno" are eight by the two."""
    works = any_of(vocabulary.lists.get("works", ()))
    part = rf"(\d{{1,2}}) (?:(?:{works}) )?(of|from|by) (?:the )?({_SUBJECT})"
    join = r"(?:, and |, |and |plus )"
    found = re.search(rf"(?<= ){part}(?:{join}{part}){{1,{_MOST_SUBJECTS - 1}}}(?=[,.!?{BOUNDARY}] )", line)
    if found is None:
        return line
    parts = list(re.finditer(part, found[0]))
    if len({one[2] == "by" for one in parts}) > 1:
        return line
    lead = "by" if parts[0][2] == "by" else "of"
    subjects = f"and {lead} ".join(one[3] for one in parts) if lead == "by" else "and ".join(one[3] for one in parts)
    return f"{line[: found.start()]}{sum(int(one[1]) for one in parts)} pictures {lead} {subjects}{line[found.end() :]}"


@lru_cache(maxsize=8)
def _patterns(vocabulary: Vocabulary) -> tuple[re.Pattern[str], ...]:
    works = rf"(?:{any_of(vocabulary.lists.get('works', ()))}) "
    of = r"(?:from|of|for|showing|with) (?:the )?"
    so = r"(?:[,;] )?(?:(?:so|that is|that makes|making|i e|which makes|makes) )*"
    total = rf"{so}\d+ (?:in total|in all|altogether|all told|total) "
    number = rf"(?:an overview (?:[:,] )?)?(?P<number>\d{{1,3}}) (?:{works})?"
    end = rf"(?:{total})?"
    return (
        re.compile(rf"(?<= ){number}(?:each|apiece) {of}{_LIST}{end}"),
        re.compile(rf"(?<= ){number}{of}each of {_LIST}{end}"),
        re.compile(rf"(?<= ){number}{of}each (?:[:,] ){_LIST}{end}"),
        re.compile(rf"(?<= )(?:from |of )?{_LIST}(?:, )?{number}(?:each|apiece) {end}"),
        re.compile(rf"(?<= ){number}(?:of |from )?{_LIST}(?:each|apiece) {end}"),
    )
