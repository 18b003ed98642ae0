"""A team's set-up on one machine: it starts, survives kills, lets people in, and keeps its secrets.

`python -m tests.platform_service.local_team.story` starts it again with its data as well.
"""

import signal

import httpx
import pytest

from platform_service.http.problems import Problem
from platform_service.local_team.layout import CannotSetUp, Layout
from platform_service.local_team.people import end, invite
from platform_service.local_team.run import LocalTeam
from platform_service.local_team.supervising import Program, configuration
from platform_service.team_settings import BadSettings
from tests.platform_service.local_team.story import kill, lost, save, story


@pytest.fixture
def layout(short_folder):
    folder = short_folder()
    for open_to_the_database in (folder.parent, folder):
        open_to_the_database.chmod(0o711)
    return Layout(folder / "t")


def bearing_the_key(layout: Layout) -> dict[str, str]:
    return {"Authorization": f"Bearer {(layout.secrets / 'service.key').read_text().strip()}"}


@pytest.mark.timeout(300)
def test_the_story_survives_kills_and_leaves_nothing_running(layout):
    team = LocalTeam(layout, 0, by_meaning=False)
    try:
        layout.make()
        flags = layout.folder / "flags.json"
        flags.write_text('{"usage": {"on": false}}')
        layout.more_settings.write_text(f'flags_file = "{flags}"\n')
        team.start()
        address = team.address
        usage = httpx.get(f"{address}/v1/usage", headers=bearing_the_key(layout), trust_env=False)
        assert (usage.status_code, usage.json()["type"]) == (403, "urn:vernissage:problem:feature-off")
        with pytest.raises(CannotSetUp, match=address):
            LocalTeam(layout, 0)
        creator, scene_id = story(team, pictures=3)
        for version, name in enumerate(("replica-1", "postgres")):
            kill(team, name)
            save(creator, scene_id, version)
        assert lost(creator, scene_id, 2) == []
        assert lost(creator, scene_id, 3) != []  # the check would see a lost save
        creator.close()
        hidden = httpx.get(f"{address}/metrics", trust_env=False)
        large = httpx.get(f"{address}/v1/projects", headers={"X-Large": "a" * 40_000}, trust_env=False)
        for refused, status in ((hidden, 404), (large, 431)):  # the first by the proxy itself
            assert refused.status_code == status
            assert refused.headers["content-type"] == "application/problem+json"
            assert set(refused.json()) == set(Problem.model_fields)
        invited = invite(layout, "ben", "Ben", "viewer")
        assert invited.startswith("vrc.studio.")
        end(layout, "ben")
        with pytest.raises(CannotSetUp, match="nobody"):
            end(layout, "cem")
        with pytest.raises(CannotSetUp, match="pattern"):
            invite(layout, "no id", "", "viewer")
        assert team.supervisor is not None
        team.supervisor.process.send_signal(signal.SIGKILL)  # its processes are left running
        team.supervisor.process.wait()
        team._lock.release()
        team = LocalTeam(layout, 0, by_meaning=False)
        assert team.left_over >= 3
        assert team.address == address
        secrets = [path.stat().st_mode & 0o077 for path in layout.secrets.iterdir()]
        assert secrets
        assert not any(secrets)
    finally:
        team.stop()


def test_added_settings_that_do_not_hold_are_refused_before_anything_is_started(layout):
    layout.make()
    layout.more_settings.write_text("trusted_proxies = 2\n")
    team = LocalTeam(layout, 0, by_meaning=False)
    try:
        with pytest.raises(BadSettings, match="is not TOML"):
            team.start()
        assert not (layout.cluster / "PG_VERSION").exists()
    finally:
        team.stop()


def test_a_path_too_long_for_sockets_is_refused_before_anything_is_made(tmp_path):
    folder = tmp_path / ("x" * 90)
    with pytest.raises(CannotSetUp, match="too long"):
        LocalTeam(Layout(folder), 0)
    assert not folder.exists()


def test_no_secret_stands_in_a_command_or_the_supervisors_file(layout):
    layout.make()
    team_secret = layout.secret("redis")
    text = configuration(layout, (Program("redis", ("redis-server", "a b", "100%"), 10),))
    assert team_secret not in text
    assert "command=redis-server 'a b' 100%%" in text
