"""What is done to works that a clause names: taken down, swapped, let go of, made larger, exchanged, looked at."""

import re
from collections.abc import Callable, Mapping

from agent.intent import Edit, EditVerb, Intent, Targets, WishedRelation
from agent.offline.measures import eye_on_show_m
from agent.offline.onshow.naming import Named, Row
from agent.ports.library import Query
from scene.layouts.contract import Wishes

Made = tuple[Intent, Targets | None]
"""What a clause means, and the works that it named."""
Act = Callable[[Mapping[str, str], Row], Made | None]


def edit(verb: EditVerb, *, single: bool = False) -> Act:
    """One verb on the works that are named."""

    def act(said: Mapping[str, str], row: Row) -> Made | None:
        named = row.named(said["what"])
        if named is None or (single and named.plural) or (named.targets.everything and named.targets.but is None):
            return None
        return _edited(verb, named), named.targets

    return act


def _edited(verb: EditVerb, named: Named, other: Targets | None = None) -> Intent:
    each = [named.targets.model_copy(update={"also": ()}), *named.targets.also]
    edits = tuple(Edit(verb=verb, targets=targets, other=other) for targets in each)
    return Intent(kind="edit", targets=each[0], edits=edits, confidence=0.9)


def taken_down(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Temple gates out, please"."""
    named = row.named(said["what"])
    if named is None or (named.targets.everything and named.targets.but is None):
        return None
    if row.draft.context.scene.placements and not _hangs(named.targets, row):
        return None
    return _edited("remove", named), named.targets


def placed_down(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Remove number 3 and number 5", "take it out": works that are named by their places, or were named before."""
    named = row.named(said["what"], bare=False)
    pointed = row.before is not None or bool(row.draft.context.selection)
    meant = named is not None and (named.by_place or (named.pointed and pointed))
    return (_edited("remove", named), named.targets) if named is not None and meant else None


def _hangs(targets: Targets, row: Row) -> bool:
    """Whether a subject is one of works on show, as far as their titles tell."""
    return bool(targets.one or not targets.words or targets.words in row.titles or row.draft.context.last_query)


def stopped_after(said: Mapping[str, str], row: Row) -> Made | None:
    """ "I would stop after the fourth": those behind it go."""
    behind = row.named(f"everything after {said['what']}")
    edge = row.named(said["what"])
    return (_edited("remove", behind), edge.targets) if behind is not None and edge is not None else None


def _is_any(named: Named) -> bool:
    """ "Something blue" is none of the works on show."""
    return named.targets.query is not None and not named.targets.extreme


def swapped(said: Mapping[str, str], row: Row) -> Made | None:
    """Two works change places, however the two are named."""
    if "other" in said:
        one = row.named(said["what"], bare=True)
        other = row.having_named(one.targets).named(said["other"], bare=True) if one is not None else None
        if one is None or other is None or one.plural or other.plural or _is_any(one) or _is_any(other):
            return None
        return _edited("swap", one, other.targets), one.targets
    both = row.named(said["what"])
    if both is None or not both.by_place:
        return None
    targets = both.targets
    if len(targets.also) == 1 and targets.many is None:
        one = Named(targets.model_copy(update={"also": ()}))
        return _edited("swap", one, targets.also[0]), targets
    if targets.many == 2 and targets.ordinal in (1, -1):
        second = Targets(ordinal=2 if targets.ordinal == 1 else -2)
        return _edited("swap", Named(Targets(ordinal=targets.ordinal)), second), targets
    return None


def exchanged(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Find another Berlin one for that spot": the work that was named before goes for one of the library."""
    named = row.named(said["what"]) if said.get("what") else None
    targets = named.targets if named is not None else row.before if not said.get("what") else None
    if targets is None or (named is not None and named.plural):
        return None
    words = re.sub(r"\b(?:ones?|pictures?|photos?|works?|images?|of|from)\b", " ", said.get("kind") or "")
    words = " ".join(words.split())
    other = Targets(words=words) if words else None
    if words and not {*words.split()} <= row.draft.vocabulary.library_words:
        return None
    return _edited("replace", Named(targets), other), targets


def looked_at(said: Mapping[str, str], row: Row) -> Made | None:
    """The camera goes to a work that is named."""
    named = row.named(said["what"])
    if named is None or (named.targets.everything and not named.targets.wall) or named.targets.but is not None:
        return None
    targets = named.targets.model_copy(update={"one": named.targets.one and named.targets.words not in row.titles})
    return Intent(kind="navigate", targets=targets, confidence=0.9), targets


def to_place(said: Mapping[str, str], _: Row) -> Made | None:
    """ "Bring me back to the door"."""
    place = "end" if said["place"] in ("exit", "end", "way out") else "entrance"
    return Intent.model_validate({"kind": "navigate", "place": place, "confidence": 0.9}), None


_SIZES = {"twice": 2.0, "double": 2.0, "3 times": 3.0, "half": 0.5}


def sized(said: Mapping[str, str], row: Row) -> Made | None:
    """ "This one has to be twice as wide"."""
    named, factor = row.named(said["what"]), _SIZES[said["factor"]]
    if named is None or (named.targets.everything and named.targets.but is None):
        return None
    made = _edited("bigger" if factor > 1 else "smaller", named)
    edits = tuple(edit.model_copy(update={"amount": factor}) for edit in made.edits)
    return made.model_copy(update={"edits": edits}), named.targets


def to_hero(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Grandma deserves the place of honour"."""
    named = row.named(said["what"])
    if named is None or not _hangs(named.targets, row):
        return None
    relation = WishedRelation(targets=named.targets, how="hero")
    return Intent(kind="refine", relations=(relation,), keep_works=True, confidence=0.9), named.targets


def few_of(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Three of the balloons are enough": the others of that subject go."""
    named, number = row.named(said["what"]), int(said["number"])
    if named is None or not named.targets.words or named.targets.ordinal is not None or number < 1:
        return None
    if sum(named.targets.words in title for title in row.titles) <= number:
        return None
    kept = Targets(words=named.targets.words, one=True, ordinal=1, many=number if number > 1 else None)
    rest = Targets(words=named.targets.words, one=True, but=kept)
    return Intent(kind="edit", targets=rest, edits=(Edit(verb="remove", targets=rest),), confidence=0.9), rest


def raised_by(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Everything ten centimetres lower"."""
    units = row.draft.vocabulary.table("units")
    if said["unit"] not in units or row.before is not None:
        return None
    way = said.get("way") or ("down" if row.draft.said.split()[1:2] in (["lower"], ["drop"]) else "up")
    by_m = float(said["number"]) * float(units[said["unit"]]) * (1 if way in ("up", "higher") else -1)
    height_m = round(min(max(eye_on_show_m(row.draft.context.scene) + by_m, 0.5), 3.0), 3)
    return Intent(kind="refine", wishes=Wishes(eye_height_m=height_m), keep_works=True, confidence=0.9), None


def to_room(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Let us begin in room three", "walk me into the second one"."""
    ordinals, rooms = row.draft.vocabulary.table("ordinals"), len(row.draft.context.scene.rooms)
    word = said["room"]
    number = int(word) if word.isdecimal() else ordinals.get(word)
    if number is None or rooms < 1:
        return None
    room = "last" if number == -1 else str(number if number > 0 else rooms + number + 1)
    return Intent(kind="navigate", targets=Targets(room=room), confidence=0.9), None


def that_wall(_: Mapping[str, str], row: Row) -> Made | None:
    """ "Let me see that wall": the one that was spoken of."""
    for intent in reversed(row.draft.context.last_intents[-3:]):
        walls = [one.to for one in intent.relations if one.how == "on_wall"]
        walls += [edit.targets.wall for edit in intent.edits if edit.targets is not None] + [intent.targets.wall]
        named = next((wall for wall in walls if wall), "")
        if named:
            return Intent(kind="navigate", targets=Targets(wall=named), confidence=0.9), None
    return None


def described(said: Mapping[str, str], row: Row) -> Made | None:
    """Title, date and maker of one work."""
    named = row.named(said["what"])
    if named is None or named.plural:
        return None
    if not (named.by_place or named.pointed or named.targets.one or named.targets.words in row.titles):
        return None
    return Intent(kind="answer", about="described", targets=named.targets, confidence=0.9), named.targets


def shifted(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Number 2 hangs too low, 20 cm up with it"."""
    named, units = row.named(said["what"]), row.draft.vocabulary.table("units")
    verb = row.draft.vocabulary.table("figure_ways").get(said["way"])
    if named is None or said["unit"] not in units or verb not in ("raise", "lower", "move_left", "move_right"):
        return None
    amount = round(float(said["number"]) * float(units[said["unit"]]), 4)
    made = _edited(verb, named)
    edits = tuple(edit.model_copy(update={"amount": amount}) for edit in made.edits)
    return made.model_copy(update={"edits": edits}), named.targets


def so_many(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Six will do"."""
    number = int(said["number"])
    if not 1 <= number <= 1_499 or not row.hanging:
        return None
    return Intent(kind="refine", wishes=Wishes(count=number), confidence=0.9), None


def so_many_more(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Three more", "two fewer"."""
    by = int(said["number"] if said["number"].isdecimal() else 1) * (-1 if said["way"] in ("fewer", "less") else 1)
    if not 0 < abs(by) <= 500 or row.hanging + by < 1:
        return None
    return Intent(kind="refine", wishes=Wishes(count=row.hanging + by), confidence=0.9), None


def half_of_them(said: Mapping[str, str], row: Row) -> Made | None:
    """Half as many works as hang."""
    last = row.draft.context.last_intents[-1:]
    if row.hanging < 2 or not (said.get("enough") or (last and last[0].wishes.count is not None)):
        return None
    return Intent(kind="refine", wishes=Wishes(count=(row.hanging + 1) // 2), confidence=0.9), None


def all_there_is(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Add the rest of Lisbon": whatever the library has of it comes in addition."""
    words = said["kind"]
    known = row.draft.vocabulary.library_words
    if not all({word, word.removesuffix("s")} & known for word in words.split()):
        return None
    coming = Query(words=words, limit=10_000)
    return Intent(kind="refine", coming=coming, wishes=Wishes(count=10_000), accept_fewer=True, confidence=0.9), None
