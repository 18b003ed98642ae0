"""What the live line tells of a scene leads to what the platform has, or is not believed."""

from typing import Any

import pytest

from app.keeping.journal import KeptScene
from app.keeping.news import News
from platform_service.sql.scenes import canonical, difference, digest_of
from scene.document import scene_to_plain, write_document, write_steps
from scene.scene import Scene
from tests.app.keeping.test_scene_keeper import work

SCENES = (
    Scene.of([work(1)]),
    Scene.of([work(1, 2.0), work(2)]),
    Scene.of([work(2)]),
    Scene.of([work(2), work(3, 1.0 / 3.0)]),
)


def event(version: int, user: str = "ben") -> dict[str, Any]:
    """As the platform tells it of the step to that version."""
    before, after = scene_to_plain(SCENES[version - 1]), scene_to_plain(SCENES[version])
    return {"user": user, "digest": digest_of(canonical(after)), "change": difference(before, after)}


def kept(version: int) -> KeptScene:
    return KeptScene("s", "p", "Show", True, version, write_document(SCENES[version]), write_steps(()))


def told(*versions: int, **changed: Any) -> News:
    news = News()
    for version in versions:
        news.came("s", version, {**event(version), **changed})
    return news


def test_events_in_a_row_make_the_scene_that_the_platform_has() -> None:
    assert told(1, 2, 3).brought(kept(0)) == (SCENES[3], 3)
    assert told(1, 2, 3).brought(kept(2)) == (SCENES[3], 3)


@pytest.mark.parametrize(
    "news",
    [told(1, 3), told(2, 3), told(1, 2, 3, digest="another"), told(1, 2, 3, change={}), told(3, 2), News()],
    ids=["a gap", "a late start", "another digest", "no change", "the first is missing", "nothing told"],
)
def test_what_does_not_lead_there_is_fetched_instead(news: News) -> None:
    assert news.brought(kept(0)) is None


def test_a_version_that_is_known_but_was_not_told_is_fetched() -> None:
    news = told(1, 2)
    news.came("s", 3, {})
    assert news.brought(kept(0)) is None
    assert news.scenes == [("s", 3)]
    news.seen("s", 3)
    assert news.scenes == []


def test_who_saved_is_told_once_each_and_only_of_what_is_new() -> None:
    news = told(1, 2)
    news.came("s", 3, event(3, "cleo"))
    assert news.who("s", 0) == ("ben", "cleo")
    assert news.who("s", 2) == ("cleo",)
