"""A desktop lets requests run on a team's platform: progress, proposal, approval, cancelling, going on after a kill."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image

from agent.events import Planned, StepChanged, TurnEnded, Understood
from app.commands.headless import Headless
from app.compose import compose_session
from app.messages import ImportProgressed
from app.pictures.upload_notes import UploadNotes
from app.places import Places
from app.runs.store import RunStore
from tests.platform_service.conftest import ROOT, until
from tests.platform_service.runs import kills
from tests.platform_service.runs.conftest import Hosted
from tests.platform_service.runs.test_hosted_runs import REQUEST

TOKEN = "VERNISSAGE_PLATFORM_TOKEN"
PROGRAM = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "  # also where tests run in the back
    "from ui.program import main; sys.exit(main())"
)


@pytest.fixture(scope="module")
def url(hosted: Hosted):
    """The platform at a port, as desktops reach it."""
    service = hosted.team.service
    service.stop()
    service.start(where=("--port", "0"))
    port = json.loads(service.ready.read_text())["port"]
    yield f"http://127.0.0.1:{port}"
    service.stop()
    service.start()


@pytest.fixture(scope="module", autouse=True)
def worker(hosted: Hosted):
    made = hosted.start_worker(kills.SLOW + kills.held_by(hosted.team.service.folder / "gate"))
    yield made
    made.kill()


@pytest.fixture
def gate(hosted: Hosted):
    """A file which holds every run in its first step for as long as it is there."""
    file = hosted.team.service.folder / "gate"
    yield file
    file.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def key(hosted: Hosted, url: str) -> str:
    """A machine's key, which does not end within ten minutes."""
    headers = {"Authorization": f"Bearer {hosted.tokens['full']}", "Idempotency-Key": "key-of-desktops"}
    made = httpx.post(f"{url}/v1/identity/keys", json={"name": "desk", "role": "admin"}, headers=headers)
    return str(made.json()["key"])


@pytest.fixture
def runs(url: str, key: str):
    """The platform's runs, asked for by id."""
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}) as client:
        yield lambda run_id: client.get(f"/v1/runs/{run_id}").json()


@pytest.fixture
def desktop(tmp_path: Path, url: str, key: str, monkeypatch):
    monkeypatch.setenv(TOKEN, key)
    heard: list[object] = []
    made = Headless(compose_session(Places.at(tmp_path, url)), heard.append)
    made.heard = heard
    made.session_places = Places.at(tmp_path, url)
    made.open("")
    made.session.run_on_platform(True)
    yield made
    made.session.stop()


def test_a_hosted_request_is_staged_refined_and_approved_as_if_it_ran_here(desktop, runs):
    ended = desktop.ask(REQUEST)
    assert ended.outcome == "proposed", ended
    mine = [message for message in desktop.heard if getattr(message, "turn_id", "") == ended.turn_id]
    kinds_heard = [type(message) for message in mine]
    assert kinds_heard.index(Understood) < kinds_heard.index(Planned) < kinds_heard.index(StepChanged)
    assert kinds_heard.count(TurnEnded) == 1
    assert runs(ended.turn_id)["result"]["outcome"] == "proposed"
    proposal = desktop.session.proposal
    assert proposal is not None
    assert len(proposal.works) == 6
    refined = desktop.ask("bigger gaps")
    assert refined.outcome == "proposed", refined
    assert len(desktop.session.proposal.works) == 6, "the ghost is what the platform saw"
    assert desktop.approve()
    assert len(desktop.session.store.scene.placements) == 6
    detail = desktop.session.runs.run(ended.turn_id)
    assert detail is not None
    assert detail.summary.outcome == "proposed"
    assert len(detail.steps) > 1
    answered = desktop.ask("how many works are there?")
    assert answered.outcome == "answered", answered


def test_stopping_a_turn_cancels_the_run_there(desktop, runs, gate):
    gate.touch()
    turn_id = desktop.session.ask("hang 8 works of neon streets")
    desktop._wait(Planned, 30.0)
    desktop.session.cancel()
    assert desktop.wait_for(turn_id).outcome == "cancelled"
    gate.unlink()
    until(lambda: runs(turn_id)["state"] == "ended")
    assert runs(turn_id)["result"]["outcome"] == "cancelled"


def test_a_line_that_is_cut_on_the_way_costs_nothing(desktop, hosted, url, runs):
    turn_id = desktop.session.ask("hang 7 works of neon streets")
    desktop._wait(Planned, 30.0)
    hosted.team.service.kill()
    hosted.team.service.start(where=("--port", url.rpartition(":")[2]))
    ended = desktop.wait_for(turn_id)
    assert (ended.outcome, len(ended.proposal.works)) == ("proposed", 7)
    heard = [m.step.id for m in desktop.heard if isinstance(m, StepChanged) and m.step.state == "done"]
    assert len(heard) == len(set(heard)), "each event once"


def command(url: str, folder: Path, *arguments: str, key: str) -> subprocess.Popen[str]:
    what = () if arguments[0] == "import" else ("ask", "--hosted")
    line = [sys.executable, "-c", PROGRAM, *what]
    line += [*arguments, "--platform", url, "--data-dir", str(folder)]
    environment = {**os.environ, TOKEN: key, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    return subprocess.Popen(line, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_the_command_line_shows_progress_and_control_c_cancels_there(tmp_path, url, key, runs, gate):
    asked = command(url, tmp_path, REQUEST, "--json", key=key)
    out, err = asked.communicate(timeout=90)
    assert asked.returncode == 0, err
    report = json.loads(out)
    assert (report["outcome"], "✓" in err) == ("proposed", True)
    gate.touch()
    stopped = command(url, tmp_path, "hang 9 works of neon streets", key=key)
    for line in stopped.stderr:
        if "understood" in line:
            break
    stopped.send_signal(signal.SIGINT)
    stopped.communicate(timeout=30)
    assert stopped.returncode == 130
    gate.unlink()
    places = Places.at(tmp_path, url)
    store = RunStore(places.runs)
    (run_id,) = store.read("SELECT run_id FROM run WHERE request LIKE 'hang 9%' ORDER BY rowid DESC")[0]
    store.close()
    until(lambda: runs(run_id)["state"] == "ended")
    assert runs(run_id)["result"]["outcome"] == "cancelled"


def test_a_program_that_was_killed_finds_its_hosted_run_again(tmp_path, url, key, hosted, runs, monkeypatch):
    killed = command(url, tmp_path, "hang 5 works of neon streets", key=key)
    told = ""
    while "understood" not in told:
        line = killed.stderr.readline()
        assert line, told
        told += line
    killed.kill()
    killed.communicate()
    monkeypatch.setenv(TOKEN, key)
    again = Headless(compose_session(Places.at(tmp_path, url)))
    try:
        again.open("")
        ended = again.go_on()
        assert ended is not None
        assert (ended.outcome, len(ended.proposal.works)) == ("proposed", 5)
        assert runs(ended.turn_id)["attempts"] == 1, "nothing was done twice"
    finally:
        again.session.stop()


def test_a_program_that_is_closed_lets_its_hosted_run_go_on_and_finds_it_again(tmp_path, url, key, runs, monkeypatch):
    monkeypatch.setenv(TOKEN, key)
    closed = Headless(compose_session(Places.at(tmp_path, url)))
    closed.open("")
    closed.session.run_on_platform(True)
    turn_id = closed.session.ask("hang 6 works of neon streets")
    closed._wait(Planned, 30.0)
    closed.session.stop()
    until(lambda: runs(turn_id)["state"] == "ended")
    assert runs(turn_id)["result"]["outcome"] == "proposed"
    again = Headless(compose_session(Places.at(tmp_path, url)))
    try:
        again.open("")
        ended = again.go_on()
        assert ended is not None
        assert (ended.turn_id, len(ended.proposal.works)) == (turn_id, 6)
    finally:
        again.session.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures of this computer, large enough to be met on their way; one is none."""
    rng = np.random.default_rng()
    made = tmp_path / "Holiday"
    (made / "Sylt").mkdir(parents=True)
    for number in range(5):
        noise = rng.integers(0, 255, (1_300, 1_300, 3), np.uint8)
        Image.fromarray(noise).save(made / "Sylt" / f"dune {number}.png", compress_level=0)
    (made / "twin.png").write_bytes((made / "Sylt" / "dune 0.png").read_bytes())
    (made / "broken.jpg").write_bytes(b"%PDF-1.7")
    (made / ".hidden.jpg").write_bytes(b"x")
    (made / "notes.txt").write_text("not a picture")
    return made


def imported(desktop: Headless, folder: Path) -> ImportProgressed:
    ended = desktop.import_library(str(folder))
    assert ended is not None
    return ended


def test_a_folder_of_this_computer_is_sent_imported_and_found_and_never_sent_twice(desktop, folder):
    ended = imported(desktop, folder)
    assert (ended.state, ended.added, ended.already_there, ended.total) == ("done", 5, 1, 7)
    assert [(Path(bad.path).name, "PDF" in bad.why) for bad in ended.bad] == [("broken.jpg", True)]
    states = [m.state for m in desktop.heard if isinstance(m, ImportProgressed)]
    assert states[0] == "uploading"
    assert ended.bytes_to_send == ended.sent_bytes + len(b"%PDF-1.7")
    until(lambda: desktop.search("dune 3").hits)
    assert desktop.search("dune 3").hits[0].asset.folder == "Holiday/Sylt"
    again = imported(desktop, folder)
    assert (again.added, again.already_there, again.sent_bytes) == (0, 6, 0)


def test_what_is_being_sent_goes_on_after_the_platform_was_killed(desktop, folder, hosted, url):
    desktop.session.import_paths([folder])
    desktop._wait(ImportProgressed, 30.0, lambda message: message.sent_bytes > 0)
    hosted.team.service.kill()
    time.sleep(0.5)
    hosted.team.service.start(where=("--port", url.rpartition(":")[2]))
    ended = desktop._wait(ImportProgressed, 60.0, lambda message: message.state in ("done", "failed"))
    assert (ended.state, ended.added) == ("done", 5), ended


def test_an_upload_is_cancelled_at_once_and_leaves_nothing_to_go_on_with(desktop, folder):
    desktop.session.import_paths([folder])
    going = desktop._wait(ImportProgressed, 30.0, lambda message: message.sent_bytes > 0)
    desktop.session.cancel_import(going.import_id)
    ended = desktop._wait(ImportProgressed, 30.0, lambda message: message.state in ("done", "cancelled", "failed"))
    assert ended.state == "cancelled"
    until(lambda: UploadNotes(desktop.session_places.uploads).left_off() == [])


def test_a_program_that_was_killed_while_it_sent_goes_on_at_its_next_start(folder, tmp_path, url, key, monkeypatch):
    data = tmp_path / "data"
    killed = command(url, data, "import", str(folder), key=key)
    notes = UploadNotes(Places.at(data, url).uploads)
    until(lambda: notes.left_off() and killed.poll() is None)
    time.sleep(0.4)
    killed.kill()
    killed.communicate()
    assert notes.left_off() == [[folder]]
    monkeypatch.setenv(TOKEN, key)
    again = Headless(compose_session(Places.at(data, url)))
    try:
        again.open("")
        ended = again._wait(ImportProgressed, 60.0, lambda message: message.state in ("done", "failed"))
        assert (ended.state, ended.added + ended.already_there) == ("done", 6)
        until(lambda: notes.left_off() == [])
    finally:
        again.session.stop()
