"""Checks of what was said, and of where one looks afterwards."""

import re
from collections.abc import Sequence

from scene.records import Placement, Vector3, Wall
from tests.eval.checks_single import picked
from tests.eval.checks_works import shown_works
from tests.eval.facets import fits
from tests.eval.seen import Seen


def says(seen: Seen, words: str) -> str:
    text = seen.ended.text.casefold()
    return "" if any(option.strip() in text for option in words.casefold().split("|")) else repr(seen.ended.text[:120])


def tells_count(seen: Seen, facet: str) -> str:
    """The answer has the number of assets of the library (after "shown", of the works on show) with the facet."""
    where, _, rest = facet.partition(" ")
    among = shown_works(seen.after, seen) if where == "shown" else list(seen.assets.values())
    asked = rest if where == "shown" else facet
    parts = [part.strip() for part in asked.split(" & ")] if asked else []
    number = sum(all(fits(asset, part) for part in parts) for asset in among)
    return (
        ""
        if re.search(rf"(?<![\d,.]){number:,}(?![\d])", seen.ended.text)
        else f"{number}, not {seen.ended.text[:100]!r}"
    )


def looks_at(seen: Seen, which: str) -> str:
    """The camera looks at that work, or stands before the wall or in the room that is named."""
    camera = seen.ended.camera
    if camera is None:
        return "the camera stayed"
    kind, _, name = which.partition(" ")
    x, _, z = camera.target_m
    if kind == "wall":
        walls = [w for w in seen.after.all(Wall) if w.name.casefold().startswith(name) or w.id.endswith(f"-{name}")]
        middles = [((w.start_m[0] + w.end_m[0]) / 2, (w.start_m[1] + w.end_m[1]) / 2) for w in walls]
        return "" if any(abs(x - a) + abs(z - b) < 0.5 for a, b in middles) else "it looks elsewhere"
    if kind == "room":
        room = seen.after.rooms[int(name) - 1]
        (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
        px, _, pz = camera.position_m
        return "" if x0 <= px <= x1 and z0 <= pz <= z1 else "it is elsewhere"
    if kind == "above":
        return "" if camera.position_m[1] > 3 else "it is not above"
    works = picked(seen.after, seen, which)
    near = any(sum((a - b) ** 2 for a, b in zip(w.position_m, camera.target_m, strict=True)) < 0.3 for w in works)
    return "" if near or _amid(works, camera.target_m) else "it looks elsewhere"


def _amid(works: Sequence[Placement], target_m: Vector3) -> bool:
    """Whether one looks at several works at once: at a point between them."""
    spans = [(min(along), max(along)) for along in zip(*(work.position_m for work in works), strict=True)]
    inside = (low - _BESIDE_M <= at <= high + _BESIDE_M for (low, high), at in zip(spans, target_m, strict=True))
    return len(works) > 1 and all(inside)


_BESIDE_M = 0.4


def is_touring(seen: Seen, _: str) -> str:
    """A tour runs, or a path to be walked was proposed."""
    planned = any(viewpoint.on_path for viewpoint in seen.after.viewpoints) and seen.ended.outcome == "proposed"
    return "" if seen.ended.action == "tour" or planned else f"no tour: {seen.ended.outcome} {seen.ended.action}"


def acted(seen: Seen, name: str) -> str:
    return "" if seen.ended.action in name.split("|") else repr(seen.ended.action)


def came_to(seen: Seen, name: str) -> str:
    return "" if seen.ended.outcome in name.split("|") else seen.ended.outcome


def offered(seen: Seen, number: str) -> str:
    return "" if len(seen.ended.choices) >= int(number) else f"{len(seen.ended.choices)} choices"
