"""What refers to earlier steps of the talk: counts against the first show, works brought back, a length after gaps."""

import re
from collections.abc import Callable

from agent.intent import Edit, Intent, Targets
from agent.offline.clauses import any_of
from agent.offline.continuing import is_a_step
from agent.offline.counting import count_to
from agent.offline.draft import Draft
from agent.offline.normalise import BOUNDARY
from agent.offline.targets import targets_in
from scene.layouts.contract import Wishes

Meant = Callable[[str], Intent]

_AT_FIRST = (
    r"(?:at first|at the (?:very )?(?:start|beginning|outset)|in the (?:very )?beginning|in the first place|originally|"
    r"initially|to begin with|to start with|the first time|(?:we|you|i) (?:began|started) with|it was at first)"
)
_LEADING = (
    r"(?:(?:no|nope|sorry|ok|okay|please|and|but|so|hmm|well|actually|i|we|you|wanted|want|meant|mean|"
    r"would like|make it|make that|let it be|"
    r"let us have|have|hang|show|give me|show me|now|just|only|rather|it|should be|instead|,) )*"
)
_OF_FIRST = re.compile(
    rf"{_LEADING}(?:(?P<number>\d+) (?P<way>less|fewer|more)|(?P<factor>half|twice|double|3 times|a third)) ?"
    rf"(?:as many )?(?:works |pictures |photos |images |ones )?(?:than|as|of what) "
    rf"(?:there (?:were|was) |we had |you had |i had |it (?:had|was) |had |were )?{_AT_FIRST}(?: please| instead)?$"
)
_FACTORS = {"half": 0.5, "twice": 2.0, "double": 2.0, "3 times": 3.0, "a third": 1 / 3}
_ALL_OF_THEM = re.compile(
    r"(?:(?:all|both|every (?:one|1)|the lot|them|it|those|these|everything)(?: of (?:them|those|these|it))?"
    r"(?: \d+)?(?: (?:works|pictures|photos|ones))?|the \d+(?: (?:works|pictures|photos|ones))?)"
)
_ONLY = re.compile(
    rf"(?:(?:no|ok|okay|well|hmm|sorry|but|and|so|,) )*(?:only|just|simply|merely) (?P<what>[^,.;:!?{BOUNDARY}]+?)"
    r"(?: (?:then|instead|please|after all|this time|alone|goes|should go|must go|has to go))*"
)
_SET_TO = re.compile(
    r"(?:(?:no|ok|okay|please|and|now|then|well|hmm|,) )*(?:set|make|put|fix|let) "
    r"(?:it|them|that|this) (?:be )?(?:to |at )?"
    r"(?:exactly |precisely |about |around |just )?(?P<number>\d+(?:\.\d+)?) ?"
    r"(?P<unit>[a-z]+)(?: (?:exactly|sharp|please))?"
)


def recalled(draft: Draft, meant: Meant) -> Intent | None:
    """What the request takes from earlier ones; None where it stands by itself."""
    if not draft.context.recent_requests:
        return None
    line = re.sub(r" [,.;:!?](?= |$)", "", _words(draft))
    ways = (_against_the_first, _put_back_up, _of_those_put_back, _length_of_gaps)
    return next((found for way in ways if (found := way(line, draft, meant)) is not None), None)


def _words(draft: Draft) -> str:
    return draft.line.strip(f" {BOUNDARY},.!?;:")


def _against_the_first(line: str, draft: Draft, meant: Meant) -> Intent | None:
    """ "Three less than at first": counted from the show that was made, whatever hangs by now."""
    said = _OF_FIRST.fullmatch(line)
    if said is None:
        return None
    shows = (meant(words) for words in reversed(draft.context.recent_requests))
    first = next((show.wishes.count for show in shows if show.kind == "create"), None)
    if first is None:
        return None
    if said["factor"]:
        wanted = first * _FACTORS[said["factor"]]
    else:
        wanted = first + int(said["number"]) * (1 if said["way"] == "more" else -1)
    return Intent(kind="refine", wishes=Wishes(count=count_to(wanted)), confidence=0.9, understood=(_words(draft),))


def _put_back_up(line: str, draft: Draft, meant: Meant) -> Intent | None:
    """ "Bring all three back", "bring the trams back" after they were taken down: that step is undone."""
    back = any_of(draft.vocabulary.lists.get("brought_back", ()))
    ends = r"(?: (?:back|up again|again|in again|back (?:in|up|on the wall)))"
    said = re.fullmatch(rf"(?:(?:no|oh|sorry|ok|please|and|but|well) )*(?:{back}) (?P<what>.+?){ends}", line)
    said = said or re.fullmatch(r"(?:(?:bring|put|get|take|hang|have) back|restore|reinstate) (?P<what>.+)", line)
    if said is None:
        return None
    what = said["what"]
    earlier = meant(draft.context.recent_requests[-1])
    removed = [edit.targets for edit in earlier.edits if edit.verb == "remove"]
    undone = Intent(kind="undo", undo_what="step", understood=(_words(draft),))
    if earlier.kind == "edit" and removed and len(removed) == len(earlier.edits):
        return undone if _ALL_OF_THEM.fullmatch(what) or targets_in(draft, what) in removed else None
    gone = {_stem(word) for words in earlier.query.without_words for word in words.split()}
    named = {_stem(word) for word in what.split()} - {"the", "all", "my", "our", "those", "these"}
    return undone if earlier.kind == "refine" and named and named <= gone else None


def _stem(word: str) -> str:
    return word.removesuffix("s")


def _of_those_put_back(line: str, draft: Draft, meant: Meant) -> Intent | None:
    """ "Only the fifth then": of what was done and undone just before, only to this one."""
    said, intents = _ONLY.fullmatch(line), draft.context.last_intents
    target = targets_in(draft, said["what"]) if said is not None else None
    if target is None or target.words or not (target.ordinal or target.extreme):
        return None
    done = intents[-2] if len(intents) > 1 and intents[-1].kind == "undo" else None
    if done is not None and done.kind == "edit" and len({edit.verb for edit in done.edits}) == 1:
        edit = done.edits[0].model_copy(update={"targets": target})
        return done.model_copy(update={"edits": (edit,), "targets": target, "understood": (_words(draft),)})
    kept = Targets(everything=True, but=target)
    return Intent(kind="edit", edits=(Edit(verb="remove", targets=kept),), targets=kept, understood=(_words(draft),))


def _length_of_gaps(line: str, draft: Draft, meant: Meant) -> Intent | None:
    """ "Set it to half a metre", said after the gaps were changed."""
    said, units = _SET_TO.fullmatch(line), draft.vocabulary.table("units")
    if said is None or said["unit"] not in units:
        return None
    for words in reversed(draft.context.recent_requests[-3:]):
        if is_a_step(words, draft):
            continue
        earlier = meant(words)
        if earlier.wishes.gap_m is not None and earlier.kind == "refine":
            gap_m = min(max(float(said["number"]) * float(units[said["unit"]]), 0.02), 10.0)
            return Intent(kind="refine", wishes=Wishes(gap_m=round(gap_m, 3)), keep_works=True, confidence=0.9,
                          understood=(_words(draft),))  # fmt: skip
        if earlier.kind != "unclear":
            return None
    return None
