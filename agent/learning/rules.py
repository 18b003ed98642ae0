"""From evidence to preferences: pure, so that the same verdicts always teach the same, and forgetting leaves nothing.

A figure that was "too little" is a floor, one that was "too much" a ceiling; of two that contradict each other the
newer one counts. Between them the rule is what was approved there, else a step beyond the complaint that grows with
how often it was made. A complaint about what the rule itself had given is one step more, not all of them once more.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median_low

from agent.learning.evidence import FIGURES, Evidence, Scope, Topic
from agent.learning.preference import Preference

STEP: dict[Topic, float] = {
    "gap_m": 1.3, "scale": 1.2, "eye_height_m": 1.06, "count": 1.4, "light": 1.25, "detail": 1.4,
}  # fmt: skip
"""How far beyond a complaint the rule goes, as a factor, for each time that it was made."""
LIMITS: dict[Topic, tuple[float, float]] = {
    "gap_m": (0.02, 10.0), "scale": (0.2, 5.0), "eye_height_m": (0.5, 3.0), "count": (1, 2_000), "light": (0.2, 3.0),
    "detail": (0.5, 4.0),
}  # fmt: skip
_MOST_STEPS = 3
_ENOUGH: dict[Scope, int] = {"here": 1, "project": 2, "always": 3}
"""How many verdicts of a kind make a rule of a scope; "always" also needs two projects."""
_TAGGED = 3
_SCOPES: tuple[Scope, ...] = ("here", "project", "always")


def preferences_of(evidence: Iterable[Evidence], fixed: Iterable[Preference] = ()) -> tuple[Preference, ...]:
    """All rules, the creator's own first; where the creator set one, nothing is learnt over it in that scope."""
    found = {_key(preference): preference for preference in fixed}
    for preference in _learnt(sorted(evidence, key=lambda e: (e.at, e.id))):
        found.setdefault(_key(preference), preference)
    return tuple(found.values())


def holding(preferences: Iterable[Preference], scene_id: str, project_id: str) -> tuple[Preference, ...]:
    """The rules that hold in a scene: of several about the same, the one with the narrowest scope."""
    where = {"here": scene_id, "project": project_id, "always": ""}
    found: dict[tuple[Topic, str], Preference] = {}
    for preference in sorted(preferences, key=lambda p: _SCOPES.index(p.scope)):
        if preference.where == where[preference.scope] and (preference.where or preference.scope == "always"):
            subject = preference.text if preference.topic in ("avoid", "avoid_tag") else ""
            found.setdefault((preference.topic, subject), preference)
    return tuple(found.values())


def preference_id(topic: Topic, scope: Scope, where: str, text: str = "") -> str:
    """The id of the rule about this in that place."""
    return ":".join(part for part in (scope, where, topic, text) if part)


def _key(preference: Preference) -> tuple[str, ...]:
    subject = preference.text if preference.topic in ("avoid", "avoid_tag") else ""
    return (preference.topic, preference.scope, preference.where, subject)


def _learnt(evidence: Sequence[Evidence]) -> Iterable[Preference]:
    groups: dict[tuple[Scope, str, Topic, str], list[Evidence]] = defaultdict(list)
    for one in evidence:
        subject = one.text if one.topic in ("avoid", "avoid_tag") else ""
        places: tuple[tuple[Scope, str], ...] = (("here", one.scene_id), ("project", one.project_id), ("always", ""))
        for scope, where in places:
            if where or scope == "always":
                groups[scope, where, one.topic, subject].append(one)
    for (scope, where, topic, subject), group in groups.items():
        made = _rule(topic, group, _ENOUGH[scope]) if _is_wide_enough(scope, group) else None
        if made is None:
            continue
        value, text, kept = made
        name = next((e.name for e in reversed(kept) if e.name), "")
        yield Preference(id=preference_id(topic, scope, where, subject), topic=topic, scope=scope, where=where,
                         value=value, text=text, name=name, evidence=tuple(kept))  # fmt: skip


def _is_wide_enough(scope: Scope, group: Sequence[Evidence]) -> bool:
    return scope != "always" or len({e.project_id for e in group}) > 1


def _rule(topic: Topic, group: Sequence[Evidence], enough: int) -> tuple[float | None, str, list[Evidence]] | None:
    if topic in FIGURES:
        return _figure(topic, group, enough)
    if topic == "theme":
        return _favourite(group, max(enough, 2))
    against = [e for e in group if e.want == "not"]
    fond = len(group) - len(against)
    if len(against) < max(enough, _TAGGED if topic == "avoid_tag" else 1) or len(against) <= fond:
        return None
    return None, against[-1].text, against


@dataclass
class _Bounds:
    """Complaints that do not contradict each other: figures that were too little, and that were too much."""

    floors: list[float] = field(default_factory=list)
    ceilings: list[float] = field(default_factory=list)

    @property
    def floor(self) -> float | None:
        return max(self.floors, default=None)

    @property
    def ceiling(self) -> float | None:
        return min(self.ceilings, default=None)


def _figure(topic: Topic, group: Sequence[Evidence], enough: int) -> tuple[float, str, list[Evidence]] | None:
    known = [e for e in group if e.value is not None]
    complaints = [e for e in known if e.want in ("more", "less")]
    chosen = [e for e in known if e.want == "this"]
    if len(complaints) < enough:
        complaints = []
    if not complaints and len(chosen) < max(enough, 2):
        return None
    bounds = _bounds(complaints)
    liked = [e.value for e in chosen if e.value is not None and _between(e.value, bounds)]
    value = median_low(liked) if liked else _beyond(STEP[topic], bounds)
    low, high = LIMITS[topic]
    value = min(max(value, low), high)
    return (round(value) if topic == "count" else round(value, 2)), "", complaints or chosen


def _bounds(complaints: Sequence[Evidence]) -> _Bounds:
    bounds = _Bounds()
    for one in reversed(complaints):
        assert one.value is not None
        if one.want == "more" and (bounds.ceiling is None or one.value < bounds.ceiling):
            bounds.floors.append(one.value)
        elif one.want == "less" and (bounds.floor is None or one.value > bounds.floor):
            bounds.ceilings.append(one.value)
    return bounds


def _between(value: float, bounds: _Bounds) -> bool:
    above = bounds.floor is None or value > bounds.floor
    return above and (bounds.ceiling is None or value < bounds.ceiling)


def _beyond(step: float, bounds: _Bounds) -> float:
    floors, ceilings = bounds.floors, bounds.ceilings
    if floors and ceilings:
        low, high = max(floors), min(ceilings)
        return low + (high - low) * len(floors) / (len(floors) + len(ceilings))
    if floors:
        return max(at * step ** min(sum(one >= at for one in floors), _MOST_STEPS) for at in floors)
    return min(at / step ** min(sum(one <= at for one in ceilings), _MOST_STEPS) for at in ceilings)


def _favourite(group: Sequence[Evidence], enough: int) -> tuple[None, str, list[Evidence]] | None:
    """The theme that was chosen most often, if that is often enough, more than half the time, and not complained of."""
    chosen = [e for e in group if e.want == "this"]
    for text in dict.fromkeys(e.text for e in reversed(chosen)):
        fond = [e for e in chosen if e.text == text]
        against = sum(e.want == "not" and e.text == text for e in group)
        if len(fond) - against >= enough and 2 * len(fond) > len(chosen):
            return None, text, fond
    return None
