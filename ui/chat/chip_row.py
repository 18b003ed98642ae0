"""What was understood, as a row of chips; a click or Enter on one opens its editor, and a correction is one signal."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from agent.intent import Intent
from ui.chat.aspects import BY_KEY, Aspect, addable, chips_of, corrected
from ui.chat.chip_editor import aspect_menu, corner_for, value_menu
from ui.chat.editors import Chip, Value, Vocabulary
from ui.style.flow import FlowLayout
from ui.style.icons import icon
from ui.style.parts import ToolButton, label, literal


class ChipRow(QWidget):
    """Emits `corrected` with the whole intent, one aspect of it changed."""

    corrected = Signal(object)

    def __init__(self, intent: Intent, known: Vocabulary) -> None:
        super().__init__()
        self.intent = intent
        self._known = known
        self.setAccessibleName("What was understood")
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._flow = FlowLayout()
        column.addLayout(self._flow)
        self._buttons = [self._button(chip) for chip in chips_of(intent, known)]
        self._plus = self._add_button()
        for made in (*self._buttons, self._plus):
            self._flow.addWidget(made)
        if intent.ignored:
            words = ", ".join(f"“{word}”" for word in intent.ignored[:8])
            column.addWidget(label(f"Not used: {words}", "caption", wrap=True))

    @property
    def buttons(self) -> tuple[QToolButton, ...]:
        """The chips' buttons in reading order, the one that adds an aspect last."""
        return (*self._buttons, self._plus)

    def correct(self, chip: Chip, value: Value | None) -> None:
        """Replace what a chip says (None removes it) and emit the corrected intent."""
        changed = corrected(self.intent, chip.aspect, value, chip.index)
        if changed.model_copy(update={"confidence": self.intent.confidence}) != self.intent:
            self.corrected.emit(changed)

    def add(self, aspect: Aspect, value: Value) -> None:
        """Add an aspect that the request did not name."""
        self.corrected.emit(corrected(self.intent, aspect.key, value))

    def _button(self, chip: Chip) -> QToolButton:
        made = _chip_button(chip.text)
        aspect = BY_KEY.get(chip.aspect)
        if aspect is None:
            made.setEnabled(False)
            made.setAccessibleName(chip.text)
            return made
        made.setAccessibleName(f"{aspect.name}: {chip.text}. Press to correct.")
        made.setToolTip(f"Correct the {aspect.name}")
        menu = value_menu(made, aspect.editor(self._known), chip, lambda value: self.correct(chip, value))
        made.clicked.connect(lambda: menu.exec(corner_for(made, menu)))
        return made

    def _add_button(self) -> QToolButton:
        made = _chip_button("")
        made.setIcon(icon("plus"))
        made.setFixedWidth(28)
        made.setAccessibleName("Add something to what was understood")
        made.setToolTip("Add something")
        made.setEnabled(bool(addable(self.intent)))
        made.clicked.connect(self._choose_aspect)
        return made

    def _choose_aspect(self) -> None:
        menu = aspect_menu(self._plus, addable(self.intent), self._known, self.add)
        menu.exec(corner_for(self._plus, menu))


def _chip_button(text: str) -> QToolButton:
    made = ToolButton()
    shown = text if len(text) <= 44 else f"{text[:43]}…"
    made.setText(literal(shown))
    made.setProperty("look", "chip")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made
