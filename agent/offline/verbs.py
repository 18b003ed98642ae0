"""Meanings of verbs on works that hang: remove, replace, swap, resize, move, and complaints that come to the same."""

import re
from collections.abc import Mapping

from agent.intent import Edit, EditVerb, Targets
from agent.offline.draft import Draft, Meaning, Said
from agent.offline.measures import size_factor
from agent.offline.subjects import is_known
from agent.offline.targets import numbered, targets_in
from agent.offline.wishes import WISHES


def edit_by(verb: EditVerb) -> Meaning:
    """One verb, what it acts on, and by how much."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        targets = _each_meant(draft, said["target"]) if "target" in said else [Targets(selection=True)]
        if draft.edits and targets == [Targets(selection=True)] and not draft.context.selection:
            _further(draft, verb, said)
            return None
        other = targets_in(draft, said["other"]) if "other" in said else None
        if not targets or (verb == "remove" and _is_put_up(draft, said)) or _is_no_work(draft, verb, targets[0]):
            return False
        show = draft.vocabulary.lists.get("the_show", ())
        said_all = bool(targets[0].everything and targets[0] == Targets(everything=True))
        nothing = "target" not in said and not draft.context.selection
        if verb in _OF_THE_SHOW and (
            nothing or said_all or (not draft.context.selection and said.get("target") in show)
        ):
            return WISHES[_OF_THE_SHOW[verb]](draft, said)
        if verb == "replace" and other is not None and _hangs_somewhere(targets[0]) and _hangs_somewhere(other):
            return edit_by("swap")(draft, said)
        if verb == "swap" and (both := _both(draft, said)) is not None:
            targets, other = [both[0]], both[1]
        amount, done = _amount(draft, said), verb
        if verb == "bigger" and amount is not None and 0 < amount < 1:
            done = "smaller"  # "make it half as big"
        draft.add_edits([Edit(verb=done, amount=amount, targets=target, other=other) for target in targets])
        return None

    return meaning


def _hangs_somewhere(target: Targets) -> bool:
    """Whether a work is named by its place in the row: "exchange the first with the second" is a swap."""
    return bool(target.ordinal or target.extreme) and not target.words and target.query is None


def _is_no_work(draft: Draft, verb: EditVerb, target: Targets) -> bool:
    """ "Show a timeline instead of a gallery" replaces no work."""
    if verb != "replace" or not target.words or not draft.context.scene.placements:
        return False
    return not _is_on_show(draft, target.words) and not is_known(draft, [target.words])


def _both(draft: Draft, said: Said) -> tuple[Targets, Targets] | None:
    """The two works of a swap that are named in one breath: "numbers 2 and 5", "the first and the last"."""
    found = targets_in(draft, f"{said['target']} and {said['other']}" if "other" in said else said["target"])
    if found is None or len(found.also) != 1:
        return None
    return found.model_copy(update={"also": ()}), found.also[0]


def _is_put_up(draft: Draft, said: Said) -> bool:
    """ "Chuck the snow pictures up": with nothing on show, that asks for them."""
    if draft.context.scene.placements or not re.search(r"(?:^| )up(?: |$)", said.get("target", "")):
        return False
    draft.marks.add("create")
    return True


def complaint(verb: EditVerb) -> Meaning:
    """ "The biggest one is too big": said of works that hang, not of gaps or rooms."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        target = targets_in(draft, said["target"])
        if target is None or (target.words and not _is_on_show(draft, target.words)):
            return False
        if target == Targets(selection=True) and not draft.context.selection and not draft.edits:
            return edit_by(verb)(draft, {}) if verb in _OF_THE_SHOW else False
        return edit_by(verb)(draft, said)

    return meaning


def _is_on_show(draft: Draft, words: str) -> bool:
    return any(words.casefold() in work.title.casefold() for work in draft.context.scene.placements)


def _further(draft: Draft, verb: EditVerb, said: Said) -> None:
    """ "The big one is too dominant, shrink it": the pronoun means the work spoken of before."""
    before = draft.edits[-1]
    if before.verb != verb or before.amount is None:
        same = before.verb == verb
        edit = Edit(verb=verb, amount=_amount(draft, said), targets=before.targets)
        if same:
            draft.edits[-1] = edit
        else:
            draft.add_edits([edit])


def _each_meant(draft: Draft, words: str) -> list[Targets]:
    """The works meant; "the first and the third one" are two."""
    said = numbered(draft, words)
    parts = [targets_in(draft, part) for part in said]
    if len(parts) > 1 and all(part is not None and (part.ordinal or part.extreme) for part in parts):
        return [part for part in parts if part is not None]
    found = targets_in(draft, said[0] if len(said) == 1 else words)
    return [found] if found is not None else []


def _amount(draft: Draft, said: Said) -> float | None:
    if "factor" in said:
        return size_factor(draft, said["factor"])
    if "length" in said:
        number, unit = said["length"].split(" ", 1)
        return round(float(number) * float(draft.vocabulary.table("units")[unit]), 4)
    return float(said["number"]) if said.get("number", "").isdecimal() else None


def keep_and_drop(draft: Draft, said: Said) -> bool | None:
    """ "Keep the red ones, remove the rest"."""
    kept = targets_in(draft, said["target"])
    if kept is None or kept.selection:
        return False
    draft.add_edits([Edit(verb="remove", targets=Targets(everything=True, but=kept))])
    return None


def the_rest(draft: Draft, _: Said) -> bool | None:
    """ "... drop the others" adds nothing to "keep the ten best"."""
    return None if draft.marks & {"only", "only_count"} else False


def disliked(draft: Draft, said: Said) -> bool | None:
    """ "I do not like the fourth one": whether it shall go or be replaced is asked."""
    target = targets_in(draft, said["target"])
    if draft.edits:
        return None
    if target is None or not draft.context.scene.placements or target.everything or target.query is not None:
        return False
    if target.words and not _is_on_show(draft, target.words):
        return False
    draft.fields |= {"targets": target, "name": draft.as_typed(said["target"])[:400]}
    draft.marks.add("disliked")
    return None


_OF_THE_SHOW: Mapping[EditVerb, str] = {
    "bigger": "scale_up", "smaller": "scale_down", "raise": "eye_height_up", "lower": "eye_height_down",
}  # fmt: skip
"""Verbs that are wishes about all works when nothing is selected: "make them bigger"."""
