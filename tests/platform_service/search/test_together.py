"""Searches that come at once are found together and each gets its own answer; whoever gives up holds nobody up."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from agent.ports.library import Query
from platform_service.embedding.products import MOST_AT_ONCE
from platform_service.search.together import WORKERS, Together, Told


class Finder:
    """Answers with the words asked for, once it may."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.groups: list[int] = []
        self._busy, self.most_busy = 0, 0

    def told_all(self, queries: Sequence[Query]) -> list[Told]:
        self.groups.append(len(queries))
        self._busy += 1
        self.most_busy = max(self.most_busy, self._busy)
        assert self.may.wait(10)
        self._busy -= 1
        return [KeyError(query.words) if query.words == "bad" else query.words.encode() for query in queries]


async def test_each_gets_its_own_answer_and_groups_stay_small_enough():
    finder = Finder()
    finder.may.set()
    together = Together(finder.told_all)
    asked = [f"word {number}" for number in range(100)]
    async with asyncio.timeout(10):
        answers = await asyncio.gather(*(together.search(Query(words=words)) for words in asked))
    assert [answer.decode() for answer in answers] == asked
    assert sum(finder.groups) == 100
    assert max(finder.groups) <= MOST_AT_ONCE
    assert len(finder.groups) < 20
    assert finder.most_busy <= WORKERS


async def test_one_that_fails_fails_alone_and_one_that_went_away_is_not_looked_for():
    finder = Finder()
    together = Together(finder.told_all)
    first = asyncio.create_task(together.search(Query(words="first")))
    await asyncio.sleep(0.05)
    good, bad, gone = (asyncio.create_task(together.search(Query(words=words))) for words in ("good", "bad", "gone"))
    gone.cancel()
    await asyncio.sleep(0.05)
    finder.may.set()
    async with asyncio.timeout(10):
        assert (await first, await good) == (b"first", b"good")
        with pytest.raises(KeyError):
            await bad
    assert sum(finder.groups) == 3
