"""Meanings of layout wishes: count, gaps, eye height, size, rooms, columns, order, groups, walls, relations."""

import json
import math
from typing import Any

from agent.hanging import gap_between_works_m
from agent.intent import WishedRelation
from agent.offline.draft import Draft, Meaning, Said
from agent.offline.filters import number_of
from agent.offline.names import creators_called
from agent.offline.targets import targets_in
from scene.layouts.contract import Wishes
from scene.layouts.gallery_task import DEFAULT_CENTRE_M, DEFAULT_GAP_M
from scene.scene import Scene


def stored_wishes(scene: Scene) -> Wishes:
    """The wishes that the scene was laid out with; none when it was hung by hand."""
    arrangement = scene.arrangement
    try:
        return Wishes.model_validate(json.loads(arrangement.wishes_json)) if arrangement else Wishes()
    except ValueError:
        return Wishes()


def gap_on_show_m(scene: Scene) -> float:
    """The gap asked for, else the middle gap between neighbours on the walls, else the default."""
    return stored_wishes(scene).gap_m or gap_between_works_m(scene) or DEFAULT_GAP_M


def _bounded(value: float, low: float, high: float) -> float:
    return round(min(max(value, low), high), 3)


def _length_m(draft: Draft, said: Said) -> float:
    number, unit = said["length"].split(" ", 1)
    return float(number) * float(draft.vocabulary.table("units")[unit])


def factor_of(draft: Draft, words: str) -> float:
    """2 for "twice" and "2 times", 1.5 for "150 %"."""
    named = draft.vocabulary.table("factors").get(words)
    if named is not None:
        return float(named)
    number, unit = words.split(" ", 1)
    return float(number) * float(draft.vocabulary.table("factor_units")[unit])


def _on_show(draft: Draft) -> int:
    return len(draft.context.scene.placements)


def _wish(name: str, value: Any) -> Meaning:
    def meaning(draft: Draft, _: Said) -> None:
        draft.wishes[name] = value

    return meaning


def _gap_is(draft: Draft, said: Said) -> None:
    draft.wishes["gap_m"] = _bounded(_length_m(draft, said), 0.02, 10.0)


def _gap_by(factor: float) -> Meaning:
    def meaning(draft: Draft, _: Said) -> None:
        if "gap_m" in draft.wishes:
            return
        draft.wishes["gap_m"] = _bounded(gap_on_show_m(draft.context.scene) * factor, 0.02, 10.0)

    return meaning


def _eye_height_is(draft: Draft, said: Said) -> bool | None:
    height_m = _length_m(draft, said)
    if not 0.3 <= height_m <= 4.0:
        return False
    draft.wishes["eye_height_m"] = _bounded(height_m, 0.5, 3.0)
    return None


def _eye_height_by(step_m: float) -> Meaning:
    def meaning(draft: Draft, said: Said) -> None:
        if "eye_height_m" in draft.wishes:
            return
        by_m = math.copysign(_length_m(draft, said), step_m) if "length" in said else step_m
        now_m = stored_wishes(draft.context.scene).eye_height_m or DEFAULT_CENTRE_M
        draft.wishes["eye_height_m"] = _bounded(now_m + by_m, 0.5, 3.0)

    return meaning


_ABSOLUTE = frozenset({"as", "to", "at", "of", "again"})
_SMALLER = frozenset({"smaller", "shrink", "reduce", "down", "less", "decrease", "downsize"})
_BIGGER = frozenset({"bigger", "larger", "enlarge", "up", "grow", "increase", "more", "upsize", "blow", "by"})


def size_factor(draft: Draft, words: str) -> float:
    """What a work's size is multiplied by: "50 % bigger" is 1.5, "half as big" 0.5, "a third smaller" 0.667."""
    factor, said = factor_of(draft, words), set(draft.matched().split())
    if said & _ABSOLUTE:
        return factor
    if said & _SMALLER:
        return 1.0 - factor if factor < 1.0 else 1.0 / factor
    return 1.0 + factor if factor < 1.0 and said & _BIGGER else factor


def _scale_by(factor: float) -> Meaning:
    def meaning(draft: Draft, said: Said) -> None:
        asked = size_factor(draft, said["factor"]) if "factor" in said else factor
        draft.wishes["scale"] = _bounded((stored_wishes(draft.context.scene).scale or 1.0) * asked, 0.2, 5.0)

    return meaning


def _rooms(draft: Draft, said: Said) -> None:
    draft.wishes["rooms"] = min(max(number_of(said), 1), 100) if "number" in said else 1


def _rooms_by(step: int) -> Meaning:
    def meaning(draft: Draft, said: Said) -> None:
        by = step * (number_of(said) if "number" in said else 1)
        draft.wishes["rooms"] = min(max(max(len(draft.context.scene.rooms), 1) + by, 1), 100)

    return meaning


def _rooms_each(draft: Draft, said: Said) -> bool | None:
    """ "Three rooms with ten works in each" are thirty works."""
    rooms, each = number_of(said), int(said["each"]) if said["each"].isdecimal() else 1
    if not 1 <= rooms <= 100 or not 1 <= each <= 1_000:
        return False
    draft.wishes |= {"rooms": rooms, "count": _count_to(rooms * each)}
    return None


def _bounded_number(name: str, most: int) -> Meaning:
    def meaning(draft: Draft, said: Said) -> bool | None:
        if not 1 <= number_of(said) <= most:
            return False
        draft.wishes[name] = number_of(said)
        return None

    return meaning


def _columns(draft: Draft, said: Said) -> bool | None:
    found = _bounded_number("columns", 1_000)(draft, said)
    if found is None:
        draft.marks.add("columns")
    return found


def _groups(draft: Draft, said: Said) -> bool | None:
    draft.fields.setdefault("layout", "cluster")
    return _bounded_number("groups", 100)(draft, said)


def _by_likeness(draft: Draft, _: Said) -> None:
    draft.fields["layout"] = "cluster"


def _order_by(draft: Draft, said: Said) -> None:
    if not _on_show(draft) and draft.said_any("whole"):
        draft.query["limit"] = 10_000
    draft.wishes["order"] = draft.vocabulary.table("orders")[said["order"]]


def _order_reverse(draft: Draft, _: Said) -> bool | None:
    now = stored_wishes(draft.context.scene).order
    draft.wishes["order"] = "oldest" if now == "newest" else "newest"
    return None


def _order_extreme(draft: Draft, said: Said) -> bool | None:
    """ "Smallest first": the order that a layout has a word for, else the works are sorted before they hang."""
    found = draft.vocabulary.table("extremes")[said["extreme"]] if "extreme" in said else "biggest"
    if found == "hero":
        return False
    named = {"newest": "newest", "oldest": "oldest", "best": "score"}.get(found)
    draft.wishes["order"] = named or "given"
    draft.fields |= {} if named else {"sort": found}
    return None


def _order_darkest(draft: Draft, _: Said) -> None:
    """ "From dark to light": the other way round than layouts order by brightness."""
    draft.wishes["order"] = "given"
    draft.fields["sort"] = "darkest"


def _group_by(draft: Draft, said: Said) -> None:
    if draft.said_any("whole"):
        draft.query["limit"] = 10_000
        draft.marks |= {"library", "show"}
    draft.wishes["group_by"] = draft.vocabulary.table("columns")[said["column"]]


def _timeline(draft: Draft, _: Said) -> None:
    """ "Over the years" is a timeline; with a section for each decade it is their order."""
    if "group_by" in draft.wishes:
        draft.wishes.setdefault("order", "oldest")
    else:
        draft.fields["layout"] = "timeline"


def _count_to(number: float) -> int:
    return min(max(round(number), 1), 100_000)


def _count(draft: Draft, said: Said) -> bool | None:
    number = number_of(said)
    vaguely = draft.fields.get("exactly_so_many") is False  # "less is more: keep 12"
    if ("count" in draft.wishes and not vaguely) or number < 1 or not said["number"].isdecimal():
        return False
    if _is_a_year(number) and not draft.said_any("works"):
        return False
    draft.wishes["count"] = _count_to(number)
    draft.fields |= {"exactly_so_many": True} if vaguely else {}
    return None


def _count_alone(draft: Draft, said: Said) -> bool | None:
    """ "No people, forty": a number in a clause of its own says how many, when anything else was said."""
    others = {word for word in draft.whole.split() if any(letter.isalpha() for letter in word)}
    return _count(draft, said) if others - draft.stop_words() else False


def _is_a_year(number: int) -> bool:
    return 1_500 <= number <= 2_099


def _count_noun(draft: Draft, said: Said) -> bool | None:
    """A number before a noun says how many: "12 crabs"; "1984" does not."""
    return False if _is_a_year(number_of(said)) or not draft.after.split()[0].isalpha() else _count(draft, said)


def _pick(draft: Draft, said: Said) -> bool | None:
    """ "The 10 newest"."""
    found = draft.vocabulary.table("extremes")[said["extreme"]]
    if found == "hero" or ("number" in said and _count(draft, said) is False):
        return False
    draft.fields["pick"] = found
    if found in ("newest", "oldest"):
        draft.wishes.setdefault("order", found)
    return None


def _purpose(draft: Draft, said: Said) -> bool | None:
    """ "For the lobby": what it is made for is no subject, unless the library speaks of it."""
    words = draft.trimmed(said.get("words") or draft.matched()).split()
    known = draft.vocabulary.library_words
    return False if not words or any({w, w.removesuffix("s"), f"{w}s"} & known for w in words) else None


def _count_odd(draft: Draft, _: Said) -> None:
    """ "0 works", "2.5 works": no number of works that can hang."""
    draft.marks.add("odd_count")


def _not_offered(draft: Draft, _: Said) -> None:
    """Something that no layout can do; the receipt names it."""
    draft.unsupported.append(draft.matched().strip())


def _pick_random(draft: Draft, said: Said) -> bool | None:
    draft.fields["pick"] = "random"
    return _count(draft, said) if "number" in said else None


def _count_by(direction: int, factor: float | None) -> Meaning:
    """So many more or fewer than are on show; or a factor of them."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        shown = _on_show(draft)
        if not shown and "number" in said and direction > 0:
            return False
        draft.marks.add("relative")
        if not shown or ("number" not in said and "factor" not in said and draft.fields.get("exactly_so_many")):
            return None
        draft.fields["exactly_so_many"] = "number" in said or "factor" in said or factor == 0.5
        if "number" in said:
            draft.marks |= {"added"} if direction > 0 else set()
            draft.wishes["count"] = _count_to(shown + direction * number_of(said))
        else:
            by = factor_of(draft, said["factor"]) if "factor" in said else factor or 1.0
            draft.wishes["count"] = _count_to(shown * by)
        return None

    return meaning


def _count_up_to(draft: Draft, said: Said) -> bool | None:
    """ "Fill it up to fifteen": so many in all, with those that hang."""
    if not _on_show(draft) or not said["number"].isdecimal():
        return False
    draft.marks |= {"relative", "it"}
    draft.wishes["count"] = _count_to(number_of(said))
    return None


def _count_same(draft: Draft, _: Said) -> bool | None:
    """ "The same number": as many as hang."""
    if not _on_show(draft):
        return False
    draft.wishes["count"] = _on_show(draft)
    draft.marks.add("relative")
    return None


def _count_all(draft: Draft, _: Said) -> None:
    draft.query["limit"] = 10_000
    draft.marks.add("library")


def _keep_wall(draft: Draft, said: Said) -> None:
    side = draft.vocabulary.table("sides")[said["side"]]
    draft.wishes["keep_walls"] = tuple(dict.fromkeys((*draft.wishes.get("keep_walls", ()), side)))


def _relation(how: str, to: str = "") -> Meaning:
    def meaning(draft: Draft, said: Said) -> bool | None:
        work, other = targets_in(draft, said.get("thing") or said.get("target") or "the best one"), None
        if "other" in said:
            other = targets_in(draft, said["other"])
        if work is None or ("other" in said and other is None):
            return False
        side = draft.vocabulary.table("sides")[said["side"]] if "side" in said else to
        draft.relations.append(WishedRelation.model_validate(
            {"targets": work, "how": how, "to": side, "other": other}))  # fmt: skip
        return None

    return meaning


def _windows_relation(how: str) -> Meaning:
    def meaning(draft: Draft, said: Said) -> bool | None:
        draft.wishes["windows"] = True
        return _relation(how, "windows")(draft, said)

    return meaning


def _some_of(draft: Draft, said: Said) -> bool | None:
    """ "Mix in some of Ada's": a few more, by her."""
    known, shown = creators_called(said["creator"], draft.vocabulary), _on_show(draft)
    if not known or not shown:
        return False
    draft.add("creators", *known[:5])
    draft.wishes["count"] = _count_to(shown + max(shown // 4, 2))
    draft.marks |= {"added", "relative", "it"}
    return None


def _again_many(draft: Draft, said: Said) -> bool | None:
    """ "Show me ten others": so many, and none of those that hang."""
    if not _on_show(draft) or not said["number"].isdecimal():
        return False
    draft.wishes["count"] = _count_to(number_of(said))
    draft.marks |= {"again", "it"}
    return None


def _mark(name: str) -> Meaning:
    def meaning(draft: Draft, _: Said) -> None:
        draft.marks.add(name)

    return meaning


def _surprise(draft: Draft, _: Said) -> None:
    """Another take on what is there, else whatever comes."""
    draft.marks |= {"again"} if _on_show(draft) else {"surprise"}


def _order_in_time(draft: Draft, _: Said) -> None:
    """ "Chronologically" begins with the oldest, unless it is said otherwise."""
    draft.wishes.setdefault("order", "oldest")


def _keep_best(draft: Draft, said: Said) -> bool | None:
    """ "Keep the ten best": so many of those on show."""
    if not _on_show(draft) or _pick(draft, said) is False:
        return False
    draft.marks |= {"only_count", "it"}
    return None


def _nothing(_: Draft, __: Said) -> None:
    """Words that take back something that was not said here."""


WISHES: dict[str, Meaning] = {
    "keep_wall": _keep_wall,
    "keep_pinned": _wish("keep_pinned", True),
    "free_pinned": _wish("keep_pinned", False),
    "redo_rest": _mark("redo"),
    "again": _mark("again"),
    "again_many": _again_many,
    "some_of": _some_of,
    "surprise": _surprise,
    "gap_is": _gap_is,
    "gap_more": _gap_by(1.5),
    "gap_less": _gap_by(0.6),
    "eye_height_is": _eye_height_is,
    "eye_height_up": _eye_height_by(0.15),
    "eye_height_down": _eye_height_by(-0.15),
    "rooms_more": _rooms_by(1),
    "rooms_fewer": _rooms_by(-1),
    "rooms": _rooms,
    "rooms_each": _rooms_each,
    "columns": _columns,
    "groups": _groups,
    "group_by_likeness": _by_likeness,
    "order_newest": _wish("order", "newest"),
    "order_oldest": _wish("order", "oldest"),
    "order_in_time": _order_in_time,
    "order_darkest": _order_darkest,
    "order_brightness": _wish("order", "brightness"),
    "keep_best": _keep_best,
    "the_last_show": _mark("it"),
    "unwanted_theme": _nothing,
    "order_reverse": _order_reverse,
    "order_extreme": _order_extreme,
    "count_half": _count_by(0, 0.5),
    "order_by": _order_by,
    "order_title": _wish("order", "title"),
    "order_colour": _wish("order", "colour"),
    "order_given": _wish("order", "given"),
    "group_by": _group_by,
    "windows": _wish("windows", True),
    "no_windows": _wish("windows", False),
    "axis_wall": _wish("axis", "wall"),
    "axis_floor": _wish("axis", "floor"),
    "scale_up": _scale_by(1.25),
    "scale_down": _scale_by(0.8),
    "scale_is": _scale_by(1.0),
    "count": _count,
    "count_alone": _count_alone,
    "count_noun": _count_noun,
    "count_odd": _count_odd,
    "not_offered": _not_offered,
    "purpose": _purpose,
    "pick": _pick,
    "pick_random": _pick_random,
    "count_all": _count_all,
    "count_up_to": _count_up_to,
    "count_same": _count_same,
    "count_factor": _count_by(0, None),
    "count_more_by": _count_by(1, None),
    "count_fewer_by": _count_by(-1, None),
    "count_more": _count_by(0, 1.5),
    "count_fewer": _count_by(0, 0.667),
    "hero": _relation("hero"),
    "windows_opposite": _windows_relation("opposite"),
    "windows_beside": _windows_relation("beside"),
    "entrance_opposite": _relation("opposite", "entrance"),
    "entrance_beside": _relation("beside", "entrance"),
    "relation_wall": _relation("on_wall"),
    "relation_opposite": _relation("opposite"),
    "relation_same_wall": _relation("same_wall"),
    "relation_beside": _relation("beside"),
    "relation_first": _relation("first"),
    "relation_last": _relation("last"),
    "timeline_words": _timeline,
}
