"""The design tokens: every colour, size and typeface of the chrome, named once."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Tokens:
    """Near-black neutral chrome with one accent; the art is the colour. Sizes are logical pixels."""

    void: str = "#0b0b0d"
    """Behind everything: the window and the viewport before the first frame."""
    panel: str = "#131316"
    raised: str = "#1b1b1f"
    """Bubbles, fields and cards."""
    hover: str = "#25252b"
    pressed: str = "#2e2e36"
    line: str = "#26262b"
    strong_line: str = "#3a3a42"
    text: str = "#ededf0"
    soft: str = "#b4b4bd"
    """Secondary text."""
    faint: str = "#8e8e99"
    """Captions; still 4.5:1 on `raised`."""
    disabled: str = "#5c5c66"
    accent: str = "#e8b25c"
    accent_hover: str = "#f2c479"
    accent_pressed: str = "#d09c47"
    accent_wash: str = "#2b241a"
    """The accent at a tenth of its strength over `panel`."""
    on_accent: str = "#1a1206"
    good: str = "#7dc99b"
    warn: str = "#e8b25c"
    bad: str = "#f2837a"
    bad_wash: str = "#2c1a1a"
    radius: int = 6
    radius_large: int = 10
    gap: int = 8
    small_px: int = 11
    body_px: int = 13
    title_px: int = 15
    display_px: int = 24

    def as_words(self) -> dict[str, str]:
        """The tokens by name, for the style sheet's template."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}


TOKENS = Tokens()

TYPEFACES = (
    "Inter",
    "Inter Display",
    "SF Pro Text",
    "Segoe UI Variable Text",
    "Segoe UI",
    "Cantarell",
    "Noto Sans",
    "Ubuntu",
    "DejaVu Sans Condensed",
    "DejaVu Sans",
)
"""The first one that the system has is used."""
