"""What a corrected request says above its bubble."""

from agent.intent import Intent
from ui.chat.aspects import chips_of
from ui.chat.editors import Vocabulary


def correction_note(known: Vocabulary, intent: Intent) -> str:
    """The corrected chips in one line."""
    words = " · ".join(chip.text for chip in chips_of(intent, known)[:8])
    return f"Corrected to: {words}"
