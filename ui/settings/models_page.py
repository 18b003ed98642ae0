"""The page of language models: providers in the order in which they are asked, their keys, models and a test."""

from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent.models.settings import ModelSettings, ProviderSettings, variable_of
from ui.settings.add_local import AddLocal, first_fault
from ui.settings.aside import Aside
from ui.settings.price_fields import known_price, same_price
from ui.settings.provider_card import ProviderCard
from ui.settings.words import spoken_usd
from ui.style.parts import ComboBox, bring_into_view, button, frame, label

if TYPE_CHECKING:
    from app.models.access import ModelAccess
    from app.models.trial import Tested

_INTRODUCTION = (
    "Providers are asked in this order; the next one takes over when one fails. Without any, requests are read by "
    "rules on this computer, at no cost."
)
_PHRASE = (("never", "Never"), ("other_languages", "In other languages than English"), ("always", "Always"))
_HEALTH_MS = 1_500


class ModelsPage(QWidget):
    """Every change is kept at once and holds from the next request on. Emits `changed` after each."""

    changed = Signal()

    def __init__(self, models: "ModelAccess") -> None:
        super().__init__()
        self._models = models
        self._aside = Aside(self)
        self._settings = ModelSettings()
        self.cards: dict[str, ProviderCard] = {}
        self.alarm, self._alarm_words = frame("note"), label("", wrap=True)
        self.mend = button("Start with the usual settings", self._mend)
        self._build_alarm()
        self.add = AddLocal()
        self.add.added.connect(self._add)
        self.add.left.connect(self._close_add)
        self.add_local = button("Add a local server…", self._open_add)
        self.phrase = ComboBox()
        for value, words in _PHRASE:
            self.phrase.addItem(words, value)
        self.phrase.setAccessibleName("When answers are put into a model's words")
        self.phrase.activated.connect(lambda _: self._change(phrase_answers=self.phrase.currentData()))
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._build()
        self.show_settings()
        self._health = QTimer(self)
        self._health.setInterval(_HEALTH_MS)
        self._health.timeout.connect(self._show_health)
        self._health.start()

    def show_settings(self) -> None:
        """Read everything anew."""
        self._settings = self._models.settings()
        for card in self.cards.values():
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        providers = self._settings.providers
        self.cards = {one.id: self._card(one, place, len(providers)) for place, one in enumerate(providers)}
        for card in self.cards.values():
            self._list.addWidget(card)
        self.phrase.setCurrentIndex(max(0, self.phrase.findData(self._settings.phrase_answers)))
        self._complain(self._models.complaint, mend=bool(self._models.complaint))
        self._show_health()
        self._look_for_keys()

    # -- keys ------------------------------------------------------------------------------------

    def _look_for_keys(self) -> None:
        wanted = tuple(one.id for one in self._settings.providers)

        def look() -> tuple[dict[str, str], str]:
            found = {provider: str(self._models.key_lies(provider)) for provider in wanted}
            return found, self._models.keys.complaint

        if wanted:
            self._aside.do(look, self._show_keys)

    def _show_keys(self, found: tuple[dict[str, str], str]) -> None:
        places, complaint = found
        for provider, where in places.items():
            if provider in self.cards:
                self.cards[provider].show_key(where, can_keep=not complaint)
        if complaint:
            variables = " or ".join(variable_of(one) for one in places)
            instead = f"Set {variables} in the environment before the start instead."
            self._complain(f"{complaint.partition('. ')[0].rstrip('.')}. {instead} Keys are never kept in a file.")

    def _keep_key(self, provider: str, key: str) -> None:
        self._aside.do(
            partial(self._models.keep_key, provider, key), self._key_changed, partial(self._failed, provider)
        )

    def _drop_key(self, provider: str) -> None:
        self._aside.do(partial(self._models.forget_key, provider), self._key_changed, partial(self._failed, provider))

    def _key_changed(self, _: None) -> None:
        self._look_for_keys()
        self.changed.emit()

    def _failed(self, provider: str, error: Exception) -> None:
        if provider in self.cards:
            self.cards[provider].show_result(str(error), "bad")

    # -- changes ---------------------------------------------------------------------------------

    def _change(self, provider_id: str = "", **values: Any) -> bool:
        """Keep other settings; whether they hold."""
        from app.models.settings import ModelSettingsError

        try:
            settings = ModelSettings.model_validate(self._settings.model_dump() | values)
            self._models.change(settings)
        except (ValidationError, ModelSettingsError) as error:
            words = first_fault(error) if isinstance(error, ValidationError) else str(error)
            if provider_id in self.cards:
                self.cards[provider_id].show_result(words, "bad")
            else:
                self._complain(words)
            return False
        self._settings = settings
        self.changed.emit()
        return True

    def _change_provider(self, provider_id: str, **values: Any) -> None:
        providers = [
            one.model_dump() | values if one.id == provider_id else one.model_dump() for one in self._settings.providers
        ]
        if self._change(provider_id, providers=providers):
            self.show_settings()
            self._focus(provider_id)

    def _models_changed(self, provider: ProviderSettings, models: dict[str, dict[str, str]]) -> None:
        """Other models; a server of one's own keeps its one price."""
        values: dict[str, Any] = {"models": models}
        if provider.kind == "local":
            names = [name for by_quality in models.values() for name in by_quality.values()]
            values["prices"] = same_price(names, known_price(provider))
        self._change_provider(provider.id, **values)

    def _move(self, provider_id: str, steps: int) -> None:
        providers = list(self._settings.providers)
        place = next(n for n, one in enumerate(providers) if one.id == provider_id)
        providers.insert(max(0, place + steps), providers.pop(place))
        if self._change(provider_id, providers=[one.model_dump() for one in providers]):
            self.show_settings()
            self._focus(provider_id)

    def _remove(self, provider_id: str) -> None:
        left = [one.model_dump() for one in self._settings.providers if one.id != provider_id]
        if self._change(provider_id, providers=left):
            self.show_settings()

    def _open_add(self) -> None:
        self.add_local.hide()
        self.add.open()

    def _close_add(self) -> None:
        self.add.hide()
        self.add_local.show()
        self.add_local.setFocus()

    def _add(self, provider: ProviderSettings) -> None:
        if provider.id in self.cards:
            self.add.complain(f"There is a provider “{provider.id}” already. Give this one another name.")
            return
        if self._change(providers=[one.model_dump() for one in (*self._settings.providers, provider)]):
            self._close_add()
            self.show_settings()
            self._focus(provider.id)

    def _mend(self) -> None:
        self._settings = ModelSettings()
        if self._change():
            self.show_settings()

    def _test(self, provider_id: str) -> None:
        self._aside.follow(
            self._models.test(provider_id), partial(self._tested, provider_id), partial(self._failed, provider_id)
        )

    def _tested(self, provider_id: str, tested: "Tested") -> None:
        if provider_id not in self.cards:
            return
        if not tested.well:
            self.cards[provider_id].show_result(f"No answer. {tested.words[:300]}", "bad")
            return
        cost = "" if tested.micro_usd is None else f", {spoken_usd(tested.micro_usd / 1_000_000)}"
        self.cards[provider_id].show_result(f"Answered “{tested.words}” in {tested.seconds:.1f} s{cost}", "good")

    # -- parts -----------------------------------------------------------------------------------

    def _show_health(self) -> None:
        known = {health.name: health for health in self._models.health()}
        for provider_id, card in self.cards.items():
            card.show_health(known.get(provider_id))

    def _focus(self, provider_id: str) -> None:
        if provider_id in self.cards:
            self.cards[provider_id].use.setFocus()
            bring_into_view(self.cards[provider_id])

    def _complain(self, words: str, *, mend: bool = False) -> None:
        self._alarm_words.setText(words)
        self.alarm.setVisible(bool(words))
        self.mend.setVisible(mend)

    def _card(self, provider: ProviderSettings, place: int, places: int) -> ProviderCard:
        made, name = ProviderCard(provider, self._settings.quality, place, places), provider.id
        made.used.connect(lambda on: self._change_provider(name, enabled=on))
        made.address_given.connect(lambda url: self._change_provider(name, base_url=url))
        made.models_given.connect(lambda models: self._models_changed(provider, models))
        made.prices_given.connect(lambda prices: self._change_provider(name, prices=prices))
        made.key_given.connect(partial(self._keep_key, name))
        made.key_dropped.connect(partial(self._drop_key, name))
        made.test_wanted.connect(partial(self._test, name))
        made.moved.connect(partial(self._move, name))
        made.removed.connect(partial(self._remove, name))
        return made

    def _build_alarm(self) -> None:
        column = QVBoxLayout(self.alarm)
        column.setContentsMargins(12, 9, 12, 10)
        column.addWidget(self._alarm_words)
        column.addWidget(self.mend)
        self.alarm.hide()

    def _build(self) -> None:
        phrasing = QHBoxLayout()
        phrasing.addWidget(label("Put answers into a model's words", "soft"))
        phrasing.addStretch(1)
        phrasing.addWidget(self.phrase)
        adding = QHBoxLayout()
        adding.addWidget(self.add_local)
        adding.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(label("Models", "title"))
        column.addWidget(label(_INTRODUCTION, "soft", wrap=True))
        column.addWidget(self.alarm)
        column.addLayout(self._list)
        column.addWidget(self.add)
        column.addLayout(adding)
        column.addLayout(phrasing)
        column.addStretch(1)
