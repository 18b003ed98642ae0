"""From one verdict to evidence: which matters the words are about, and the figures that were on show."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Any

import resources
from agent.hanging import gap_between_works_m
from agent.intent import Intent
from agent.learning.evidence import Evidence, Topic, Want
from scene.layouts.contract import Wishes
from scene.records import Placement
from scene.scene import Scene


@dataclass(frozen=True)
class Reason:
    """What some phrases complain of."""

    topic: Topic
    want: Want
    say: tuple[str, ...]


@dataclass(frozen=True)
class Reasons:
    """The phrases that are understood as reasons, and those that can be pressed."""

    chips: tuple[str, ...]
    reasons: tuple[Reason, ...]
    subject: tuple[str, ...]
    """Phrases that say that a work shows the wrong thing, so that its tags are to blame."""


@dataclass(frozen=True)
class Verdict:
    """What was decided of a proposal, where, and over which scene as it was shown."""

    verdict: str
    shown: Scene
    scene_id: str
    project_id: str
    turn_id: str
    at: str
    reason: str = ""
    about: tuple[str, ...] = ()
    """Placements that the verdict is about; empty for the whole proposal."""
    intent: Intent | None = None
    """What was asked for, for what an approval confirms."""
    learnt: Collection[str] = ()
    """Topics that a preference had decided: approving those confirms nothing new."""


@lru_cache(maxsize=1)
def known_reasons() -> Reasons:
    """The phrases as shipped."""
    plain = json.loads((resources.folder("learning") / "reasons.json").read_text(encoding="utf-8"))
    reasons = tuple(Reason(r["topic"], r["want"], tuple(r["say"])) for r in plain["reasons"])
    return Reasons(tuple(plain["chips"]), reasons, tuple(plain["subject"]))


def meant_by(said: str, reasons: Reasons) -> list[Reason]:
    """What the words complain of; the longest phrase that a reason has counts once."""
    words = " " + " ".join(re.findall(r"[\w'’]+", said.casefold().replace("’", "'"))) + " "
    return [reason for reason in reasons.reasons if any(f" {phrase} " in words for phrase in reason.say)]


def blames_subject(said: str, reasons: Reasons) -> bool:
    """Whether the words say that a work shows the wrong thing."""
    return any(phrase in said.casefold() for phrase in reasons.subject)


def evidence_in(verdict: Verdict, reasons: Reasons | None = None) -> list[Evidence]:
    """Everything that one verdict says. A rejection without words says only which single works were not wanted."""
    known = reasons or known_reasons()
    if verdict.verdict == "approved":
        return _confirmed(verdict)
    meant = meant_by(verdict.reason, known)
    found = [_complaint(verdict, reason) for reason in meant if reason.topic not in ("theme", "avoid")]
    found += [_made(verdict, "theme", "not", text=_theme(verdict)) for r in meant if r.topic == "theme"]
    only_figures = bool(meant) and all(reason.topic not in ("avoid",) for reason in meant)
    if not only_figures:
        found += [_unwanted(verdict, work) for work in _works(verdict)]
    return found


def tag_evidence(verdict: Verdict, tags: Mapping[str, Sequence[str]], kept: Collection[str]) -> list[Evidence]:
    """Tags that works rejected for their subject have and no work that stayed has; `tags` is by asset id."""
    if verdict.verdict != "rejected" or not blames_subject(verdict.reason, known_reasons()):
        return []
    fine = {tag.casefold() for asset_id in kept for tag in tags.get(asset_id, ())}
    rows = [(work, tag) for work in _works(verdict) for tag in tags.get(work.asset_id, ())]
    blamed = [(work, tag) for work, tag in rows if tag.casefold() not in fine]
    return [_made(verdict, "avoid_tag", "not", text=tag, extra=f"{work.asset_id[:16]}:{tag}") for work, tag in blamed]


def _works(verdict: Verdict) -> list[Placement]:
    return [work for i in verdict.about if isinstance(work := verdict.shown.get(i), Placement)]


def _complaint(verdict: Verdict, reason: Reason) -> Evidence:
    return _made(verdict, reason.topic, reason.want, value=_shown(verdict)[reason.topic])


def _unwanted(verdict: Verdict, work: Placement) -> Evidence:
    name = work.title or work.asset_id[:12]
    return _made(verdict, "avoid", "not", text=work.asset_id, name=name, extra=work.asset_id[:32])


def _confirmed(verdict: Verdict) -> list[Evidence]:
    """What was said outright and then approved."""
    intent = verdict.intent
    if intent is None or verdict.about:
        return []
    wishes = intent.wishes
    said: dict[Topic, float | None] = {
        "gap_m": wishes.gap_m,
        "scale": wishes.scale,
        "eye_height_m": wishes.eye_height_m,
        "light": verdict.shown.theme.light if intent.light is not None else None,
    }
    found = [
        _made(verdict, topic, "this", value=value)
        for topic, value in said.items()
        if value is not None and topic not in verdict.learnt
    ]
    if intent.theme and "theme" not in verdict.learnt:
        found.append(_made(verdict, "theme", "this", text=intent.theme))
    return found


def _made(verdict: Verdict, topic: Topic, want: Want, *, extra: str = "", **parts: Any) -> Evidence:
    return Evidence(
        id=f"{verdict.turn_id or verdict.at}:{topic}:{want}{':' if extra else ''}{extra}"[:200],
        topic=topic,
        want=want,
        verdict="approved" if verdict.verdict == "approved" else "rejected",
        said=verdict.reason[:400],
        scene_id=verdict.scene_id,
        project_id=verdict.project_id,
        turn_id=verdict.turn_id,
        at=verdict.at,
        **parts,
    )


def _theme(verdict: Verdict) -> str:
    return verdict.shown.theme.theme


def _shown(verdict: Verdict) -> dict[Topic, float | None]:
    """The figures that the scene shows; None where it has none."""
    scene = verdict.shown
    works = scene.placements
    heights = [work.position_m[1] for work in works]
    return {
        "gap_m": gap_between_works_m(scene),
        "scale": _wishes(scene).scale or 1.0,
        "eye_height_m": median(heights) if heights else None,
        "count": float(len(works)) if works else None,
        "light": scene.theme.light,
        "detail": 1.0,
    }


def _wishes(scene: Scene) -> Wishes:
    try:
        return Wishes.model_validate_json(scene.arrangement.wishes_json) if scene.arrangement else Wishes()
    except ValueError:
        return Wishes()
