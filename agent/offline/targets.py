"""Which works on show are meant: the selection, the third one, the red ones, those on the back wall."""

import re

from agent.intent import Targets
from agent.offline.clauses import any_of
from agent.offline.draft import Draft, Meaning, Said, read, split_list, targets_of
from agent.offline.filters import FILTERS
from agent.offline.looks import colours_in
from agent.offline.normalise import BOUNDARY
from agent.offline.phrases import without
from agent.offline.taken import number_of, ordinal_of


def _side(draft: Draft, said: Said) -> None:
    draft.targets["wall"] = draft.vocabulary.table("sides")[said["side"]]


def _room(draft: Draft, said: Said) -> None:
    number = said.get("number")
    ordinal = number_of(said) if number else ordinal_of(draft, said["ordinal"])
    draft.targets["room"] = "last" if ordinal < 0 else str(ordinal)


def _ordinal(draft: Draft, said: Said) -> bool | None:
    number = said.get("number")
    if "ordinal" in said and number is not None and number.isdecimal():
        draft.targets |= {"ordinal": ordinal_of(draft, said["ordinal"]), "many": number_of(said)}
        return None
    draft.targets["ordinal"] = ordinal_of(draft, said["ordinal"]) if "ordinal" in said else number_of(said)
    return None


def _extreme(draft: Draft, said: Said) -> None:
    draft.targets["extreme"] = draft.vocabulary.table("extremes")[said["extreme"]]
    if said.get("number", "").isdecimal():
        draft.targets["many"] = number_of(said)


def _place(where: str) -> Meaning:
    """ "The middle one", "the one on the far left"."""

    def meaning(draft: Draft, said: Said) -> None:
        draft.targets["extreme"] = where
        if said.get("number", "").isdecimal():
            draft.targets["many"] = number_of(said)

    return meaning


def _size_word(draft: Draft, said: Said) -> bool | None:
    """ "The big one": the biggest; unless the works are asked for by such a word in their titles."""
    size = draft.vocabulary.table("sizes")[said["size"]]
    draft.targets["extreme"] = size
    if said.get("number", "").isdecimal():
        draft.targets["many"] = number_of(said)
    return None


def _every_other(draft: Draft, said: Said) -> bool | None:
    """ "Every second one": one by one, as many as hang."""
    step = ordinal_of(draft, said["ordinal"]) if "ordinal" in said else 2
    hanging = len(draft.context.scene.placements)
    numbers = range(step, hanging + 1, step) if step > 1 else range(0)
    each = [Targets(ordinal=number) for number in numbers]
    if not each:
        return False
    draft.targets |= {"ordinal": each[0].ordinal, "also": tuple(each[1:])}
    return None


def _half(draft: Draft, said: Said) -> bool | None:
    """ "The first half", "the second half"."""
    hanging = len(draft.context.scene.placements)
    if hanging < 2:
        return False
    first = ordinal_of(draft, said["ordinal"]) == 1
    draft.targets |= {"ordinal": 1 if first else -1, "many": hanging // 2}
    return None


def _flag(name: str) -> Meaning:
    def meaning(draft: Draft, _: Said) -> None:
        draft.targets[name] = True

    return meaning


def _here(draft: Draft, _: Said) -> None:
    draft.marks.add("here")


_MOST_PARTS = 12

TARGETS: dict[str, Meaning] = {
    "on_wall": _side,
    "in_room": _room,
    "ordinal": _ordinal,
    "extreme_work": _extreme,
    "size_word": _size_word,
    "middle": _place("middle"),
    "leftmost": _place("leftmost"),
    "rightmost": _place("rightmost"),
    "every_other": _every_other,
    "half": _half,
    "selection": _flag("selection"),
    "everything": _flag("everything"),
    "here": _here,
}


def numbered(draft: Draft, words: str) -> list[str]:
    """The parts of a list of works; "numbers 2 and 6" are "number 2" and "number 6"."""
    first, *others = split_list(draft, words) or [words]
    name = re.match(rf"(?:the )?(?:{any_of(draft.vocabulary.lists.get('numbered', ()))}) (?=\d)", first)
    if name is None and len(others) > 0 and all(part.isdecimal() for part in (first, *others)):
        return [f"number {part}" for part in (first, *others)]
    if name is None or not all(part.isdecimal() for part in others):
        return [first, *others]
    return [f"number {part}" for part in (first[name.end() :], *others)]


def _several(sub: Draft, words: str) -> bool:
    """ "All but the first three" and "the third and the fifth": works beside or without others."""
    lists = sub.vocabulary.lists
    barred = re.match(rf"(?:{any_of(lists.get('all', ()))}) (?:{any_of(lists.get('but', ()))}) (.+)", words)
    if barred is not None:
        left = targets_in(sub, barred[1])
        sub.targets |= {"everything": True, "but": left} if left is not None else {}
        return left is not None
    parts = numbered(sub, words)
    if not 1 < len(parts) <= _MOST_PARTS:
        return False
    each = [targets_in(sub, part) for part in parts]
    single = [part for part in each if part is not None and (part.ordinal or part.extreme) and not part.words]
    if len(single) < len(parts):
        return False
    sub.targets |= single[0].model_dump(exclude_defaults=True) | {"also": tuple(single[1:])}
    return True


def targets_in(draft: Draft, words: str) -> Targets | None:
    """The works that a phrase names; None when it names none."""
    sub = draft.sub(words)
    read_targets(sub)
    draft.unsupported += sub.unsupported
    return targets_of(sub)


def read_targets(sub: Draft) -> None:
    """Read a phrase that stands for works on show; what no rule knows becomes the words to look for."""
    if _several(sub, sub.line.strip(f" {BOUNDARY},.")):
        return
    read(sub, "target", TARGETS)
    read(sub, "filter", FILTERS)
    read(sub, "modify", {name: without if name == "without" else _skip for name in _MODIFIERS})
    read(sub, "tone", FILTERS)
    _colours(sub)
    one = _is_singular(sub)
    words = " ".join(sub.segments())
    if words:
        sub.targets["words"] = words[:400]
        sub.targets |= {"one": True} if one else {}
    if sub.targets.get("selection") and ((not sub.context.selection and sub.query) or sub.targets.get("everything")):
        del sub.targets["selection"]


def _is_singular(sub: Draft) -> bool:
    """Whether the phrase speaks of one work: "the rainy one", "the cat"; not "the rainy ones", "neon", "the cats"."""
    lists = sub.vocabulary.lists
    words = [word for word in sub.whole.split() if word != BOUNDARY]
    if len(words) < 2 or words[0] not in lists.get("this", ()) or set(words) & set(lists.get("several", ())):
        return False
    plural = words[-1].endswith(lists.get("plural_endings", ()))
    return not plural or words[-1].endswith(lists.get("singular_endings", ()))


_MODIFIERS = (
    "add_all", "instead", "having", "without_before", "without", "nobody", "less", "more", "only_words", "only",
)  # fmt: skip


def _skip(_: Draft, __: Said) -> bool:
    return False


def _colours(sub: Draft) -> None:
    """A phrase of nothing but colours is a filter; a colour before a noun stays with its noun."""
    read(sub, "colours", {"in_colours": FILTERS["in_colours"], "colour_words": _colour_alone})


def _colour_alone(draft: Draft, said: Said) -> bool | None:
    following = draft.after.split()[0]
    if following.isalpha() and following not in draft.stop_words():
        return False
    draft.add("colours", *colours_in(draft, said["colours"]))
    return None
