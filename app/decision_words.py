"""Words that decide about the proposal in hand, typed instead of pressing its buttons; only whole sentences count."""

from typing import Literal

Decision = Literal["approve", "reject"]

_APPROVE = frozenset(
    {
        "approve", "approve all", "approve it", "approve that", "approved", "yes", "yes please", "yes approve", "ok",
        "okay", "keep it", "keep this", "keep that", "looks good", "perfect", "accept", "accept it", "take it", "do it",
    }
)  # fmt: skip
_REJECT = frozenset(
    {
        "reject", "reject it", "reject that", "reject all", "no", "no thanks", "discard", "discard it", "drop it",
        "throw it away", "decline", "forget it",
    }
)  # fmt: skip


def decision_in(text: str) -> Decision | None:
    """Whether the whole of `text` approves or rejects; anything longer or other is a request."""
    words = " ".join("".join(letter if letter.isalnum() else " " for letter in text[:80].casefold()).split())
    if words in _APPROVE:
        return "approve"
    return "reject" if words in _REJECT else None
