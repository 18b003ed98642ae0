"""A library in memory whose assets are written down as plain words and colours."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from agent.ports.library import Asset, Query, Swatch
from platform_service.search.associations import Associations, read_associations
from platform_service.search.mirror import Mirror, Row
from platform_service.search.search import Search
from resources import folder

Make = Callable[..., Asset]


@pytest.fixture(scope="session")
def table() -> Associations:
    return read_associations(folder("search") / "associations.json")


@pytest.fixture(scope="session")
def make() -> Make:
    def made(title: str, tags: str = "", *, colours: str = "", number: int = 0, **more: object) -> Asset:
        """`colours` is "magenta 40, black 50": names with percent."""
        palette = [part.split() for part in colours.split(",") if part.strip()]
        defaults: dict[str, object] = {
            "id": f"{abs(hash((title, tags, number))):064x}"[-64:],
            "title": title,
            "file_name": f"{title}.jpg",
            "width_px": 300,
            "height_px": 200,
            "bytes": 1,
            "format": "JPEG",
            "orientation": "landscape",
            "tags": tuple(tag.strip() for tag in tags.split(",") if tag.strip()),
            "palette": tuple(Swatch(hex="#000000", name=name, share=float(part) / 100) for name, part in palette),
        }
        return Asset(**{**defaults, **more})

    return made


def mirror_of(assets: list[Asset], visuals: dict[str, np.ndarray] | None = None) -> Mirror:
    mirror = Mirror()
    rng = np.random.default_rng(0)
    for asset in assets:
        visual = (visuals or {}).get(asset.title)
        if visual is None:
            visual = rng.random(8).astype(np.float32)
        mirror.add(Row(asset, (visual / np.linalg.norm(visual)).astype(np.float32)))
    return mirror


@pytest.fixture
def search_in(table: Associations) -> Callable[..., Search]:
    def made(assets: list[Asset], spelled_like=lambda _word: [], visuals=None) -> Search:
        return Search(mirror_of(assets, visuals), table, lambda texts: [None] * len(texts), spelled_like)

    return made


@pytest.fixture
def works(make: Make) -> list[Asset]:
    return [
        make("Lantern Street", "neon, rain, city, night", colours="magenta 30, black 50", brightness=0.2,
             saturation=0.5),
        make("Untitled 7", colours="magenta 25, cyan 25, black 50", brightness=0.2, saturation=0.6),
        make("Fern Plate", "botanical, green", colours="green 60, cream 30", brightness=0.7, taken=date(1994, 5, 1)),
        make("Still Harbour", "sea, boats", colours="blue 70, grey 20", brightness=0.5, taken=date(1999, 12, 31)),
        make("Pines in Mist", "ink, landscape", colours="grey 40, white 60", brightness=0.8, saturation=0.05,
             orientation="portrait", creator="Mei Lin", folder="Archive/Ink", taken=date(2004, 1, 1)),
        make("Purple Mood", "abstract", colours="purple 80", brightness=0.4, folder="Archive"),
    ]  # fmt: skip


@pytest.fixture
def titles(search_in, works):
    """The titles that fit a query, best first."""

    def found(**query: object) -> list[str]:
        return [hit.asset.title for hit in search_in(works).find(Query(**query)).hits if hit.fits]

    return found


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).parents[3]
