"""All checks on what a turn is about to propose: works, then hanging; what fails is repaired, else named."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from agent.checking.closing_up import closed_up
from agent.checking.draft import checked
from agent.checking.judging import judged
from agent.checking.repairing import Repaired, Spares, repaired
from agent.checking.works import (
    DEMANDS,
    Finding,
    off_the_point,
    relevance_in_words,
    with_reasons,
    works_amiss,
)
from agent.desk import Desk
from agent.learning.applying import detail_wanted
from agent.phrases import Phrases
from agent.ports.errors import PortError
from agent.ports.library import Asset, Hit
from agent.ports.models import Models, NoModel
from agent.ports.money import CapReached
from agent.ports.pictures import Pictures
from agent.refining import base_wishes
from scene.records import Placement
from scene.scene import Scene

_MOST_LOOKED_AT = 200
_SMALL_PX = 256
_MOST_TOLD = 3
_PATIENCE_S = 0.15
"""How long the check waits for renditions of new works; one that has not come by then is not held against a work."""
_HERO_AREA = 1.2
"""A hero is at least so much larger than the next."""
_MOST_JUDGED_OUT = 0.25
"""A model may send away so much of a show; beyond that it is the model's judgement that is in doubt."""


@dataclass(frozen=True)
class Examiner:
    """What checks may use beyond metadata: pixels, and a model's judgement; either may be absent."""

    pictures: Pictures | None = None
    models: Models | None = None


Looking = Callable[[Literal["running", "done", "skipped"], str], None]
"""Told when a model begins to look at pictures, and what came of it."""


async def check_result(
    desk: Desk, examiner: Examiner | None = None, looking: Looking = lambda state, result: None
) -> None:
    """Check and repair the draft on the desk; the receipt's notes, unmet wishes and works left out grow."""
    if desk.scene is desk.context.scene:
        return
    by_hand = desk.intent.kind == "edit"
    desk.scene = sized_as_shown(desk)
    works = newly_hung(desk)
    if works:
        await _check_works(desk, works, examiner or Examiner(), by_hand, looking)
    found = await asyncio.to_thread(checked, desk.context.scene, desk.scene, by_hand=by_hand)
    desk.scene = found.scene
    desk.unplaced += found.taken_off
    desk.unmet += found.named
    desk.notes += found.respaced[:_MOST_TOLD]


def newly_hung(desk: Desk) -> list[Placement]:
    """The works that this turn hung or made larger; pinned ones and those that only moved are not looked at."""
    before = desk.context.scene
    found: list[Placement] = []
    for work in desk.scene.placements:
        old = before.get(work.id)
        same = isinstance(old, Placement) and old.asset_id == work.asset_id
        larger = isinstance(old, Placement) and max(work.size_m) > max(old.size_m) * 1.001
        if not work.pinned and (not same or larger):
            found.append(work)
    return found


def sized_as_shown(desk: Desk) -> Scene:
    """With a wish for larger or smaller works: each by that factor of the size that it is shown at.

    A layout knows nothing of works that were hung smaller to look sharp.
    """
    asked, before = desk.intent.wishes.scale, desk.context.scene
    if asked is None or desk.intent.kind != "refine":
        return desk.scene
    factor = asked / (base_wishes(desk.context).scale or 1.0)
    sized: dict[str, Placement] = {}
    for work in desk.scene.placements:
        old = before.get(work.id)
        if isinstance(old, Placement) and old.asset_id == work.asset_id and work.size_m[0] > old.size_m[0] * factor:
            width_m, height_m = (max(round(side * factor, 4), 0.02) for side in old.size_m)
            sized[work.id] = work.but(size_m=(width_m, height_m))
    return Scene({**desk.scene.records, **sized}) if sized else desk.scene


def _with_a_hero(scene: Scene, desk: Desk) -> Scene:
    """The work that was asked for as the hero stays the largest, whatever was made smaller to look sharp."""
    asked = {r.asset_id for r in base_wishes(replace(desk.context, scene=scene)).relations if r.how == "hero"}
    hero = next((work for work in scene.placements if work.asset_id in asked and not work.pinned), None)
    drafted = desk.scene.get(hero.id) if hero is not None else None
    if hero is None or not isinstance(drafted, Placement):
        return scene
    largest = max((w.size_m[0] * w.size_m[1] for w in scene.placements if w.id != hero.id), default=0.0)
    factor = (largest * _HERO_AREA / (hero.size_m[0] * hero.size_m[1])) ** 0.5
    factor = min(factor, drafted.size_m[0] / hero.size_m[0])
    if factor <= 1.0:
        return scene
    size_m = (round(hero.size_m[0] * factor, 4), round(hero.size_m[1] * factor, 4))
    return Scene({**scene.records, hero.id: hero.but(size_m=size_m)})


def _as_large_as_before(finding: Finding, before: Scene) -> Finding:
    """A work that was shown larger than sharp, as somebody wished, is not made smaller than it was."""
    old = before.get(finding.work.id)
    if finding.what != "pixels" or not isinstance(old, Placement) or old.asset_id != finding.work.asset_id:
        return finding
    return replace(finding, shrink=min(max(finding.shrink, old.size_m[0] / finding.work.size_m[0]), 1.0))


async def _check_works(
    desk: Desk, works: Sequence[Placement], examiner: Examiner, by_hand: bool, looking: Looking
) -> None:
    hits = _hits(desk)
    assets = await _assets(desk, hits)
    if assets is None:
        desk.unmet.append(desk.tell.say("check.unchecked"))
        return
    intent, context = desk.intent, desk.context
    by_id = {hit.asset.id: hit for hit in hits}
    reasoned = {work.id: work for work in with_reasons(works, by_id)}
    if reasoned:
        desk.scene = Scene({**desk.scene.records, **reasoned})
        works = [reasoned.get(work.id, work) for work in works]
    if intent.quality == "high" and (words := relevance_in_words(works, desk.tell)):
        desk.notes.append(words)
    demand = DEMANDS[intent.quality or "standard"] * detail_wanted(context.preferences)
    ids = {work.id for work in works}
    others = [work for work in desk.scene.placements if work.id not in ids]
    findings = works_amiss(works, assets, others, rules=context.house_rules, demand=demand, tell=desk.tell)
    findings = [_as_large_as_before(finding, context.scene) for finding in findings]
    wrong = {finding.work.id for finding in findings}
    if not intent.widen and intent.kind == "create":
        findings += off_the_point([work for work in works if work.id not in wrong], by_id, desk.tell)
    wrong = {finding.work.id for finding in findings}
    findings += await _looked_at([w for w in works if w.id not in wrong], assets, desk, examiner, looking)
    if not findings:
        return
    as_asked = by_hand or intent.wishes.scale is not None
    spares = Spares(_spare_hits(desk, hits), desk.scene, assets, context.house_rules, demand)
    outcome = await asyncio.to_thread(repaired, desk.scene, findings, spares, by_hand=as_asked, tell=desk.tell)
    outcome.scene = _with_a_hero(outcome.scene, desk)
    gap_m = base_wishes(replace(context, scene=desk.scene)).gap_m
    if gap_m is not None and not by_hand:
        outcome.scene = await asyncio.to_thread(closed_up, outcome.scene, gap_m)
    _lay(outcome, desk)


def _lay(outcome: Repaired, desk: Desk) -> None:
    desk.scene = outcome.scene
    desk.notes += outcome.notes
    desk.unmet += outcome.named
    desk.unplaced += outcome.taken_off


def _hits(desk: Desk) -> list[Hit]:
    found = [hit for values in desk.results.values() for hit in values.get("hits", ()) if isinstance(hit, Hit)]
    return list({hit.asset.id: hit for hit in found}.values())


def _spare_hits(desk: Desk, hits: Sequence[Hit]) -> list[Hit]:
    """What may come in place of a work: nothing new where the works were said to stay."""
    if desk.intent.only_shown or desk.intent.keep_works or desk.intent.widen:
        return []
    barred = set(desk.intent.query.without_asset_ids)
    return [hit for hit in hits if hit.asset.id not in barred]


async def _assets(desk: Desk, hits: Sequence[Hit]) -> Mapping[str, Asset] | None:
    """What is known of every work on show; None when the library cannot say."""
    known = {hit.asset.id: hit.asset for hit in hits}
    for values in desk.results.values():
        known |= {hit.asset.id: hit.asset for hit in values.get("works", ()) if isinstance(hit, Hit)}
    unknown = tuple(dict.fromkeys(w.asset_id for w in desk.scene.placements if w.asset_id not in known))
    if unknown:
        try:
            known |= {asset.id: asset for asset in await desk.library.assets(unknown)}
        except PortError:
            return None
    return known


async def _looked_at(
    works: Sequence[Placement], assets: Mapping[str, Asset], desk: Desk, examiner: Examiner, looking: Looking
) -> list[Finding]:
    """Works whose pictures cannot be read, and, with a model, those that should not hang."""
    quality = desk.intent.quality or "standard"
    if examiner.pictures is None or quality == "draft":
        return []
    unreadable = await _unreadable(works[:_MOST_LOOKED_AT], examiner.pictures, desk.tell)
    if examiner.models is None or quality != "high":
        return unreadable
    gone = {finding.work.id for finding in unreadable}
    readable = [work for work in works if work.id not in gone]
    looking("running", "")
    before = len(desk.notes)
    out = await _judged_out(readable, assets, desk, examiner.models, examiner.pictures)
    told = desk.notes[before:]
    looking("done" if told else "skipped", "; ".join(told))
    return [*unreadable, *out]


async def _unreadable(works: Sequence[Placement], pictures: Pictures, tell: Phrases) -> list[Finding]:
    tasks = {work.id: asyncio.ensure_future(pictures.picture(work.asset_id, _SMALL_PX)) for work in works}
    if not tasks:
        return []
    _, late = await asyncio.wait(tasks.values(), timeout=_PATIENCE_S)
    for task in late:
        task.cancel()
    done = [work for work in works if tasks[work.id] not in late and tasks[work.id].exception() is None]
    unreadable = [work for work in done if not tasks[work.id].result()]
    if len(unreadable) > max(1, len(done) // 2):
        return []  # it is the way to the pictures that is broken, and whoever draws them will tell
    return [Finding(work, "unreadable", tell.say("check.unreadable")) for work in unreadable]


async def _judged_out(
    works: Sequence[Placement], assets: Mapping[str, Asset], desk: Desk, models: Models, pictures: Pictures
) -> list[Finding]:
    try:
        found = await judged(works, assets, desk.intent, desk.context, models, pictures)
    except NoModel:
        desk.unmet.append(desk.tell.say("check.no_model"))
        return []
    except CapReached as cap:
        desk.unmet.append(desk.tell.say("check.capped", why=f"{cap}. {cap.way_on}".rstrip(".")))
        return []
    out = [one for one in found if not one.judgement.may_hang]
    if len(out) > max(1, len(works) * _MOST_JUDGED_OUT):
        desk.unmet.append(desk.tell.say("check.too_many", n=len(out), works=desk.tell.works(len(works))))
        return []
    weak = sum(one.judgement.relevance < 0.3 for one in found)
    if not found:
        desk.unmet.append(desk.tell.say("check.silent"))
        return []
    looked = desk.tell.works(len(found))
    desk.notes.append(desk.tell.say("check.looked.weak" if weak else "check.looked", works=looked, n=weak))
    why = [desk.tell.say("check.judged", why=one.judgement.why[:120]) for one in out]
    return [Finding(one.work, "judged", words) for one, words in zip(out, why, strict=True)]
