"""Requests that only say how far: "a touch less than that", "more", "and again"; the step before says of what."""

import re
from collections.abc import Callable, Sequence
from itertools import chain

from agent.intent import Intent, Targets
from agent.offline.clauses import any_of
from agent.offline.draft import Draft
from agent.offline.ellipsis import completed
from agent.offline.measures import gap_on_show_m
from agent.offline.normalise import BOUNDARY
from agent.offline.stepped import INVERSE, stepped
from agent.offline.targets import targets_in
from agent.ports.library import Query
from scene.layouts.contract import Wishes

_FURTHEST_BACK = 5
_HALF_BACK = -0.5
"""Too much of a step is put right by going half of it back."""
_MEASURED = frozenset({"raise", "lower", "move_left", "move_right", "rotate"})
_CHANGING = frozenset({"edit", "refine", "restyle", "create", "undo", "redo"})
Meant = Callable[[str], Intent]


def continued(draft: Draft, meant: Meant) -> Intent | None:
    """The step before once more, half of it back, or what was taken back again; None for any other request."""
    recent = draft.context.recent_requests
    if recent and (other := _same_for_others(draft, meant)) is not None:
        return other
    if recent and _of_both(draft) and (made := _both_at_once(draft, meant)) is not None:
        return made
    if (
        recent
        and (found := _too_far(draft, meant) or _figure_again(draft, meant) or _brought_back(draft, meant)) is not None
    ):
        return found
    if recent and (before := _to_before(draft, meant)) is not None:
        return before
    returned = _steps(draft, ("step_returns",))
    steps = _steps(draft)
    if recent and _is_origin(draft):
        return _to_the_origin(draft, meant)
    if recent and steps is None and returned is None:
        return _gap_again(draft, meant)
    if not recent:
        return None
    earlier = _earlier(recent, draft, meant)
    if earlier is None:
        return None
    if earlier.kind in ("undo", "redo"):
        return _taken_back(earlier, draft, returned=returned is not None) if returned or (steps or 0) > 0 else None
    if steps is None:
        return None
    found = _turned(earlier, draft) or stepped(earlier, steps, draft.context)
    return found.model_copy(update={"understood": (_words(draft),), "ignored": ()}) if found is not None else None


def _turned(earlier: Intent, draft: Draft) -> Intent | None:
    """ "And further up", said after "make it smaller": the same work, moved."""
    ways = draft.vocabulary.table("figure_ways")
    verb = next((ways[word] for word in reversed(_words(draft).split()) if word in ways), "")
    if earlier.kind != "edit" or earlier.then or verb not in _MEASURED or verb == "rotate":
        return None
    if not earlier.edits or any(edit.verb in _MEASURED - {"rotate"} for edit in earlier.edits):
        return None
    moved = (edit.model_copy(update={"verb": verb, "amount": None}) for edit in earlier.edits)
    return earlier.model_copy(update={"edits": tuple(dict.fromkeys(moved))})


def _words(draft: Draft) -> str:
    return draft.line.strip(f" {BOUNDARY},.!?;:")


_STEPS = {"step_back": _HALF_BACK, "step_double": 2.0, "step_on": 1.0, "step_returns": 1.0}


def _steps(draft: Draft, names: Sequence[str] = ("step_back", "step_double", "step_on")) -> float | None:
    """1 for once more, 2 for twice as far, less than 0 for back; None where more than a distance is said."""
    lists = draft.vocabulary.lists
    line = f" {re.sub(r'[,.;:!?]', ' ', _words(draft))} "
    line = re.sub(r"\s+", " ", line)
    for name in names:
        pattern, steps = any_of(lists.get(name, ())), _STEPS[name]
        left, times = re.subn(rf"(?<= )(?:{pattern}) ", "", line)
        if not times:
            continue
        rest = left.split()
        if set(rest) <= set(lists.get("step_words", ())):
            return steps
    return None


def is_a_step(words: str, draft: Draft) -> bool:
    """Whether an earlier request only said how far, too."""
    return _steps(draft.sub(words.casefold())) is not None


def _earlier(recent: Sequence[str], draft: Draft, meant: Meant) -> Intent | None:
    """What the last request meant that said of what."""
    for words in reversed(recent[-_FURTHEST_BACK:]):
        if not is_a_step(words, draft):
            return meant(words)
    return None


def _gap_again(draft: Draft, meant: Meant) -> Intent | None:
    """ "No, smaller", said of the gaps that were changed just before."""
    lists = draft.vocabulary.lists
    line = f" {_words(draft)} ".replace(",", " ")
    for name, factor in (("step_bigger", 1.5), ("step_smaller", 0.6)):
        left, times = re.subn(rf"(?<= )(?:{any_of(lists.get(name, ()))}) ", "", line)
        if times and set(left.split()) <= set(lists.get("step_words", ())):
            earlier = _earlier(draft.context.recent_requests, draft, meant)
            if earlier is None or earlier.wishes.gap_m is None or earlier.wishes.scale is not None or earlier.edits:
                return None
            gap_m = round(min(max(gap_on_show_m(draft.context.scene) * factor, 0.02), 10.0), 3)
            return Intent(kind="refine", wishes=Wishes(gap_m=gap_m), keep_works=True, confidence=0.9,
                          understood=(_words(draft),))  # fmt: skip
    return None


_SAME_FOR = re.compile(
    r"(?:and |now |do |then |please )*(?:(?:the |exactly the )?same "
    r"(?:(?:goes|applies|holds|thing|again|please|is true|treatment) )*(?:for|with|to|of)|"
    r"likewise(?: for| with)?|ditto(?: for| with)?|once (?:more|again) (?:for|with)|"
    r"as (?:do|does|is|are)) (?P<what>.+)$"
)


def _same_for_others(draft: Draft, meant: Meant) -> Intent | None:
    """ "The same for Kyoto": the show that was asked for last, of other works."""
    others = _SAME_FOR.match(_words(draft))
    if others is not None and (found := completed(draft.sub(others["what"]), meant, named=True)) is not None:
        return found
    said = re.match(
        r"(?:and |now |do )*(?:(?:the )?same (?:\w+ )?(?:but )?|once (?:more|again) )"
        r"(?P<of>for|with|of|from|by) (?P<what>.+)$",
        _words(draft),
    )
    if said is None:
        return None
    said_before = (meant(words) for words in reversed(draft.context.recent_requests))
    shows = chain(reversed(draft.context.last_intents), said_before)  # as corrected, or as a model read it, goes first
    show = next((intent for intent in shows if intent.kind == "create"), None)
    joint = said["of"] if said["of"] in ("from", "by") else "of"
    other = meant(f"a gallery {joint} {draft.plain(said['what'])}")
    if show is None or other.kind != "create" or other.query == Query():
        return None
    query = other.query.model_copy(update={"limit": show.query.limit})
    return show.model_copy(update={"query": query, "subject": other.subject, "understood": (_words(draft),)})


def _figure_again(draft: Draft, meant: Meant) -> Intent | None:
    """ "And 30 to the left", said after "move it 20 cm to the right": the same work, and the same unit."""
    units, verbs = draft.vocabulary.table("units"), draft.vocabulary.table("figure_ways")
    said = _figure(draft)
    if said is None or (said[2] and said[2] not in verbs):
        return None
    for before in reversed(draft.context.recent_requests[-_FURTHEST_BACK:]):
        if _figure(draft.sub(before.casefold())) is None:
            break
    earlier = meant(before)
    edit = earlier.edits[0] if earlier.kind == "edit" and len(earlier.edits) == 1 else None
    if edit is None or edit.amount is None or edit.verb not in _MEASURED or earlier.then:
        return None
    number, unit, where = said
    if edit.verb != "rotate" and not unit:
        unit = next((word for word in re.findall(r"[^\W\d]+", before.casefold()) if word in units), "m")
    verb = verbs[where] if where else edit.verb
    verb = INVERSE[edit.verb] if verb == "back" else verb
    if (verb == "rotate") != (edit.verb == "rotate"):
        return None
    changed = edit.model_copy(update={"verb": verb, "amount": round(number * float(units.get(unit, 1.0)), 4)})
    return earlier.model_copy(update={"edits": (changed,), "understood": (_words(draft),), "ignored": ()})


def _figure(draft: Draft) -> tuple[float, str, str] | None:
    """The number, its unit and the way of a request that says nothing else: "and another 30 cm up"."""
    lists = draft.vocabulary.lists
    line = re.sub(r"(\d)([a-z]+)", r"\1 \2", re.sub(r" [,;:!?.](?= |$)", "", _words(draft)))
    found = re.fullmatch(
        rf"(?:(?:{any_of(lists.get('figure_openers', ()))}|,) )*(?P<number>\d+(?:\.\d+)?)"
        rf"(?: (?P<unit>{any_of(draft.vocabulary.table('units'))}))?(?: (?P<where>.*))?",
        line,
    )
    if found is None:
        return None
    kept = re.sub(rf"(?:^|(?<= ))(?:{any_of(lists.get('figure_words', ()))})(?= |$)", " ", found["where"] or "")
    return float(found["number"]), found["unit"] or "", " ".join(kept.split())


def _brought_back(draft: Draft, meant: Meant) -> Intent | None:
    """ "Put the last one you removed back": the step that took it away is undone, where that was the last one."""
    lists = draft.vocabulary.lists
    line = re.sub(r"[,.;:!?\s]+", " ", f" {_words(draft)} ")
    gone, back = (any_of(lists.get(name, ())) for name in ("gone", "brought_back"))
    named = re.fullmatch(rf" (?:{back}) (?P<what>.+?) (?:back|up again|again) (?:up |in |there |on |please )*", line)
    if named is not None and (found := _put_back(named["what"], draft, meant)) is not None:
        return found
    if not re.search(rf" (?:{gone}) ", line) or not re.match(rf" (?:{back}) ", line):
        return None
    known = {*lists.get("step_words", ()), *lists.get("gone_words", ())}
    if set(re.sub(rf" (?:{gone}|{back})(?= )", " ", line).split()) - known:
        return None
    for words in reversed(draft.context.recent_requests[-_FURTHEST_BACK:]):
        earlier = meant(words)
        if earlier.kind == "edit" and any(edit.verb == "remove" for edit in earlier.edits):
            return Intent(kind="undo", undo_what="step", understood=(_words(draft),))
        if earlier.kind in _CHANGING:
            return None
    return None


def _put_back(what: str, draft: Draft, meant: Meant) -> Intent | None:
    """ "Put the second one back", after the second one was taken down: that step is undone."""
    earlier, targets = meant(draft.context.recent_requests[-1]), targets_in(draft, what)
    if earlier.kind != "edit" or targets is None or any(edit.verb != "remove" for edit in earlier.edits):
        return None
    if targets not in [edit.targets for edit in earlier.edits] + [Targets(selection=True)]:
        return None
    return Intent(kind="undo", undo_what="step", understood=(_words(draft),))


def _too_far(draft: Draft, meant: Meant) -> Intent | None:
    """ "Too large, shrink it a bit", said of the work that was enlarged just before: half of that goes back."""
    lists, overshoots = draft.vocabulary.lists, draft.vocabulary.table("overshoots")
    line = re.sub(r"[,.;:!?\s]+", " ", f" {_words(draft)} ")
    said = re.search(rf"(?<= )(?:{any_of(overshoots)})(?= )", line)
    if said is None or draft.context.selection:
        return None
    rest = line.replace(f" {said[0]} ", " ", 1).split()
    if set(rest) - {*lists.get("step_words", ()), *lists.get("overshot_words", ())}:
        return None
    earlier, verb = _earlier(draft.context.recent_requests, draft, meant), overshoots[said[0]]
    if earlier is None or earlier.kind != "edit" or any(verb not in ("", edit.verb) for edit in earlier.edits):
        return None
    found = stepped(earlier, _HALF_BACK, draft.context)
    return found.model_copy(update={"understood": (_words(draft),), "ignored": ()}) if found is not None else None


def _of_both(draft: Draft) -> bool:
    """ "Both changes away again"."""
    return bool({*_words(draft).split()} & {*draft.vocabulary.lists.get("both", ())})


def _both_at_once(draft: Draft, meant: Meant) -> Intent | None:
    """ "Undo both changes", where the request before made the two in one step: that step is taken back."""
    undo = meant(_words(draft))
    if undo.kind != "undo" or undo.times != 2:
        return None
    made = meant(draft.context.recent_requests[-1])
    wishes = made.wishes.model_dump(exclude_defaults=True)
    changed = [part for part in (made.theme, made.layout, made.light, *made.edits, *made.relations, *wishes) if part]
    if made.kind not in ("refine", "restyle", "edit") or len(changed) + len(made.then) != 2:
        return None
    return undo.model_copy(update={"times": 1})


def _is_origin(draft: Draft) -> bool:
    """ "Back to how it was at first"."""
    lists = draft.vocabulary.lists
    line = f" {re.sub(r'[,.;:!?]', ' ', _words(draft))} "
    left, times = re.subn(rf"(?<= )(?:{any_of(lists.get('step_origin', ()))}) ", "", re.sub(r"\s+", " ", line))
    return bool(times) and set(left.split()) <= {*lists.get("step_words", ()), *lists.get("origin_words", ())}


def _to_before(draft: Draft, meant: Meant) -> Intent | None:
    """ "As it was before the frames": take back all steps from the one that spoke of them on."""
    lists = draft.vocabulary.lists
    openers, before = (any_of(lists.get(name, ())) for name in ("openers", "state_before"))
    line = re.sub(r" [,.;:!?](?= |$)", "", _words(draft))
    said = re.match(rf"(?:{openers} )?(?:{before}) (?P<what>.+)$", line)
    if said is None:
        return None
    empty = {*lists.get("state_words", ()), *draft.stop_words()}
    named = {word.removesuffix("s") for word in said["what"].split() if word not in empty}
    steps = 0
    for words in reversed(draft.context.recent_requests):
        earlier = meant(words)
        changed = earlier.kind in ("refine", "restyle", "edit", "unclear", "create")
        steps += changed - (earlier.kind == "undo") * earlier.times + (earlier.kind == "redo") * earlier.times
        spoken = {word.removesuffix("s") for word in re.findall(r"\w+", words.casefold())}
        spoken |= {earlier.theme or "", earlier.layout or "", *(edit.verb for edit in earlier.edits)}
        if steps > 0 and named and all(any(one.startswith(word[:5]) for one in spoken) for word in named):
            return Intent(kind="undo", undo_what="step", times=min(steps, 50), understood=(_words(draft),))
    return None


def _to_the_origin(draft: Draft, meant: Meant) -> Intent | None:
    """Take back every step since the show was made."""
    steps = 0
    for words in reversed(draft.context.recent_requests):
        earlier = meant(words)
        if earlier.kind == "create":
            break
        changed = earlier.kind in ("refine", "restyle", "edit", "unclear")
        steps += changed - (earlier.kind == "undo") * earlier.times + (earlier.kind == "redo") * earlier.times
    if steps < 1:
        return None
    return Intent(kind="undo", undo_what="step", times=min(steps, 50), understood=(_words(draft),))


def _taken_back(earlier: Intent, draft: Draft, *, returned: bool) -> Intent | None:
    """ "Again" after an undo goes one step on; "put it back" brings the step back."""
    kind = ("redo" if earlier.kind == "undo" else "undo") if returned else earlier.kind
    return Intent(kind=kind, undo_what="step" if kind == "undo" else None, language=earlier.language,
                  understood=(_words(draft),))  # fmt: skip
