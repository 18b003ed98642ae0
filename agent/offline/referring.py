"""Pronouns that point at a work named a clause before: "picture six does not convince me, take it away"."""

import re
from functools import lru_cache

from agent.offline.clauses import any_of
from agent.offline.grammar import grammar_of
from agent.offline.normalise import BOUNDARY
from agent.vocabulary import Vocabulary

_ENDS = f",;.!?:{BOUNDARY}"


def with_referents(line: str, vocabulary: Vocabulary) -> str:
    """The line with the work in place of the pronoun, without the clause that only spoke of it."""
    found = _told_of(vocabulary.base or vocabulary).search(line)
    if found is None or " too " in f" {found['told']} ":
        return line
    return f"{line[: found.start()]}{found['verb']}{found['between']}{found['work']} {line[found.end() :]}"


@lru_cache(maxsize=8)
def _told_of(source: Vocabulary) -> re.Pattern[str]:
    lists, slots = source.lists, grammar_of(source).slots
    works, numbered = any_of(lists.get("works", ())), any_of(lists.get("numbered", ()))
    extremes = any_of(source.table("extremes"))
    one = rf"(?:one|{works})"
    by_number = rf"{slots['ordinal']} {one}|(?:{numbered}|{works}) \d{{1,3}}"
    work = rf"(?:the |my )?(?:{by_number}|(?:{extremes}) {one}|{one} (?:on|in) the \w+)"
    verbs = any_of((*lists.get("starters", ()), *lists.get("move", ()), *lists.get("remove", ())))
    so = "and|so|then|please|could you|can you|better|just|rather|do|now"
    return re.compile(
        rf"(?<=[{_ENDS}] )(?P<work>{work}) (?P<told>(?:{any_of(lists.get('said_of_works', ()))})"
        rf"(?: [^ {_ENDS}]+){{0,6}}) [,;.:!] (?:(?:{so}) )*"
        rf"(?P<verb>(?:{verbs}) )(?P<between>(?:[^ {_ENDS}]+ ){{0,2}}?)(?:it|that|this|them|that one|this one|him|her) "
    )
