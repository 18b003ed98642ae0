"""Takes a request apart before it is read: politeness and words of degree go, clauses and chained wishes are parted."""

import re
from collections.abc import Iterable
from functools import lru_cache

from agent.offline.draft import Draft
from agent.offline.normalise import BOUNDARY

_TELEGRAM = 2
"""Sentences of so few words are clauses of one wish: "Purple. Ten. Forest." """
_ENDS = rf"[,;.!?:{BOUNDARY}]"
_POINTS_BACK = re.compile(r" (?:it|them|him|her|this one|that one|those|these)(?= (?!all))")


def prepared(draft: Draft) -> None:
    """Bring the line into the form that the rules read."""
    draft.line = re.sub(r"(?<= )(\d+) ,(?: and| or)? (?=(?P<next>\d+) )", _joined, draft.line)
    ordinals = any_of(draft.vocabulary.table("ordinals"))
    listed = rf"(?<= )({ordinals}) (?:, and|, or|,|and|or) (?:the )?(?=(?:{ordinals}) )"
    draft.line = re.sub(listed, r"\1 and the ", draft.line)
    _plain_verbs(draft)
    _drop_fillers(draft)
    _drop_preamble(draft)
    _drop_asides(draft)
    _drop_degrees(draft)
    _part_clauses(draft)


def _joined(found: re.Match[str]) -> str:
    """ "3, 4" are numbers of one kind; in "from 2019, 12" a year ends before the number of works."""
    years = [_IS_YEAR.fullmatch(number) is not None for number in (found[1], found["next"])]
    return found[0] if years[0] != years[1] else f"{found[1]} and "


_IS_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def links(draft: Draft) -> list[str]:
    """The parts of a request that are to be done one after the other ("... and then ..."), in order."""
    chains = any_of(draft.vocabulary.lists.get("chains", ()))
    line = draft.line.strip(f" {BOUNDARY}")
    lists = draft.vocabulary.lists
    if re.match(rf"(?:{any_of(lists.get('select', ()))}) ", line):
        line = re.sub(rf" ,(?= (?:{any_of(lists.get('starters', ()))}) )", " then", line)
    line = _sentences(line)
    parts = re.split(rf"(?: (?:and )?{_ENDS})*(?:^| )(?:{chains})(?= |$)(?: ,)?", f" {line}")
    return [part.strip(" ,") for part in parts if re.search(r"\w", part)]


def _sentences(line: str) -> str:
    """Sentences are links too, when there is more than one of several words."""
    parts = [part for part in re.split(r" [.?!](?= |$)", line) if re.search(r"\w", part)]
    telegram = all(len(part.split()) <= _TELEGRAM for part in parts)
    return (" , " if telegram else " then ").join(parts) if len(parts) > 1 else line


def unchained(draft: Draft) -> None:
    """Take the links of a chain for clauses of one wish."""
    draft.line = f"{BOUNDARY} {' , '.join(links(draft))} {BOUNDARY} "


def _part_clauses(draft: Draft) -> None:
    """An "and" before a verb parts two clauses like a comma does."""
    joins, starters = (any_of(draft.vocabulary.lists.get(name, ())) for name in ("joins", "starters"))
    line = re.sub(
        rf"^{BOUNDARY} (?:{any_of(draft.vocabulary.lists.get('first', ()))}) (?=(?:{starters}) )",
        f"{BOUNDARY} ",
        draft.line,
    )
    draft.line = re.sub(rf"(?<= )(?:{joins}) (?=(?:{starters}) )", ", ", line)


def _drop_preamble(draft: Draft) -> None:
    """What is told before the wish ("I teach a class on winter: show ...") is no part of it."""
    lists = draft.vocabulary.lists
    asks = any_of((*lists.get("create", ()), *lists.get("show", ()), *lists.get("starters", ()), "i want", "i need"))
    told, turns = any_of(lists.get("statements", ())), any_of(lists.get("turns", ()))
    _part_wish_from_telling(draft, told)
    openers = any_of((*lists.get("fillers", ()), *lists.get("create", ())))
    found = re.match(
        rf"{BOUNDARY} (?!(?:{openers}) )(?:{told}) [^{BOUNDARY}]*? [,;.!?:] (?:(?:{turns}|,) )*(?=(?:{asks}) )",
        draft.line,
    )
    if found is not None and not _POINTS_BACK.search(draft.line, found.end()) and not _says_which(found[0], draft):
        draft.line = f"{BOUNDARY} {draft.line[found.end() :]}"
        _drop_fillers(draft)


def _part_wish_from_telling(draft: Draft, told: str) -> None:
    """ "I run a flower shop and would like a display of roses": what is told ends where the wish begins."""
    verbs = any_of(draft.vocabulary.lists.get("told", ()))
    draft.line = re.sub(
        rf"(?<=^{BOUNDARY} )((?:{told}) (?:{verbs}) [^,;.!?:{BOUNDARY}]*?)(?:and|so|but|therefore) (?:(?:i|we) )?"
        r"(?=(?:would like|would love|want|need|am after|am looking for|could do with) )",
        r"\1, i ",
        draft.line,
    )


def _says_which(told: str, draft: Draft) -> bool:
    """ "I only hang upright works: show ten" says of which format, so it is part of the wish."""
    words, vocabulary = set(told.split()), draft.vocabulary
    if re.search(r" (?:not|no|without|never|except|leave out|leave) ", told) and words & vocabulary.library_words:
        return True  # "i do not want berlin . show ..."
    named = words & {*vocabulary.table("orientations"), *vocabulary.table("tones"), *vocabulary.table("colours")}
    return bool(named and words & set(vocabulary.lists.get("works", ())))


def _drop_asides(draft: Draft) -> None:
    """What is told in a clause of its own beside the wish (", I have first graders,") is no part of it."""
    lists = draft.vocabulary.lists
    told, verbs = any_of(lists.get("statements", ())), any_of(lists.get("told", ()))
    works = any_of((*lists.get("works", ()), *lists.get("it", ())))
    words = rf"(?:(?!(?:{works}) )[^ ,;.!?:{BOUNDARY}]+ )+"
    draft.line = re.sub(rf"(?<=[,;] )(?:{told}) (?:{verbs}) {words}(?=[,;.!?{BOUNDARY}] )", "", draft.line)


def _drop_degrees(draft: Draft) -> None:
    """ "A little", "much", "even" before a word that compares, and "again" after it, change nothing."""
    lists = draft.vocabulary.lists
    degrees, graded = (any_of(lists.get(name, ())) for name in ("degrees", "graded"))
    line = draft.line
    for _ in range(3):
        line = re.sub(rf"(?<= )(?:{degrees}) (?=(?:{graded}) )", "", line)
    draft.line = re.sub(rf"(?<= )((?:{graded}) )(?:{any_of(lists.get('once_more', ()))}) (?={_ENDS} )", r"\1", line)


def _plain_verbs(draft: Draft) -> None:
    """ "Would you mind nudging it" asks to nudge it."""
    lists = draft.vocabulary.lists
    verbs = {*lists.get("starters", ()), *lists.get("create", ())}

    def plain(found: re.Match[str]) -> str:
        stem = found["stem"]
        for verb in (stem, f"{stem}e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem):
            if verb in verbs:
                return f"{verb} "
        return found[0]

    opening = any_of(lists.get("before_gerunds", ()))
    draft.line = re.sub(rf"(?<= )(?:{opening}) (?P<stem>\w{{2,}})ing ", plain, draft.line)


def _drop_fillers(draft: Draft) -> None:
    """Take politeness off both ends of every clause, unless nothing would be left."""
    lists = draft.vocabulary.lists
    openers, fillers = any_of(lists.get("openers", ())), any_of(lists.get("fillers", ()))
    at_end = any_of((*lists.get("fillers", ()), *lists.get("end_fillers", ())))
    line = draft.line
    for _ in range(4):
        shorter = re.sub(rf"^{BOUNDARY} (?:{openers}) (?=\w)", f"{BOUNDARY} ", line)
        shorter = re.sub(rf"(?<={_ENDS} )(?:{fillers}) ", "", shorter)
        shorter = re.sub(rf"(?<= )(?<!the )(?<!to )(?<!on )(?<!far )(?<!from )(?:{at_end}) (?={_ENDS} )", "", shorter)
        shorter = re.sub(rf"^{BOUNDARY} (?:{_ENDS} )+(?=\w)", f"{BOUNDARY} ", shorter)
        if shorter == line or not re.search(r"\w", shorter):
            break
        line = shorter
    draft.line = line


def any_of(words: Iterable[str]) -> str:
    """The alternatives of a pattern, the longest first; matches nothing when there are none."""
    return _alternatives(tuple(words))


@lru_cache(maxsize=512)
def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"
