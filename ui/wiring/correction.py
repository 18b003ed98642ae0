"""What a corrected request says above its bubble."""

from agent.intent import Intent
from ui.chat.aspects import chips_of
from ui.chat.editors import Vocabulary


def correction_note(known: Vocabulary, intent: Intent, before: Intent | None = None) -> str:
    """What was corrected, in one line: the chips that are new or other than before, else what was taken away."""
    now = [chip.text for chip in chips_of(intent, known)]
    was = [chip.text for chip in chips_of(before, known)] if before is not None else []
    changed = [words for words in now if words not in was]
    if changed or not was:
        return f"Corrected to: {' · '.join((changed or now)[:8])}"
    gone = [words for words in was if words not in now]
    return f"Corrected: no longer {' · '.join(gone[:8])}" if gone else "Once more, as it was"
