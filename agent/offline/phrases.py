"""Meanings of the words that raise, lower, forbid or single out: less purple, more rain, without people, only crabs."""

from agent.offline.draft import Draft, Meaning, Said, split_list
from agent.offline.looks import colours_in, rule_out_shape

_MOST_ADDED = 60
"""No more than these come at once where all of a kind are to be added."""

_FULL_WORD = 4


def items_of(draft: Draft, words: str) -> list[str]:
    """The parts of a list: "people, cars and text" is three."""
    return [item for item in (draft.trimmed(part) for part in split_list(draft, words)) if item]


def sorted_items(draft: Draft, words: str) -> tuple[list[str], list[str]]:
    """The colours and the other items of a list."""
    colours: list[str] = []
    others: list[str] = []
    for item in items_of(draft, words):
        found = () if _is_a_thing(draft, item) else colours_in(draft, item)
        if found and len(found) == len(item.split()):
            colours.extend(found)
        else:
            others.append(item[:400])
    return colours, others


def _is_a_thing(draft: Draft, item: str) -> bool:
    """ "Purple without lavender": a word that the library uses, and that is no plain colour's own name."""
    return item in draft.vocabulary.library_words and item not in draft.vocabulary.table("colours").values()


def _as_in_library(draft: Draft, item: str) -> str:
    """ "Skis" are a ski, where the library only knows it by that name; the search finds longer words by their stem."""
    known, single = draft.vocabulary.library_words, item.removesuffix("s")
    return single if len(single) < _FULL_WORD and item not in known and single in known else item


def _adding(colour_part: str, word_part: str, mark: str, list_name: str = "list") -> Meaning:
    def meaning(draft: Draft, said: Said) -> bool | None:
        colours, others = sorted_items(draft, said[list_name])
        if not colours and not others:
            return False
        draft.add(colour_part, *colours)
        draft.add(word_part, *(_as_in_library(draft, item) for item in others))
        draft.marks.add(mark)
        return None

    return meaning


_without_items = _adding("without_colours", "without_words", "without")


def without(draft: Draft, said: Said) -> bool | None:
    """What is ruled out: things, colours, or a format ("nothing horizontal")."""
    shapes = draft.vocabulary.table("orientations")
    items = items_of(draft, said["list"])
    if items and all(item in shapes for item in items):
        return None if all(rule_out_shape(draft, shapes[item]) for item in items) else False
    if draft.matched().split()[0] in draft.vocabulary.lists.get("whole", ()):
        draft.query["limit"] = 10_000  # "everything but Berlin"
    return _without_items(draft, said)


def _nobody(draft: Draft, _: Said) -> None:
    """ "Nobody in the pictures": without people."""
    draft.add("without_words", *draft.vocabulary.lists.get("people", ()))
    draft.marks.add("without")


_less = _adding("less_colours", "less_words", "less")
_less_other = _adding("less_colours", "less_words", "less", "other")


def _more(draft: Draft, said: Said) -> bool | None:
    tones = draft.vocabulary.table("tones")
    items = items_of(draft, said["list"])
    if items and all(item in tones for item in items):
        draft.query["tone"] = tones[items[-1]]
        draft.marks.add("more")
        return None
    return _adding("more_colours", "more_words", "more")(draft, said)


def _add_all(draft: Draft, said: Said) -> bool | None:
    """ "Add the snowmen, all of them": as many as there are, beside those that hang."""
    shown, (colours, others) = len(draft.context.scene.placements), sorted_items(draft, said["list"])
    if not shown or not (colours or others):
        return False
    draft.query |= {"words": " ".join(others)[:400]} if others else {}
    if colours:
        draft.add("colours", *colours)
    draft.wishes["count"] = shown + _MOST_ADDED
    draft.fields |= {"accept_fewer": True, "exactly_so_many": True}
    draft.marks |= {"added", "relative", "it"}
    return None


def _without_before(draft: Draft, said: Said) -> bool | None:
    """ "Kyoto, people excluded": what stands right before the word is ruled out, not the clause before."""
    if "," in said["list"]:
        return False
    return without(draft, said)


def _having(draft: Draft, said: Said) -> bool | None:
    """ "Ten works, with roses in them": what is to be seen in a new show; over a show, more of it."""
    if draft.context.scene.placements and not draft.marks & {"create", "show"}:
        return _more(draft, said)
    colours, others = sorted_items(draft, said["list"])
    if not colours and not others:
        return False
    draft.add("colours", *colours)
    known = draft.fields.get("subject_words", "")
    draft.fields["subject_words"] = " ".join([known, *others]).strip()[:400]
    return None


def _instead(draft: Draft, said: Said) -> bool | None:
    if said["list"].split()[-1:] in (
        ["do"],
        ["does"],
        ["did"],
        ["is"],
        ["are"],
        ["should"],
        ["must"],
        ["can"],
        ["may"],
    ):
        return False  # "bridges, and i do not want people"
    return None if _more(draft, said) is None and _less_other(draft, said) is None else False


def _only_words(draft: Draft, said: Said) -> bool | None:
    colours, others = sorted_items(draft, said["list"])
    tones = draft.vocabulary.table("tones")
    shapes = draft.vocabulary.table("orientations")
    if len(others) == 1 and not colours and others[0] in shapes:
        draft.query["orientation"], others = shapes[others[0]], []
    elif others and all(item in tones for item in others):
        draft.query["tone"], others = tones[others[-1]], []
    elif not colours and not others:
        return False
    draft.add("colours", *colours, *(colour for item in others for colour in colours_in(draft, item)))
    if others:
        draft.fields["only_words"] = " ".join(others)[:400]
    draft.marks.add("only")
    return None


def _only(draft: Draft, _: Said) -> None:
    draft.marks.add("only")


MODIFIERS: dict[str, Meaning] = {
    "instead": _instead,
    "without": without,
    "nobody": _nobody,
    "add_all": _add_all,
    "without_before": _without_before,
    "having": _having,
    "less": _less,
    "more": _more,
    "only_words": _only_words,
    "only": _only,
}
