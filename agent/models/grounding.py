"""What a model's reading of a request may do: nothing that acts at once without the creator's own words for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from agent.intent import Edit, Intent, Targets

SURE = 0.8
"""From here on our own reading of a request is certain of its kind."""
_ONLY_SHOWN = frozenset({"create", "refine", "edit", "restyle", "navigate", "select", "explain", "answer", "unclear"})
"""Kinds that end in a proposal, in words, or in a look; all others act at once."""
_DESTRUCTIVE = frozenset({"remove", "replace"})


@dataclass(frozen=True)
class Grounded:
    """The reading that is taken, and the parts of the model's that were not, in words."""

    intent: Intent
    refused: tuple[str, ...] = ()


def grounded(heard: Intent, plain: Intent) -> Grounded:
    """The model's reading as far as the words of the request carry it; `plain` is our own reading of them alone.

    Where our own reading is sure, its kind stands. What acts at once (undo, export, saving) and what takes works away
    wholesale needs our own reading to say so too: texts of the library can reach a model, but never that reading.
    """
    said: set[str] = {part.kind for part in _all(plain)}
    if is_sure(plain) and heard.kind != plain.kind:
        return Grounded(plain, (f"{heard.kind}, where the words say {plain.kind}",))
    if not _carried(heard, said, plain):
        return Grounded(_asking(heard), (_deed(heard),))
    kept = tuple(part for part in heard.then if all(_carried(inner, said, plain) for inner in _all(part)))
    refused = tuple(_deed(part) for part in heard.then if part not in kept)
    return Grounded(heard.model_copy(update={"then": kept, **_money(plain)}), refused)


def is_sure(plain: Intent) -> bool:
    """Whether our own rules read all of the request, and are certain of it."""
    return plain.kind != "unclear" and plain.confidence >= SURE and not plain.ignored


def _all(intent: Intent) -> Iterator[Intent]:
    yield intent
    for part in intent.then:
        yield from _all(part)


def _carried(heard: Intent, said: set[str], plain: Intent) -> bool:
    if heard.kind not in _ONLY_SHOWN:
        return heard.kind in said and not (heard.kind == "undo" and heard.times > plain.times)
    return all(_edit_carried(edit, heard.targets, plain) for edit in heard.edits)


def _edit_carried(edit: Edit, targets: Targets, plain: Intent) -> bool:
    """Taking away needs the words; taking away everything needs the word for everything."""
    if edit.verb not in _DESTRUCTIVE:
        return True
    own = [(e.targets or part.targets) for part in _all(plain) for e in part.edits if e.verb == edit.verb]
    return bool(own) and (not _is_wholesale(edit.targets or targets) or any(_is_wholesale(t) for t in own))


def _is_wholesale(targets: Targets) -> bool:
    return targets.everything or targets == Targets()


def _money(plain: Intent) -> dict[str, object]:
    """Quality and budget are the creator's alone to set."""
    return {"quality": plain.quality, "budget_usd": plain.budget_usd}


def _asking(heard: Intent) -> Intent:
    note = f"A language model took this for “{_deed(heard)}”, which I do only when it is said in plain words."
    return Intent(kind="unclear", confidence=0.1, language=heard.language, note=note)


def _deed(intent: Intent) -> str:
    verbs = [edit.verb for edit in intent.edits if edit.verb in _DESTRUCTIVE]
    return f"{verbs[0]} works" if verbs else f"{intent.act} {intent.kind}".strip()
