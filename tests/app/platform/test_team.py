"""How a desktop gets at a team's platform: addresses, what proves who is there, folders of its own."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from app.commands.command_line import main
from app.compose import compose_session
from app.messages import Message, PlatformStateChanged, ProjectsListed
from app.places import DataFolderError, Places, checked_address
from app.platform.http import Access
from app.platform.kept_code import KeptCode
from app.platform.process import PlatformStartError
from app.platform.team import NotSignedIn, TeamPlatform
from app.session import Session
from scene.change import SceneChange
from scene.records import Placement
from tests.platform_service.conftest import until

URL = "https://vernissage.example.org"


class Box:
    """A key store."""

    def __init__(self, **kept: str) -> None:
        self.kept = kept

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get(name)

    def set_password(self, service: str, name: str, key: str) -> None:
        self.kept[name] = key

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[name]


@pytest.mark.parametrize("bad", ["", "ftp://x", "x", "http://example.org", "https://a@b", "https://x?y=1", "https://"])
def test_an_address_that_cannot_be_one_is_refused_in_words(bad: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"platform|https"):
        checked_address(bad)
    if bad:
        with pytest.raises(DataFolderError):
            Places.at(tmp_path, bad)
    assert main(["sign-in", bad or "nothing"]) == 2


def test_work_with_a_team_has_a_folder_of_its_own_and_shares_the_settings(tmp_path: Path) -> None:
    own, team, same = Places.at(tmp_path, ""), Places.at(tmp_path, URL), Places.at(tmp_path, URL + "/")
    assert own.journal != team.journal == same.journal
    assert own.model_settings == team.model_settings


def test_a_key_of_a_machine_is_used_as_it_is_and_the_environment_goes_first(tmp_path: Path) -> None:
    box, places = Box(), Places.at(tmp_path, URL)
    TeamPlatform(places, {}, lambda: box).sign_in("vsk.kept")
    assert TeamPlatform(places, {}, lambda: box).ensure() == Access("vsk.kept", url=URL)
    given = TeamPlatform(places, {"VERNISSAGE_PLATFORM_TOKEN": "vsk.given"}, lambda: box)
    assert given.ensure().token == "vsk.given"
    assert not given.is_due
    given.sign_out()
    assert box.kept == {}


def test_folders_of_one_computer_are_signed_in_each_for_itself(tmp_path: Path) -> None:
    box = Box()
    for name in ("ada", "ben"):
        TeamPlatform(Places.at(tmp_path / name, URL), {}, lambda: box).sign_in(f"vsk.{name}")
    assert TeamPlatform(Places.at(tmp_path / "ada", URL), {}, lambda: box).ensure().token == "vsk.ada"


def test_without_a_key_store_the_code_lies_in_a_file_that_only_its_user_reads(tmp_path: Path) -> None:
    places = Places.at(tmp_path, URL)
    TeamPlatform(places, {}).sign_in("vsk.kept")  # the tests' own key store takes nothing
    file = places.data / "sign-in.code"
    assert file.stat().st_mode & 0o777 == 0o600
    again = TeamPlatform(places, {})
    assert again.ensure().token == "vsk.kept"
    again.sign_out()
    assert not file.exists()
    with pytest.raises(NotSignedIn):
        again.ensure()


def test_who_is_not_signed_in_is_told_how(tmp_path: Path) -> None:
    with pytest.raises(NotSignedIn, match="vernissage sign-in"):
        TeamPlatform(Places.at(tmp_path, URL), {}, Box).ensure()


def test_a_platform_that_is_away_is_told_and_the_code_is_kept(tmp_path: Path) -> None:
    places = Places.at(tmp_path, "http://127.0.0.1:9")
    KeptCode(places).keep("vrc.north.0.0.0")
    with pytest.raises(PlatformStartError, match="does not answer"):
        TeamPlatform(places, {}).ensure()
    assert KeptCode(places).read() == "vrc.north.0.0.0"


def test_a_start_without_the_team_opens_what_this_computer_has_and_says_so(tmp_path: Path) -> None:
    places = Places.at(tmp_path, "http://127.0.0.1:9")
    KeptCode(Places.at(tmp_path, "http://127.0.0.1:9")).keep("vsk.key")
    for round_ in range(2):
        session = compose_session(places, date(2026, 1, 1))
        session.start()
        until(partial(_is_away, session, []))
        assert len(session.store.scene.placements) == round_
        work = Placement(id="w", asset_id="a" * 64, position_m=(0.0, 1.5, 0.0), size_m=(1.0, 1.0))
        if not round_:
            assert session.commit("Hang", SceneChange(added={"w": work}))
        assert session.waiting_steps == 1
        session.list_projects()
        listed = [message for message in session.poll() if isinstance(message, ProjectsListed)]
        assert [[project.name for project in message.projects] for message in listed] == [["My first show"]]
        session.stop()


def _is_away(session: Session, heard: list[Message]) -> bool:
    heard += session.poll()
    states = [message.state for message in heard if isinstance(message, PlatformStateChanged)]
    return states[-1:] == ["restarting"]
