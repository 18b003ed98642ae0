"""The pages of the settings over real settings, a real ledger and a key store in memory; a provider over real HTTP."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from agent.learning.evidence import Evidence
from agent.learning.preference import Preference
from agent.models.settings import ModelSettings
from app.background import BackgroundLoop
from app.models.access import ModelAccess
from app.models.keys import KeyStore, ModelKeys
from app.models.ledger import Ledger
from app.places import Places
from app.remembering.memory import Memory
from app.remembering.preferences import Preferences
from tests.model_server.server import ModelServer
from ui.settings.dialog import SettingsDialog
from ui.settings.models_page import ModelsPage
from ui.settings.money_page import MoneyPage
from ui.settings.preferences_page import PreferencesPage


class Shelf:
    """A key store in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, key: str) -> None:
        self.kept[service, name] = key

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


class NoBackendError(Exception):
    """As keyring says it where there is no key store."""


def no_store() -> KeyStore:
    raise NoBackendError


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places.at(tmp_path / "data")
    made.make()
    return made


@pytest.fixture
def loop() -> Iterator[BackgroundLoop]:
    made = BackgroundLoop()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def ledger(places: Places) -> Iterator[Ledger]:
    made = Ledger(places.ledger)
    yield made
    made.close()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def models(places: Places, loop: BackgroundLoop, ledger: Ledger, shelf: Shelf) -> Iterator[ModelAccess]:
    made = ModelAccess(places, loop, ledger, ModelKeys({}, lambda: shelf))
    yield made
    made.close()


@pytest.fixture
def page(models: ModelAccess, qtbot: QtBot) -> ModelsPage:
    made = ModelsPage(models)
    qtbot.addWidget(made)
    made.show()
    return made


def named(parent: QWidget, name: str) -> QWidget:
    found = [child for child in parent.findChildren(QWidget) if child.accessibleName() == name]
    assert found, name
    return found[-1]


def test_a_key_goes_to_the_key_store_and_is_shown_only_as_set(
    page: ModelsPage, models: ModelAccess, shelf: Shelf, qtbot: QtBot
) -> None:
    card = page.cards["openai"]
    assert card.key_words.text() == "Not set"
    card.set_key.click()
    assert card.key_field.echoMode() is QLineEdit.EchoMode.Password
    card.key_field.setText("sk-test-1234")
    with qtbot.waitSignal(page.changed):
        qtbot.keyClick(card.key_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.key_words.text().startswith("Set"))
    assert shelf.kept == {("vernissage", "openai"): "sk-test-1234"}
    assert card.key_field.text() == ""
    assert "sk-test" not in models.settings().model_dump_json()
    card.drop_key.click()
    qtbot.waitUntil(lambda: card.key_words.text() == "Not set")
    assert shelf.kept == {}


def _say_prices(page: ModelsPage, models: ModelAccess, qtbot: QtBot) -> None:
    """Figures hold, words do not, and nothing at all means that nobody knows."""

    def told(read: str, written: str) -> dict[str, float]:
        price = page.cards["local"].price
        assert price is not None
        price.read.setText(read)
        price.written.setText(written)
        qtbot.keyClick(price.written, Qt.Key.Key_Return)
        local = models.settings().provider("local")
        assert local is not None
        return {name: one.output_usd_per_million for name, one in local.prices.items()}

    assert told("0.5", "1,5") == {"tiny": 1.5}
    assert told("much", "1") == {"tiny": 1.5}
    assert "number of dollars" in page.cards["local"].result.text()
    assert told("", "") == {}


def test_a_key_that_is_none_is_refused_in_words(page: ModelsPage, shelf: Shelf, qtbot: QtBot) -> None:
    card = page.cards["anthropic"]
    card.set_key.click()
    card.key_field.setText("two words")
    card.keep_key.click()
    qtbot.waitUntil(lambda: "no key" in card.result.text())
    assert shelf.kept == {}


def test_without_a_key_store_the_page_says_so(
    places: Places, loop: BackgroundLoop, ledger: Ledger, qtbot: QtBot
) -> None:
    models = ModelAccess(places, loop, ledger, ModelKeys({"OPENAI_API_KEY": "from-outside"}, no_store))
    page = ModelsPage(models)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.alarm.isVisible)
    said = page._alarm_words.text()
    assert "key store cannot be used" in said
    assert "ANTHROPIC_API_KEY" in said
    assert page.cards["openai"].key_words.text() == "Set, in the environment"
    assert not page.cards["openai"].set_key.isEnabled()


def test_order_use_models_and_address_are_kept(page: ModelsPage, models: ModelAccess) -> None:
    later = named(page.cards["openai"], "Ask OpenAI later")
    assert isinstance(later, QToolButton)
    later.click()
    assert [one.id for one in models.settings().providers] == ["anthropic", "openai"]
    page.cards["anthropic"].address.setText("https://models.example.org/")
    page.cards["anthropic"].address.editingFinished.emit()
    assert models.settings().providers[0].base_url == "https://models.example.org"
    page.cards["openai"].use.setChecked(False)
    openai = models.settings().provider("openai")
    assert openai is not None
    assert not openai.enabled
    field = page.cards["openai"].grid.fields["plan", "high"]
    field.setText("gpt-9")
    field.editingFinished.emit()
    openai = models.settings().provider("openai")
    assert openai is not None
    assert openai.model("plan", "high") == "gpt-9"
    assert openai.model("plan", "draft") == "gpt-4.1-mini"


def test_a_local_server_is_added_tried_over_http_and_removed(
    page: ModelsPage, models: ModelAccess, qtbot: QtBot
) -> None:
    with ModelServer() as server:
        page.add_local.click()
        page.add.address.setText(server.base_url("openai"))
        qtbot.keyClick(page.add.address, Qt.Key.Key_Return)
        assert page.add.complaint.isVisible()
        page.add.model.setText("tiny")
        qtbot.keyClick(page.add.model, Qt.Key.Key_Return)
        card = page.cards["local"]
        assert not page.add.isVisible()
        assert models.settings().provider("local").prices["tiny"].input_usd_per_million == 0  # type: ignore[union-attr]
        card.test.click()
        qtbot.waitUntil(lambda: card.result.text().startswith("Answered"), timeout=30_000)
        server.break_with("openai", "401")
        card.test.click()
        qtbot.waitUntil(lambda: card.result.text().startswith("No answer"), timeout=30_000)
        server.mend()
        card.key_given.emit("word-of-its-own")
        qtbot.waitUntil(lambda: page.cards["local"].key_words.text().startswith("Set"))
        card.test.click()
        qtbot.waitUntil(lambda: card.result.text().startswith("Answered"), timeout=30_000)
        assert server.asked[-1].headers["authorization"] == "Bearer word-of-its-own"
    _say_prices(page, models, qtbot)
    card = page.cards["local"]
    card.address.setText("http://example.org/v1")
    card.address.editingFinished.emit()
    assert "travel in clear" in card.result.text()
    page.cards["local"].removed.emit()
    assert models.settings().provider("local") is None


def test_settings_that_do_not_hold_are_left_until_that_is_wanted(
    places: Places, page: ModelsPage, models: ModelAccess
) -> None:
    places.model_settings.write_text('{"quality": "splendid"}', encoding="utf-8")
    page.show_settings()
    assert page.alarm.isVisible()
    assert page.cards == {}
    assert "splendid" in places.model_settings.read_text(encoding="utf-8")
    page.mend.click()
    assert models.settings() == ModelSettings()
    assert list(page.cards) == ["openai", "anthropic"]


def test_caps_are_set_and_lifted_and_the_day_is_counted(models: ModelAccess, ledger: Ledger, qtbot: QtBot) -> None:
    page = MoneyPage(models, ledger)
    qtbot.addWidget(page)
    assert page.today.text() == "$0.00"
    assert not page.empty.isHidden()
    page.amounts["run_usd"].setValue(0.2)
    page.switches["tenant_usd"].setChecked(False)
    caps = models.settings().caps
    assert (caps.run_usd, caps.day_usd, caps.tenant_usd) == (0.2, 5.0, None)
    assert not page.amounts["tenant_usd"].isEnabled()
    reservation = ledger.reserve_now("run", "understand", 400_000)
    asyncio.run(ledger.settle(reservation, 250_000))
    page.show_settings()
    assert page.today.text() == "$0.25"
    assert page.today_bar.value() == 50
    assert page.empty.isHidden()


class Rules:
    """Real preferences as the session offers them."""

    def __init__(self, preferences: Preferences) -> None:
        self._kept = preferences

    def preferences(self, *, everywhere: bool = False) -> tuple[Preference, ...]:
        return self._kept.all() if everywhere else self._kept.holding("scene", "project")

    def edit_preference(self, preference_id: str, **values: object) -> Preference:
        return self._kept.edit(preference_id, places=("scene", "project"), **values)  # type: ignore[arg-type]

    def forget_preference(self, preference_id: str) -> None:
        self._kept.forget(preference_id)


@pytest.fixture
def rules(places: Places) -> Iterator[Rules]:
    memory = Memory(places.memory)
    kept = Preferences(memory)
    tight = [
        Evidence(
            id=f"e{n}", topic="gap_m", want="more", value=0.8, said="Too tight", scene_id="scene",
            project_id="project", turn_id=f"t{n}", at=f"2026-11-2{n}T12:00:00+00:00",
        )
        for n in range(2)
    ]  # fmt: skip
    kept.learn(tight)
    yield Rules(kept)
    memory.close()


def test_a_rule_of_this_project_that_a_narrower_one_overrules_is_not_called_anothers(
    rules: Rules, qtbot: QtBot
) -> None:
    page = PreferencesPage(rules, {}, lambda: "project")
    qtbot.addWidget(page)
    scopes = [card.scope.currentText() for card in page.cards.values()]
    assert sorted(scopes) == ["In this project", "In this scene"]
    page = PreferencesPage(rules, {}, lambda: "other")
    qtbot.addWidget(page)
    assert "In another project" in [card.scope.currentText() for card in page.cards.values()]


def test_rules_show_their_evidence_and_are_edited_and_forgotten(rules: Rules, qtbot: QtBot) -> None:
    page = PreferencesPage(rules, {"white_cube": "White cube"})
    qtbot.addWidget(page)
    page.show()
    rule = rules.preferences(everywhere=True)[0]
    card = page.cards[rule.id]
    assert "tight spacing rejected 2 times" in card.accessibleName()
    assert card.evidence.isHidden()
    card.why_button.click()
    assert not card.evidence.isHidden()
    assert card.value is not None
    card.value.setValue(2.5)
    card.value.editingFinished.emit()
    edited = next(one for one in rules.preferences(everywhere=True) if one.id == rule.id)
    assert (edited.value, edited.edited) == (2.5, True)
    card = page.cards[edited.id]
    card.scope.setCurrentIndex(card.scope.findData("always"))
    card.scope.activated.emit(card.scope.currentIndex())
    assert any(one.scope == "always" for one in rules.preferences(everywhere=True))
    page.forget_all.click()
    assert page.sure.isVisible()
    sure = named(page.sure, "Yes, forget all rules")
    assert isinstance(sure, QPushButton)
    sure.click()
    assert rules.preferences(everywhere=True) == ()
    assert page.empty.isVisible()


def test_the_dialog_turns_its_pages_by_keyboard(
    models: ModelAccess, ledger: Ledger, rules: Rules, qtbot: QtBot
) -> None:
    pages: dict[str, QWidget] = {
        "models": ModelsPage(models), "money": MoneyPage(models, ledger), "preferences": PreferencesPage(rules, {}),
    }  # fmt: skip
    dialog = SettingsDialog(pages)
    qtbot.addWidget(dialog)
    dialog.show_page("money")
    assert dialog.page == "money"
    dialog.show()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.page == "preferences"
    nameless = [w for w in dialog.findChildren(QPushButton) if not w.accessibleName()]
    nameless += [w for w in dialog.findChildren(QToolButton) if not w.accessibleName() and w.objectName() == ""]
    assert nameless == []
