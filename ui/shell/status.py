"""The status bar: the platform, whether the work is safe, how many works are on show, and the time of a frame."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QStatusBar, QToolButton, QWidget

from agent.ports.models import ProviderHealth
from app.messages import PlatformStateChanged, SaveChanged, SignedInAs
from ui.settings.words import asked_next, health_lines, health_state, provider_name
from ui.style.icons import icon
from ui.style.mark import Mark
from ui.style.parts import ToolButton, colour_of_state, label, literal
from ui.team.notices import NoticeBell

_SAVE_ICONS = {"saving": "spinner", "kept": "floppy-disk", "saved": "check", "failed": "warning-circle"}
_SAVE_WORDS = {"saving": "Saving…", "kept": "Kept on this machine", "saved": "Saved", "failed": "Not saved"}


_MOST_LETTERS = 60
"""Longer words would make the window wider."""
_TROUBLED = ("cooling", "failing", "untested")
_HEALTH_COLOURS = {
    "ready": "good", "unused": "faint", "untested": "warn", "cooling": "warn", "failing": "bad",
}  # fmt: skip


class _Line(QWidget):
    """An icon and a few words."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.mark, self.words = Mark(12), label()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        row.addWidget(self.mark)
        row.addWidget(self.words)

    def show_line(self, icon_name: str, colour: str, words: str, tip: str = "") -> None:
        """Show them."""
        self.mark.show_icon(icon_name, colour)
        self.words.setText(words)
        self.words.setToolTip(tip)
        self.setAccessibleName(f"{self._name}: {words}")


class StudioStatusBar(QStatusBar):
    """Quiet lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.platform, self.save = _Line("Platform"), _Line("Work")
        self.works, self.selected, self.quality, self.frame = label(), label(), label(), label()
        self.member = label()
        self.member.setContentsMargins(8, 0, 8, 0)
        self.member.hide()
        self.people = label()
        self.people.setContentsMargins(8, 0, 8, 0)
        self.people.hide()
        self.quality.setToolTip("How much is done for the picture: View > Quality")
        self.addWidget(self.platform)
        self.addWidget(self.save)
        self.models = _models_button()
        self.addWidget(self.models)
        self.models.hide()
        self.addPermanentWidget(self.people)
        self.addPermanentWidget(self.member)
        self.bell = NoticeBell()
        self.bell.hide()
        for words in (self.selected, self.works, self.quality, self.frame):
            words.setContentsMargins(8, 0, 8, 0)
            self.addPermanentWidget(words)
        self.addPermanentWidget(self.bell)
        self.show_counts(0, 0)

    def show_platform(self, message: PlatformStateChanged) -> None:
        """The platform's state."""
        first = message.text.split(". ")[0].rstrip(".")
        shown = first if len(first) <= _MOST_LETTERS else f"{first[: _MOST_LETTERS - 1]}…"
        self.platform.show_line("circle-fill", colour_of_state(message.state), shown, message.text)

    def show_save(self, message: SaveChanged) -> None:
        """Whether the open scene is safe."""
        words = message.text or _SAVE_WORDS[message.state]
        self.save.show_line(_SAVE_ICONS[message.state], colour_of_state(message.state), words)

    def show_member(self, who: SignedInAs | None) -> None:
        """Whom the team's platform takes us for."""
        self.member.setVisible(who is not None)
        if who is not None:
            self.member.setText(f"{who.name}, {who.role}")
            self.member.setToolTip(f"Signed in to {who.team} as {who.name} ({who.user}), {who.role} of {who.tenant}")
            self.member.setAccessibleName(self.member.toolTip())

    def show_people(self, names: Sequence[str]) -> None:
        """Who else is in the open scene."""
        first = ", ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")
        self.people.setText(f"With {first}" if names else "")
        self.people.setToolTip("In this scene with you:\n" + "\n".join(names) if names else "")
        self.people.setAccessibleName(f"In this scene with you: {', '.join(names)}" if names else "")
        self.people.setVisible(bool(names))

    def show_models(self, healths: Sequence[ProviderHealth]) -> None:
        """The language model that is asked next, and how it does; nothing where none is configured."""
        found = asked_next(healths)
        self.models.setVisible(found is not None)
        if found is None:
            return
        words = provider_name(found.name) + (f", {health_state(found)}" if found.state in _TROUBLED else "")
        if self.models.text() != literal(words):
            self.models.setText(literal(words))
        self.models.setIcon(icon("circle-fill", _HEALTH_COLOURS[found.state]))
        self.models.setAccessibleName(f"Language model: {provider_name(found.name)}, {health_state(found)}")
        lines = ["\n".join(health_lines(one)) for one in healths]
        self.models.setToolTip("\n\n".join([*lines, "Click for the settings"]))

    def show_counts(self, works: int, selected: int) -> None:
        """Works on show and selected."""
        self.works.setText(f"{works:,} {'work' if works == 1 else 'works'} on show")
        self.selected.setText(f"{selected:,} selected" if selected else "")

    def show_quality(self, choice: str, drawn_with: str | None) -> None:
        """The chosen quality; of an automatic one, what it came to."""
        words = choice.capitalize()
        self.quality.setText(f"{words}: {drawn_with}" if choice == "automatic" and drawn_with else words)

    def show_frame_time(
        self, seconds: float, cards: int = 0, texture_bytes: int = 0, budget: tuple[int, int] | None = None
    ) -> None:
        """How long the last frames took, what they drew, and what the scene may take: cards a frame, bytes."""
        words = [f"{seconds * 1000:.0f} ms"]
        if cards:
            most = f" of {budget[1] / 2**20:.0f}" if budget else ""
            words += [f"{cards:,} cards", f"{texture_bytes / 2**20:.0f}{most} MB"]
        self.frame.setText(" · ".join(words))
        tip = "Time to draw a frame, works on it, and memory of their textures out of what the scene may take"
        moving = f"\nWhile you move, at most {budget[0]:,} small works are drawn at once" if budget else ""
        self.frame.setToolTip(tip + moving)


def _models_button() -> QToolButton:
    made = ToolButton()
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setIconSize(QSize(11, 11))
    made.setProperty("look", "status")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made
