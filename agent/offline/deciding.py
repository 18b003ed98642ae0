"""From what was read to one intent: its kind, its subject, and how sure that is."""

from typing import Any

from agent.intent import Intent, Targets
from agent.offline.draft import Draft, targets_of
from agent.offline.kinds import HEADS
from agent.offline.looks import plainly_filtered
from agent.offline.normalise import BOUNDARY
from agent.offline.sought import with_query
from agent.offline.subjects import has_a_word, is_a_command, is_known, searchable
from scene.records import Arrangement

_HEAD_KINDS = {
    "undo": "undo", "redo_step": "redo", "explain": "explain", "answer": "answer", "export": "export",
    "project": "project", "canvas": "canvas", "select": "select", "deselect": "select", "tour": "navigate",
}  # fmt: skip
_INTENT_FIELDS = frozenset(Intent.model_fields) - {"subject"}


def intent_of(draft: Draft, kind: str = "") -> Intent:
    """The intent that the draft amounts to, of a given kind when that is known."""
    if "beyond" in draft.fields:
        return _not_ours(draft)
    if "clash" in draft.fields:
        return Intent(
            kind="unclear", alternatives=draft.fields["clash"], confidence=0.2, language=draft.vocabulary.language
        )
    if "vague" in draft.marks:
        return Intent(kind="unclear", missing="change", confidence=0.2, language=draft.vocabulary.language,
                      understood=tuple(words[:400] for words in draft.used[-1:]))  # fmt: skip
    _barred_instead(draft)
    left, dropped = searchable(draft, draft.segments())
    left = [part for part in left if not _only_says_why(draft, part)]
    if "answer" in draft.marks:
        left = [part for part in left if not plainly_filtered(draft, part)]
    kind = kind or _kind(draft, left)
    if kind == "refine" and not _asks_anything(draft):
        kind = "unclear"
    if kind == "create" and (is_a_command(draft, left) if left else not _wants_works(draft)):
        kind = "unclear"
    parts: dict[str, Any] = {name: value for name, value in draft.fields.items() if name in _INTENT_FIELDS}
    parts |= {
        "kind": kind,
        "language": draft.vocabulary.language,
        "understood": tuple(u[:400] for u in draft.used[:40]),
    }
    layout = draft.fields.get("layout") or (draft.context.scene.arrangement or Arrangement()).layout
    if layout != "timeline":
        draft.wishes.pop("axis", None)
    if draft.fields.get("layout") == "timeline" and draft.wishes.get("group_by") in ("year", "month", "day"):
        del draft.wishes["group_by"]
    parts |= {"wishes": draft.wishes, "edits": tuple(draft.edits), "relations": tuple(draft.relations)}
    if "group_by" in draft.wishes and (layout == "timeline" or (kind == "create" and not draft.marks & {"create"})):
        parts["layout"] = draft.fields.get("layout") or "grid"
    if kind in ("explain", "navigate", "select"):
        parts["targets"] = targets_of(draft) or Targets()
        parts["wishes"] = {}
    elif kind == "edit" and draft.edits:
        parts["targets"] = draft.edits[0].targets or Targets()
    if kind in ("create", "refine", "answer", "restyle", "edit", "unclear"):
        parts |= with_query(draft, kind, left)
    if "like_nothing" in draft.marks:
        parts["missing"] = "selection"
    if "odd_count" in draft.marks and kind in ("create", "refine", "unclear"):
        parts["missing"] = "number"
    ignored = _ignored(draft, kind, [] if "coming" in parts else left, dropped)
    parts["ignored"] = ignored
    parts["confidence"] = _confidence(draft, kind, left, ignored)
    return Intent.model_validate(parts)


def _only_says_why(draft: Draft, part: str) -> bool:
    """ "I am allergic to cats, so no cats": a clause whose only known words are those that are ruled out."""
    out = {form for said in draft.query.get("without_words", ()) for word in said.casefold().split()
           for form in (word, word.removesuffix("s"), f"{word}s")}  # fmt: skip
    words = [word for word in part.casefold().split() if word not in draft.stop_words()]
    known = [word for word in words if is_known(draft, [word])]
    return any(word in out for word in words) and all(word in out for word in known)


def _barred_instead(draft: Draft) -> None:
    """ "Too many flowers, get rid of them": what there is too much of goes altogether."""
    less = [(name, draft.query[f"less_{name}"]) for name in ("words", "colours") if f"less_{name}" in draft.query]
    pointing = [edit.verb for edit in draft.edits if edit.targets == Targets(selection=True)]
    if not less or pointing != ["remove"] or len(draft.edits) > 1 or draft.context.selection:
        return
    draft.edits.clear()
    draft.marks.add("without")
    for name, said in less:
        del draft.query[f"less_{name}"]
        draft.add(f"without_{name}", *said)


def _not_ours(draft: Draft) -> Intent:
    """A request for what nobody here can do."""
    return Intent(
        kind="unclear",
        missing="ability",
        name=draft.fields["beyond"],
        subject=draft.plain(draft.whole.replace(BOUNDARY, " "))[:400],
        language=draft.vocabulary.language,
        confidence=0.9,
    )


def _kind(draft: Draft, left: list[str]) -> str:
    for mark in HEADS & draft.marks:
        return _HEAD_KINDS[mark]
    if "disliked" in draft.marks:
        return "unclear"
    if "go" in draft.marks:
        return "navigate"
    scene_is_empty = not draft.context.scene.placements
    if draft.edits:
        return "edit"
    if _is_a_setting(draft, left):
        draft.fields["about"] = "setting"
        return "answer"
    if "create" in draft.marks and not _is_about_the_show(draft, left):
        return "create"
    if scene_is_empty:
        return _kind_without_a_scene(draft, left)
    return _kind_over_a_scene(draft, left)


def _is_a_setting(draft: Draft, left: list[str]) -> bool:
    """Quality or budget and nothing else; "something for people, in high quality" asks for works."""
    said = draft.fields.keys() & {"quality", "budget_usd"}
    words = {*draft.whole.split(), *draft.raw.casefold().split()}
    if words & {*draft.vocabulary.lists.get("unnamed_works", ())}:
        return False
    others = draft.query or draft.wishes or draft.relations or draft.fields.keys() & {"theme", "layout", "pick"}
    return bool(said) and not left and not others


def _wants_works(draft: Draft) -> bool:
    """Whether it says, apart from a subject, what to hang."""
    named = draft.fields.keys() & {"theme", "layout", "only_words", "pick"}
    return bool(
        draft.query
        or named
        or draft.marks & {"create", "show", "odd_count"}
        or draft.wishes.keys() & {"count", "group_by", "groups"}
    )


def _is_about_the_show(draft: Draft, left: list[str]) -> bool:
    """ "Give me bigger gaps" starts like a new request, and is none."""
    if not draft.context.scene.placements or left or draft.marks & {"library", "anew"}:
        return False
    if "it" in draft.marks:
        return True
    said = bool(draft.query) or draft.fields.keys() & {"theme", "layout"} or "count" in draft.wishes
    return bool(draft.marks & {"relative", "more", "less", "again", "redo"}) or not said


def _asks_anything(draft: Draft) -> bool:
    """Whether a refinement says what to change."""
    said = draft.fields.keys() & {"theme", "layout", "light", "only_words", "pick", "sort"}
    changes = draft.marks & {"again", "redo", "relative", "like"}
    return bool(said or changes or draft.query or draft.wishes or draft.relations)


def _kind_without_a_scene(draft: Draft, left: list[str]) -> str:
    wanted = (
        bool(draft.query) or draft.fields.keys() & {"theme", "layout", "only_words", "pick"} or "count" in draft.wishes
    )
    if draft.marks & {"show", "make", "it"} and (left or wanted):
        vague = "it" in draft.marks and not wanted and "show" not in draft.marks and not is_known(draft, left)
        return "unclear" if vague else "create"
    if "pick" in draft.fields:
        return "create"
    if draft.marks & {"surprise"}:
        draft.fields["pick"] = "random"
        return "create"
    if draft.wishes.keys() & {"group_by", "groups"}:
        return "create"
    named = bool(draft.query.keys() - {"limit", "less_words", "less_colours", "more_words", "more_colours"})
    known = bool(left) and is_known(draft, left)
    if draft.marks & {"less", "again", "redo"} or _changes_only_how(draft, left):
        return "refine"
    if "relative" in draft.marks and not (known or (named and "count" in draft.wishes)):
        return "refine"
    if wanted or (left and _speaks_of_works(draft)):
        return "unclear" if left and not has_a_word(left) else "create"
    return "create" if left and is_known(draft, left) else "unclear"


def _speaks_of_works(draft: Draft) -> bool:
    """ "Pictures of moths" asks for them, whether the library knows moths or not."""
    words = [word for word in draft.whole.split() if word not in (BOUNDARY, "the", "some", "all", "any", "my")]
    if not words or words[0] not in draft.vocabulary.lists.get("works", ()):
        return False
    clause = words[1:4] if words[1:2] and words[1] in ("in", "on") else words[1:3]
    told = "which" in clause[1:2] or clause[:1] in (["where"], ["that"], ["showing"])
    return {"of", "from", "with"} >= set(words[1:2]) or (told and not {"nobody", "no", "not", "none"} & set(words))


def _changes_only_how(draft: Draft, left: list[str]) -> bool:
    asked = draft.query or draft.fields.keys() & {"theme", "layout"} or "count" in draft.wishes
    return not left and not asked and bool(draft.wishes or draft.relations or "light" in draft.fields)


def _kind_over_a_scene(draft: Draft, left: list[str]) -> str:
    if draft.marks & {"less", "more", "only", "only_count", "relative", "again", "redo"}:
        return "refine"
    if _starts_anew(draft, left):
        return "create"
    if "without" in draft.marks:
        return "refine"
    if "like" in draft.marks and not draft.marks & {"create", "show"}:
        return "refine"
    if "show" in draft.marks:
        only_layout = "layout" in draft.fields and not left and not draft.query
        return "refine" if only_layout else "create"
    if "pick" in draft.fields and "it" not in draft.marks:
        return "create"
    if draft.relations or (draft.wishes and not left and not draft.query):
        return "refine"
    asked = draft.query.keys() - {"limit"}
    if draft.fields.keys() & {"theme", "light"} and "layout" not in draft.fields and not left and not asked:
        return "restyle"
    if draft.marks & {"it"}:
        return "refine"
    if "layout" in draft.fields:
        return "create" if left or draft.query else "refine"
    if "make" in draft.marks:
        return "create" if left else "refine"
    return "refine" if draft.query.keys() - {"limit"} and not left else "unclear"


def _starts_anew(draft: Draft, left: list[str]) -> bool:
    """A known subject, a count or a theme with a subject, a new theme and layout, or all of the library."""
    if "it" in draft.marks:
        return False
    if draft.marks >= {"library", "show"} or "anew" in draft.marks:
        return True
    counted = "count" in draft.wishes and not draft.relations
    if not left or not has_a_word(left) or draft.edits:
        return False
    return counted or "theme" in draft.fields or (not draft.relations and is_known(draft, left))


def _ignored(draft: Draft, kind: str, left: list[str], dropped: list[str]) -> tuple[str, ...]:
    unread = [] if kind in ("create", "navigate", "select", "explain", "unclear", "answer") else left
    if kind in ("undo", "redo", "export", "canvas", "project"):
        unread = left
    unread = [*unread, *(dropped if kind in ("create", "refine", "restyle") else [])]
    return tuple(words[:400] for words in dict.fromkeys((*unread, *draft.unsupported)))[:20]


def _confidence(draft: Draft, kind: str, left: list[str], ignored: tuple[str, ...]) -> float:
    if kind == "unclear":
        return 0.2
    if kind in ("create", "navigate", "select", "explain", "answer"):
        return 0.9 if draft.used else 0.6
    unread = sum(len(words.split()) for words in ignored if words not in draft.unsupported)
    read = sum(len(words.split()) for words in draft.used)
    return round((read + 0.5) / (read + 0.5 + unread), 3)
