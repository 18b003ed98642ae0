"""An asset in words: the tooltip with its details, as markup that shows every value literally."""

from html import escape

from agent.ports.library import Asset, Hit

_SAYS_NOTHING = "passes the filters"
"""The reason of a work where nothing was searched for."""


def asset_details(hit: Hit) -> str:
    """The tooltip: Qt reads tooltips as markup, so every value is escaped."""
    asset = hit.asset
    lines = [f"<b>{escape(asset.title or asset.file_name)}</b>"]
    lines += [escape(line) for line in detail_lines(asset)]
    if hit.reason and hit.reason != _SAYS_NOTHING:
        lines.append(f"<i>{escape(hit.reason)}</i>")
    return f"<div style='white-space:pre-wrap'>{'<br>'.join(lines)}</div>"


def detail_lines(asset: Asset) -> list[str]:
    """Size, date, creator, licence, tags and place of an asset, one line each, only what is known."""
    taken = f" · {asset.taken:%d %b %Y}" if asset.taken else ""
    lines = [f"{asset.width_px} × {asset.height_px} · {spoken_bytes(asset.bytes)} · {asset.format}{taken}"]
    if asset.creator:
        lines.append(f"by {asset.creator}")
    if asset.licence:
        lines.append(asset.licence)
    if asset.tags:
        lines.append(", ".join(asset.tags[:12]))
    colours = ", ".join(dict.fromkeys(swatch.name for swatch in asset.palette[:5]))
    if colours:
        lines.append(f"colours: {colours}")
    lines.append(f"{asset.folder}/{asset.file_name}" if asset.folder else asset.file_name)
    return lines


def short_facts(asset: Asset) -> list[str]:
    """Size and date, creator, and file, for a narrow place."""
    taken = f" · {asset.taken:%d %b %Y}" if asset.taken else ""
    made = [f"by {asset.creator}"] if asset.creator else []
    return [f"{asset.width_px} × {asset.height_px} px{taken}", *made, asset.file_name]


def spoken_bytes(count: int) -> str:
    """A size as people read it."""
    size = float(count)
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit != "MB" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
