"""Settings of language models on disk, keys in a key store, and a provider that is tried over real HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.models.planner import ModelPlanner
from agent.models.settings import ModelSettings, ProviderSettings
from agent.planner import OfflinePlanner
from app.background import BackgroundLoop
from app.commands.command_line import main
from app.models.access import ModelAccess
from app.models.keys import KeyStoreError, ModelKeys
from app.models.ledger import Ledger
from app.models.settings import ModelSettingsError, read_model_settings, write_model_settings
from app.places import Places
from tests.model_server.server import ModelServer


class BoxOfKeys:
    """A key store that holds what it is given."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.held.get((service, name))

    def set_password(self, service: str, name: str, key: str) -> None:
        self.held[service, name] = key

    def delete_password(self, service: str, name: str) -> None:
        del self.held[service, name]


@pytest.fixture
def access(tmp_path: Path) -> Iterator[ModelAccess]:
    places = Places.at(tmp_path / "data")
    places.make()
    loop, ledger, box = BackgroundLoop(), Ledger(places.ledger), BoxOfKeys()
    loop.start()
    made = ModelAccess(places, loop, ledger, ModelKeys({}, lambda: box))
    yield made
    made.close()
    loop.stop()
    ledger.close()


def pointed_at(server: ModelServer) -> ModelSettings:
    return ModelSettings(providers=(ProviderSettings(id="openai", kind="openai", base_url=server.base_url("openai")),))


def test_a_key_makes_a_model_planner_and_taking_it_away_the_rules_again(access: ModelAccess) -> None:
    told: list[str] = []
    access.on_change = lambda: told.append("changed")
    assert type(access.planner()) is OfflinePlanner
    access.keep_key("openai", " sk-abc-123 \n")
    assert (access.key_lies("openai"), access.key_lies("anthropic")) == ("key store", "")
    models = access.models()
    assert models is not None
    assert models.configured == ("openai",)
    access.forget_key("openai")
    assert access.models() is None
    assert told == ["changed", "changed"]


def test_a_provider_is_tried_with_one_word_and_paid(access: ModelAccess) -> None:
    with ModelServer() as server:
        access.change(pointed_at(server))
        assert access.test("openai").result(20).words == "It has no key."
        access.keep_key("openai", "sk-abc-123")
        assert isinstance(access.planner(), ModelPlanner)
        tested = access.test("openai").result(60)
        assert (tested.well, tested.words) == (True, "Four works by the sea hang here, newest first.")
        assert tested.micro_usd
        server.break_with("openai", "401")
        refused = access.test("openai").result(30)
        assert not refused.well
        assert refused.words == "401, it did not accept the key. Replace the key, and test again."
        assert [health.state for health in access.health()] == ["failing"]
        server.mend()
        assert access.test("openai").result(30).well
        assert [health.state for health in access.health()] == ["ready"]
        assert "sk-abc-123" not in refused.words
    assert access.test("nobody").result(20).words == "There is no such provider in the settings."


def test_settings_come_back_and_hold_no_key(tmp_path: Path) -> None:
    path = tmp_path / "models.json"
    settings = ModelSettings(quality="high", deadline_s=9)
    write_model_settings(path, settings)
    assert read_model_settings(path) == settings
    assert "key" not in path.read_text()
    assert read_model_settings(tmp_path / "none.json") == ModelSettings()


@pytest.mark.parametrize("text", ["{", '{"quality": "best"}', '{"key": "sk-1"}', '{"caps": {"run_usd": -1}}', "\xff"])
def test_settings_that_do_not_hold_ask_no_model_and_say_where(text: str, access: ModelAccess) -> None:
    access._path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ModelSettingsError, match="language models"):
        read_model_settings(access._path)
    assert type(access.planner()) is OfflinePlanner
    assert access.complaint


@pytest.mark.parametrize("key", ["", "  ", "two words", "x" * 501, "schlüssel"])
def test_what_is_no_key_is_not_kept(key: str) -> None:
    box = BoxOfKeys()
    with pytest.raises(KeyStoreError, match="no key"):
        ModelKeys({}, lambda: box).keep("openai", key)
    assert box.held == {}


def test_the_environment_is_read_and_the_key_store_comes_first() -> None:
    box = BoxOfKeys()
    keys = ModelKeys({"OPENAI_API_KEY": "sk-env"}, lambda: box)
    assert (keys.of(("openai", "anthropic")), keys.where("openai")) == ({"openai": "sk-env"}, "environment")
    keys.keep("openai", "sk-box")
    assert keys.of(("openai",)) == {"openai": "sk-box"}


def test_a_machine_without_a_key_store_says_what_to_do() -> None:
    def none() -> BoxOfKeys:
        raise RuntimeError("no backend")

    keys = ModelKeys({}, none)
    assert keys.of(("openai",)) == {}
    assert keys.complaint == (
        "The system's key store cannot be used: this computer has none that can be reached. "
        "Set OPENAI_API_KEY in the environment instead."
    )


def test_the_command_line_lists_and_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--data-dir", str(tmp_path)]
    assert main([*where, "models"]) == 0
    assert "No language model is configured" in capsys.readouterr().out
    assert main([*where, "models", "test", "nobody"]) == 2
    assert main([*where, "models", "test", "openai"]) == 1
    assert "It has no key" in capsys.readouterr().out
