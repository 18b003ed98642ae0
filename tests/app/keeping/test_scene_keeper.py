"""What the keeper did is on disk when it returns, and comes back exactly at the next start."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.keeping.journal import Journal, JournalError
from app.keeping.replay import Replayed, kept_as, replay
from app.keeping.scene_keeper import SceneKeeper
from app.keeping.seats import Seats
from scene.change import SceneChange
from scene.document import write_document
from scene.records import Placement
from scene.scene import Scene
from scene.store import SceneStore


def work(number: int, x_m: float = 0.0) -> Placement:
    return Placement(id=f"work-{number}", asset_id="a", position_m=(x_m, 1.5, 0.0), size_m=(1.0, 1.0))


def adding(number: int) -> SceneChange:
    return SceneChange(added={f"work-{number}": work(number)})


class Desk:
    """One program's hold on a data folder."""

    def __init__(self, folder: Path) -> None:
        self.journal = Journal(folder / "journal.sqlite")
        self.seats = Seats(folder)
        self.woken = 0
        self.keeper = SceneKeeper(SceneStore(), self.journal, self.seats, self.wake)

    def wake(self, scene_id: str) -> None:
        self.woken += 1

    def close(self) -> None:
        self.journal.close()
        self.seats.release_all()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def reopened(folder: Path) -> SceneStore:
    again = Desk(folder)
    kept = again.journal.last_opened()
    assert kept is not None
    again.keeper.open(kept)
    again.close()
    return again.keeper.store


def test_a_committed_step_is_there_at_the_next_start(desk: Desk, tmp_path: Path) -> None:
    desk.keeper.open_new("Show")
    desk.keeper.commit("Hang", adding(1), "agent", "turn-1")
    desk.close()
    store = reopened(tmp_path)
    assert [placement.id for placement in store.scene.placements] == ["work-1"]
    assert [(step.name, step.author, step.turn_id) for step in store.history.steps] == [("Hang", "agent", "turn-1")]


@settings(max_examples=25, deadline=None)
@given(verbs=st.lists(st.sampled_from(["add", "undo", "redo", "take_back"]), max_size=12))
def test_any_sequence_comes_back_exactly(tmp_path_factory: pytest.TempPathFactory, verbs: list[str]) -> None:
    folder = tmp_path_factory.mktemp("desk")
    desk = Desk(folder)
    desk.keeper.open_new("Show")
    for number, verb in enumerate(verbs):
        match verb:
            case "add":
                desk.keeper.commit(f"Hang {number}", adding(number), "agent", f"turn-{number % 3}")
            case "undo":
                desk.keeper.undo()
            case "redo":
                desk.keeper.redo()
            case "take_back":
                desk.keeper.take_back("turn-1")
    desk.close()
    store = reopened(folder)
    assert write_document(store.scene) == write_document(desk.keeper.store.scene)
    assert store.history.steps == desk.keeper.store.history.steps


def test_a_full_disk_leaves_the_scene_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.keeper.open_new("Show")
    desk.keeper.commit("Hang", adding(1))
    desk.keeper.commit("Hang another", adding(3))
    desk.keeper.undo()
    before, history = write_document(desk.keeper.store.scene), desk.keeper.store.history

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(desk.journal, "_put_entry", full)
    with pytest.raises(JournalError, match="Free some disk space"):
        desk.keeper.commit("Hang more", adding(2))
    assert write_document(desk.keeper.store.scene) == before
    assert desk.keeper.store.history == history, "what could be undone and redone still can"


def test_a_journal_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    Journal(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version=99")
    db.close()
    before = path.read_bytes()
    with pytest.raises(JournalError, match="newer Vernissage"):
        Journal(path)
    assert path.read_bytes() == before


def saved_elsewhere(desk: Desk, theirs: Scene, version: int) -> None:
    """The platform has `theirs` as a newer version of what it acknowledged to this desk last."""
    assert desk.keeper.kept is not None
    kept = desk.journal.scene(desk.keeper.kept.scene_id, desk.keeper.kept.seat)
    assert kept is not None
    base = replay(kept, ())
    moved = kept_as(kept, Replayed(theirs, base.steps), version)
    desk.keeper.take_remote("Saved elsewhere", base.scene, moved, theirs)


@settings(max_examples=25, deadline=None)
@given(verbs=st.lists(st.sampled_from(["add", "move", "undo", "redo", "theirs"]), min_size=3, max_size=14))
def test_after_a_merge_each_step_is_still_one_that_can_be_undone(
    tmp_path_factory: pytest.TempPathFactory, verbs: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("desk")
    desk, theirs = Desk(folder), Scene()
    desk.keeper.open_new("Show")
    for number, verb in enumerate(verbs):
        placements = desk.keeper.store.scene.placements
        match verb:
            case "add":
                desk.keeper.commit(f"Hang {number}", adding(number))
            case "move" if placements:
                moved = placements[0].but(position_m=(float(number), 1.5, 0.0))
                desk.keeper.commit(f"Move {number}", SceneChange(updated={moved.id: (placements[0], moved)}))
            case "undo":
                desk.keeper.undo()
            case "redo":
                desk.keeper.redo()
            case "theirs":
                theirs = adding(100 + number).apply_to(theirs)
                saved_elsewhere(desk, theirs, number)
    desk.close()
    store, before = reopened(folder), desk.keeper.store
    assert store.scene == before.scene
    assert store.history.steps == before.history.steps
    while before.history.next_undo is not None:
        assert store.undo() == before.undo()
        assert store.scene == before.scene


def test_what_a_newer_save_brought_is_merged_and_the_rest_is_based_on_it(desk: Desk, tmp_path: Path) -> None:
    kept = desk.keeper.open_new("Show")
    desk.keeper.commit("Mine", adding(1))
    theirs = Scene.of([work(2)])
    moved = kept_as(kept, Replayed(theirs, ()), 5)
    desk.keeper.take_remote("Saved elsewhere", Scene(), moved, theirs)
    desk.close()
    store = reopened(tmp_path)
    assert {placement.id for placement in store.scene.placements} == {"work-1", "work-2"}


_KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests_desk import Desk, adding
desk = Desk(Path(sys.argv[1]))
desk.keeper.open_new("Show")
for number in range(1000):
    desk.keeper.commit(f"Hang {number}", adding(number))
    print(number, flush=True)
"""


@pytest.mark.parametrize("after", [0, 3, 17])
def test_a_kill_loses_nothing_that_was_kept(tmp_path: Path, after: int) -> None:
    (tmp_path / "tests_desk.py").write_text(Path(__file__).read_text())
    program = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(tmp_path), str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    told = -1
    for line in program.stdout:
        told = int(line)
        if told >= after:
            os.kill(program.pid, signal.SIGKILL)
            break
    told = max([told, *(int(line) for line in program.stdout if line.strip().isdigit())])
    program.wait()
    program.stdout.close()
    store = reopened(tmp_path)
    names = [step.name for step in store.history.steps]
    assert names[: told + 1] == [f"Hang {number}" for number in range(told + 1)]
