"""Wishes that hang on a count: "if there are more than ten from 2019 make a timeline, otherwise a gallery"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from agent.intent import Condition, Intent, Targets
from agent.offline.clauses import any_of
from agent.offline.draft import Draft
from agent.offline.normalise import BOUNDARY
from agent.ports.library import Query
from scene.layouts.contract import Wishes

Compare = Literal[">", ">=", "<", "<=", "="]
Read = Callable[[str], Intent]

_NEGATED: dict[Compare, Compare] = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "=": ">"}
_HAVING = "has|have|had|holds|hold|contains|contain|counts|comprises|numbers|gives|got"
_ENDS = rf"[,;.:!?{BOUNDARY}]"


@dataclass(frozen=True)
class Parts:
    """A conditional request taken apart, in words."""

    condition: str
    wish: str
    otherwise: str = ""
    unless: bool = False


def parted(draft: Draft) -> Parts | None:
    """The condition, the wish and what else to do; None when nothing was made to depend on anything."""
    lists = draft.vocabulary.lists
    opening, unless = any_of(lists.get("if", ())), any_of(lists.get("unless", ()))
    line = draft.line.strip(f" {BOUNDARY}")
    said = re.search(rf"(?:^|(?<= ))(?P<word>{opening}|{unless}) (?=\S)", line)
    if said is None or not _counts(line[said.end() :], draft):
        return None
    before, after = line[: said.start()].strip(" ,;:."), line[said.end() :]
    negated = re.fullmatch(rf"(?:{unless})", said["word"]) is not None
    after, otherwise = _in_that_case(after) if negated else ("", "")
    if not otherwise:
        after, otherwise = _otherwise(line[said.end() :], draft)
    if before and not _only_opens(before, draft):
        return Parts(_without_end(after), before, otherwise, negated)
    condition, wish = _condition_and_wish(after, draft)
    return Parts(condition, wish, otherwise, negated) if wish else None


def _in_that_case(words: str) -> tuple[str, str]:
    """ "Unless there are over ten, in which case a grid": what to do when there are."""
    parts = re.split(rf" (?:{_ENDS} )?(?:and )?(?:in (?:that|which|such a) case|if so|then|in that event)(?: ,)?(?= )",
                     f" {words}", maxsplit=1)  # fmt: skip
    return (parts[0].strip(), _without_end(parts[1])) if len(parts) > 1 else (words, "")


def _counts(words: str, draft: Draft) -> bool:
    """Whether a number or a quantity is spoken of, not only politeness ("if you can", "if there are any")."""
    lists = draft.vocabulary.lists
    there = any_of(lists.get("there_are", ()))
    if any(re.search(rf"(?:^| )(?:{any_of(lists.get(name, ()))}) \d+ ", f"{words} ") for name in _COMPARISONS):
        return True
    polite = rf"(?:{there}) (?:any|that many|some|enough)(?: {_ENDS}|$)"
    return bool(re.match(rf"(?:{there}) ", words)) and not re.match(polite, words)


def _only_opens(words: str, draft: Draft) -> bool:
    openers = {*draft.vocabulary.lists.get("openers", ()), *draft.vocabulary.lists.get("fillers", ())}
    return words in openers or not re.search(r"\w", words)


def _otherwise(words: str, draft: Draft) -> tuple[str, str]:
    marks, negated = (
        any_of(draft.vocabulary.lists.get("otherwise", ())),
        any_of(draft.vocabulary.lists.get("if_not", ())),
    )
    last = re.search(rf" (?:, )?(?:and|or|but) (?P<wish>[^,;.]+?) (?:{negated})(?: {_ENDS})*$", f" {words}")
    if last is not None:
        return f" {words}"[: last.start()].strip(), _without_end(last["wish"])
    parts = re.split(rf" (?:{_ENDS} )?(?:(?:and|or|but) )?(?:{marks})(?: ,)?(?= )", f" {words}", maxsplit=1)
    return parts[0].strip(), _without_end(parts[1]) if len(parts) > 1 else ""


def _without_end(words: str) -> str:
    return words.strip(" ,;:.!?")


def _condition_and_wish(words: str, draft: Draft) -> tuple[str, str]:
    """Where the condition ends: at the first comma, at "then", else before the first verb or layout."""
    lists = draft.vocabulary.lists
    verbs = any_of((*lists.get("starters", ()), *lists.get("create", ()), *lists.get("make", ()), "do", "i want"))
    layouts = any_of(draft.vocabulary.table("layouts"))
    for pattern in (
        r" (?:,|:|;|then)(?: ,)?(?: then)? (?=\S)",
        rf" (?=(?:{verbs}) )",
        rf" (?=(?:a|an|the|as a) (?:\w+ ){{0,2}}(?:{layouts})(?: |$))",
    ):
        found = re.search(pattern, words)
        if found is not None and found.start() > 0:
            return words[: found.start()].strip(), _without_end(words[found.end() :])
    return words, ""


def conditional(parts: Parts, draft: Draft, read: Read) -> Intent:
    """The intent with its condition; one that cannot be tested becomes a question with both ways as choices."""
    condition = _tested(parts, draft, read)
    if condition is None:
        return Intent(
            kind="unclear",
            confidence=0.2,
            language=draft.vocabulary.language,
            missing="ability",
            name="condition",
            subject=draft.plain(parts.condition)[:400],
            alternatives=tuple(words[:400] for words in (parts.wish, parts.otherwise) if words),
        )
    if condition.shown and not draft.context.scene.placements:
        condition = condition.model_copy(update={"shown": False})
    wish = _branch(parts.wish, condition, draft, read)
    if condition.query == Query() and not condition.shown and wish.kind == "create" and wish.query != Query():
        counted = wish.query.model_copy(update={"limit": Query().limit})
        condition = condition.model_copy(update={"query": counted})
    other = _one_more(parts, draft)
    otherwise = _branch(other, condition, draft, read) if other else None
    if otherwise is not None and otherwise.kind == "unclear":
        noun = parts.wish.split()[-1]
        noun = noun.removesuffix("s") if parts.otherwise.endswith((" one", " 1")) else noun
        otherwise = _branch(f"{parts.otherwise} {noun}", condition, draft, read)
    if wish.kind == "unclear" or (otherwise is not None and otherwise.kind == "unclear"):
        return wish if wish.kind == "unclear" else otherwise or wish
    return wish.model_copy(update={"condition": condition, "otherwise": otherwise})


def _one_more(parts: Parts, draft: Draft) -> str:
    """ "A timeline of 2005, else one of 2010": one more of what is wished."""
    layout = re.search(rf"(?:^| )(?P<layout>{any_of(draft.vocabulary.table('layouts'))})(?= |$)", parts.wish)
    again = re.match(r"(?:do |make |show |take )?(?:one|1)(?= (?:of|from|with|for|by|about|in) )", parts.otherwise)
    if layout is None or again is None:
        return parts.otherwise
    return f"a {layout['layout']}{parts.otherwise[again.end() :]}"


def _tested(parts: Parts, draft: Draft, read: Read) -> Condition | None:
    """The count and what it is compared with."""
    lists, line = draft.vocabulary.lists, f" {parts.condition} "
    compare, number = _comparison(line, draft)
    if compare is None:
        return None
    there = any_of(lists.get("there_are", ()))
    rest = re.sub(rf"(?<= )(?:{there}) ", "", re.sub(_compared(draft), " ", line, count=1))
    rest = re.sub(
        rf"(?<= )(?:any|some|no|not any|none|nothing|anything|something|at all|{_HAVING}) ", "", f" {rest.strip()} "
    ).strip(" ,")
    asked = read(f"how many {rest}") if rest else Intent(kind="answer")
    if asked.kind != "answer" or asked.about not in ("", "count"):
        return None
    negated = _NEGATED[compare] if parts.unless else compare
    return Condition(
        query=asked.query.model_copy(update={"limit": Query().limit}),
        compare=negated,
        number=number,
        shown=asked.targets != Targets(),
        words=draft.plain(rest)[:400],
    )


def _compared(draft: Draft) -> str:
    lists = draft.vocabulary.lists
    every = any_of([word for name in _COMPARISONS for word in lists.get(name, ())])
    number = rf"(?:{every}) \d+|(?<! from)(?<! in)(?<! of) \d{{1,3}}|(?<=^ )\d{{1,3}}"
    return rf" (?:{number}) (?:(?:or|and) (?:more|fewer|less|above|below) )?"


_COMPARISONS: dict[str, Compare] = {"over": ">", "at_least": ">=", "under": "<", "at_most": "<="}


def _comparison(line: str, draft: Draft) -> tuple[Compare | None, int]:
    lists = draft.vocabulary.lists
    for name, sign in _COMPARISONS.items():
        found = re.search(rf" (?:{any_of(lists.get(name, ()))}) (\d+) ", line)
        if found is not None:
            return sign, int(found[1])
    if (after := re.search(r" (\d+) (?:or|and) (more|above|fewer|less|below) ", line)) is not None:
        return (">=" if after[2] in ("more", "above") else "<="), int(after[1])
    if (plain := re.search(r" (?:exactly|precisely) (\d+) ", line)) is not None:
        return "=", int(plain[1])
    if re.search(r" (?:no|none|not any|nothing) ", line):
        return "=", 0
    number = re.search(r"(?<! from)(?<! in)(?<! of) (\d{1,3}) ", line)
    if number is not None:
        return ">=", int(number[1])
    return (">", 0) if re.search(r" (?:any|some|a|an|anything|works|pictures|photos|images) ", line) else (None, 0)


def _branch(words: str, condition: Condition, draft: Draft, read: Read) -> Intent:
    """What to do; works that are not named there are those that were counted."""
    pointers = any_of(("them", "those", "these", "all of them", "all those", "it"))
    said = re.sub(rf"(?<= )(?:{pointers})(?=$| )", "the pictures", f" {words}").strip()
    intent = read(said)
    if intent.kind == "unclear" and said != words and condition.query != Query() and not condition.shown:
        intent = read(f"create a gallery of the pictures , {said}")
    pointed = re.search(rf"(?:^| )(?:{pointers})(?= |$)", words) is not None
    if pointed and condition.query != Query() and intent.kind in ("edit", "select", "navigate"):
        found = condition.query.model_copy(update={"words": ""})
        meant = Targets(words=condition.query.words, query=None if found == Query() else found)
        edits = tuple(edit.model_copy(update={"targets": meant}) for edit in intent.edits)
        return intent.model_copy(update={"targets": meant, "edits": edits})
    if (
        pointed
        and not condition.shown
        and condition.query != Query()
        and intent.kind in ("create", "refine", "restyle")
    ):
        return _of_those(intent, condition)
    counted = condition.query != Query() and not condition.shown
    own = intent.query.model_copy(update={"limit": Query().limit, "more_words": ()})
    how = intent.layout or intent.theme or (pointed and intent.wishes != Wishes())
    of_works = intent.kind in ("create", "refine", "restyle", "unclear") and how
    if not counted or own != Query() or not (of_works or intent.kind == "create"):
        return intent
    return _of_those(intent, condition)


def _of_those(intent: Intent, condition: Condition) -> Intent:
    """A new show of the works that were counted."""
    query = condition.query.model_copy(update={"limit": intent.query.limit})
    return intent.model_copy(
        update={"kind": "create", "query": query, "subject": condition.query.words, "confidence": 0.9,
                "keep_works": False, "only_shown": False}
    )  # fmt: skip
