"""Whether "show me ..." names works that hang already, by place, wall or title."""

from agent.offline.draft import Draft
from agent.offline.normalise import BOUNDARY
from agent.offline.targets import targets_in


def names_works_on_show(draft: Draft) -> bool:
    """Whether "show me ..." means works that hang already: "the red ones", "the third one", a title."""
    works = draft.context.scene.placements
    if not works or draft.fields.keys() & {"layout", "theme"} or draft.wishes:
        return False
    words = draft.line.split()
    if set(words) & set(draft.vocabulary.lists.get("only", ())):
        return False
    targets = targets_in(draft, " ".join(word for word in words if word != BOUNDARY))
    if targets is None or targets.everything:
        return False
    if (
        targets.ordinal
        or targets.wall
        or targets.extreme == "hero"
        or any(word in words for word in draft.vocabulary.lists.get("ones", ()))
    ):
        return True
    name = targets.words.casefold()
    return bool(name) and any(name in work.title.casefold() or name == work.group.casefold() for work in works)
