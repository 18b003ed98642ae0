"""Meanings of clauses that say what works look like: colours, format, tone, likeness."""

import re
from collections.abc import Mapping
from typing import Any

from agent.offline.draft import Draft, Said
from agent.offline.normalise import BOUNDARY
from agent.offline.taken import is_denied, ordinal_of
from agent.ports.library import Query
from agent.wording import request_for
from scene.records import Placement


def colours_in(draft: Draft, words: str) -> tuple[str, ...]:
    """The plain names of the colours in a list of colours, in order."""
    known = draft.vocabulary.table("colours")
    return tuple(dict.fromkeys(known[word] for word in words.replace(",", " ").split() if word in known))


def like(draft: Draft, placement: Placement | None) -> bool | None:
    """Works like this one; without one, the intent says that a selection is missing."""
    if placement is None:
        draft.marks.add("like_nothing")
    else:
        draft.query["like_asset_id"] = placement.asset_id
    draft.marks.add("like")
    return None


def like_this(draft: Draft, _: Said) -> bool | None:
    """Works like the selected one."""
    selected = [p for p in draft.context.scene.placements if p.id in draft.context.selection]
    return like(draft, selected[0] if selected else None)


def like_ordinal(draft: Draft, said: Said) -> bool | None:
    """ "Like the third one"; "I would like the third one" asks for no likeness."""
    if draft.before.split()[-1:] in (["would"], ["should"], ["do"], ["not"]):
        return False
    works, number = draft.context.scene.placements, ordinal_of(draft, said["ordinal"])
    index = number - 1 if number > 0 else number
    return like(draft, works[index] if -len(works) <= index < len(works) else None)


def rule_out_shape(draft: Draft, shape: Any) -> bool:
    """ "Nothing horizontal" leaves upright ones; False where the word is no format that another one stands against."""
    if shape not in _OTHER_SHAPE:
        return False
    draft.query.setdefault("orientation", _OTHER_SHAPE[shape])
    draft.marks.add("other_shape")
    return True


def _orientations(draft: Draft) -> Mapping[str, Any]:
    return draft.vocabulary.table("orientations")


def orientation_named(draft: Draft, said: Said) -> None:
    """ "Upright pictures"."""
    named = said.get("orientation") or next(word for word in draft.matched().split() if word in _orientations(draft))
    _shaped(draft, _orientations(draft)[named])


def shape_named(draft: Draft, said: Said) -> None:
    """ "Tall ones"."""
    _shaped(draft, draft.vocabulary.table("shapes")[said["shape"]])


_OTHER_SHAPE = {"portrait": "landscape", "landscape": "portrait"}


def _shaped(draft: Draft, shape: Any) -> None:
    """A format that is asked for; one that is ruled out leaves the other one, unless another was asked for."""
    if is_denied(draft) and rule_out_shape(draft, shape):
        return
    known = shape if "other_shape" in draft.marks else draft.query.get("orientation", shape)
    if known != shape and "panorama" not in (known, shape):
        draft.fields["clash"] = tuple(request_for(Query(orientation=one)) for one in (known, shape))
    draft.query["orientation"] = "panorama" if known == "panorama" else shape  # "wide panoramas"


def plainly_filtered(draft: Draft, words: str) -> bool:
    """ "How many are upright?": words that are left of a question may be nothing but a format or a tone."""
    shape = draft.vocabulary.table("orientations").get(words.casefold())
    tone = draft.vocabulary.table("tones").get(words.casefold())
    if shape is None and tone is None:
        return False
    if shape is not None:
        _shaped(draft, shape)
    else:
        draft.query["tone"] = tone
    return True


def tone_named(draft: Draft, said: Said) -> None:
    """ "Bright pictures"."""
    draft.query["tone"] = draft.vocabulary.table("tones")[said["tone"]]


def black_and_white(draft: Draft, _: Said) -> None:
    """Muted, and by these words."""
    draft.query["tone"] = "muted"
    draft.fields["subject_words"] = "black and white"


def in_colours(draft: Draft, said: Said) -> bool | None:
    """ "In blue": a filter, unless the word is a thing of the library."""
    if _are_things(draft, said) and draft.matched().strip().startswith(said["colours"]):
        return False
    draft.add("colours", *colours_in(draft, said["colours"]))
    return None


def _are_things(draft: Draft, said: Said) -> bool:
    """Whether the library speaks of things of these names: "lavender" may be the plant."""
    if {*said["colours"].split()} <= {*draft.vocabulary.lists.get("colour_things", ())}:
        return True
    plain = set(draft.vocabulary.table("colours").values())
    return all(word in draft.vocabulary.library_words - plain for word in said["colours"].split())


def _is_of_one_in_a_list(draft: Draft) -> bool:
    """ "Flowers and green plants": the colour is of what follows, not of all that was named before."""
    following = draft.after.split()[0]
    if not following.isalpha() or following in draft.stop_words():
        return False
    clause = re.split(rf" [;.!?:{BOUNDARY}] ", f" {draft.before}")[-1]
    first, joined, _ = clause.rpartition(" and ") if clause.rstrip().endswith(" and") else clause.rpartition(" , ")
    named = set(first.split()) - draft.stop_words()
    return bool(joined) and bool(
        {form for w in named for form in (w, w.removesuffix("s"))} & draft.vocabulary.library_words
    )


def colour_words(draft: Draft, said: Said) -> bool | None:
    """A colour before a noun ("red crabs") filters and stays a part of the subject; "lavender" may be the plant."""
    if _are_things(draft, said) or _is_of_one_in_a_list(draft):
        return False
    draft.add("colours", *colours_in(draft, said["colours"]))
    following = draft.after.split()[0]
    return False if following.isalpha() and following not in draft.stop_words() else None
