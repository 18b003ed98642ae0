"""The words over groups: short, in at most two lines, at one size that is readable from the entrance."""

from collections.abc import Sequence

from scene.layouts.framing import LETTER_SHARE

CAP_SHARE = 0.019
"""Height of a capital relative to the width that the works fill: about 20 pixels of 1280."""
LEAST_CAP_SHARE = 0.0155
MOST_LETTERS = 38
LINE_M = 1.5
"""Distance of two lines relative to the height of a capital."""


def shortened(text: str, most: int = MOST_LETTERS) -> str:
    """The text, or as many of its words as `most` letters hold, and an ellipsis."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    words, kept = plain.split(), ""
    for word in words:
        longer = f"{kept} {word}".strip()
        if len(longer) >= most:
            break
        kept = longer
    return (kept or plain[: most - 1]).rstrip(" ,;") + "…"


def in_lines(text: str, letters: float) -> str:
    """The text as it is when so many letters fit side by side, else in two lines of about the same length."""
    words = text.split()
    if len(text) <= letters or len(words) < 2:
        return text
    parted = [(" ".join(words[:k]), " ".join(words[k:])) for k in range(1, len(words))]
    return "\n".join(min(parted, key=lambda pair: max(map(len, pair))))


def width_m(text: str, cap_m: float) -> float:
    """About how wide the words are."""
    return LETTER_SHARE * cap_m * max((len(line) for line in text.split("\n")), default=0)


def height_m(texts: Sequence[str], cap_m: float) -> float:
    """How much height the words take above what they head, with the air below them."""
    lines = max((text.count("\n") + 1 for text in texts if text), default=0)
    return cap_m * (LINE_M * lines + 0.5) if lines else 0.0
