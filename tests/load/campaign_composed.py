"""Requests made of parts, read by rules and meanings: how many come out as they were put in, by way of saying it.

Acts on works on show (act, reference, language) are done, and the scene is checked after each.

`python -m tests.load composed [--number N] [--seed N]`
"""

import argparse
import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import Callable

from agent.paraphrases import Paraphrases
from agent.planner import OfflinePlanner
from platform_service.embedding.meaning import Meaning
from platform_service.runs.ports import HostedCloseness
from tests.agent.offline.acts_on_show import tried
from tests.agent.offline.album_words import album_words, around
from tests.agent.offline.composed import Composed, composed
from tests.agent.offline.composed_turns import turned
from tests.eval.matching import misread

_GOAL = 0.95
_MOST_NAMED = 12


def main(number: int, seed: int) -> int:
    """Read so many of each kind; 1 when fewer than the goal are understood."""
    planner = OfflinePlanner(Paraphrases(HostedCloseness(Meaning())))
    requests, right = _read(planner, composed, number, seed)
    turns, right_too = _read(planner, turned, number, seed, over_a_show=True)
    acts, done = _done(number, seed)
    told = {"requests": requests, "turns over a show": turns, "acts on works on show": acts}
    print(json.dumps(told, indent=1, ensure_ascii=False))
    return 0 if min(right, right_too, done) >= _GOAL * number else 1


def _done(number: int, seed: int) -> tuple[dict[str, object], int]:
    """What came of acts on works on show, as the scene tells."""
    draw = random.Random(seed)
    every = [asyncio.run(tried(draw)) for _ in range(number)]
    wrong = [one for one in every if one.wrong]
    said, missed = (Counter(way for one in part for way in one.ways) for part in (every, wrong))
    worst = sorted(missed, key=lambda way: -missed[way] / said[way])[:_MOST_NAMED]
    ways = [f"{missed[way]} of {said[way]}: {way}" for way in worst]
    examples = [f"{' / '.join(one.said)}: {one.wrong}" for one in wrong[:_MOST_NAMED]]
    return {"made": number, "right": number - len(wrong), "weakest ways": ways, "for example": examples}, (
        number - len(wrong)
    )


def _read(
    planner: OfflinePlanner,
    make: Callable[[random.Random], Composed],
    number: int,
    seed: int,
    over_a_show: bool = False,
) -> tuple[dict[str, object], int]:
    """What came of them, and how many are right."""
    draw, context = random.Random(seed), around("hang 8 pictures of Lisbon", over_a_show=over_a_show)
    wrong, said, missed = list[str](), Counter[str](), Counter[str]()
    for _ in range(number):
        one = make(draw)
        said.update(one.ways)
        if misread(asyncio.run(planner.plan(one.text, context, album_words())), one.means):
            wrong.append(one.text)
            missed.update(one.ways)
    worst = sorted(missed, key=lambda way: -missed[way] / said[way])[:_MOST_NAMED]
    ways = [f"{missed[way]} of {said[way]}: {way}" for way in worst]
    right = number - len(wrong)
    return {"made": number, "right": right, "weakest ways": ways, "for example": wrong[:_MOST_NAMED]}, right


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.load composed", description=__doc__)
    parser.add_argument("--number", type=int, default=1_000, help="so many of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.exit(main(options.number, options.seed))
