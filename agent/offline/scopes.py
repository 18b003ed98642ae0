"""What stands beside a change to a show and bounds it: "but keep the order", "except the first", "and the rest"."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from agent.intent import Edit, EditVerb, Intent, Targets
from agent.offline.clauses import any_of
from agent.offline.draft import Draft
from agent.offline.measures import eye_on_show_m
from agent.offline.normalise import BOUNDARY
from agent.offline.targets import targets_in
from agent.ports.library import Query
from scene.layouts.contract import LayoutName, Wishes

Read = Callable[[str], Intent]
_ENDS = rf"[,;.!?:{BOUNDARY}]"
_JOINTS = r"(?:(?:[,;.]|and|but|while|whilst|only|just|yet|though|although|however|then|so|with|please) )*"
_ASPECTS = ("works", "count", "order", "theme", "light", "layout", "gap", "size", "height", "rooms")
_OF_ALL: Mapping[str, tuple[EditVerb, EditVerb]] = {
    "scale": ("bigger", "smaller"),
    "eye_height_m": ("raise", "lower"),
}
_HOW = frozenset({"scale", "eye_height_m"})


@dataclass(frozen=True)
class Scope:
    """A request without the part that bounds it, and what that part keeps: aspects of the show, or works."""

    rest: str
    said: str
    """The part that bounds it, in words."""
    aspects: frozenset[str] = frozenset()
    works: Targets | None = None


def scoped(draft: Draft, read: Read) -> Intent | None:
    """The change within its bounds; None where nothing bounds it, or where the bounds cannot be held."""
    if not draft.context.scene.placements or draft.context.pending_question:
        return None
    if (shared := _of_the_rest(draft, read)) is not None:
        return shared
    scope = _kept(draft) or _excepted(draft)
    if scope is None:
        return None
    intent = read(scope.rest)
    if intent.kind == "unclear" or intent.condition is not None:
        return None
    if scope.aspects:
        intent = _keeping(intent, scope.aspects, draft)
    bounded = intent if scope.works is None else _without(intent, scope.works, draft)
    if bounded is None:
        return None
    return bounded.model_copy(update={"understood": (*bounded.understood, draft.plain(scope.said))[:40]})


def like_before(draft: Draft, read: Read) -> Intent | None:
    """ "Like this, only with Lisbon", "as before but eight of them": the show that hangs, but for what is said."""
    lists = draft.vocabulary.lists
    if not draft.context.scene.placements or draft.context.pending_question:
        return None
    line = draft.line.strip(f" {BOUNDARY},.!?")
    said = re.match(rf"(?:{any_of(lists.get('as_it_hangs', ()))}) "
                    rf"(?:(?:[,;.]|but|only|just|except|and|now|this time) )+(?P<other>.+)$", line)  # fmt: skip
    if said is None or draft.context.selection:
        return None
    other = read(said["other"])
    works = other.kind == "create" or (other.kind == "refine" and (other.only_shown or other.query.more_words))
    if not works:
        if other.kind not in ("refine", "restyle", "edit") or other.missing:
            return None
        return other.model_copy(update={"understood": (*other.understood, draft.plain(line))[:40]})
    subject = re.sub(r"^(?:(?:with|of|for|from|about|some|in) )+|(?: instead)$", "", said["other"])
    same = read(f"the same for {subject}")
    return same if same.kind == "create" and same.query != Query() else None


def _kept(draft: Draft) -> Scope | None:
    """ "... but keep the order", "without touching the light", "leave the first one where it is"."""
    lists = draft.vocabulary.lists
    line = re.sub(r"\s+", " ", f" {draft.line.strip(f' {BOUNDARY}')} ")
    verbs, ends = any_of(lists.get("keeps", ())), any_of(lists.get("kept_as", ()))
    starters = any_of(lists.get("starters", ()))
    pattern = (
        rf"(?:^| )(?P<joint>{_JOINTS})(?P<verb>{verbs}) "
        rf"(?P<what>(?:(?!(?:but|while|{verbs}) )[^,;.!?:{BOUNDARY}]+? )+?)"
        rf"(?P<as>(?:(?:{ends}) )*)(?=$|[,;.!?:] |but |(?:and|then|while) (?:(?:also|then) )?(?:{starters}) )"
    )
    for found in re.finditer(pattern, line):
        rest = f"{line[: found.start()]} , {line[found.end() :]}"
        rest = re.sub(r"^(?: |,|;|\.|but|and|then)+(?= )|(?: |,|;|\.|but|and)+$", " ", f" {rest} ").strip()
        if not re.search(r"\w", rest):
            continue
        aspects = _aspects(found["what"], draft)
        if aspects:
            return Scope(rest, found[0].strip(), aspects)
        works = _bounding(found["what"], draft)
        stays = "but" in found["joint"].split() or found["as"] or not found["verb"].startswith("keep")
        if works is not None and stays:
            return Scope(rest, found[0].strip(), works=works)
    return None


def _aspects(words: str, draft: Draft) -> frozenset[str]:
    """Which sides of the show a phrase names, where it names nothing else."""
    names, lists = draft.vocabulary.table("kept_aspects"), draft.vocabulary.lists
    small = {*lists.get("stop", ()), *lists.get("joins", ()), *lists.get("kept_words", ()), "the", "same", "as",
             *draft.vocabulary.table("colours")}  # fmt: skip
    found, line = set[str](), f" {words.strip()} "
    for name in (*names, *draft.vocabulary.theme_names):
        if f" {name} " in line:
            found.add(names.get(name, "theme"))
            line = line.replace(f" {name} ", " ")
    return frozenset(found) if found and set(line.split()) <= small else frozenset()


def _excepted(draft: Draft) -> Scope | None:
    """ "... except the first", "but not the last two": works by their place, which the change leaves alone."""
    lists = draft.vocabulary.lists
    line = f" {draft.line.strip(f' {BOUNDARY}')} "
    bars = any_of(lists.get("excepting", ()))
    found = re.search(rf" (?:, )?(?:{bars}) (?P<what>[^,;.!?:{BOUNDARY}]+?) (?=$|[,;.!?:] )", line)
    if found is None:
        return None
    works = _bounding(found["what"], draft)
    if works is None:
        return None
    rest = f"{line[: found.start()]} {line[found.end() :]}".strip()
    return Scope(rest, found[0].strip(), works=works) if re.search(r"\w", rest) else None


def _bounding(words: str, draft: Draft) -> Targets | None:
    """Works on show that a phrase names by place, size, number or selection; words and filters bound no change."""
    works = targets_in(draft, words.strip())
    if works is None or works.everything or works.words or works.wall:
        return None
    named = works.ordinal or works.extreme or works.selection or works.room
    return works if named else None


def _keeping(intent: Intent, aspects: frozenset[str], draft: Draft) -> Intent:
    """The intent with these sides of the show as they are."""
    scene, parts = draft.context.scene, dict[str, Any]()
    wishes = intent.wishes.model_dump(exclude_defaults=True)
    for aspect, name in (("order", "order"), ("gap", "gap_m"), ("size", "scale"), ("height", "eye_height_m"),
                         ("rooms", "rooms"), ("count", "count")):  # fmt: skip
        if aspect in aspects:
            wishes.pop(name, None)
    anew = intent.kind == "create"
    of_works = intent.query.model_copy(update={"limit": Query().limit}) != Query() or intent.pick
    if anew and "works" in aspects and not of_works:
        parts |= {"kind": "refine", "subject": "", "query": Query(), "keep_works": True}
    elif "works" in aspects and intent.kind == "refine" and not of_works:
        parts["keep_works"] = not wishes.get("count")
    if anew and "count" in aspects:
        wishes["count"] = len(scene.placements)
    if "theme" in aspects:
        parts["theme"] = scene.theme.theme if anew else None
    if "light" in aspects:
        parts["light"] = None
    arrangement = scene.arrangement
    if "layout" in aspects and arrangement is not None and arrangement.layout in get_args(LayoutName):
        parts["layout"] = arrangement.layout if anew else None
    return intent.model_copy(update={**parts, "wishes": Wishes.model_validate(wishes)})


def _without(intent: Intent, kept: Targets, draft: Draft) -> Intent | None:
    """The change to all works but these; works that stay where everything is hung anew are pinned first."""
    if intent.kind == "edit" and intent.edits:
        edits = tuple(edit.model_copy(update={"targets": _all_but(edit.targets, kept)}) for edit in intent.edits)
        return intent.model_copy(update={"edits": edits, "targets": edits[0].targets})
    if intent.kind != "refine":
        return None
    if (acted := _each(intent, Targets(everything=True, but=kept), draft)) is not None:
        return acted
    if intent.only_shown or intent.query.words:
        return None
    pins = Edit(verb="pin", targets=kept)
    pinned = Intent(kind="edit", targets=kept, edits=(pins,), language=intent.language, understood=intent.understood)
    return pinned.model_copy(update={"then": (intent,), "confidence": intent.confidence})


def _all_but(targets: Targets | None, kept: Targets) -> Targets:
    if targets is None or targets == Targets(selection=True):
        return Targets(everything=True, but=kept)
    if (targets.words or targets.query) and kept == Targets(ordinal=kept.ordinal, many=kept.many, extreme=kept.extreme):
        own = {"ordinal": kept.ordinal, "many": kept.many, "extreme": kept.extreme}
        kept = targets.model_copy(update=own)  # "the trams but the first one": the first of them
    return targets.model_copy(update={"but": kept if targets.but is None else targets.but})


def _each(intent: Intent, targets: Targets, draft: Draft) -> Intent | None:
    """A wish about the size or the height of all works, as an act on some of them."""
    said = intent.wishes.model_dump(exclude_defaults=True)
    others = intent.query != Query() or intent.relations or intent.theme or intent.layout or intent.light
    if intent.kind != "refine" or others or not said or said.keys() - _HOW:
        return None
    edits = list[Edit]()
    if (scale := intent.wishes.scale) is not None:
        edits.append(Edit(verb=_OF_ALL["scale"][scale < 1], amount=round(scale, 4), targets=targets))
    if (eye_m := intent.wishes.eye_height_m) is not None:
        step_m = round(eye_m - eye_on_show_m(draft.context.scene), 4)
        edits.append(Edit(verb=_OF_ALL["eye_height_m"][step_m < 0], amount=abs(step_m), targets=targets))
    return intent.model_copy(update={"kind": "edit", "edits": tuple(edits), "targets": targets, "wishes": Wishes()})


def _of_the_rest(draft: Draft, read: Read) -> Intent | None:
    """ "Remove the last three and hang the rest higher": the rest is all that the part before left."""
    lists = draft.vocabulary.lists
    line = f" {draft.line.strip(f' {BOUNDARY}')} "
    rest = any_of(lists.get("the_rest", ()))
    said = re.match(rf" (?P<one>.+?) (?:[,;.]|and|then|but|while) (?:(?:[,;.]|and|then|but) )*"
                    rf"(?P<two>[^,;.]*?(?<= )?\b(?:{rest})(?= ).*)$", line)  # fmt: skip
    if said is None:
        return None
    one, two = read(said["one"]), read(re.sub(rf"\b(?:{rest})(?= )", "everything", f"{said['two'].strip()} ").strip())
    if one.kind != "edit" or not one.edits or two.kind not in ("edit", "refine") or one.then or two.then:
        return None
    gone = all(edit.verb == "remove" for edit in one.edits)
    if gone and two.kind == "edit" and any(edit.verb == "remove" for edit in two.edits):
        return None
    if not gone:
        kept = one.edits[0].targets or one.targets
        if two.kind == "edit":
            changed = tuple(
                edit.model_copy(update={"targets": Targets(everything=True, but=kept)}) for edit in two.edits
            )
            return one.model_copy(update={"edits": (*one.edits, *changed)})
        two = _each(two, Targets(everything=True, but=kept), draft) or two
        if two.kind == "edit":
            return one.model_copy(update={"edits": (*one.edits, *two.edits)})
    return one.model_copy(update={"then": (two,)})
