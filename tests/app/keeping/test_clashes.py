"""A clash stays on disk until somebody has chosen, whoever ends meanwhile; one program at a time offers it."""

import sqlite3
from pathlib import Path

import pytest

from app.keeping.journal import Journal, KeptScene
from app.keeping.journal_schema import VERSION
from app.keeping.outbox import Outbox
from scene.change import SceneChange
from scene.proposal import Proposal
from scene.scene import Scene
from tests.app.keeping.test_scene_keeper import Desk, adding, saved_elsewhere, work
from tests.app.keeping.test_seats import opened, saved


def offered(desk: Desk) -> Proposal | None:
    kept = desk.keeper.kept
    assert kept is not None
    return desk.keeper.clashes.next(kept, desk.keeper.store.scene)


def wanted_x_m(ghost: Proposal | None) -> dict[str, float]:
    assert ghost is not None
    return {i: after.position_m[0] for i, (_, after) in ghost.change.updated.items()}  # type: ignore[union-attr]


def move(desk: Desk, number: int, x_m: float) -> None:
    before = desk.keeper.store.scene.records[f"work-{number}"]
    desk.keeper.commit("Move", SceneChange(updated={before.id: (before, work(number, x_m))}))


@pytest.fixture
def clashed(tmp_path: Path) -> Desk:
    """Mine hangs at 1 m, not saved yet; somebody else saved it at 2 m."""
    desk = Desk(tmp_path)
    desk.keeper.open_new("Show")
    desk.keeper.commit("Hang", adding(1))
    saved(desk, 1)
    move(desk, 1, 1.0)
    saved_elsewhere(desk, Scene.of([work(1, 2.0)]), 2)
    return desk


def test_a_clash_that_nobody_chose_about_is_offered_by_the_next_program_until_somebody_has(
    clashed: Desk, tmp_path: Path
) -> None:
    assert wanted_x_m(offered(clashed)) == {"work-1": 2.0}
    assert offered(clashed) is None, "one that is on show is not shown again"
    clashed.close()
    later = opened(tmp_path)
    assert later.keeper.store.scene == Scene.of([work(1, 1.0)])
    assert wanted_x_m(offered(later)) == {"work-1": 2.0}
    later.keeper.clashes.settled()
    assert offered(later) is None
    later.close()
    last = opened(tmp_path)
    assert offered(last) is None
    last.close()


def test_one_whose_window_lives_is_its_own_and_anybodys_once_that_has_ended(clashed: Desk, tmp_path: Path) -> None:
    saved(clashed, 3)
    beside = opened(tmp_path)
    assert offered(beside) is None
    clashed.close()
    assert wanted_x_m(offered(beside)) == {"work-1": 2.0}
    third = opened(tmp_path)
    assert offered(third) is None
    beside.close()
    third.close()


def test_what_an_ended_program_left_is_offered_once_its_own_is_seen_and_by_one_alone(tmp_path: Path) -> None:
    dead = Desk(tmp_path)
    dead.keeper.open_new("Show")
    dead.keeper.commit("Hang", adding(1))
    saved(dead, 1)
    first, second = opened(tmp_path), opened(tmp_path)
    move(dead, 1, 1.0)
    left, mine = dead.journal.scene(_kept(dead).scene_id, 1), Scene.of([work(1, 1.0)])
    dead.close()
    assert left is not None
    clashes = Outbox(first.journal).carry_over(left, Scene.of([work(1, 2.0)]), 2)
    assert [one.record_id for one in clashes] == ["work-1"]
    assert offered(first) is None, "here is still what was before"
    for desk in (first, second):
        saved_elsewhere(desk, mine, 3)
    ghosts = [offered(first), offered(second)]
    assert wanted_x_m(ghosts[0]) == {"work-1": 2.0}
    assert ghosts[0] is not None
    assert "another window of this computer ended" in ghosts[0].receipt.summary
    assert ghosts[1] is None
    first.close()
    second.close()


def test_of_clashes_about_the_same_work_only_the_newest_is_offered(clashed: Desk) -> None:
    saved_elsewhere(clashed, Scene.of([work(1, 3.0)]), 3)
    assert wanted_x_m(offered(clashed)) == {"work-1": 3.0}
    assert len(clashed.journal.clashes(_kept(clashed).scene_id)) == 2
    clashed.keeper.clashes.settled()
    clashed.close()


def test_what_mine_has_become_by_itself_is_no_clash_any_more(clashed: Desk) -> None:
    move(clashed, 1, 2.0)
    assert offered(clashed) is None
    assert clashed.journal.clashes(_kept(clashed).scene_id) == []
    clashed.close()


def test_one_that_cannot_be_read_is_left_and_holds_nothing_up(clashed: Desk, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "journal.sqlite") as db:
        db.execute("UPDATE clash SET theirs = '{'")
    assert offered(clashed) is None
    assert len(clashed.journal.clashes(_kept(clashed).scene_id)) == 1
    clashed.close()


def test_a_journal_from_before_clashes_were_kept_goes_on(clashed: Desk, tmp_path: Path) -> None:
    scene_id = _kept(clashed).scene_id
    clashed.close()
    with sqlite3.connect(tmp_path / "journal.sqlite") as db:
        db.executescript("DROP TABLE clash; PRAGMA user_version=3;")
    journal = Journal(tmp_path / "journal.sqlite")
    assert journal.clashes(scene_id) == []
    assert journal.last_opened() is not None
    journal.close()
    with sqlite3.connect(tmp_path / "journal.sqlite") as db:
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)


def _kept(desk: Desk) -> KeptScene:
    assert desk.keeper.kept is not None
    return desk.keeper.kept
