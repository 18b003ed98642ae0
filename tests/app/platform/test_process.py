"""The embedded platform starts once, is shared, is started anew when it was killed, and ends with its last client."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.places import DataFolderError, Places
from app.platform.http import PlatformHttp, PlatformUnreachable
from app.platform.process import PlatformProcess, PlatformStartError


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places.at(tmp_path / "data")
    made.make()
    return made


@pytest.fixture
def process(places: Places) -> Iterator[PlatformProcess]:
    made = PlatformProcess(places)
    yield made
    made.release()


def is_alive(pid: int) -> bool:
    """Whether it still runs a moment later: a child that ended is reaped in the background."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except OSError:
            return False
        time.sleep(0.01)
    return True


async def test_it_answers_and_only_to_its_token(process: PlatformProcess) -> None:
    access = process.ensure()
    http = PlatformHttp()
    await http.connect(access)
    assert (await http.get("/v1/health")).json()["status"] == "ok"
    stranger = PlatformHttp()
    await stranger.connect(type(access)(token="guessed", socket=access.socket, port=access.port))
    with pytest.raises(PlatformUnreachable, match="restarted by another window"):
        await stranger.once("/v1/projects")
    await http.close()
    await stranger.close()


def test_two_clients_share_one_and_the_last_stops_it(places: Places) -> None:
    first, second = PlatformProcess(places), PlatformProcess(places)
    with ThreadPoolExecutor(2) as pool:
        accesses = list(pool.map(lambda client: client.ensure(), (first, second)))
    assert accesses[0] == accesses[1]
    pid = first.pid
    assert pid is not None
    first.release()
    assert is_alive(pid)
    second.release()
    assert not is_alive(pid)
    assert not places.access_file.exists()


def test_a_killed_platform_is_replaced(process: PlatformProcess) -> None:
    process.ensure()
    killed = process.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while process.pid == killed and time.monotonic() < deadline:
        process.ensure()
        time.sleep(0.05)
    assert process.pid != killed


def test_a_platform_that_cannot_start_says_where_its_log_is(places: Places) -> None:
    places.platform.rmdir()
    places.platform.write_text("a file where the folder should be")
    client = PlatformProcess(places)
    with pytest.raises(PlatformStartError, match="Its log is"):
        client.ensure()
    client.release()


def test_a_data_folder_that_is_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(DataFolderError, match="cannot write to its data folder"):
        Places.at(tmp_path / "data").make()


async def test_without_a_platform_a_read_is_unreachable(places: Places) -> None:
    http = PlatformHttp()
    with pytest.raises(PlatformUnreachable, match="did not answer"):
        await http.once("/v1/health")


def test_a_long_data_path_gets_a_short_socket(tmp_path: Path) -> None:
    deep = Places.at(tmp_path / ("x" * 120))
    assert len(os.fsencode(deep.socket)) <= 100
