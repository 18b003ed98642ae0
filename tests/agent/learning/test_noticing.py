"""What a verdict's words are about, with the figures of the scene that was shown."""

import pytest

from agent.intent import Intent
from agent.learning.noticing import Verdict, evidence_in, known_reasons, meant_by, tag_evidence
from scene.layouts.contract import Wishes
from scene.records import Placement
from scene.scene import Scene

WORKS = [
    Placement(id=f"w{n}", asset_id=f"a{n}", title=f"Work {n}", position_m=(n * 2.0, 1.5, 0.0), size_m=(1.0, 1.0))
    for n in range(4)
]
SHOWN = Scene.of(WORKS)


def verdict(kind: str = "rejected", reason: str = "", about: tuple[str, ...] = (), **more: object) -> Verdict:
    return Verdict(kind, SHOWN, "s", "p", "t1", "2026-01-01T00:00:00Z", reason, about, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("Too tight", {("gap_m", "more")}),
        ("they are much too close together and it's too dark!", {("gap_m", "more"), ("light", "more")}),
        ("too many works", {("count", "less")}),
        ("Bad quality", {("detail", "more")}),
        ("the tightrope walker is nice", set()),
        ("", set()),
    ],
)
def test_words_are_about_matters(said: str, topics: set[tuple[str, str]]) -> None:
    assert {(reason.topic, reason.want) for reason in meant_by(said, known_reasons())} == topics


def test_every_chip_is_understood_or_about_single_works() -> None:
    silent = {"Wrong arrangement"}
    assert {chip for chip in known_reasons().chips if not meant_by(chip, known_reasons())} == silent


def test_a_figure_is_the_one_that_was_on_show() -> None:
    found = evidence_in(verdict(reason="too many works"))
    assert [(e.topic, e.want, e.value) for e in found] == [("count", "less", 4.0)]


def test_single_works_rejected_without_a_reason_are_not_wanted() -> None:
    found = evidence_in(verdict(about=("w1", "w2", "unknown")))
    assert [(e.topic, e.text, e.name) for e in found] == [("avoid", "a1", "Work 1"), ("avoid", "a2", "Work 2")]


def test_works_rejected_for_how_they_hang_may_come_again() -> None:
    assert {e.topic for e in evidence_in(verdict(reason="too small", about=("w1",)))} == {"scale"}


def test_a_whole_proposal_rejected_without_words_teaches_nothing() -> None:
    assert evidence_in(verdict()) == []


def test_approval_confirms_what_was_said_and_not_what_was_learnt() -> None:
    intent = Intent(kind="create", theme="noir", wishes=Wishes(gap_m=1.2, scale=1.5))
    found = evidence_in(verdict("approved", intent=intent, learnt=("scale",)))
    assert {(e.topic, e.want, e.value) for e in found} == {("gap_m", "this", 1.2), ("theme", "this", None)}


def test_tags_are_to_blame_only_where_kept_works_do_not_have_them() -> None:
    tags = {"a1": ("neon", "city"), "a2": ("city",)}
    found = tag_evidence(verdict(reason="Wrong subject", about=("w1",)), tags, kept=("a2",))
    assert [e.text for e in found] == ["neon"]
    assert tag_evidence(verdict(reason="too small", about=("w1",)), tags, kept=()) == []
