"""The design tokens: every colour, size and typeface of the chrome, named once."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Tokens:
    """Neutral chrome with one accent; the art is the colour. Sizes are logical pixels. As they stand, the dark look."""

    scheme: str = "dark"

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
    faint: str = "#9797a2"
    """Captions; still 4.5:1 on every ground."""
    disabled: str = "#5c5c66"
    accent: str = "#e8b25c"
    accent_hover: str = "#f2c479"
    accent_wash: str = "#2b241a"
    """The accent at a tenth of its strength over `panel`."""
    fill: str = "#e8b25c"
    """The accent as a ground: of buttons, ticks and selections."""
    fill_hover: str = "#f2c479"
    fill_pressed: str = "#d09c47"
    on_fill: str = "#1a1206"
    good: str = "#7dc99b"
    warn: str = "#e8b25c"
    bad: str = "#f2837a"
    bad_wash: str = "#2c1a1a"
    bad_line: str = "#58302e"
    glass: str = "rgba(17, 17, 20, 226)"
    """Behind what floats over the picture."""
    plan_floor: str = "#232329"
    plan_wall: str = "#a3a3ae"
    plan_door: str = "#4a4a54"
    plan_work: str = "#d9d9df"
    plan_dimmed: str = "#4d4d57"
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


DARK = Tokens()
LIGHT = Tokens(
    scheme="light",
    void="#e7e7ea",
    panel="#f3f3f5",
    raised="#fcfcfd",
    hover="#e9e9ed",
    pressed="#dcdce2",
    line="#d9d9df",
    strong_line="#b4b4be",
    text="#19191d",
    soft="#45454f",
    faint="#5d5d68",
    disabled="#9c9ca6",
    accent="#7d5204",
    accent_hover="#664200",
    accent_wash="#f6ead2",
    fill="#e6ac4b",
    fill_hover="#dd9d34",
    fill_pressed="#cd8d24",
    on_fill="#1a1206",
    good="#17663d",
    warn="#7d5204",
    bad="#ad271d",
    bad_wash="#fbe6e3",
    bad_line="#e3b1ab",
    glass="rgba(250, 250, 252, 236)",
    plan_floor="#e3e3e8",
    plan_wall="#6b6b76",
    plan_door="#b7b7c1",
    plan_work="#2b2b31",
    plan_dimmed="#b9b9c2",
)

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
