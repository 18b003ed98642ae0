"""Whatever is killed at whatever moment: what was approved is there, and the program goes on."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agent.events import StepChanged, TurnEnded
from app.commands.headless import Headless
from app.compose import compose_session
from app.messages import Message, PlatformStateChanged
from app.places import Places
from tests.end_to_end.approver import approve_and_stay
from tests.forking import forking
from tests.platform_service.warm import warm

TODAY = date(2026, 11, 22)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.at(tmp_path / "data")


@pytest.fixture
def studio(places: Places) -> Iterator[Headless]:
    made = Headless(compose_session(places, TODAY, warm()))
    yield made
    made.session.stop()


def works_on_show(places: Places, project: str) -> int:
    """How many works a fresh start of the program finds."""
    session = compose_session(places, TODAY, warm())
    session.start(project)
    count = len(session.store.scene.placements)
    session.stop()
    return count


def kill_platform(places: Places) -> int:
    pid = int(places.ready_file.read_text().split('"pid":')[1].split(",")[0].strip(" }"))
    os.kill(pid, signal.SIGKILL)
    return pid


def test_the_platform_is_killed_in_the_middle_of_a_turn(
    places: Places, studio: Headless, sample_pictures: Path
) -> None:
    seen: list[Message] = []
    studio.open("Night")
    studio.import_library(str(sample_pictures))
    session = studio.session
    turn_id = session.ask("create a gallery of everything")
    deadline, killed, ended = time.monotonic() + 60, 0, None
    while ended is None and time.monotonic() < deadline:
        for message in session.poll():
            seen.append(message)
            if isinstance(message, StepChanged) and not killed:
                killed = kill_platform(places)
            if isinstance(message, TurnEnded) and message.turn_id == turn_id:
                ended = message
        time.sleep(0.002)
    assert killed
    assert ended is not None, "a turn always ends"
    if ended.outcome == "failed":
        assert ended.text
        assert ended.kept or ended.advice
    else:
        session.reject()
    again = _back_again(studio, seen)
    assert again.outcome == "proposed", again.text
    assert studio.approve()


def _back_again(studio: Headless, seen: list[Message]) -> TurnEnded:
    """Wait until the platform is said to be back, then ask again."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        seen += studio.session.poll()
        states = [message.state for message in seen if isinstance(message, PlatformStateChanged)]
        if "restarting" in states and states[-1] == "ready":
            return studio.ask("create a gallery of everything")
        time.sleep(0.01)
    raise AssertionError(f"the platform did not come back: {states}")


@pytest.mark.parametrize("delay_s", [0.0, 0.01, 0.05])
def test_the_desktop_is_killed_right_after_an_approval(served: Path, sample_pictures: Path, delay_s: float) -> None:
    told, tells = forking().Pipe(duplex=False)
    program = forking().Process(target=approve_and_stay, args=(str(served), str(sample_pictures), tells))
    program.start()
    tells.close()
    approved = told.recv()
    time.sleep(delay_s)
    program.kill()
    program.join()
    told.close()
    assert approved > 0
    assert works_on_show(Places.at(served), "Night") == approved
