"""Acts on works on show put together from parts, in nine languages, and what is wrong with the scene after each.

The parts stand in `acts_on_show.json`.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.intent import Intent
from agent.ports.library import Query
from scene.layouts.contract import Wishes
from scene.records import Placement
from tests.agent.turns import Talk

PARTS: dict[str, Any] = json.loads((Path(__file__).parent / "acts_on_show.json").read_text(encoding="utf-8"))
_HANGING = 8
_THEMES = ("noir", "forest", "desert")


@dataclass(frozen=True)
class Tried:
    """What was said, of which ways it was made, and what is wrong with what came of it."""

    said: tuple[str, ...]
    ways: tuple[str, ...]
    wrong: str


async def talk_over_a_show() -> Talk:
    """Eight works of two subjects on show."""
    talk = Talk(remembers=True)
    await talk.say("eight pictures of the sea", _SEA)
    assert len(talk.scene.placements) == _HANGING
    return talk


_SEA = Intent(kind="create", layout="gallery", query=Query(words="sea"), wishes=Wishes(count=_HANGING))


async def tried(draw: random.Random) -> Tried:
    """One act, drawn from all that can be made."""
    talk = await talk_over_a_show()
    kinds = (_acted, _acted, _acted, _swapped, _ordered, _brought_back, _looked_again)
    return await draw.choice(kinds)(draw, talk)


async def _acted(draw: random.Random, talk: Talk) -> Tried:
    act = draw.choice(sorted(PARTS["acts"]))
    language = draw.choice(sorted(PARTS["acts"][act]))
    by_subject = language == "en" and act != "bigger" and draw.random() < 0.3
    before = talk.scene.placements
    if by_subject:
        words = draw.choice(sorted(PARTS["subjects"]))
        meant = [work for work in before if PARTS["subjects"][words] in work.title.casefold()]
    else:
        words = draw.choice(sorted(PARTS["places"][language]))
        meant = [before[at] for at in PARTS["places"][language][words]]
    pattern = draw.choice(PARTS["acts"][act][language])
    said = pattern.format(x=words)
    await talk.say(said)
    wrong = _wrong_with(act, [work.asset_id for work in meant], before, talk.scene.placements)
    return Tried((said,), (f"{language} {act}: {pattern}", f"{language}: {words}"), wrong)


def _wrong_with(act: str, meant: list[str], before: Sequence[Placement], after: Sequence[Placement]) -> str:
    row, now = [work.asset_id for work in before], [work.asset_id for work in after]
    if act == "remove":
        return "" if now == [one for one in row if one not in meant] else f"{len(row) - len(now)} went"
    if sorted(row) != sorted(now):
        return "other works hang"
    if act == "bigger":
        sizes = {work.asset_id: work.size_m[0] for work in before}
        grown = {work.asset_id for work in after if work.size_m[0] > sizes[work.asset_id] + 1e-6}
        return "" if grown == set(meant) else f"{len(grown)} grew"
    part = now[: len(meant)] if act == "front" else now[-len(meant) :]
    return "" if set(part) == set(meant) else "others hang there"


async def _swapped(draw: random.Random, talk: Talk) -> Tried:
    language = draw.choice(sorted(PARTS["swaps"]))
    single = {words: at[0] for words, at in PARTS["places"][language].items() if len(at) == 1}
    one, other = draw.sample(sorted(single), 2)
    row = [work.asset_id for work in talk.scene.placements]
    pattern = draw.choice(PARTS["swaps"][language])
    said, wanted = pattern.format(x=one, y=other), list(row)
    wanted[single[one]], wanted[single[other]] = row[single[other]], row[single[one]]
    await talk.say(said)
    wrong = "" if talk.asset_ids() == wanted else "they do not hang in each other's place"
    return Tried((said,), (f"{language} swap: {pattern}",), wrong if single[one] % 8 != single[other] % 8 else "")


async def _ordered(draw: random.Random, talk: Talk) -> Tried:
    order = draw.choice(sorted(PARTS["orders"]))
    said = draw.choice(PARTS["orders"][order])
    row = sorted(talk.asset_ids())
    await talk.say(said)
    subjects = ["crab" if "Crab" in work.title else "lighthouse" for work in talk.scene.placements]
    wrong = "" if sorted(talk.asset_ids()) == row else "other works hang"
    first, _ = order.split()
    parted = subjects == sorted(subjects, key=lambda subject: subject != first)
    return Tried((said,), (f"order: {said}",), wrong or ("" if parted else "out of order"))


async def _brought_back(draw: random.Random, talk: Talk) -> Tried:
    """Works go, the theme changes, works come back; the theme stays."""
    row = talk.asset_ids()
    words = draw.choice(["number two", "the last but one", "2 and 5", "the first two"])
    theme = draw.choice(_THEMES)
    pattern = draw.choice(PARTS["backs"]["named"] if draw.random() < 0.7 else PARTS["backs"]["all"])
    steps = (f"{words} out", f"make it {theme}", pattern.format(x=words))
    for step in steps:
        await talk.say(step)
    wrong = "" if talk.asset_ids() == row else f"{len(talk.asset_ids())} hang, or in another order"
    wrong = wrong or ("" if talk.scene.theme.theme == theme else "the theme went too")
    return Tried(steps, (f"back: {pattern}",), wrong)


async def _looked_again(draw: random.Random, talk: Talk) -> Tried:
    """A theme comes and an order, then the theme goes or comes again; the order stays."""
    theme, again = draw.choice(_THEMES), draw.random() < 0.5
    first = talk.scene.theme.theme
    pattern = draw.choice(PARTS["looks"]["again" if again else "undone"])
    between = ("newest first", "in a museum") if again else ("newest first",)
    steps = (f"make it {theme}", *between, pattern.format(t=theme))
    for step in steps:
        await talk.say(step)
    taken = [hit.taken for hit in await talk.library.assets(tuple(talk.asset_ids())) if hit.taken]
    wrong = "" if taken == sorted(taken, reverse=True) else "out of order"
    wanted = theme if again else first
    wrong = wrong or ("" if talk.scene.theme.theme == wanted else f"{talk.scene.theme.theme}, not {wanted}")
    return Tried(steps, (f"look: {pattern}",), wrong)
