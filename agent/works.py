"""Assets as a layout sees them, and the colours and words by which they are judged."""

import colorsys
import hashlib
from collections.abc import Callable, Mapping, Sequence

from agent.ports.library import Asset, Hit
from scene.layouts.contract import Column, Work

FAMILIES = {
    "purple": ("purple", "violet", "indigo", "lavender", "lilac", "plum", "magenta"),
    "magenta": ("magenta", "fuchsia", "pink", "purple"),
    "red": ("red", "crimson", "maroon", "scarlet"),
    "blue": ("blue", "navy", "azure", "indigo"),
    "teal": ("teal", "turquoise", "cyan"),
    "cyan": ("cyan", "turquoise", "teal"),
    "green": ("green", "lime", "olive", "emerald"),
    "yellow": ("yellow", "gold"),
    "gold": ("gold", "yellow"),
    "brown": ("brown", "tan", "sienna"),
    "beige": ("beige", "cream", "tan", "sand"),
    "grey": ("grey", "gray", "silver"),
    "pink": ("pink", "rose", "salmon"),
}
"""Plain colour names and the palette names that count as them."""

_HUES_DEG = {
    "red": (345, 15), "orange": (15, 42), "yellow": (42, 68), "green": (68, 165), "teal": (165, 195),
    "cyan": (175, 200), "blue": (200, 255), "purple": (255, 315), "magenta": (290, 335), "pink": (320, 350),
}  # fmt: skip


def work_of(hit: Hit) -> Work:
    """One found asset as a layout takes it."""
    return Work(
        asset_id=hit.asset.id,
        title=hit.asset.title[:400],
        width_px=max(hit.asset.width_px, 1),
        height_px=max(hit.asset.height_px, 1),
        taken=hit.asset.taken,
        values=values_of(hit.asset),
        tags=hit.asset.tags,
        score=hit.score,
        reason=hit.reason,
        brightness=hit.asset.brightness,
    )


def values_of(asset: Asset) -> dict[Column, str]:
    """What works are grouped by: the asset's value of each property that it has."""
    found: dict[Column, str] = {"orientation": asset.orientation}
    if asset.taken is not None:
        found |= {"year": f"{asset.taken:%Y}", "month": f"{asset.taken:%Y-%m}", "day": asset.taken.isoformat()}
        found["decade"] = f"{asset.taken.year // 10 * 10}s"
    if asset.palette:
        found["colour"] = max(asset.palette, key=lambda swatch: swatch.share).name
    if asset.folder:
        found["folder"] = asset.folder
    if asset.creator:
        found["creator"] = asset.creator
    if asset.tags:
        found |= {"tag": asset.tags[0], "genre": asset.tags[0]}
    return found


def by_extreme(hits: Sequence[Hit], extreme: str) -> list[Hit]:
    """The hits with the biggest, newest, brightest ... first; undated ones come last."""
    keys: Mapping[str, Callable[[Hit], float]] = {
        "newest": lambda hit: -(hit.asset.taken.toordinal() if hit.asset.taken else 0),
        "oldest": lambda hit: hit.asset.taken.toordinal() if hit.asset.taken else 10**7,
        "biggest": lambda hit: -hit.asset.width_px * hit.asset.height_px,
        "smallest": lambda hit: hit.asset.width_px * hit.asset.height_px,
        "brightest": lambda hit: -hit.asset.brightness,
        "darkest": lambda hit: hit.asset.brightness,
        "colourful": lambda hit: -hit.asset.saturation,
        "best": lambda hit: -hit.score,
        "worst": lambda hit: hit.score,
        "random": lambda hit: int(hashlib.sha256(hit.asset.id.encode()).hexdigest()[:8], 16),
    }
    return sorted(hits, key=keys.get(extreme, lambda hit: 0.0))


def colour_share(asset: Asset, colour: str) -> float:
    """How much of the picture is of this colour, 0 to 1; by palette names and by hue."""
    names = FAMILIES.get(colour, (colour,))
    return sum(s.share for s in asset.palette if any(n in s.name.split() for n in names) or _is_hue(s.hex, colour))


def _is_hue(hex_colour: str, colour: str) -> bool:
    span = _HUES_DEG.get(colour)
    if span is None or len(hex_colour) != 7:
        return False
    red, green, blue = (int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    degrees = hue * 360
    inside = span[0] <= degrees < span[1] if span[0] < span[1] else degrees >= span[0] or degrees < span[1]
    return inside and saturation > 0.35 and value > 0.25


def speaks_of(asset: Asset, words: str) -> bool:
    """Whether title, tags, folder or description use these words, in singular or plural."""
    text = " ".join((asset.title, *asset.tags, asset.folder, asset.description)).casefold()
    known = {_stem(word) for word in "".join(c if c.isalnum() else " " for c in text).split()}
    asked = [_stem(word) for word in words.casefold().split()]
    return bool(asked) and all(word in known for word in asked)


def _stem(word: str) -> str:
    """A rough stem; the plural goes first, so that "weddings" and "wedding" are alike."""
    if word.endswith("men") and len(word) > 5:
        word = f"{word[:-2]}an"
    elif word.endswith("ies") and len(word) > 4:
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        word = word[:-1]
    for ending in ("iness", "ing", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
