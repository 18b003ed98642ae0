"""Works put in the place of others, one of each kind kept, a subject to each room, other works in place of the rest."""

import re
from collections.abc import Mapping

from agent.intent import Edit, Intent, Targets, WishedRelation
from agent.offline.onshow.acts import Made
from agent.offline.onshow.naming import Named, Row
from agent.offline.onshow.neighbours import places_of, subject
from agent.offline.onshow.places import NOUN
from agent.offline.onshow.stems import stem
from agent.ports.library import Query
from scene.layouts.contract import Wishes

_MOST_KINDS = 12
_EACH = re.compile(
    rf"(?:(?:just|only|keep|leave|with|exactly) )*(?:a single|(?P<number>one|1|\d{{1,2}}))"
    rf"(?: {NOUN})?(?: (?:of|from|with|showing)(?: the| each)?)? (?P<what>.+)"
)
_ONE_OF_EACH = re.compile(
    rf"(?:(?:just|only|exactly|keep|leave|i want|i need|show|with|have|hang|let us keep|let us have) )*"
    rf"(?P<number>one|1|a single one|a single|\d{{1,2}})(?: {NOUN})? (?:of each|per|of every|for each|for every|"
    rf"each of "
    r"every|from each|from every)(?: (?:kind|motif|subject|sort|series|theme|title|group|thing|scene|motive))?"
    r"(?: (?:is|are|will be|would be) (?:enough|plenty|sufficient))?(?: (?:stays|stay|remains|only|please))*"
)
_IN_ROOM = re.compile(
    r"(?:(?:put|hang|have|move|show|with) )?(?:all )?(?:the )?(?P<what>.+?)(?: ,)? (?:(?:should |must |"
    r"can )?(?:go|goes|"
    r"hang|hangs|belong|belongs|come|comes|be|are|is) )?(?:in|into|to|inside) (?:the |a )?"
    r"(?:(?:room|hall) (?:number )?(?P<number>\d{1,2})|(?P<nth>[a-z]+)(?: (?:room|one|hall|1))?)"
)


_A_ROOM_EACH = re.compile(
    r"(?:with |make |have |use )?(?:one|1|a|the first) (?:room|hall) (?:for|with|of) (?P<one>.+?) "
    r"?,? (?:and )?(?:the other|another|"
    r"one|1|the second|the next|a second)(?: (?:room|hall|one))? (?:for|with|of) (?P<two>.+)"
)


def put_where(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Put the bridge where number five is": a work of the library takes the place; one that hangs changes places."""
    there, here = row.named(said["other"], bare=True), row.named(said["what"])
    if there is None or there.plural or there.targets.everything or not places_of(there.targets, row):
        return None
    if here is not None and places_of(here.targets, row):
        edit = Edit(verb="swap", targets=here.targets, other=there.targets)
        made = Intent(kind="edit", targets=here.targets, edits=(edit,), confidence=0.9)
        return (made, there.targets) if not here.plural else None
    words = re.sub(r"^(?:the|a|an|that|this|my|our) ", "", said["what"].strip(" ,"))
    known, small = {stem(word) for word in row.draft.vocabulary.library_words}, row.draft.stop_words()
    content = [one for one in words.split() if not one.isdecimal() and one not in small]
    if not any(stem(one) in known for one in content) or len(content) > 4:
        return None
    edit = Edit(verb="replace", targets=there.targets, other=Targets(words=words))
    return Intent(kind="edit", targets=there.targets, edits=(edit,), confidence=0.9), there.targets


def put_there(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Put the bridge in its place": where the work hangs that was named before."""
    if row.before is None or not (at := places_of(row.before, row)) or len(at) > 1:
        return None
    made = put_where({"what": said["what"], "other": str(at[0] + 1)}, row)
    if made is None:
        return None
    edits = tuple(
        edit.model_copy(update={"targets": row.before} if edit.verb == "replace" else {"other": row.before})
        for edit in made[0].edits
    )
    return made[0].model_copy(update={"edits": edits}), row.before


def hung_beside(said: Mapping[str, str], row: Row) -> Made | None:
    """ "I need the ferry right beside number two": one work next to another."""
    one, other = row.named(said["what"]), row.named(said["other"])
    if one is None or other is None or len(places_of(one.targets, row)) != 1 or len(places_of(other.targets, row)) != 1:
        return None
    relation = WishedRelation(targets=one.targets, how="beside", other=other.targets)
    return Intent(kind="refine", relations=(relation,), keep_works=True, confidence=0.9), one.targets


def taking_the_place(swap: Edit, row: Row) -> Intent | None:
    """One work in the place of another, which goes: what "put it where that is, that one goes" comes to."""
    if swap.targets is None or swap.other is None:
        return None
    here, there = places_of(swap.targets, row), places_of(swap.other, row)
    if len(here) != 1 or len(there) != 1 or here == there:
        return None
    ids = [work.asset_id for work in row.draft.context.scene.placements]
    coming, going = ids[here[0]], ids[there[0]]
    order = tuple(coming if one == going else one for one in ids if one != coming)
    hung = Intent(kind="refine", sequence=(Targets(query=Query(asset_ids=order)),), keep_works=True, confidence=0.9)
    gone = Edit(verb="remove", targets=swap.other)
    return Intent(kind="edit", targets=swap.other, edits=(gone,), then=(hung,), confidence=0.9)


def one_of_each(clause: str, row: Row) -> Intent | None:
    """ "One maple, one temple gate", "keep two of each kind": so many of each stay, the rest goes."""
    kept = _kept_of_all(clause, row) or _kept_of_named(clause, row)
    if not kept or len(kept) > _MOST_KINDS:
        return None
    first, *others = kept
    staying = first.model_copy(update={"also": tuple(others)})
    rest = Targets(everything=True, but=staying)
    return Intent(kind="edit", targets=rest, edits=(Edit(verb="remove", targets=rest),), confidence=0.9)


def _first_of(words: str, number: int) -> Targets:
    return Targets(words=words, one=True, ordinal=1, many=number if number > 1 else None)


def _number(words: str | None) -> int:
    return int(words) if words is not None and words.isdecimal() else 1


def _kept_of_all(clause: str, row: Row) -> list[Targets]:
    found = _ONE_OF_EACH.fullmatch(clause)
    if found is None:
        return []
    kinds = dict.fromkeys(re.sub(r"[\s\d]+$", "", title) for title in row.titles)
    return [_first_of(kind, _number(found["number"])) for kind in kinds if kind]


def _kept_of_named(clause: str, row: Row) -> list[Targets]:
    parts = [part.strip(" ,") for part in re.split(r" , and | , | and | plus ", clause) if part.strip(" ,")]
    said = [_EACH.fullmatch(part) for part in parts]
    only = re.match(r"(?:just|only|keep|leave)\b", clause) is not None
    if len(parts) < (2 if only else 3):
        return []
    kept = list[Targets]()
    for one in said:
        named = row.named(one["what"].strip()) if one is not None else None
        if one is None or named is None or not named.targets.words or named.targets.also:
            return []
        if not any(named.targets.words in title for title in row.titles):
            return []
        kept.append(_first_of(named.targets.words, _number(one["number"])))
    return kept


def to_rooms(clause: str, row: Row) -> Intent | None:
    """ "The demonstrations in the first room, the buses in the second": in this order, in as many rooms."""
    ordinals = row.draft.vocabulary.table("ordinals")
    if (each := _A_ROOM_EACH.fullmatch(clause)) is not None:
        clause = f"{each['one']} in room 1 , {each['two']} in room 2"
    parts = [part.strip(" ,;") for part in re.split(r" , and | [,;] | and ", clause) if part.strip(" ,;")]
    if not 1 < len(parts) <= 6:
        return None
    placed = dict[int, Targets]()
    for part in parts:
        found = _IN_ROOM.fullmatch(part)
        named = subject(found["what"], row) if found is not None else None
        if found is None or named is None or named.targets.also:
            return None
        number = int(found["number"]) if found["number"] else ordinals.get(found["nth"], len(placed) + 1)
        if found["nth"] and found["nth"] not in (*ordinals, "other", "next", "another"):
            return None
        placed[len(parts) if number == -1 else int(number)] = named.targets
    if sorted(placed) != list(range(1, len(parts) + 1)):
        return None
    wishes = Wishes(rooms=len(parts))
    return Intent(kind="refine", sequence=tuple(placed[number] for number in sorted(placed)), wishes=wishes,
                  keep_works=True, confidence=0.9)  # fmt: skip


def others_instead(said: Mapping[str, str], row: Row) -> Made | None:
    """ "The others need different pictures from Kyoto": what is named is exchanged for other works."""
    named = row.named(said["what"])
    words = (said.get("kind") or "").strip()
    known = {stem(word) for word in row.draft.vocabulary.library_words}
    if named is None or (words and not {stem(word) for word in words.split()} <= known):
        return None
    query = Query(words=words) if words else Query()
    kept = named.targets.but
    if named.targets.everything and kept is not None and kept.wall:
        wishes = Wishes(keep_walls=(kept.wall,))
        return Intent(kind="refine", again=True, query=query, wishes=wishes, confidence=0.9), named.targets
    other = Targets(words=words) if words else None
    each = [named.targets.model_copy(update={"also": ()}), *named.targets.also]
    edits = tuple(Edit(verb="replace", targets=one, other=other) for one in each)
    return Intent(kind="edit", targets=each[0], edits=edits, confidence=0.9), named.targets


def chosen(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Select Horses 2 and Horses 5"."""
    named: Named | None = row.named(said["what"])
    exact = named is not None and (named.by_place or named.targets.also or named.targets.words in row.titles)
    if named is None or named.pointed or not exact:
        return None
    return Intent(kind="select", targets=named.targets, confidence=0.9), named.targets


def centred(said: Mapping[str, str], row: Row) -> Made | None:
    """ "Middle of the pictures at 1.10 m"."""
    units = row.draft.vocabulary.table("units")
    if said["unit"] not in units:
        return None
    height_m = float(said["number"]) * float(units[said["unit"]])
    if not 0.3 <= height_m <= 4.0:
        return None
    wishes = Wishes(eye_height_m=round(min(max(height_m, 0.5), 3.0), 3))
    return Intent(kind="refine", wishes=wishes, keep_works=True, confidence=0.9), None
