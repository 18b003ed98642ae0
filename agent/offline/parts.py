"""A request over a show in parts: where a reading as a whole leaves something out, each part is read by itself."""

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any

from agent.intent import Intent, Targets
from agent.offline.accounts import keeps, unaccounted
from agent.offline.chaining import pointed_at
from agent.offline.mentions import mentions
from agent.offline.unread import is_unread, words_of
from agent.ports.context import TurnContext
from agent.ports.library import Query
from agent.vocabulary import Vocabulary
from scene.layouts.contract import Wishes

Read = Callable[[str], Awaitable[Intent]]
IsTalk = Callable[[str], Awaitable[bool]]
_STOP = r"[,;:.!?\u2013\u2014]+"
_JOINT = re.compile(
    rf"\s*(?:{_STOP}\s*)?(?<!all )(?<!thing )(?<!one )\b(?:and|but|then|while|plus|also|though|so)\b\s+|\s*{_STOP}\s+",
    re.IGNORECASE,
)
_CHANGES = frozenset({"refine", "edit", "restyle"})
_FOLLOWS = _CHANGES | {"navigate", "select", "undo"}
_TOLD = 3
"""So many words that are only told weigh as much as one that was read in vain."""
_MOST_WORDS = 30
_MOST_JOINTS = 5
_MOST_READ = 24
_WHOLE = frozenset({"if", "unless", "otherwise", "either", "or", "whether", "between", "same", "both"})
"""Words whose sentence is one whole."""


async def in_parts(
    text: str, first: Intent, context: TurnContext, vocabulary: Vocabulary, read: Read, is_talk: IsTalk
) -> Intent:
    """The reading part by part, where that accounts for more of what was said; else the first one.

    What is only told beside the wish is left out, and named.
    """
    if not context.scene.placements or context.pending_question or not _may_be_parted(text, first):
        return first
    least: float = len(unaccounted(text, first, vocabulary, context)) + (100 if is_unread(first) else 0)
    if not least:
        return first
    best, known = first, dict[str, Intent]()
    for said in cuts(text):
        cut, carried = _referring(said, vocabulary, context)
        for part in cut:
            if part not in known and len(known) < _MOST_READ:
                known[part] = await read(part)
        read_all = [part for part in cut if part in known]
        lost = {part: len(unaccounted(part, known[part], vocabulary, context)) for part in read_all}
        told = [part for part in read_all if await is_talk(part) or _is_praise(known[part])]
        told += [part for part in carried if part in known and part not in told and lost.get(part, 1)]
        wishes = [part for part in read_all if part not in told and _is_clear(known[part], part is cut[0])]
        if not wishes or len(wishes) + len(told) < len(cut):
            continue
        left = sum(lost[part] for part in wishes) + sum(len(words_of(part)) for part in told) / _TOLD
        together = _together([known[part] for part in wishes])
        if together is not None and told:
            together = together.model_copy(update={"ignored": (*together.ignored, *(part[:400] for part in told))})
        if together is not None and left < least and keeps(first, together, vocabulary):
            best, least = together, left
    return best


def _referring(
    cut: tuple[str, ...], vocabulary: Vocabulary, context: TurnContext
) -> tuple[tuple[str, ...], frozenset[str]]:
    """The parts with the works of one part in place of "they" in the next, and the parts that only name such works."""
    found, carried = [cut[0]], set[str]()
    for part in cut[1:]:
        works = [one for one in mentions(found[-1], vocabulary, context) if one.kind == "works"]
        named = [one for one in works if one.says.casefold() not in _POINTERS]
        pointer = _POINTER.search(part)
        if pointer is not None and named:
            part = f"{part[: pointer.start()]}{named[-1].says}{part[pointer.end() :]}"
            carried.add(found[-1])
        found.append(part)
    return tuple(found), frozenset(carried)


_POINTERS = frozenset({"it", "they", "them", "its", "their", "those", "these"})
_POINTER = re.compile(r"\b(?:they|them|it|those|these)\b(?! (?:is|was) (?:too|so|for)\b)", re.IGNORECASE)


def _is_praise(intent: Intent) -> bool:
    return intent.kind == "answer" and intent.about == "approving"


def is_joined(text: str) -> bool:
    """Whether a text has more than one part, apart from what an "and" joins."""
    return any(not re.fullmatch(r"\s*and\s+", joint[0], re.IGNORECASE) for joint in _joints(text))


def _may_be_parted(text: str, intent: Intent) -> bool:
    words = words_of(text)
    settled = intent.missing not in ("", "change") or intent.alternatives or intent.condition is not None
    changes = intent.kind in _FOLLOWS | {"create", "unclear"} and not intent.continues
    return changes and not settled and 3 < len(words) <= _MOST_WORDS and not _WHOLE & set(words)


def cuts(text: str) -> Iterator[tuple[str, ...]]:
    """The text cut at one joint, and at all of them."""
    text = text.strip(" ,;:.!?")
    joints = _joints(text)
    cuts = [tuple(text[a:b].strip() for a, b in ((0, j.start()), (j.end(), len(text)))) for j in joints]
    if len(joints) > 1:
        edges = [0, *(place for j in joints for place in (j.start(), j.end())), len(text)]
        cuts.append(tuple(text[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True)))
    yield from dict.fromkeys(cut for cut in cuts if all(words_of(part) for part in cut))


def _joints(text: str) -> list[re.Match[str]]:
    return [joint for joint in _JOINT.finditer(text.strip(" ,;:.!?")) if not _lists(text, joint)][:_MOST_JOINTS]


def _lists(text: str, joint: re.Match[str]) -> bool:
    """Whether a joint stands between figures or places: "2 and 7", "the first and the last"."""
    before, after = text[: joint.start()].split()[-1:], text[joint.end() :].split()[:2]
    placed = [word for word in after if word.casefold() != "the"][:1]
    return bool(before and placed) and all(_PLACE.fullmatch(word) for word in (*before, *placed))


_PLACE = re.compile(
    r"\d+(?:st|nd|rd|th)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third|fourth|fifth"
    r"|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last",
    re.IGNORECASE,
)


def _is_clear(intent: Intent, opens: bool) -> bool:
    """Whether a part is a change of the show by itself; the first one may be another show like this one."""
    like_this = opens and intent.kind == "create" and intent.layout is not None and intent.query != Query()
    return (
        (intent.kind in _FOLLOWS or like_this)
        and not intent.missing
        and not intent.alternatives
        and intent.condition is None
    )


def _together(parts: Sequence[Intent]) -> Intent | None:
    """One intent that does all of them in order."""
    found = [parts[0]]
    for part in parts[1:]:
        one = _merged(found[-1], part)
        found[-1:] = [one] if one is not None else [found[-1], part]
    found = pointed_at(found)
    if any(intent.then for intent in found[1:]) or (found[0].then and len(found) > 1):
        return None
    return found[0].model_copy(update={"then": (*found[0].then, *found[1:])})


def _merged(one: Intent, two: Intent) -> Intent | None:
    """Two changes that say nothing of the same thing as one; None where they follow each other."""
    if one.then or two.then:
        return None
    if one.kind == two.kind == "edit":
        pointed = (edit.model_copy(update={"targets": one.edits[-1].targets}) if edit.targets == Targets(selection=True)
                   else edit for edit in two.edits)  # fmt: skip
        edits = tuple(dict.fromkeys((*one.edits, *pointed)))
        return one.model_copy(update={"edits": edits, "understood": (*one.understood, *two.understood)})
    anew = one.kind == "create" and two.kind in ("refine", "restyle") and two.query == Query()
    if not anew and not {one.kind, two.kind} <= {"refine", "restyle"}:
        return None
    said, more = _plain(one), _plain(two)
    wishes, others = said.pop("wishes", {}), more.pop("wishes", {})
    free = {"kind", "understood", "confidence", "keep_works", "note", "reworded", "ignored", "language"}
    again = [name for name in (said.keys() & more.keys()) - free if said[name] != more[name]]
    again += [name for name in wishes.keys() & others.keys() if wishes[name] != others[name]]
    if again and not anew:
        return None
    kinds = {one.kind, two.kind}
    texts = {name: (*getattr(one, name), *getattr(two, name))[:20] for name in ("understood", "ignored")}
    kept = all(part.keep_works or part.kind == "restyle" for part in (one, two))
    notes = " ".join(dict.fromkeys(note for note in (one.note, two.note) if note))[:400]
    only = {name: getattr(two, name) for name in more.keys() - free}
    kind = "create" if anew else "restyle" if kinds == {"restyle"} else "refine"
    wished = Wishes.model_validate({**wishes, **others})
    sure = {"confidence": min(one.confidence, two.confidence), "keep_works": kept and not anew}
    return one.model_copy(update={**only, **texts, **sure, "kind": kind, "wishes": wished, "note": notes})


def _plain(intent: Intent) -> dict[str, Any]:
    return intent.model_dump(exclude_defaults=True)
