"""Meanings of clauses that say who made the works."""

import re

from agent.offline.draft import Draft, Said
from agent.offline.names import creators_called
from agent.offline.normalise import BOUNDARY, CREATOR, OWNS
from agent.offline.taken import is_denied


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
