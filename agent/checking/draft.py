"""Looks at a draft before it is proposed: what breaks a rule is repaired where that is sure, else named."""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.checking.respacing import respaced
from agent.wording import curled, quoted
from scene.broken_rule import BrokenRule
from scene.change import SceneChange
from scene.operations import OperationRefused, remove
from scene.records import Placement
from scene.rules import broken_rules
from scene.scene import Scene

_ROUNDS = 3
_MOST_NAMED = 5
_MOST_RESPACED = 20


@dataclass(frozen=True)
class Checked:
    """The draft after repairs, what was taken off, and what is wrong but was asked for."""

    scene: Scene
    taken_off: tuple[tuple[str, str], ...] = ()
    """Title and why."""
    named: tuple[str, ...] = ()
    respaced: tuple[str, ...] = ()
    """What was moved or hung smaller so that it breaks no rule, in words."""


def checked(before: Scene, draft: Scene, *, by_hand: bool) -> Checked:
    """Check what the turn made of `before`; `by_hand` says that single works were moved as the words asked.

    Pins are put back. A work that a layout hung against the rules gets room beside the others, else comes off the
    wall; one that an edit moved stays where the words wanted it, and the broken rule is named. What was broken before
    the turn is left alone.
    """
    draft = _with_pins(before, draft)
    taken_off: list[tuple[str, str]] = []
    moved: list[str] = []
    broken = _new_rules(before, draft)
    for _ in range(_ROUNDS):
        if not broken or by_hand:
            break
        going = _offenders(before, draft, broken)
        if not going:
            break
        draft, going = _with_room(draft, going, moved)
        taken_off += [(work.title or work.asset_id[:12], curled(why)) for work, why in going.values()]
        draft = _without(draft, going) if going else draft
        broken = _new_rules(before, draft)
    named = [curled(rule.words) for rule in broken[:_MOST_NAMED]]
    if len(broken) > _MOST_NAMED:
        named.append(f"{len(broken) - _MOST_NAMED} more of the kind")
    return Checked(draft, tuple(taken_off), tuple(named), tuple(moved))


def _new_rules(before: Scene, draft: Scene) -> list[BrokenRule]:
    broken = broken_rules(draft)
    if not broken:
        return []
    known = {(rule.rule, rule.ids) for rule in broken_rules(before)}
    return [rule for rule in broken if (rule.rule, rule.ids) not in known]


def _with_pins(before: Scene, draft: Scene) -> Scene:
    """The draft with every pinned work exactly as it was; only its pin may have been taken off."""
    moved = {}
    for work in before.all(Placement):
        now = draft.get(work.id)
        if work.pinned and (now is None or (isinstance(now, Placement) and now.pinned and _place(now) != _place(work))):
            moved[work.id] = work
    return Scene({**draft.records, **moved}) if moved else draft


def _place(work: Placement) -> tuple[object, ...]:
    return (work.position_m, work.rotation, work.size_m, work.asset_id)


def _offenders(before: Scene, draft: Scene, broken: list[BrokenRule]) -> dict[str, tuple[Placement, str]]:
    """For each broken rule one work that this turn hung and that is not pinned."""
    going: dict[str, tuple[Placement, str]] = {}
    for rule in broken:
        works = [record for i in rule.ids if isinstance(record := draft.get(i), Placement)]
        ours = [work for work in works if not work.pinned and before.get(work.id) != work]
        if ours and not any(work.id in going for work in works):
            last = max(ours, key=lambda work: work.order)
            going[last.id] = (last, rule.words)
    return going


def _with_room(
    draft: Scene, going: Mapping[str, tuple[Placement, str]], moved: list[str]
) -> tuple[Scene, dict[str, tuple[Placement, str]]]:
    """The draft with those works that found room beside the others; the rest must go."""
    left = dict(going)
    for work, _ in list(going.values())[:_MOST_RESPACED]:
        found = respaced(draft, work)
        if found is not None:
            draft, told = found
            moved.append(f"{quoted(work.title or 'a work')} {told}, to keep clear")
            del left[work.id]
    return draft, left


def _without(draft: Scene, going: Mapping[str, object]) -> Scene:
    try:
        return remove(draft, list(going)).apply_to(draft)
    except OperationRefused:
        return draft


def change_between(before: Scene, draft: Scene) -> SceneChange:
    """What the turn proposes."""
    return SceneChange.between(before, draft)
