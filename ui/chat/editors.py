"""What a chip can be edited with, as plain values: a choice, a number, words, or years."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Option:
    """One entry of a chip's menu."""

    label: str
    value: str


@dataclass(frozen=True)
class Choose:
    """Pick one of these; with `own_words`, another value can be typed."""

    options: tuple[Option, ...]
    own_words: bool = False


@dataclass(frozen=True)
class Count:
    """A number between two ends."""

    least: float
    most: float
    step: float = 1.0
    decimals: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Words:
    """A line of text."""

    hint: str = ""


@dataclass(frozen=True)
class Years:
    """A first and a last year."""

    earliest: int = 1800
    latest: int = 2100


Editor = Choose | Count | Words | Years
Value = str | float | tuple[int | None, int | None]


@dataclass(frozen=True)
class Chip:
    """One part of an intent as it is shown: the aspect it belongs to, its words, and which one of several it is."""

    aspect: str
    text: str
    value: Value
    index: int = 0
    removable: bool = True


@dataclass(frozen=True)
class Vocabulary:
    """What the menus of the chips offer: theme names by id, and the library's most frequent values."""

    themes: tuple[Option, ...] = ()
    colours: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    layouts: tuple[Option, ...] = field(
        default=(
            Option("Gallery", "gallery"),
            Option("Timeline", "timeline"),
            Option("Cluster", "cluster"),
            Option("Grid", "grid"),
        )
    )

    def theme_name(self, theme_id: str) -> str:
        """The name of a theme, or its id in words when it is not known."""
        return next((option.label for option in self.themes if option.value == theme_id), theme_id.replace("_", " "))
