"""What has been decided of a proposal: kept, left out, waiting, and the lines that verdicts leave."""

from dataclasses import replace

from scene.approval import leave_out
from scene.operations import approve
from scene.records import Placement
from scene.scene import Scene
from tests.ui.samples import make_proposal
from ui.floating.proposal_bar import Decided
from ui.wiring.verdicts import Verdicts, approved_words, proposed_works, rejected_words


def test_kept_works_are_counted_until_they_are_undone() -> None:
    verdicts, whole = Verdicts(), make_proposal()
    assert verdicts.of(whole, Scene()) == Decided()
    part = approve(whole, Scene(), {"work-1", "work-2"})
    assert part.rest is not None
    kept = part.change.apply_to(Scene())
    assert verdicts.of(part.rest, kept) == Decided(kept=2)
    assert verdicts.of(part.rest, Scene()) == Decided()
    assert verdicts.of(replace(part.rest, id="another"), kept) == Decided()


def test_works_left_out_are_counted_apart() -> None:
    verdicts, whole = Verdicts(), make_proposal()
    verdicts.of(whole, Scene())
    rest = leave_out(whole, Scene(), {"work-0"})
    assert rest is not None
    verdicts.left_out({"work-0"})
    assert verdicts.of(rest, Scene()) == Decided(dropped=1)


def test_only_works_of_the_proposal_count() -> None:
    assert proposed_works(make_proposal(), {"work-1", "room-1", "elsewhere"}) == {"work-1"}
    assert proposed_works(None, {"work-1"}) == frozenset()


def test_the_lines_that_verdicts_leave() -> None:
    whole = make_proposal()
    part = approve(whole, Scene(), {"work-1"})
    assert approved_words(whole, part.rest) == "Approved 1 of 6 works: Neon gallery"
    assert approved_words(whole, None) == "Approved: Neon gallery, 6 works"
    assert approved_words(replace(whole, title="Neon, 6 works"), None) == "Approved: Neon, 6 works"
    for title in ("Neon, 6 Werke", "Neon, 6 œuvres", "Neon, 作品6点", "Neon, 1,006 obras", "Neon, 6件作品"):
        assert approved_words(replace(whole, title=title), None) == "Approved: Neon, 6 works", title
    assert approved_words(replace(whole, title="Neon, 24 works"), part.rest) == "Approved 1 of 6 works: Neon"
    assert rejected_words(whole, " too blue ") == "Rejected: Neon gallery — too blue"
    assert all(isinstance(work, Placement) for work in whole.works)
