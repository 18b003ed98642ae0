"""One provider in the settings: whether it is used, its address, its key, its models, its order, and a test."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from agent.models.settings import ProviderSettings
from agent.ports.models import ProviderHealth, Purpose, Quality
from ui.settings.model_grid import ModelGrid
from ui.settings.price_fields import BadPrice, PriceFields, known_price, models_of, same_price
from ui.settings.words import health_lines, health_state, provider_name
from ui.style.parts import CheckBox, bring_into_view, button, icon_button, label, restyle

_KEY_WORDS = {"key store": "Set, in the system's key store", "environment": "Set, in the environment"}


class ProviderCard(QFrame):
    """Emits what the creator wants of this provider; the page does it."""

    used = Signal(bool)
    address_given = Signal(str)
    models_given = Signal(object)
    prices_given = Signal(object)
    key_given = Signal(str)
    key_dropped = Signal()
    test_wanted = Signal()
    moved = Signal(int)
    removed = Signal()

    def __init__(self, provider: ProviderSettings, quality: Quality, place: int, places: int) -> None:
        super().__init__()
        self.setProperty("look", "inset")
        self.provider = provider
        self._no_key = "Not set" if provider.needs_key else "Not set; most need none"
        self._tested = False
        """Whether the keyboard was on the button that a test disables meanwhile."""
        self.name = provider_name(provider.id)
        self.setAccessibleName(f"Provider {self.name}")
        self.use = CheckBox(self.name)
        self.use.setChecked(provider.enabled)
        self.use.setAccessibleName(f"Use {self.name}")
        self.use.toggled.connect(self.used)
        self.state = label("", "caption")
        self.key_words = label("", "soft")
        self.key_field = _key_field(self.name)
        self.result = label("", "soft", wrap=True)
        self.result.hide()
        self.test = button("Test", self._test, name=f"Test {self.name}")
        self.test.setToolTip("Ask it for one word. It counts against the caps like any other call.")
        self._form = QGridLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(7)
        self._form.setColumnStretch(1, 1)
        self._form.setColumnMinimumWidth(0, 62)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 11, 12, 12)
        column.setSpacing(9)
        column.addLayout(self._head(place, places))
        column.addLayout(self._form)
        self._address_row()
        self._key_rows()
        self._models_rows(quality)
        self.price: PriceFields | None = None
        if provider.kind == "local":
            self._price_row()
        column.addWidget(self.result)

    # -- what is known ---------------------------------------------------------------------------

    def show_key(self, where: str, *, can_keep: bool) -> None:
        """Where the key lies; it is never shown itself."""
        self.key_words.setText(_KEY_WORDS.get(where) or self._no_key)
        restyle(self.key_words, "role", "good" if where else "soft")
        self.set_key.setText("Replace…" if where == "key store" else "Set…")
        self.set_key.setEnabled(can_keep)
        self.set_key.setToolTip("" if can_keep else "The system's key store cannot be used here.")
        self.drop_key.setVisible(where == "key store")

    def show_health(self, health: ProviderHealth | None) -> None:
        """How it has done lately."""
        self.state.setText(health_state(health) if health is not None else "")
        self.state.setToolTip("\n".join(health_lines(health)) if health is not None else "")

    def show_result(self, words: str, role: str) -> None:
        """What a test came to, or why a change was refused."""
        self.test.setEnabled(True)
        if self._tested:
            self._tested = False
            self.test.setFocus(Qt.FocusReason.OtherFocusReason)
        self.result.setText(words)
        restyle(self.result, "role", role)
        self.result.setVisible(bool(words))
        self.result.setAccessibleName(f"{self.name}: {words}")
        if words:
            bring_into_view(self.result)

    # -- parts -----------------------------------------------------------------------------------

    def _head(self, place: int, places: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.use)
        row.addStretch(1)
        row.addWidget(self.state)
        up = icon_button("arrow-up", f"Ask {self.name} earlier", partial(self.moved.emit, -1))
        down = icon_button("arrow-down", f"Ask {self.name} later", partial(self.moved.emit, 1))
        up.setEnabled(place > 0)
        down.setEnabled(place < places - 1)
        row.addSpacing(6)
        row.addWidget(self.test)
        row.addWidget(up)
        row.addWidget(down)
        if self.provider.kind == "local":
            row.addWidget(icon_button("trash", f"Remove {self.name}", self.removed.emit))
        return row

    def _row(self, name: str, *widgets: QWidget, stretched: int = 0) -> None:
        row, line = self._form.rowCount(), QHBoxLayout()
        line.setSpacing(8)
        for place, widget in enumerate(widgets):
            line.addWidget(widget, 1 if place == stretched else 0)
        self._form.addWidget(label(name, "caption"), row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._form.addLayout(line, row, 1)

    def _address_row(self) -> None:
        self.address = QLineEdit(self.provider.base_url)
        self.address.setPlaceholderText(f"{self.name}'s own; or that of a server in between")
        self.address.setAccessibleName(f"Address of {self.name}")
        self.address.setMaxLength(400)
        self.address.editingFinished.connect(self._address_edited)
        self._row("Address", self.address)

    def _address_edited(self) -> None:
        if self.address.text().strip() != self.provider.base_url:
            self.address_given.emit(self.address.text().strip())

    def _key_rows(self) -> None:
        self.set_key = button("Set…", self._ask_key, name=f"Set the key of {self.name}")
        self.drop_key = button("Remove", self.key_dropped.emit, "quiet", name=f"Remove the key of {self.name}")
        self._row("Key", self.key_words, self.drop_key, self.set_key)
        self.keep_key = button("Keep", self._give_key, "primary", name=f"Keep the key of {self.name}")
        self.leave_key = button("Cancel", self._leave_key, "quiet")
        self._key_parts = (self.key_field, self.leave_key, self.keep_key)
        row, line = self._form.rowCount(), QHBoxLayout()
        line.setSpacing(8)
        for widget in self._key_parts:
            line.addWidget(widget)
            widget.hide()
        self._form.addLayout(line, row, 1)
        self.key_field.returnPressed.connect(self._give_key)
        self.show_key("", can_keep=True)

    def _models_rows(self, quality: Quality) -> None:
        self.summary: QLabel = label(models_in_words(self.provider, quality), "soft", wrap=True)
        self.grid = ModelGrid(self.provider, self.name)
        self.grid.given.connect(self.models_given)
        self.grid.hide()
        change = button("Change…", self._toggle_models, name=f"Change the models of {self.name}")
        self._row("Models", self.summary, change)
        self._form.addWidget(self.grid, self._form.rowCount(), 0, 1, 2)

    def _price_row(self) -> None:
        self.price = PriceFields(self.name, known_price(self.provider))
        self.price.edited.connect(self._price_edited)
        self._row("Price", self.price)

    def _price_edited(self) -> None:
        assert self.price is not None
        try:
            price = self.price.price()
        except BadPrice as error:
            self.show_result(str(error), "bad")
            return
        if price != known_price(self.provider):
            self.prices_given.emit(same_price(models_of(self.provider), price))

    def _toggle_models(self) -> None:
        self.grid.setVisible(self.grid.isHidden())
        if self.grid.isVisible():
            self.grid.first.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(self.grid)

    # -- keys and tests --------------------------------------------------------------------------

    def _ask_key(self) -> None:
        for widget in self._key_parts:
            widget.show()
        self.key_field.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self.key_field)

    def _leave_key(self) -> None:
        self.key_field.clear()
        for widget in self._key_parts:
            widget.hide()
        self.set_key.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_key(self) -> None:
        key = self.key_field.text().strip()
        if key:
            self._leave_key()
            self.key_given.emit(key)

    def _test(self) -> None:
        self.show_result("Asking…", "soft")
        self._tested = self.test.hasFocus()
        self.test.setEnabled(False)
        self.test_wanted.emit()


def _key_field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setPlaceholderText("Paste the key, then Enter")
    made.setAccessibleName(f"Key of {name}")
    made.setMaxLength(500)
    return made


def models_in_words(provider: ProviderSettings, quality: Quality) -> str:
    """The models that are asked for the two purposes of every request."""
    purposes: tuple[Purpose, ...] = ("plan", "chat")
    found = [(purpose, provider.model(purpose, quality)) for purpose in purposes]
    return " · ".join(f"{purpose}: {model}" for purpose, model in found if model) or "None yet"
