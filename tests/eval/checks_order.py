"""Whether works hang in an order, in groups of one property, and none of them twice: pure functions over assets."""

from collections.abc import Mapping, Sequence

from agent.ports.library import Asset

_ALIKE_BITS = 4


def sorted_by(assets: Sequence[Asset], how: str) -> bool:
    """Whether the assets are in this order; undated ones do not count for an order in time."""
    if how in ("newest", "oldest"):
        days = [asset.taken.toordinal() for asset in assets if asset.taken]
        return days == sorted(days, reverse=how == "newest")
    if how == "title":
        titles = [asset.title.casefold() for asset in assets]
        return titles == sorted(titles)
    if how in ("darkest", "brightest"):
        light = [asset.brightness for asset in assets]
        return light == sorted(light, reverse=how == "brightest")
    if how in ("biggest", "smallest"):
        sizes = [asset.width_px * asset.height_px for asset in assets]
        return sizes == sorted(sizes, reverse=how == "biggest")
    raise ValueError(how)


def mixed_groups(groups: Mapping[str, Sequence[Asset]], column: str) -> str:
    """What is wrong with groups that should follow a property: one with two values, or a value in two of them."""
    homes: dict[str, set[str]] = {}
    for group, assets in groups.items():
        values = {value_of(asset, column) for asset in assets}
        if len(values) > 1:
            return f"{group or 'no group'}: {', '.join(sorted(values)[:3])} together"
        for value in values:
            homes.setdefault(value, set()).add(group)
    split = [value for value, where in homes.items() if len(where) > 1]
    if split:
        return f"{split[0] or 'nothing'} is in {len(homes[split[0]])} groups"
    return "" if groups and set(groups) != {""} else "there are no groups"


def value_of(asset: Asset, column: str) -> str:
    """The value of a property, empty where it has none."""
    day = asset.taken.isoformat() if asset.taken else ""
    palette = max(asset.palette, key=lambda swatch: swatch.share).name if asset.palette else ""
    tag = asset.tags[0] if asset.tags else ""
    return {
        "year": day[:4], "month": day[:7], "day": day,
        "decade": f"{day[:3]}0s" if day else "", "creator": asset.creator,
        "folder": asset.folder, "orientation": asset.orientation, "colour": palette, "tag": tag, "genre": tag,
    }[column]  # fmt: skip


def doubled(assets: Sequence[Asset]) -> list[str]:
    """Titles of works that hang twice: the same asset, or one that looks the same."""
    found: list[str] = []
    seen: list[Asset] = []
    for asset in assets:
        if any(asset.id == other.id or _alike(asset, other) for other in seen):
            found.append(asset.title)
        seen.append(asset)
    return found


def _alike(one: Asset, two: Asset) -> bool:
    try:
        return bool(one.phash) and (int(one.phash, 16) ^ int(two.phash or "0", 16)).bit_count() <= _ALIKE_BITS
    except ValueError:
        return False
