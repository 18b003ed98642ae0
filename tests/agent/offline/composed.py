"""Requests put together from parts whose meaning is known: count, subject, creator, date, order, theme, correction.

The parts stand in `parts.json`.
"""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Means = Mapping[str, Any]
PARTS: Mapping[str, Any] = json.loads((Path(__file__).parent / "parts.json").read_text(encoding="utf-8"))
_LED = ("dates", "creator")
"""What stands with the works; the rest may come anywhere."""
_ALONE = ("order", "gap", "rooms")
"""What is not said of a grid or a timeline here."""
_CORRECTED = 0.1


@dataclass(frozen=True)
class Part:
    """Words that say one thing, and the fields of the intent that they come to."""

    kind: str
    text: str
    means: Means


@dataclass(frozen=True)
class Composed:
    """A request, what it means, and of which ways to say something it was made."""

    text: str
    means: Means
    ways: tuple[str, ...]


def composed(draw: random.Random) -> Composed:
    """One request of one to four parts."""
    core = _core(draw)
    kinds = draw.sample(sorted(PARTS["asides"]), draw.choice((0, 1, 1, 2, 2, 3)))
    asides = [_aside(kind, draw) for kind in kinds if not (kind in _ALONE and "layout" in kinds)]
    text = " ".join([core.text, *(part.text for part in asides if part.kind in _LED)])
    ways = [core.kind, *(f"{part.kind}: {part.text}" for part in asides)]
    rest = [part for part in asides if part.kind not in _LED]
    draw.shuffle(rest)
    for part in rest:
        joint = draw.choice(PARTS["joints"])
        ways.append(f"joint: {joint!r}")
        text += joint + part.text
    opener = draw.choice(PARTS["openers"])
    means = {"kind": "create"} | {name: value for part in (core, *asides) for name, value in part.means.items()}
    return Composed(opener + text, means, (f"opener: {opener}", *ways))


def _core(draw: random.Random) -> Part:
    """So many works of a thing or a place, which may be put right in the same breath."""
    place = draw.random() < 0.4
    names = sorted(PARTS["places"] if place else PARTS["subjects"])
    words, form = draw.choice(names), draw.choice(PARTS["of_place" if place else "of_thing"])
    said, number = draw.choice(list(PARTS["counts"].items()))
    shown, way = words, f"core: {form} | {said}"
    if draw.random() < _CORRECTED:
        pattern, form = draw.choice(PARTS["corrections"]), "{c}{works} of {x}"
        shown = pattern.format(a=draw.choice([one for one in names if one != words]), b=words)
        way = f"corrected: {pattern}"
    text = form.format(c=said, x=shown, works=draw.choice(PARTS["works"]))
    wanted = "~" + PARTS["subjects"].get(words, words.casefold())
    means: dict[str, Any] = {"query.words|query.folders|query.tags": wanted}
    return Part(way, text, means | ({"wishes.count": number} if number else {}))


def _aside(kind: str, draw: random.Random) -> Part:
    texts = [(text, one["means"]) for one in PARTS["asides"][kind] for text in one["say"]]
    text, means = draw.choice(texts)
    return Part(kind, text, means)
