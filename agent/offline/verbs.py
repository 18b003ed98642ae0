"""Meanings of verbs on works that hang: remove, replace, swap, resize, move, and complaints that come to the same."""

import re
from collections.abc import Mapping

from agent.intent import Edit, EditVerb, Targets
from agent.offline.draft import Draft, Meaning, Said
from agent.offline.measures import size_factor
from agent.offline.normalise import CREATOR
from agent.offline.subjects import is_known
from agent.offline.targets import numbered, targets_in
from agent.offline.wishes import WISHES


def edit_by(verb: EditVerb) -> Meaning:
    """One verb, what it acts on, and by how much."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        if said.get("target", "").split()[:1] and said["target"].split()[0] in draft.vocabulary.lists.get(
            "auxiliaries", ()
        ):
            return False
        targets = _each_meant(draft, said["target"]) if "target" in said else [Targets(selection=True)]
        if verb == "remove" and _is_ruled_out(draft, targets):
            return None
        if _known_to_them(draft, said):
            targets = [Targets(selection=True)]
        if draft.edits and targets == [Targets(selection=True)] and not draft.context.selection:
            _further(draft, verb, said)
            return None
        other = targets_in(draft, said["other"]) if "other" in said else None
        if not targets or (verb == "remove" and _is_put_up(draft, said)) or _is_no_work(draft, verb, targets[0]):
            return False
        show = draft.vocabulary.lists.get("the_show", ())
        said_all = targets[0] == Targets(everything=True) or _are_all_works(draft, said)
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


def _are_all_works(draft: Draft, said: Said) -> bool:
    """ "The pictures", said of no ones in particular."""
    words = said.get("target", "").split()
    plural = {word for word in draft.vocabulary.lists.get("works", ()) if word.endswith("s")}
    return bool(words) and words[-1] in plural and {*words[:-1]} <= {"the", "all", "my", "our", "these", "those", "of"}


def _is_ruled_out(draft: Draft, targets: list[Targets]) -> bool:
    """ "Sunflowers from 2016, skip the people": with nothing on show, such works shall not come."""
    named = len(targets) == 1 and targets[0].words and targets[0].query is None
    around = re.search(r"\w", draft.before) or re.search(r"\w", draft.after)
    if draft.context.scene.placements or not named or not around or not is_known(draft, [targets[0].words]):
        return False
    draft.add("without_words", targets[0].words)
    draft.marks.add("without")
    return True


def moved_somewhere(draft: Draft, said: Said) -> bool | None:
    """ "Move the ninth one": where to is asked."""
    target = targets_in(draft, said["target"])
    if said["target"].split()[0] in ("me", "us"):
        return False
    if target is None or target.words or target.query is not None or not (target.ordinal or target.extreme):
        return False
    draft.marks.add("vague")
    return None


def _known_to_them(draft: Draft, said: Said) -> bool:
    """ "The one I talked about on the phone": nothing here tells which one that is."""
    words = re.match(
        r"(?:the|that|those) (?:ones?|works?|pictures?|photos?|images?|pieces?) (?:(?:that|which|who) )?"
        r"(?:i|we|you|he|she|they|my \w+|our \w+|his \w+|her \w+) "
        r"(?!(?:have |has |had )?(?:selected|clicked|marked))(?P<rest>.+)",
        said.get("target", ""),
    )
    if words is None or CREATOR in words["rest"]:
        return False
    named = words["rest"].split()
    return not any({word, word.removesuffix("s")} & draft.vocabulary.library_words for word in named)


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
