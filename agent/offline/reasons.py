"""What people tell beside a wish is no part of it: "lower, please: half of them are children"."""

import re
from functools import lru_cache

from agent.offline.clauses import any_of
from agent.offline.normalise import BOUNDARY, CREATOR
from agent.vocabulary import Vocabulary

_ENDS = ",;.!?:"
_PART = re.compile(rf"( [{_ENDS}](?= ))")
_POINTS = frozenset({"it", "them", "they", "these", "those", "this", "that"})
_LONGEST_OPENING = 8
"""Words of an opening before a question ("just so that I can tell my boss")."""


def without_reasons(line: str, vocabulary: Vocabulary) -> str:
    """The line without clauses that only tell something, where another clause asks for something."""
    parts = _PART.split(line.strip(f" {BOUNDARY}"))
    clauses, marks = parts[::2], parts[1::2]
    if len(clauses) < 2:
        return line
    source = vocabulary.base or vocabulary
    tells = [_tells(clause.strip(), source, vocabulary) for clause in clauses]
    tells[0] = tells[0] or _opens_a_question(clauses[0].strip(), clauses[1].strip(), source, vocabulary)
    if all(told or not _says_anything(clause) for told, clause in zip(tells, clauses, strict=True)):
        return line
    kept = [
        f"{clause}{mark}" for clause, mark, told in zip(clauses, [*marks, ""], tells, strict=True) if not told
    ]  # fmt: skip
    return f"{BOUNDARY} {''.join(kept).strip(f' {_ENDS}')} {BOUNDARY} "


def _says_anything(clause: str) -> bool:
    return re.search(r"\w", clause) is not None


def _tells(clause: str, source: Vocabulary, vocabulary: Vocabulary) -> bool:
    """Whether a clause tells of people: who they are, what they know, need or cannot do."""
    if re.match(rf"(?:{any_of(source.lists.get('meant_for', ()))}) ", f"{clause} "):
        return True
    found = _telling(source).match(f"{clause} ")
    return found is not None and not _names_works(clause, vocabulary)


def _names_works(clause: str, vocabulary: Vocabulary) -> bool:
    """Whether the clause speaks of works, of the show, or of a creator: then it may be a wish."""
    words = set(clause.split())
    lists = vocabulary.lists
    return bool(words & {*lists.get("works", ()), *lists.get("hung", ())}) or CREATOR in clause


def _opens_a_question(clause: str, following: str, source: Vocabulary, vocabulary: Vocabulary) -> bool:
    """Whether it only leads to a question: "just for my own records: how many ...?"."""
    words = clause.split()
    if not 0 < len(words) <= _LONGEST_OPENING or not _question(source).match(f"{following} "):
        return False
    known = vocabulary.library_words | vocabulary.creator_words
    of_works = set(vocabulary.lists.get("works", ())) | _POINTS
    return not any(word in known or word in of_works or word.isdecimal() or CREATOR in word for word in words)


@lru_cache(maxsize=8)
def _telling(source: Vocabulary) -> re.Pattern[str]:
    lists = source.lists
    leads, some, whose, who, does = (
        any_of(lists.get(name, ())) for name in ("reason_leads", "some_of", "whose", "audience", "does")
    )
    between = rf"(?:(?!(?:{does}) )[^ ]+ )"
    return re.compile(
        rf"(?:(?:{leads}) )*(?:(?:{some}|\d+) (?:of )?)?(?:(?:{whose}) )?{between}{{0,2}}?"
        rf"(?:{who}) {between}{{0,4}}?(?:{does}) "
    )


@lru_cache(maxsize=8)
def _question(source: Vocabulary) -> re.Pattern[str]:
    lists = source.lists
    return re.compile(rf"(?:(?:{any_of(lists.get('but', ()))}|and|so) )*(?:{any_of(lists.get('asking', ()))}|whose) ")
