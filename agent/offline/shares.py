"""So many works of each of several subjects: "five pictures each from Kyoto and Lisbon" are ten of both."""

import re
from functools import lru_cache

from agent.offline.clauses import any_of
from agent.offline.normalise import BOUNDARY
from agent.offline.unread import is_known
from agent.vocabulary import Vocabulary

_MOST_SUBJECTS = 6
_MOST_WORKS = 200
_SUBJECT = rf"(?:(?!(?:and|or|by|in|as|with|on|for|one|a|rooms?|halls?|walls?) )[^ ,;.!?:{BOUNDARY}\d]+ ){{1,3}}"
_LIST = rf"(?P<list>{_SUBJECT}(?:(?:, and |, |and |plus |& ){_SUBJECT})+)"


def of_each(line: str, vocabulary: Vocabulary) -> str:
    """The line with the number of all works together; as it was where no number is said for each subject."""
    line = _in_numbers(_added_up(line, vocabulary.base or vocabulary), vocabulary)
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


def _in_numbers(line: str, vocabulary: Vocabulary) -> str:
    """ "5 trams, 10 ferries and 3 lanterns", "8 x Kyoto, 8 x Lisbon": as many together, of all that are named."""
    source = vocabulary.base or vocabulary
    works = any_of(source.lists.get("works", ()))
    part = rf"(\d{{1,2}}) (?:x )?(?:(?:{works}) )?(?:(?:of|from|with|showing) )?(?:the |my |our )?({_SUBJECT})"
    end = rf"(?=[,;.!?:{BOUNDARY}] |in |on |as |for |with )"
    found = re.search(rf"(?<= ){part}(?:(?:, and |, |and |plus ){part})+{end}", line)
    if found is None:
        return line
    parts = list(re.finditer(part, found[0]))
    named = [re.sub(rf"(?:^| )(?:{works})(?= |$)", "", one[2].strip()).strip() for one in parts]
    if not all(named) or not any(is_known(word, vocabulary.library_words) for name in named for word in name.split()):
        return line
    if any(name.split()[0] in _NO_SUBJECTS for name in named):
        return line
    together = sum(int(one[1]) for one in parts)
    return f"{line[: found.start()]}{together} pictures of {' and '.join(named)} {line[found.end() :]}"


_NO_SUBJECTS = frozenset({"rows", "row", "columns", "column", "cm", "m", "metres", "per", "each", "years", "people",
                          "groups", "percent", "%", "euros", "dollars", "cents", "more", "fewer"})  # fmt: skip


@lru_cache(maxsize=8)
def _patterns(vocabulary: Vocabulary) -> tuple[re.Pattern[str], ...]:
    works = rf"(?:{any_of(vocabulary.lists.get('works', ()))}) "
    of = r"(?:from|of|for|showing|with) (?:the )?"
    so = r"(?:[,;] )?(?:(?:so|that is|that makes|making|i e|which makes|makes) )*"
    total = rf"{so}\d+ (?:in total|in all|altogether|all told|total) "
    number = rf"(?:an overview (?:[:,] )?)?(?P<number>\d{{1,3}}) (?:{works})?"
    end, them = rf"(?:{total})?", "(?:of (?:them|these|those) )?"
    return (
        re.compile(rf"(?<= ){number}(?:each|apiece) {of}{_LIST}{end}"),
        re.compile(rf"(?<= ){number}{of}each of {_LIST}{end}"),
        re.compile(rf"(?<= ){number}{of}each (?:[:,] ){_LIST}{end}"),
        re.compile(rf"(?<= ){number}(?:each|apiece) (?:of )?(?:[:,] ){_LIST}{end}"),
        re.compile(rf"(?<= )(?:from |of )?{_LIST}(?:, )?{number}(?:each|apiece) {end}"),
        re.compile(rf"(?<= ){number}(?:of |from )?{_LIST}(?:each|apiece) {end}"),
        re.compile(rf"(?<= )(?:from |of )?{_LIST}(?:[,:;] )?(?:with )?{number}(?:of|from|for|by) each {them}{end}"),
    )
