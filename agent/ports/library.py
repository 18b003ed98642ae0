"""The library as the agent sees it: assets, queries, hits and facets."""

from datetime import date
from typing import Annotated, Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=400)]
Words = Annotated[str, Field(max_length=2_000)]
Orientation = Literal["landscape", "portrait", "square", "panorama"]


class Frozen(BaseModel):
    """Base of the values that cross the ports."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Swatch(Frozen):
    """One colour of a palette: sRGB hex, its plain name ("magenta") and the share of the picture, 0 to 1."""

    hex: str
    name: str
    share: float


class Asset(Frozen):
    """One media file of the library with its metadata and measures. `id` is the SHA-256 of its bytes, in hex."""

    id: str
    title: Text
    file_name: Text
    folder: Text = ""
    width_px: int
    height_px: int
    bytes: int
    format: str
    taken: date | None = None
    tags: tuple[Text, ...] = ()
    creator: Text = ""
    licence: Text = ""
    description: Text = ""
    orientation: Orientation
    palette: tuple[Swatch, ...] = ()
    brightness: float = 0.5
    contrast: float = 0.0
    sharpness: float = 0.0
    saturation: float = 0.0
    phash: str = ""
    added: str = ""
    """UTC time of import, ISO 8601."""


class DateRange(Frozen):
    """Both ends included; None leaves an end open."""

    start: date | None = None
    end: date | None = None


class Query(Frozen):
    """What to look for. Filters must all hold; words and likeness rank; `without_*` exclude."""

    words: Words = ""
    colours: tuple[Text, ...] = ()
    """Plain colour names; an asset must show each of them clearly."""
    tags: tuple[Text, ...] = ()
    folders: tuple[Text, ...] = ()
    creators: tuple[Text, ...] = ()
    dates: DateRange | None = None
    undated: bool | None = None
    orientation: Orientation | None = None
    tone: Literal["dark", "bright", "colourful", "muted"] | None = None
    like_asset_id: str | None = None
    without_words: tuple[Text, ...] = ()
    without_colours: tuple[Text, ...] = ()
    without_tags: tuple[Text, ...] = ()
    without_creators: tuple[Text, ...] = ()
    without_dates: DateRange | None = None
    """Works taken on these days stay out; works without a date may hang."""
    more_words: tuple[Text, ...] = ()
    """Raise assets that match these, without requiring them ("more rain")."""
    less_words: tuple[Text, ...] = ()
    less_colours: tuple[Text, ...] = ()
    """Lower assets that match these, without forbidding them ("less purple")."""
    more_colours: tuple[Text, ...] = ()
    asset_ids: tuple[str, ...] | None = None
    """Look only among these, when given."""
    without_asset_ids: Annotated[tuple[str, ...], Field(max_length=500)] = ()
    """Works that verdicts have ruled out; the agent leaves them out of what a library answers."""
    limit: Annotated[int, Field(ge=1, le=10_000)] = 50


class Hit(Frozen):
    """One found asset; `score` is 0 to 1; `reason` says in plain words why; `fits` says it is above the cut-off."""

    asset: Asset
    score: float
    reason: Text
    fits: bool = True


class SearchResult(Frozen):
    """Hits, best first. `fitting` counts all assets above the cut-off, also past the limit."""

    hits: tuple[Hit, ...]
    fitting: int
    cut_off: float
    total: int
    """Assets in the library."""
    ms: float = 0.0
    by_meaning: bool = False
    """Whether the sentence embedding took part."""


class Facet(Frozen):
    """One value of a facet and how many assets have it."""

    value: str
    count: int


class Facets(Frozen):
    """What there is to filter by, most frequent first."""

    colours: tuple[Facet, ...] = ()
    tags: tuple[Facet, ...] = ()
    folders: tuple[Facet, ...] = ()
    years: tuple[Facet, ...] = ()
    creators: tuple[Facet, ...] = ()
    orientations: tuple[Facet, ...] = ()
    words: tuple[Facet, ...] = ()
    """Words that titles use."""
    total: int = 0
    undated: int = 0


class Library(Protocol):
    """What the agent may ask of the library. Every call raises `agent.ports.errors.PortError` when it fails."""

    async def search(self, query: Query) -> SearchResult:
        """Find assets."""
        ...

    async def assets(self, ids: tuple[str, ...]) -> tuple[Asset, ...]:
        """The assets of these ids, in the order given; unknown ids are left out."""
        ...

    async def facets(self) -> Facets:
        """Counts by colour, tag, folder, year, creator, orientation."""
        ...

    async def features(self, ids: tuple[str, ...]) -> NDArray[np.float32]:
        """Feature vectors (text embedding where there is one, colour and texture), shape (len(ids), dimensions)."""
        ...
