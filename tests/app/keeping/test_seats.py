"""Programs that have one scene open at once sit apart: what is kept at a seat is its holder's alone."""

import sqlite3
from pathlib import Path

from app.keeping.journal import Journal, KeptScene
from app.keeping.replay import Replayed, kept_as, kept_steps, replay
from app.keeping.seats import Seats
from scene.document import write_document, write_steps
from scene.scene import Scene
from tests.app.keeping.test_scene_keeper import Desk, adding


def saved(desk: Desk, version: int) -> None:
    """The platform has all of this desk."""
    assert desk.keeper.kept is not None
    kept = desk.journal.scene(desk.keeper.kept.scene_id, desk.keeper.kept.seat)
    assert kept is not None
    entries = desk.journal.entries(kept)
    desk.journal.acknowledge(kept_as(kept, replay(kept, entries), version), entries[-1].seq)


def opened(folder: Path) -> Desk:
    """Another program that opens what was open last."""
    desk = Desk(folder)
    kept = desk.journal.last_opened()
    assert kept is not None
    desk.keeper.open(kept)
    return desk


def seat(desk: Desk) -> int:
    assert desk.keeper.kept is not None
    return desk.keeper.kept.seat


def names(desk: Desk) -> list[str]:
    return [step.name for step in desk.keeper.store.history.steps if step.author != "remote"]


def works(desk: Desk) -> set[str]:
    return {placement.id for placement in desk.keeper.store.scene.placements}


def test_a_second_program_opens_the_scene_and_undoes_nothing_of_the_first(tmp_path: Path) -> None:
    first = Desk(tmp_path)
    first.keeper.open_new("Show")
    first.keeper.commit("Hang", adding(1))
    saved(first, 1)
    second = opened(tmp_path)
    assert (seat(first), seat(second)) == (1, 2)
    assert works(second) == {"work-1"}
    assert second.keeper.undo() is None
    second.keeper.commit("Hang another", adding(2))
    assert [len(desk.journal.entries(desk.keeper.kept)) for desk in (first, second) if desk.keeper.kept] == [0, 1]
    first.close()
    second.close()


def test_a_seat_that_was_left_by_a_kill_is_taken_with_all_that_waits_there(tmp_path: Path) -> None:
    first = Desk(tmp_path)
    first.keeper.open_new("Show")
    first.keeper.commit("Hang", adding(1))
    second = opened(tmp_path)
    second.keeper.commit("Hang another", adding(2))
    first.keeper.commit("Hang a third", adding(3))
    first.close()
    third = opened(tmp_path)
    assert (seat(third), names(third), works(third)) == (1, ["Hang", "Hang a third"], {"work-1", "work-3"})
    second.close()
    third.close()


def test_the_free_seat_that_was_worked_at_last_is_taken(tmp_path: Path) -> None:
    first = Desk(tmp_path)
    first.keeper.open_new("Show")
    second = opened(tmp_path)
    second.keeper.commit("Hang", adding(1))
    first.close()
    second.close()
    again = opened(tmp_path)
    assert (seat(again), names(again)) == (2, ["Hang"])
    again.close()
    with_both = opened(tmp_path), opened(tmp_path), opened(tmp_path)
    assert [seat(desk) for desk in with_both] == [2, 1, 3]
    for desk in with_both:
        desk.close()


def test_a_seat_is_brought_to_what_another_one_was_told_of(tmp_path: Path) -> None:
    first = Desk(tmp_path)
    first.keeper.open_new("Show")
    first.keeper.commit("Hang", adding(1))
    saved(first, 1)
    second = opened(tmp_path)
    first.close()
    second.keeper.commit("Hang another", adding(2))
    saved(second, 2)
    third = opened(tmp_path)
    assert (seat(third), works(third), names(third)) == (1, {"work-1", "work-2"}, ["Hang"])
    third.keeper.undo()
    assert works(third) == {"work-2"}
    second.close()
    third.close()


def test_a_seat_stays_held_until_what_is_saved_there_has_ended(tmp_path: Path) -> None:
    seats, others = Seats(tmp_path), Seats(tmp_path)
    assert seats.take("scene", ()) == 1
    with seats.using("scene", 1) as ours:
        assert ours
        seats.release("scene")
        with others.left_behind("scene", 1) as free:
            assert not free
    with others.left_behind("scene", 1) as free:
        assert free
        assert seats.take("scene", ()) == 2, "one that saves for too long is not waited for"
    with others.using("scene", 1) as ours:
        assert not ours
    seats.release_all()


def test_an_answer_that_comes_after_a_newer_one_changes_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    scene = KeptScene("s", "p", "Show", True, 3, write_document(Scene()), write_steps(()))
    journal.open_scene(scene)
    journal.append(scene, "commit", "{}", "")
    journal.acknowledge(kept_as(scene, Replayed(Scene(), ()), 2), 99)
    kept = journal.scene("s", 1)
    assert kept is not None
    assert (kept.version, len(journal.entries(kept))) == (3, 1)
    journal.close()


_BEFORE_SEATS = """
CREATE TABLE scene (scene_id TEXT PRIMARY KEY, project_id TEXT NOT NULL, project_name TEXT NOT NULL,
    known_to_platform INTEGER NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL, steps TEXT NOT NULL,
    opened INTEGER NOT NULL);
CREATE TABLE entry (seq INTEGER PRIMARY KEY AUTOINCREMENT, scene_id TEXT NOT NULL REFERENCES scene(scene_id),
    key TEXT NOT NULL UNIQUE, cause TEXT NOT NULL, change TEXT NOT NULL, step TEXT NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0);
CREATE TABLE letter (seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    body TEXT NOT NULL);
PRAGMA user_version=2;
"""


def test_a_journal_from_before_there_were_seats_is_the_first_seat(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.keeper.open_new("Show")
    desk.keeper.commit("Hang", adding(1))
    assert desk.keeper.kept is not None
    (entry,), kept = desk.journal.entries(desk.keeper.kept), desk.keeper.kept
    desk.close()
    old = tmp_path / "old"
    old.mkdir()
    db = sqlite3.connect(old / "journal.sqlite")
    db.executescript(_BEFORE_SEATS)
    scene = (kept.scene_id, kept.project_id, "Show", 0, 0, kept.document, kept_steps(()), 1)
    db.execute("INSERT INTO scene VALUES (?, ?, ?, ?, ?, ?, ?, ?)", scene)
    waits = (7, kept.scene_id, entry.key, "commit", entry.change, entry.step, 1)
    db.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", waits)
    db.commit()
    db.close()
    found = opened(old)
    assert (seat(found), names(found), works(found)) == (1, ["Hang"], {"work-1"})
    assert found.keeper.kept is not None
    assert [one.key for one in found.journal.batch(found.keeper.kept)] == [entry.key]
    found.close()
