"""Meanings of clauses that say who made the works."""

import re

from agent.offline.clauses import any_of
from agent.offline.draft import Draft, Said
from agent.offline.names import creators_called
from agent.offline.normalise import BOUNDARY, CREATOR, OWNS
from agent.offline.taken import is_denied
from agent.vocabulary import Vocabulary

_OF = r"(?:in|on) which|where|that (?:have|show)|with|of|showing|featuring|about|depicting"
_SEEN = r"(?:(?:can|may) be seen|appears|is (?:seen|visible|shown|present|in them|in it)|is|shows up|turns up|poses)"
_HERS = r"(?:her|him|them|herself|himself|themselves)"
_NOT_BY = (
    rf"(?:, )?(?:(?:but|and|though|yet|only) )*(?:(?:that|which|where) )?(?:not|none|no|never|nothing|except|"
    rf"without|minus)"
    rf" (?:the |those |any |of )*(?:(?:ones|1|one|pictures|photos|works|shots|images|portraits) )?(?:that |which )?"
    rf"(?:(?:taken |made |shot |photographed )?by (?:{_HERS}|(?P=who))|(?:she|he|they) (?:has |have )?(?:took|"
    rf"taken|made|shot|"
    rf"photographed|snapped)(?: {_HERS})?)"
)
_DID_NOT = (
    rf"(?:, )?(?:(?:but|and|though|yet|that|which|where|only) )*(?:she|he|they) (?:did|has|have) not (?:take|"
    rf"taken|make|made|"
    rf"shoot|shot|photograph|photographed)(?: {_HERS})?"
)
_NOT_BEHIND = r"(?:, )?(?:(?:but|and) )*(?:not|never) (?:behind|holding|at) (?:the|her|his|a) (?:camera|lens)"
_SHOWN = (
    rf"(?<= )(?P<kind>(?:{{works}}) )?(?P<lead>(?:{_OF}) )?(?P<who>{CREATOR}[^ ]+) (?:{_SEEN} )?"
    rf"(?:(?:in|on) (?:it|them|the (?:picture|pictures|photo|frame|photos|image|images)) )?(?:, )?"
    rf"(?:{_NOT_BY}|{_DID_NOT}|{_NOT_BEHIND})(?= [,.;:!?{BOUNDARY}])"
)


def shown_not_by(line: str, vocabulary: Vocabulary) -> str:
    """ "Portraits of Clara, not by her": who is in the picture, and did not take it."""
    if CREATOR not in line:
        return line
    works = any_of(vocabulary.lists.get("works", ()))
    pattern = re.compile(_SHOWN.replace("{works}", works))
    return pattern.sub(_shown, line)


def _shown(said: re.Match[str]) -> str:
    works = said["kind"] or ("" if said["lead"] else "pictures ")
    return f"{works}showing {said['who']} , none taken by {said['who']}"


def made_by(draft: Draft, said: Said) -> bool | None:
    """Someone whom the library knows, by full or last name; else the words stay a part of the subject."""
    known = creators_called(said.get("creator") or draft.trimmed(said["words"]).casefold(), draft.vocabulary)
    if not known:
        return False
    if is_denied(draft):
        draft.add("without_creators", *known[:5])
        draft.marks.add("without")
        return None
    draft.add("creators", *known[:5])
    return None


def name_creators(draft: Draft) -> None:
    """A creator whom no rule has read is whose works are meant, unless the words speak of who is in the picture."""
    depicted = draft.vocabulary.lists.get("depicts", ())
    for token in re.findall(rf"(?<= ){CREATOR}[^ ]+(?: {OWNS})?(?= )", draft.line):
        before = draft.line.partition(f" {token} ")[0].split()
        while before and (before[-1] in draft.vocabulary.lists.get("joins", ()) or _is_kin(before, draft)):
            before.pop()
        if before and (before[-1] in depicted or before[-1].startswith(CREATOR)):
            continue
        if known := creators_called(token.split()[0], draft.vocabulary):
            draft.add("creators", *known[:5])
            draft.used.append(draft.plain(token))
            draft.line = draft.line.replace(f" {token} ", f" {BOUNDARY} ", 1)


def _is_kin(before: list[str], draft: Draft) -> bool:
    """ "Showing our daughter Clara": words that say whose she is, after what says that she is in the picture."""
    lists, kin = draft.vocabulary.lists, {*draft.vocabulary.table("kin")}
    words = before[:]
    while words and (words[-1] in kin or words[-1] in lists.get("whose", ())):
        words.pop()
    return len(words) < len(before) and bool(words) and words[-1] in lists.get("depicts", ()) and words[-1] != "of"


def creator_too(draft: Draft, said: Said) -> bool | None:
    """ "Not by Ada or Bo": who is named next is wanted, or left out, like the one before."""
    known = creators_called(said["creator"], draft.vocabulary)
    part = next((name for name in ("without_creators", "creators") if name in draft.query), "")
    if not known or not part or draft.before.split()[-1] != BOUNDARY:
        return False
    draft.add(part, *known[:5])
    return None
