"""A library and projects held in memory that fill the agent's ports in full, over a few hundred made-up assets."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from agent.ports.errors import PortError
from agent.ports.library import Asset, DateRange, Facet, Facets, Hit, Orientation, Query, SearchResult, Swatch
from agent.ports.projects import Canvas, Feedback, Project, RunRecord, project_id_of
from agent.works import colour_share, speaks_of

CUT_OFF = 0.35
HEX = {
    "purple": "#7a2fb5", "magenta": "#d0249c", "cyan": "#22c3d6", "blue": "#2450c0", "red": "#c8201f",
    "orange": "#e8871a",
    "yellow": "#ecd321", "green": "#2f9a3f", "black": "#101012", "white": "#f4f4f2", "grey": "#808084",
    "brown": "#7a4a22",
}  # fmt: skip
KINDS = (
    ("Neon alley", ("cyberpunk", "neon", "city", "night"), ("purple", "magenta", "black")),
    ("Rainy neon street", ("cyberpunk", "neon", "city", "night", "rain"), ("cyan", "blue", "black")),
    ("Synthwave sun", ("synthwave", "sun", "grid"), ("magenta", "orange", "purple")),
    ("Crab on the shore", ("crab", "sea", "animal"), ("red", "orange", "white")),
    ("Lighthouse in a storm", ("lighthouse", "sea", "storm"), ("blue", "white", "grey")),
    ("Fern study", ("botanical", "fern", "plant"), ("green", "white")),
    ("Ink mountain", ("ink", "landscape", "mountain"), ("black", "white", "grey")),
    ("Red square", ("abstract", "geometric"), ("red", "white")),
    ("Market people", ("people", "market", "city"), ("brown", "yellow", "red")),
    ("Star chart", ("stars", "map", "night"), ("blue", "yellow", "black")),
)  # fmt: skip
SYNONYMS = {"cyberpunk": {"neon"}, "rainy": {"rain"}, "ocean": {"sea"}, "flowers": {"botanical", "plant"}}
_SIZES: tuple[tuple[int, int, Orientation], ...] = (
    (1600, 1000, "landscape"), (1000, 1400, "portrait"), (1200, 1200, "square"), (2400, 800, "panorama"),
)  # fmt: skip


def made_up_assets(each: int = 30) -> tuple[Asset, ...]:
    """`each` assets of every kind, dated from 1985 to 2026 with every eleventh undated."""
    return tuple(_asset(kind, number) for number in range(each) for kind in range(len(KINDS)))


def _asset(kind: int, number: int) -> Asset:
    title, tags, colours = KINDS[kind]
    index = number * len(KINDS) + kind
    width_px, height_px, orientation = _SIZES[(number + kind) % len(_SIZES)]
    colours = colours if number % 3 else (*colours[1:], colours[0])
    shares = (0.5, 0.3, 0.2)
    asset_id = hashlib.sha256(f"{kind}-{number}".encode()).hexdigest()
    return Asset(
        id=asset_id,
        title=f"{title} {number + 1}",
        file_name=f"{index:04}.png",
        folder=tags[0],
        width_px=width_px,
        height_px=height_px,
        bytes=100_000 + index,
        format="PNG",
        taken=None if index % 11 == 0 else date(1985, 1, 1) + timedelta(days=(index * 977) % 15_200),
        tags=tags,
        creator=("Ada Roe", "Bo Lind", "")[number % 3],
        orientation=orientation,
        palette=tuple(Swatch(hex=HEX[c], name=c, share=s) for c, s in zip(colours, shares, strict=False)),
        brightness=0.2 + 0.6 * ((index * 37) % 100) / 100,
        saturation=((index * 53) % 100) / 100,
        phash=asset_id[:16],
        added="2026-01-01T00:00:00Z",
    )


class MemoryLibrary:
    """The whole of `agent.ports.library.Library`; `broken` makes every call raise, `asked` keeps the queries."""

    def __init__(self, assets: Iterable[Asset] | None = None) -> None:
        self.all = made_up_assets() if assets is None else tuple(assets)
        self.by_id = {asset.id: asset for asset in self.all}
        self.asked: list[Query] = []
        self.broken: str = ""

    async def search(self, query: Query) -> SearchResult:
        self._check()
        self.asked.append(query)
        among = self.all if query.asset_ids is None else [self.by_id[i] for i in query.asset_ids if i in self.by_id]
        hits = [self._hit(asset, query) for asset in among if _passes(asset, query)]
        hits.sort(key=lambda hit: (-hit.score, hit.asset.id))
        fitting = sum(hit.fits for hit in hits)
        return SearchResult(hits=tuple(hits[: query.limit]), fitting=fitting, cut_off=CUT_OFF, total=len(self.all))

    async def assets(self, ids: tuple[str, ...]) -> tuple[Asset, ...]:
        self._check()
        return tuple(self.by_id[i] for i in ids if i in self.by_id)

    async def facets(self) -> Facets:
        self._check()
        return Facets(
            colours=_facet(swatch.name for asset in self.all for swatch in asset.palette),
            tags=_facet(tag for asset in self.all for tag in asset.tags),
            folders=_facet(asset.folder for asset in self.all if asset.folder),
            years=_facet(str(asset.taken.year) for asset in self.all if asset.taken),
            creators=_facet(asset.creator for asset in self.all if asset.creator),
            orientations=_facet(asset.orientation for asset in self.all),
            total=len(self.all),
            undated=sum(asset.taken is None for asset in self.all),
        )

    async def features(self, ids: tuple[str, ...]) -> NDArray[np.float32]:
        self._check()
        return np.array([self._feature(self.by_id[i]) for i in ids], dtype=np.float32).reshape(len(ids), -1)

    def _check(self) -> None:
        if self.broken:
            raise PortError(self.broken, "Nothing was lost.", "Wait until the library service is back.", "c-1")

    def _feature(self, asset: Asset) -> list[float]:
        tags = sorted({tag for _, known, _ in KINDS for tag in known})
        return [float(tag in asset.tags) for tag in tags] + [colour_share(asset, colour) for colour in HEX]

    def _hit(self, asset: Asset, query: Query) -> Hit:
        score, reason = 0.8, "in the library"
        if query.words:
            words = [word for word in query.words.casefold().split() if word not in ("and", "in", "the", "of", "with")]
            met = [word for word in words if _speaks(asset, word)]
            score = len(met) / max(len(words), 1) * 0.9
            reason = f"matches {', '.join(met)}" if met else "nothing in common"
        if query.like_asset_id in self.by_id:
            shared = set(asset.tags) & set(self.by_id[query.like_asset_id or ""].tags)
            score, reason = min(0.3 * len(shared), 1.0), f"shares {len(shared)} tags"
        fits = score >= CUT_OFF
        score += 0.1 * sum(_speaks(asset, word) for word in query.more_words)
        score += 0.1 * sum(colour_share(asset, colour) for colour in query.more_colours)
        score -= 0.4 * sum(_speaks(asset, word) for word in query.less_words)
        score -= 0.4 * sum(colour_share(asset, colour) for colour in query.less_colours)
        return Hit(asset=asset, score=min(max(score, 0.0), 1.0), reason=reason, fits=fits)


def _speaks(asset: Asset, word: str) -> bool:
    return speaks_of(asset, word) or any(speaks_of(asset, other) for other in SYNONYMS.get(word, ()))


def _passes(asset: Asset, query: Query) -> bool:
    return (
        _is_within(asset.taken, query.dates)
        and all(colour_share(asset, colour) >= 0.15 for colour in query.colours)
        and not any(colour_share(asset, colour) >= 0.1 for colour in query.without_colours)
        and not any(_speaks(asset, word) for word in query.without_words)
        and not set(asset.tags) & set(query.without_tags)
        and asset.creator not in query.without_creators
        and not (query.without_dates and asset.taken and _is_within(asset.taken, query.without_dates))
        and all(tag in asset.tags for tag in query.tags)
        and (not query.folders or asset.folder in query.folders)
        and (not query.creators or asset.creator.casefold() in [creator.casefold() for creator in query.creators])
        and (query.undated is None or (asset.taken is None) == query.undated)
        and (query.orientation is None or asset.orientation == query.orientation)
        and (query.tone != "dark" or asset.brightness < 0.4)
        and (query.tone != "bright" or asset.brightness > 0.6)
        and (query.tone != "colourful" or asset.saturation > 0.5)
        and (query.tone != "muted" or asset.saturation < 0.3)
    )


def _is_within(taken: date | None, dates: DateRange | None) -> bool:
    if dates is None:
        return True
    return taken is not None and (dates.start or taken) <= taken <= (dates.end or taken)


def _facet(values: Iterable[str]) -> tuple[Facet, ...]:
    return tuple(Facet(value=value, count=count) for value, count in Counter(values).most_common())


class MemoryProjects:
    """The whole of `agent.ports.projects.Projects`; a key that was seen answers as it did before."""

    def __init__(self) -> None:
        self.known: list[Project] = [Project(id="p1", name="First")]
        self.boards: dict[str, Canvas] = {}
        self.runs: dict[str, RunRecord] = {}
        self.feedback: list[Feedback] = []
        self.keys: dict[str, object] = {}

    async def projects(self) -> tuple[Project, ...]:
        return tuple(self.known)

    async def create_project(self, name: str, key: str) -> Project:
        if key not in self.keys:
            made = Project(id=project_id_of(key), name=name)
            self.known.append(made)
            self.keys[key] = made
        made_before = self.keys[key]
        assert isinstance(made_before, Project)
        return made_before

    async def canvases(self, project_id: str) -> tuple[Canvas, ...]:
        return tuple(canvas for canvas in self.boards.values() if canvas.project_id == project_id)

    async def save_canvas(self, canvas: Canvas, key: str) -> Canvas:
        if key not in self.keys:
            self.boards[canvas.id] = canvas
            self.keys[key] = canvas
        return canvas

    async def save_run(self, run: RunRecord, key: str) -> None:
        self.runs[run.id] = run
        self.keys[key] = run

    async def give_feedback(self, feedback: Feedback, key: str) -> None:
        if key not in self.keys:
            self.feedback.append(feedback)
            self.keys[key] = feedback


def titles(assets: Sequence[Asset]) -> list[str]:
    """The titles in order."""
    return [asset.title for asset in assets]
