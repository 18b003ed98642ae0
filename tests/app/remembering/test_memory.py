"""What is written down survives a kill at any moment; a file that cannot be read is put aside, never in the way."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from agent.events import TurnEnded
from agent.house_rules import shipped_house_rules
from agent.intent import Intent
from agent.learning.evidence import Evidence
from app.house import House
from app.messages import Message, Noticed
from app.remembering.memory import Memory, NotRemembered
from app.remembering.preferences import Preferences
from app.remembering.talk import Talk

WRITER = """
import sys
from pathlib import Path
from agent.learning.evidence import Evidence
from app.remembering.memory import Memory
from app.remembering.preferences import Preferences
preferences = Preferences(Memory(Path(sys.argv[1])))
for number in range(100_000):
    pair = [Evidence(id=f"{number}-{part}", topic="gap_m", want="more", value=0.5, scene_id="s") for part in "ab"]
    preferences.learn(pair)
    print(number, flush=True)
"""


def known(memory: Memory) -> set[str]:
    return {row[0] for row in memory.rows("SELECT id FROM evidence")}


@pytest.mark.parametrize("after", [1, 7, 23])
def test_a_kill_loses_nothing_that_was_acknowledged_and_halves_nothing(tmp_path: Path, after: int) -> None:
    path = tmp_path / "memory.sqlite"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    told = [writer.stdout.readline().strip() for _ in range(after)]
    os.kill(writer.pid, signal.SIGKILL)
    writer.stdout.close()
    writer.wait()
    memory = Memory(path)
    found = known(memory)
    memory.close()
    assert memory.put_aside is None
    assert {f"{number}-{part}" for number in told for part in "ab"} <= found
    numbers = {one.split("-")[0] for one in found}
    assert len(found) == 2 * len(numbers)


@pytest.mark.parametrize("content", [b"this is no database " * 300, b"SQLite format 3\x00" + b"\xff" * 4_000])
def test_an_unreadable_file_is_put_aside_and_remembering_goes_on(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "memory.sqlite"
    path.write_bytes(content)
    memory = Memory(path)
    assert memory.put_aside is not None
    assert memory.put_aside.read_bytes() == content
    Preferences(memory).learn([Evidence(id="e", topic="gap_m", want="more", value=0.5, scene_id="s")])
    assert len(Preferences(memory).all()) == 1
    memory.close()


def test_a_newer_file_is_put_aside_untouched(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    memory = Memory(path)
    assert memory.put_aside is not None
    memory.close()


def test_a_row_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.sqlite")
    preferences = Preferences(memory)
    preferences.learn([Evidence(id="e", topic="gap_m", want="more", value=0.5, scene_id="s")])
    with memory.writing() as db:
        db.execute("INSERT INTO evidence VALUES ('bad', ?)", (json.dumps({"topic": "world peace"}),))
    assert len(Preferences(memory).all()) == 1
    memory.close()


def test_what_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.sqlite")
    memory.close()
    with pytest.raises(NotRemembered, match="The scene is safe"):
        Preferences(memory).learn([Evidence(id="e", topic="gap_m", want="more")])
    assert Preferences(memory).all() == ()


def test_turns_are_kept_by_project_and_set_aside_by_branch(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.sqlite")
    talk = Talk(memory)
    for number in range(4):
        ended = TurnEnded(f"t{number}", "answered", Intent(kind="answer"), text=f"answer {number}")
        talk.keep(ended, f"question {number}", "p" if number else "q", "2026-01-01T00:00:00Z")
    talk.put_aside(("t2",))
    talk.decided("t3", "rejected")
    assert [turn.turn_id for turn in talk.turns("p")] == ["t1", "t3"]
    assert [turn.aside for turn in talk.turns("p", aside=True)] == [False, True, False]
    assert talk.turns("p")[1].verdict == "rejected"
    assert talk.turns("p")[0].meant == Intent(kind="answer")
    assert [turn.request for turn in talk.everywhere(2)] == ["question 2", "question 3"]
    memory.close()


def test_own_house_rules_hold_as_soon_as_they_are_saved_and_bad_ones_are_told_once(tmp_path: Path) -> None:
    told: list[Message] = []
    path = tmp_path / "house rules.json"
    house = House(path, told.append)
    assert house.rules() == shipped_house_rules()
    path.write_text('{"tags": ["Cats"]}', encoding="utf-8")
    assert house.rules().tags == ("cats",)
    for bad in ("{", '{"tags": "cats"}', '{"colours": []}', "[" * 50_000):
        path.write_text(bad, encoding="utf-8")
        before = len(told)
        assert house.rules() == house.rules() == shipped_house_rules()
        assert len(told) == before + 1
        assert isinstance(told[-1], Noticed)
        assert told[-1].kept == "The shipped house rules hold."
    path.unlink()
    assert house.rules() == shipped_house_rules()
