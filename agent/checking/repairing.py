"""Repairs of works that a check found wrong: the next best hit in their place, a smaller hang, or off the wall."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from agent.checking.works import Album, Finding, sharp_at
from agent.house_rules import HouseRules
from agent.offline.measures import stored_wishes
from agent.phrases import ENGLISH, Phrases, phrases
from agent.ports.library import Asset, Hit
from agent.works import values_of
from scene.change import SceneChange
from scene.layouts.contract import Column
from scene.operations import OperationRefused, remove
from scene.records import AnyRecord, Placement
from scene.scene import Scene

_HANG_SMALLER = 0.7
"""A work that is sharp at this share of its size hangs smaller; a softer one makes room for another."""
_SMALLEST = 0.35
_GOING = ("missing", "barred", "unreadable", "judged")
_MOST_NAMED = 3


@dataclass
class Repaired:
    """The draft after repairs, and what to say of them."""

    scene: Scene
    notes: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    """What is wrong and stays, since the words asked for it or nothing better is there."""
    taken_off: list[tuple[str, str]] = field(default_factory=list)
    """Title and why."""


@dataclass(frozen=True)
class _Place:
    """What a place in the show demands of a work besides its outline: its group, and its turn in time."""

    column: Column | None = None
    in_time: bool = False

    @staticmethod
    def of(scene: Scene) -> "_Place":
        """As the show was asked to be laid out."""
        wishes = stored_wishes(scene)
        timeline = scene.arrangement is not None and scene.arrangement.layout == "timeline"
        return _Place(wishes.group_by, timeline or wishes.order in ("newest", "oldest"))

    def suits(self, asset: Asset, former: Asset | None) -> bool:
        """Whether the asset may stand where the former one stood."""
        if former is None:
            return self == _Place()
        if self.in_time and asset.taken != former.taken:
            return False
        return self.column is None or values_of(asset).get(self.column) == values_of(former).get(self.column)


class Spares:
    """Hits that could take a work's place: they fit, do not hang yet, look different, and the house allows them."""

    def __init__(
        self, hits: Iterable[Hit], scene: Scene, assets: Mapping[str, Asset], rules: HouseRules | None, demand: float
    ) -> None:
        on_show = {work.asset_id for work in scene.placements}
        fitting = {hit.asset.id: hit for hit in hits if hit.fits and hit.asset.id not in on_show}
        self._hits = [hit for hit in fitting.values() if rules is None or not rules.forbids(hit.asset)]
        self._demand = demand
        self._assets, self._place = assets, _Place.of(scene)
        self._album = Album({**assets, **{hit.asset.id: hit.asset for hit in self._hits}})
        for work in scene.placements:
            self._album.add(work)

    def for_(self, work: Placement, why: str) -> Placement | None:
        """The best spare in this work's place, inside its outline; None when there is none."""
        for number, hit in enumerate(self._hits):
            asset = hit.asset
            if not self._place.suits(asset, self._assets.get(work.asset_id)):
                continue
            put = work.but(
                asset_id=asset.id,
                title=asset.title[:400],
                size_m=_inside(work.size_m, asset.width_px / asset.height_px),
                provenance=work.provenance.model_copy(
                    update={"score": hit.score, "reason": f"{hit.reason}; in place of “{work.title}”: {why}"[:400]}
                ),
            )
            if sharp_at(put, asset, self._demand) >= 1.0 and self._album.twin_of(asset.id) is None:
                del self._hits[number]
                self._album.add(put)
                return put
        return None


def _inside(size_m: tuple[float, float], aspect: float) -> tuple[float, float]:
    width_m = min(size_m[0], size_m[1] * aspect)
    return max(round(width_m, 4), 0.02), max(round(width_m / aspect, 4), 0.02)


def repaired(
    draft: Scene, findings: Sequence[Finding], spares: Spares, *, by_hand: bool, tell: Phrases | None = None
) -> Repaired:
    """Repair what was found. What hands or words put there stays and is named, unless it must not hang."""
    outcome = Repaired(draft)
    changed: dict[str, AnyRecord] = {}
    going: list[Placement] = []
    told: dict[str, list[str]] = {"exchanged": [], "smaller": []}
    for finding in findings:
        work, must_go = finding.work, finding.what in _GOING
        small = finding.what == "pixels" and work.wall_id is not None
        if by_hand and not must_go:
            outcome.named.append(f"{_name(work)}: {finding.why}")
        elif small and finding.shrink >= _HANG_SMALLER:
            changed[work.id] = _shrunk(work, finding.shrink)
            told["smaller"].append(_name(work))
        elif not by_hand and (put := spares.for_(work, finding.why)) is not None:
            changed[work.id] = put
            told["exchanged"].append(f"{_name(work)} ({finding.why})")
        elif must_go:
            going.append(work)
            outcome.taken_off.append((work.title or work.asset_id[:12], finding.why))
        elif small:
            changed[work.id] = _shrunk(work, max(finding.shrink, _SMALLEST))
            told["smaller"].append(_name(work))
        else:
            outcome.named.append(f"{_name(work)}: {finding.why}")
    outcome.notes += _told(told, tell or phrases(ENGLISH))
    outcome.named = _few(outcome.named, tell or phrases(ENGLISH))
    outcome.scene = _without(Scene({**draft.records, **changed}) if changed else draft, going)
    return outcome


def _shrunk(work: Placement, factor: float) -> Placement:
    size_m = (max(round(work.size_m[0] * factor, 4), 0.02), max(round(work.size_m[1] * factor, 4), 0.02))
    return work.but(size_m=size_m)


def _without(scene: Scene, going: Sequence[Placement]) -> Scene:
    if not going:
        return scene
    loose = {work.id: work.but(pinned=False) for work in going}
    unpinned = Scene({**scene.records, **loose})
    try:
        change: SceneChange = remove(unpinned, list(loose))
    except OperationRefused:
        return scene
    return change.apply_to(unpinned)


def _name(work: Placement) -> str:
    return f"“{work.title or work.asset_id[:12]}”"


def _told(told: Mapping[str, Sequence[str]], tell: Phrases) -> list[str]:
    return [
        tell.counted(f"repair.{how}", len(names), what=_listed(names, tell)) for how, names in told.items() if names
    ]


def _listed(parts: Sequence[str], tell: Phrases) -> str:
    more = len(parts) - _MOST_NAMED
    named = tell.say("list.comma").join(parts[:_MOST_NAMED])
    return tell.say("list.more", what=named, n=more) if more > 0 else named


def _few(named: Sequence[str], tell: Phrases) -> list[str]:
    more = len(named) - _MOST_NAMED
    return [*named[:_MOST_NAMED], tell.say("check.more", n=more)] if more > 0 else list(named)
