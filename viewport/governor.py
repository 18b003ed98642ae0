"""Automatic quality: draft, standard or high, as quickly as this machine draws them, without wavering between two."""

from typing import Literal

from viewport.pace import Quality

Choice = Literal["draft", "standard", "high", "automatic"]
CHOICES: tuple[Choice, ...] = ("draft", "standard", "high", "automatic")

QUICK_S = 0.012
"""Machines that draw a frame as quickly as this are given high quality."""
UNHURRIED_S = 0.022
"""High quality is left when frames take longer."""
SLOW_S = 0.1
"""Standard quality is left for drafts when frames take longer."""
RELIEVED_S = 0.045
"""Drafts are left when frames take less."""
PATIENCE = 12
"""So many frames in a row have to agree."""


class Governor:
    """Follows how long frames take; says which quality to draw with when the choice is automatic."""

    def __init__(self, choice: Choice = "automatic") -> None:
        self._agreed = 0
        self._towards: Quality | None = None
        self.choice = choice

    def start(self, choice: Choice) -> Quality:
        """Begin with a choice; automatic begins at standard."""
        self.choice, self._agreed, self._towards = choice, 0, None
        return "standard" if choice == "automatic" else choice

    def after(self, quality: Quality, seconds: float) -> Quality:
        """The quality of the next frame after a plain one of `quality` took so long."""
        if self.choice != "automatic":
            return quality
        wanted = _fitting(quality, seconds)
        if wanted == quality:
            self._agreed, self._towards = 0, None
            return quality
        self._agreed = self._agreed + 1 if wanted == self._towards else 1
        self._towards = wanted
        if self._agreed < PATIENCE:
            return quality
        self._agreed, self._towards = 0, None
        return wanted


def _fitting(quality: Quality, seconds: float) -> Quality:
    if quality == "draft":
        return "standard" if seconds < RELIEVED_S else "draft"
    if quality == "high":
        return "standard" if seconds > UNHURRIED_S else "high"
    if seconds > SLOW_S:
        return "draft"
    return "high" if seconds < QUICK_S else "standard"
