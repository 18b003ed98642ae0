"""Wishes about where one work hangs with regard to another: moved into place before hanging, checked after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scene.layouts.building import BuiltRoom
from scene.layouts.contract import Relation, Work
from scene.layouts.geometry import OPPOSITE, WallLine
from scene.layouts.lineup import LineUp, hero_wall
from scene.layouts.said import Quoted, Said, SaidId, Term, said
from scene.layouts.sequence import named
from scene.records import Placement

_WISHES: dict[str, SaidId] = {
    "opposite": "wish.opposite", "beside": "wish.beside", "same_wall": "wish.same_wall", "on_wall": "wish.on_wall",
    "hero": "wish.hero", "first": "wish.first", "last": "wish.last",
}  # fmt: skip
PLACES = ("windows", "entrance", "back", "front", "left", "right", "hero", "main")
"""What a wish may name that is no work."""
NEAR_ENTRANCE_M = 4.0


@dataclass
class Mover:
    """Moves works between the places of the line-ups; a work that was moved for one wish stays for the next."""

    lined: Sequence[LineUp]
    locked: set[int] = field(default_factory=set)

    def satisfy(self, relations: Sequence[Relation], works: Sequence[Work], sequence: Sequence[int]) -> None:
        """Move what the relations ask for as far as places can be exchanged."""
        index = {works[i].asset_id: i for i in reversed(sequence)}
        for relation in relations:
            work = index.get(relation.asset_id)
            if work is None or relation.how in ("hero", "first", "last"):
                continue
            goal = self._goal(relation, work, index.get(relation.to))
            if goal is not None and goal[0].plan.windows != goal[1]:
                self._move(work, *goal)
            self.locked |= {work} | ({index[relation.to]} if relation.to in index else set())

    def _home(self, work: int) -> LineUp:
        return next(one for one in self.lined if one.where(work) is not None)

    def _goal(self, relation: Relation, work: int, to: int | None) -> tuple[LineUp, str, int] | None:
        home = self._home(to if to is not None else work)
        if to is not None:
            wall, place = home.where(to) or ("back", 0)
            count = len(home.walls[wall])
            if relation.how == "opposite":
                across = OPPOSITE[wall]
                there = len(home.walls[across])
                share = 0.5 if count < 2 else (count - 1 - place) / (count - 1)
                return home, across, round(share * max(0, there - 1))
            if home.where(work) is not None and home.where(work) == (wall, place):
                return None
            return self._beside(home, wall, place, work)
        asked = _wall_word(relation.to)
        first = self.lined[0] if asked == "entrance" else home
        reference = {"entrance": first.plan.entry, "windows": first.plan.windows}.get(asked)
        if asked == "windows" and reference is None:
            first = next((one for one in self.lined if one.plan.windows), first)
            reference = first.plan.windows
        if reference is not None and relation.how == "opposite":
            goal = OPPOSITE[reference]
            return first, goal, len(first.walls[goal]) // 2
        if reference is not None and asked == "windows":
            corner = next(n for n in ("back", "left", "front", "right") if n not in (reference, OPPOSITE[reference]))
            return first, corner, 0 if reference == "left" else max(0, len(first.walls[corner]) - 1)
        found = (first, reference) if reference is not None else _wall_of(asked, self.lined, home)
        if found is None or found[0].plan.windows == found[1]:
            return None
        return found[0], found[1], len(found[0].walls[found[1]]) // 2

    def _beside(self, home: LineUp, wall: str, place: int, work: int) -> tuple[LineUp, str, int]:
        row = home.walls[wall]
        sides = [k for k in (place + 1, place - 1) if 0 <= k < len(row)]
        if any(row[k] == work for k in sides):
            return home, wall, row.index(work)
        free = [k for k in sides if row[k] not in self.locked and row[k] != home.hero]
        return home, wall, free[0] if free else -(place + 2)

    def _move(self, work: int, room: LineUp, wall: str, place: int) -> None:
        """Exchange with the work at the place; put in between when nobody there may leave."""
        old = self._home(work)
        old_wall, old_place = old.where(work) or (wall, 0)
        row = room.walls[wall]
        if place >= 0 and place < len(row):
            near = sorted(range(len(row)), key=lambda k: abs(k - place))
            other = next((k for k in near if row[k] not in self.locked and row[k] != work), None)
            if (old, old_wall, old_place) == (room, wall, place):
                return
            if other is not None:
                old.walls[old_wall][old_place], row[other] = row[other], work
                return
        old.walls[old_wall].remove(work)
        row.insert(min(len(row), max(0, -place - 1 if place < 0 else place)), work)


def _wall_word(words: str) -> str:
    asked = words.casefold().removeprefix("the ").removesuffix(" wall").strip()
    return {"window": "windows", "door": "entrance", "entry": "entrance"}.get(asked, asked)


def _wall_of(asked: str, lined: Sequence[LineUp], home: LineUp) -> tuple[LineUp, str] | None:
    if asked in home.walls:
        return home, asked
    if asked in ("hero", "main"):
        return home, hero_wall(home.plan)
    for k, one in enumerate(lined, 1):
        for name in one.walls:
            if asked == f"room-{k}-{name}":
                return one, name
    return None


def unmet_relations(
    relations: Sequence[Relation],
    works: Sequence[Work],
    hung: Sequence[Placement],
    rooms: Sequence[BuiltRoom],
    hero: str | None,
) -> list[Said]:
    """A message for each relation that does not hold among the hung works; judged from where they hang."""
    found = {placement.asset_id: placement for placement in reversed(hung)}
    walls = {wall.id: wall for room in rooms for wall in room.walls.values()}
    unmet = []
    for relation in relations:
        here = found.get(relation.asset_id)
        if here is None:
            why: Said | None = said("why.absent")
        else:
            why = _why_not(relation, here, found.get(relation.to), hung, rooms, walls, hero)
        if why is not None:
            unmet.append(said("relation", wish=wish_of(relation, works), why=why))
    return unmet


def wish_of(relation: Relation, works: Sequence[Work]) -> Said:
    """What was wished of the work."""
    who = named(works, relation.asset_id)
    if relation.how in ("hero", "first", "last"):
        return said(_WISHES[relation.how], who=who)
    to_work = any(work.asset_id == relation.to for work in works)
    whom = named(works, relation.to) if to_work else _place(relation.to)
    return said(_WISHES[relation.how], who=who, whom=whom)


def _place(words: str) -> Term | Quoted:
    asked = _wall_word(words)
    return Term("place", asked) if asked in PLACES else Quoted(words[:80])


def _why_not(
    relation: Relation,
    here: Placement,
    there: Placement | None,
    hung: Sequence[Placement],
    rooms: Sequence[BuiltRoom],
    walls: Mapping[str, WallLine],
    hero: str | None,
) -> Said | None:
    if relation.how == "hero":
        return None if here.asset_id == hero else said("why.taken")
    if relation.how in ("first", "last"):
        ends = sorted(hung, key=lambda p: p.order)
        return None if here is ends[0 if relation.how == "first" else -1] else said("why.taken")
    wall = walls.get(here.wall_id or "")
    if wall is None:
        return said("why.no_wall")
    if there is not None:
        return _why_not_to_work(relation.how, here, there, hung, walls)
    return _why_not_to_feature(relation.how, _wall_word(relation.to), here, wall, rooms)


def _why_not_to_work(
    how: str, here: Placement, there: Placement, hung: Sequence[Placement], walls: Mapping[str, WallLine]
) -> Said | None:
    wall, other = walls[here.wall_id or ""], walls.get(there.wall_id or "")
    if other is None:
        return said("why.other_no_wall")
    if how == "opposite":
        if wall.room_id != other.room_id or OPPOSITE.get(wall.name) != other.name:
            return said("why.across")
        apart = abs(other.offset_of(here.position_m[0], here.position_m[2]) - _along(other, there))
        near = (here.size_m[0] + there.size_m[0]) / 2
        return None if apart <= near else said("why.apart", apart=float(apart))
    if wall.id != other.id:
        return said("why.wall")
    if how == "beside":
        one, two = sorted((_along(wall, here), _along(wall, there)))
        between = [p for p in hung if p.wall_id == wall.id and one < _along(wall, p) < two]
        return said("why.between") if between else None
    return None


def _why_not_to_feature(
    how: str, asked: str, here: Placement, wall: WallLine, rooms: Sequence[BuiltRoom]
) -> Said | None:
    room = next(room for room in rooms if room.room.id == wall.room_id)
    use = {"windows": "window", "entrance": "entrance"}.get(asked)
    if use is None:
        ok = asked in (wall.id.casefold(), wall.name.casefold())
        known = {w.name.casefold() for r in rooms for w in r.walls.values()} | {
            w.id.casefold() for r in rooms for w in r.walls.values()
        }
        if ok:
            return None
        return said("why.full") if asked in known else said("why.nowhere", what=Quoted(asked[:80]))
    names = {w.name for o in room.openings if o.use == use for w in room.walls.values() if w.id == o.wall_id}
    if not names:
        return said("why.no_window" if use == "window" else "why.no_entrance")
    if how == "opposite":
        return None if wall.name in {OPPOSITE[name] for name in names} else said("why.across")
    if how in ("on_wall", "same_wall"):
        return None if wall.name in names else said("why.empty_wall")
    feature = [o for o in room.openings if o.use == use]
    near = min(_apart(here, room, o.wall_id, o.offset_m + o.width_m / 2) for o in feature)
    return None if near <= NEAR_ENTRANCE_M else said("why.away", away=float(near))


def _along(wall: WallLine, placement: Placement) -> float:
    return wall.offset_of(placement.position_m[0], placement.position_m[2])


def _apart(here: Placement, room: BuiltRoom, wall_id: str, offset_m: float) -> float:
    wall = next(w for w in room.walls.values() if w.id == wall_id)
    x, _, z = wall.point(offset_m, 0.0)
    return float(((here.position_m[0] - x) ** 2 + (here.position_m[2] - z) ** 2) ** 0.5)
