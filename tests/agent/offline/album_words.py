"""The vocabulary over the album of the evaluation, and a show of eight of its works."""

from collections import Counter
from functools import lru_cache

from agent.ports.context import TurnContext
from agent.ports.library import Facet, Facets
from agent.vocabulary import Vocabulary, vocabulary
from platform_service.search.words import content_words
from scene.records import Placement
from scene.scene import Scene
from tests.agent.turns import THEMES, TODAY
from tests.eval.album import pieces

TITLES = ("Tram on the hill 1", "Tiles of a doorway 2", "Laundry in the alley 1", "Ferry at noon 3",
          "Clara at the harbour 1", "Orange trees 4", "Tram on the hill 3", "Ferry at noon 1")  # fmt: skip
SHOW = Scene.of(
    [
        Placement(id=f"w{i}", asset_id=f"a{i}", title=title, position_m=(i, 1.5, 0), size_m=(1, 1), order=i)
        for i, title in enumerate(TITLES)
    ]
)


@lru_cache(maxsize=1)
def album_words() -> Vocabulary:
    """English, with the themes and with the words of the album."""
    tags, folders, creators, titles = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for piece, _, _ in pieces():
        tags.update(piece.tags)
        folders[piece.genre] += 1
        creators[piece.creator] += 1
        titles.update(word for word in content_words(piece.title) if word.isalpha())
    tags_, folders_, creators_, words_ = (
        tuple(Facet(value=name, count=count) for name, count in one.most_common())
        for one in (tags, folders, creators, titles)
    )
    facets = Facets(tags=tags_, folders=folders_, creators=creators_, words=words_)
    return vocabulary("en").with_themes(THEMES.values()).with_library(facets)


def around(*earlier: str, over_a_show: bool = False) -> TurnContext:
    """Nothing on show, or the show, after these requests."""
    return TurnContext(scene=SHOW if over_a_show else Scene(), today=TODAY, recent_requests=earlier)
