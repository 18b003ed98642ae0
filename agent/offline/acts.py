"""Meanings of clauses that say what kind of request it is: undo, explain, answer, export, go, select, edit, restyle."""

import re
from collections.abc import Mapping
from typing import Any

from agent.intent import Edit, EditVerb, Targets
from agent.offline.draft import Draft, Meaning, Said
from agent.offline.filters import number_of, ordinal_of
from agent.offline.normalise import BOUNDARY
from agent.offline.subjects import is_known
from agent.offline.targets import numbered, targets_in
from agent.offline.wishes import WISHES, size_factor
from scene.records import Room, Vector3


def _fields(mark: str, **values: Any) -> Meaning:
    """Set fields of the intent and note the mark."""

    def meaning(draft: Draft, _: Said) -> bool | None:
        if draft.marks & HEADS:
            return False
        draft.fields.update(values)
        draft.marks.add(mark)
        return None

    return meaning


def _beyond(deed: str) -> Meaning:
    """Something that nobody here can do; the refusal is found by its name."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        if not _has_an_object(draft) or said.get("colour") in draft.vocabulary.table("room_colours"):
            return False
        if re.search(r"\w", draft.before):
            clause = re.match(rf"[^,;.:!?{BOUNDARY}]*", draft.after)
            rest = clause[0] if clause is not None else ""
            draft.unsupported.append(draft.plain(draft.matched() + rest))
            draft.after = draft.after[len(rest) :]
            return None
        draft.fields.setdefault("beyond", deed)
        return None

    return meaning


def _has_an_object(draft: Draft) -> bool:
    """Whether a bare verb is used as one: "ship it" and "water the plants" are, "ship paintings" is not."""
    said, following = draft.matched().split(), draft.after.split()[:1]
    lists = draft.vocabulary.lists
    if len(said) != 1 or said[0] in lists.get("deeds_alone", ()):
        return True
    return bool(following) and (following[0].isdecimal() or following[0] in lists.get("deed_objects", ()))


def _undone(kind: str) -> Meaning:
    """Take back or bring back so many steps."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        if draft.marks & HEADS:
            return False
        number = number_of(said) if "number" in said else 2 if draft.said_any("both") else 1
        draft.fields |= {"times": min(max(number, 1), 50)}
        draft.fields |= {"undo_what": "step"} if kind == "undo" else {}
        draft.marks.add(kind)
        return None

    return meaning


def _named(mark: str, **values: Any) -> Meaning:
    """The same, with a name and the works that it is about."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        if draft.marks & HEADS:
            return False
        draft.fields.update(values | {"name": draft.as_typed(said.get("name", ""))[:400]})
        if "target" in said:
            found = targets_in(draft, said["target"])
            draft.fields["targets"] = found or Targets(everything=True)
        draft.marks.add(mark)
        return None

    return meaning


def _facet(draft: Draft, said: Said) -> bool | None:
    if draft.marks & HEADS:
        return False
    draft.fields.update(about="facet", name=draft.vocabulary.table("columns").get(said.get("column", ""), "year"))
    draft.marks.add("answer")
    return None


def _extreme(draft: Draft, said: Said) -> bool | None:
    order = draft.vocabulary.table("orders")[said["order"]]
    if draft.marks & HEADS or order not in ("newest", "oldest"):
        return False
    draft.fields["about"] = "extreme"
    draft.wishes["order"] = order
    draft.marks.add("answer")
    return None


def _most_of_all(draft: Draft, said: Said) -> bool | None:
    """ "Which one is the biggest here?": asked of the works on show, else of the library."""
    found = draft.vocabulary.table("extremes")[said["extreme"]]
    if draft.marks & HEADS or found in ("hero", "best", "worst"):
        return False
    draft.fields["about"] = "extreme"
    if found in ("newest", "oldest"):
        draft.wishes["order"] = found
    else:
        draft.fields["pick"] = found
    if draft.context.scene.placements and draft.said_any("of_the_show"):
        draft.marks.add("here")
    draft.marks.add("answer")
    return None


def _which_here(draft: Draft, _: Said) -> bool | None:
    """ "Which ones are Ada's?" over a show."""
    if draft.marks & HEADS or not draft.context.scene.placements:
        return False
    draft.fields["about"] = "count"
    draft.marks |= {"answer", "here"}
    return None


def _select(draft: Draft, said: Said) -> bool | None:
    """Where nothing hangs there is nothing to select: "select the best of Berlin" asks for a show of them."""
    if not draft.context.scene.placements and not draft.marks & HEADS:
        draft.marks.add("create")
        return None
    return _fields("select")(draft, said)


def _described(draft: Draft, said: Said) -> bool | None:
    if draft.marks & HEADS:
        return False
    target = targets_in(draft, said["target"]) if "target" in said else None
    draft.fields |= {"about": "described", "targets": target or Targets(selection=True)}
    draft.marks.add("answer")
    return None


def _light(factor: float) -> Meaning:
    def meaning(draft: Draft, _: Said) -> None:
        draft.fields["light"] = round(draft.fields.get("light", 1.0) * factor, 3)

    return meaning


def _light_is(draft: Draft, said: Said) -> None:
    draft.fields["light"] = min(max(number_of(said) / 100, 0.2), 3.0)


def _budget(draft: Draft, said: Said) -> bool | None:
    words = said.get("money", said.get("number", "")).split()
    if len(words) == 1:
        amount = float(words[0]) if words[0].isdecimal() else 1.0
    elif words[0] in "$€":
        amount = float(words[1])
    else:
        amount = float(words[0]) * float(draft.vocabulary.table("money")[" ".join(words[1:])])
    draft.fields["budget_usd"] = round(min(amount, 10_000.0), 4)
    return None


def _set(name: str, value: Any) -> Meaning:
    def meaning(draft: Draft, _: Said) -> None:
        draft.fields[name] = value

    return meaning


def _room_colour(draft: Draft, said: Said) -> None:
    """ "Paint the walls white" is a theme that has such walls."""
    draft.marks.add("it")
    draft.fields["theme"] = draft.vocabulary.table("room_colours")[said["room_colour"]]


def _note_the_show(draft: Draft) -> None:
    """Whether the clause speaks of what is there ("it", "the gallery")."""
    if draft.said_any("it"):
        draft.marks.add("it")


def _theme(draft: Draft, said: Said) -> None:
    _note_the_show(draft)
    name = said["theme"]
    earlier = draft.fields.get("theme_word", name)
    first = min(earlier, name, key=draft.place_of)
    themes = {**draft.vocabulary.table("evokes"), **draft.vocabulary.theme_names}
    draft.fields["first_theme"] = themes[first]
    if draft.place_of(earlier) > draft.place_of(name):
        return
    draft.fields["theme"] = draft.vocabulary.theme_names[name]
    draft.fields["theme_word"] = name
    if draft.said_any("decor"):
        draft.fields["evoked"] = True


def _evoked(draft: Draft, said: Said) -> bool | None:
    """ "Damask and gilt" is said of a room; where the library uses the word, only if a room is spoken of."""
    words, themes = said["evoked"], draft.vocabulary.table("evokes")
    own = draft.vocabulary.library_words & set(words.split())
    matched = draft.matched().split()
    if own and len(words.split()) == 1 and not {*matched} & set(draft.vocabulary.lists.get("decor", ())) - {words}:
        return False
    if draft.place_of(draft.fields.get("theme_word", words)) > draft.place_of(words):
        return None
    _note_the_show(draft)
    word = draft.fields["theme_word"] if draft.fields.get("theme") == themes[words] else words
    draft.fields |= {"theme": themes[words], "theme_word": word, "evoked": True}
    return None


def _theme_with(draft: Draft, said: Said) -> bool | None:
    """ "A museum with 40 landscapes" is a theme; "a forest with deer" speaks of a forest."""
    theme = draft.vocabulary.theme(draft.vocabulary.theme_names[said["theme"]])
    following = draft.after.split()[0]
    if theme is not None and theme.noun and theme.subject and not following.isdecimal():
        return False
    _theme(draft, said)
    return None


def _layout(draft: Draft, said: Said) -> bool | None:
    name = said["layout"]
    if draft.place_of(draft.fields.get("layout_word", name)) <= draft.place_of(name):
        draft.fields |= {"layout": draft.vocabulary.table("layouts")[name], "layout_word": name}
        draft.wishes |= {"axis": axis} if (axis := draft.vocabulary.table("axes").get(name)) else {}
    if "theme" in said:
        _theme(draft, said)
    first = draft.matched().split()[0]
    article = {first, *draft.before.split()[-1:]} & set(draft.vocabulary.lists.get("articles", ()))
    if ("theme" in said and article) or first in draft.vocabulary.lists.get("fresh", ()):
        draft.marks.add("anew")
    return None


def _layout_it(draft: Draft, said: Said) -> bool | None:
    """ "Show everything as a grid" means the library, "make everything a grid" what is on show."""
    if draft.said_any("whole") and draft.said_any("show"):
        draft.query["limit"] = 10_000
        draft.marks |= {"library", "show"}
    else:
        draft.marks.add("it")
    return _layout(draft, said)


def _edit(verb: EditVerb) -> Meaning:
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
            return _edit("swap")(draft, said)
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


def _same_works(draft: Draft, _: Said) -> bool | None:
    """ "Same pictures, as a timeline": what follows is said of the show."""
    if not draft.context.scene.placements:
        return False
    draft.marks.add("it")
    return None


def _look(draft: Draft, said: Said) -> bool | None:
    """ "A wet neon city look": the theme whose words are used, where a show is spoken of."""
    if not draft.context.scene.placements or "theme" in draft.fields:
        return False
    words = f" {said['words']} "
    met = {one.id: sum(f" {word} " in words for word in (*one.words, *one.names)) for one in draft.vocabulary.themes}
    best = max(met, key=lambda name: met[name], default="")
    if not met.get(best):
        return False
    draft.fields |= {"theme": best, "theme_word": said["words"], "evoked": True}
    draft.marks.add("it")
    return None


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


def _complaint(verb: EditVerb) -> Meaning:
    """ "The biggest one is too big": said of works that hang, not of gaps or rooms."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        target = targets_in(draft, said["target"])
        if target is None or (target.words and not _is_on_show(draft, target.words)):
            return False
        if target == Targets(selection=True) and not draft.context.selection and not draft.edits:
            return _edit(verb)(draft, {}) if verb in _OF_THE_SHOW else False
        return _edit(verb)(draft, said)

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


def _is_in(position_m: Vector3, room: Room) -> bool:
    (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
    return x0 <= position_m[0] <= x1 and z0 <= position_m[2] <= z1


def _other_room(draft: Draft, _: Said) -> None:
    """The room after the one that one stands in."""
    rooms = draft.context.scene.rooms
    here = [i for i, room in enumerate(rooms) if _is_in(draft.context.viewpoint_m, room)]
    draft.targets["room"] = str(((here[0] if here else 0) + 1) % max(len(rooms), 1) + 1)
    draft.marks.add("go")


def _go(draft: Draft, said: Said) -> bool | None:
    """ "Walk through a hall of star charts", with nothing to walk through yet, asks for one."""
    following = draft.after.split()[:3]
    if not draft.context.scene.placements and (
        draft.query.get("dates") or re.search(r" (?:1[5-9]|20)\d\d ", draft.after)
    ):
        draft.fields["layout"] = "timeline"
        draft.marks.add("create")
        return None
    if not draft.context.scene.placements and set(following) & set(draft.vocabulary.lists.get("articles", ())):
        draft.marks.add("create")
        return None
    return _fields("go")(draft, said)


def _keep_and_drop(draft: Draft, said: Said) -> bool | None:
    """ "Keep the red ones, remove the rest"."""
    kept = targets_in(draft, said["target"])
    if kept is None or kept.selection:
        return False
    draft.add_edits([Edit(verb="remove", targets=Targets(everything=True, but=kept))])
    return None


def _rest(draft: Draft, _: Said) -> bool | None:
    """ "... drop the others" adds nothing to "keep the ten best"."""
    return None if draft.marks & {"only", "only_count"} else False


def _when(draft: Draft, _: Said) -> bool | None:
    """ "When was the trip to the coast?": the years of what is asked about."""
    if draft.marks & HEADS or not re.search(r"\w", draft.after) or draft.after.split()[0] in draft.stop_words():
        return False
    draft.fields.update(about="facet", name="year")
    draft.marks.add("answer")
    return None


def _vague(draft: Draft, said: Said) -> bool | None:
    """ "Move it over there", "change the thing": which work, or what, is asked."""
    words = set(draft.matched().split())
    if words & draft.vocabulary.library_words - set(draft.vocabulary.lists.get("works", ())):
        return False
    draft.marks.add("vague")
    return None


def _disliked(draft: Draft, said: Said) -> bool | None:
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


def _time(draft: Draft, said: Said) -> bool | None:
    """ "When was the last time ..." asks for the newest work."""
    if draft.marks & HEADS:
        return False
    draft.fields["about"] = "extreme"
    draft.wishes["order"] = "newest" if ordinal_of(draft, said["ordinal"]) < 0 else "oldest"
    draft.marks.add("answer")
    return None


def _place(draft: Draft, said: Said) -> None:
    draft.fields["place"] = draft.vocabulary.table("places")[said["place"]] if "place" in said else "overview"
    draft.marks.add("go")


def _go_wall(draft: Draft, said: Said) -> None:
    draft.targets["wall"] = draft.vocabulary.table("sides")[said["side"]]
    draft.marks.add("go")


def _go_room(draft: Draft, said: Said) -> None:
    target = targets_in(draft, f"room {said['number']}" if "number" in said else f"the {said['ordinal']} room")
    if target is not None:
        draft.targets["room"] = target.room
    draft.marks.add("go")


_OF_THE_SHOW: Mapping[EditVerb, str] = {
    "bigger": "scale_up", "smaller": "scale_down", "raise": "eye_height_up", "lower": "eye_height_down",
}  # fmt: skip
"""Verbs that are wishes about all works when nothing is selected: "make them bigger"."""
HEADS = frozenset(
    {"undo", "redo_step", "explain", "answer", "export", "project", "canvas", "select", "deselect", "tour"}
)

DEEDS = ("send", "print", "buy", "fetch", "import", "run", "delete", "approve", "paint", "retouch", "metadata", "sound",
         "furnish", "people", "world")  # fmt: skip
"""What is asked for again and again and cannot be done here."""

ACTS: dict[str, Meaning] = {
    **{f"beyond_{deed}": _beyond(deed) for deed in DEEDS},
    "undo_turn": _fields("undo", undo_what="turn"),
    "undo_step": _undone("undo"),
    "redo": _undone("redo_step"),
    "help": _fields("answer", about="help"),
    "idle": _fields("answer", about="idle"),
    "cost": _fields("answer", about="cost"),
    "how_large": _fields("answer", about="shown"),
    "approving": _fields("answer", about="approving"),
    "explain": _fields("explain"),
    "describe": _described,
    "facet": _facet,
    "facet_creator": _fields("answer", about="facet", name="creator"),
    "extreme": _extreme,
    "most_of_all": _most_of_all,
    "which_here": _which_here,
    "how_many": _fields("answer", about="count"),
    "time": _time,
    "disliked": _disliked,
    "vague": _vague,
    "when": _when,
    "other_room": _other_room,
    "tour": _fields("tour", place="tour"),
    "export_picture": _fields("export", export="picture"),
    "export_document": _fields("export", export="document"),
    "save": _fields("answer", about="saved"),
    "project_create": _named("project", act="create"),
    "project_rename": _named("project", act="rename"),
    "project_list": _named("project", act="list"),
    "canvas_save": _named("canvas", act="save"),
    "canvas_list": _named("canvas", act="list"),
    "deselect": _fields("deselect"),
    "select": _select,
    "accept_fewer": _set("accept_fewer", True),
    "widen": _set("widen", True),
    "budget": _budget,
    "free": _set("budget_usd", 0.0),
    "draft": _set("quality", "draft"),
    "high": _set("quality", "high"),
    "standard": _set("quality", "standard"),
    "light_is": _light_is,
    "light_up": _light(1.3),
    "light_down": _light(0.7),
    "same_works": _same_works,
    "look": _look,
    "theme": _theme,
    "theme_with": _theme_with,
    "evoked": _evoked,
    "room_colour": _room_colour,
    "theme_layout": _layout,
    "layout_it": _layout_it,
    "layout": _layout,
    "swap": _edit("swap"),
    "replace": _edit("replace"),
    "bigger": _edit("bigger"),
    "smaller": _edit("smaller"),
    "raise": _edit("raise"),
    "lower": _edit("lower"),
    "move_left": _edit("move_left"),
    "move_right": _edit("move_right"),
    "rotate": _edit("rotate"),
    "straighten": _edit("straighten"),
    "pin": _edit("pin"),
    "unpin": _edit("unpin"),
    "remove": _edit("remove"),
    "too_big": _complaint("smaller"),
    "too_small": _complaint("bigger"),
    "too_high": _complaint("lower"),
    "too_low": _complaint("raise"),
    "crooked": _complaint("straighten"),
    "next": _fields("go", place="next"),
    "previous": _fields("go", place="previous"),
    "go_place": _place,
    "go_wall": _go_wall,
    "go_room": _go_room,
    "go": _go,
    "keep_and_drop": _keep_and_drop,
    "rest": _rest,
    "show": _fields("show"),
    "create": _fields("create"),
    "make_it": _fields("it"),
    "make": _fields("make"),
}
