"""More works when too few fit: weaker words are dropped one after the other, then comes what is nearest by score."""

import re
from collections.abc import Mapping, Sequence

from agent.desk import Desk
from agent.ports.library import Hit, Query

_JUST_BELOW = 0.99


async def widened(query: Query, hits: Sequence[Hit], wanted: int, desk: Desk) -> list[Hit]:
    """The fitting hits, then fillers up to `wanted`, none scored above a fitting one; the notes say what came in."""
    found = {hit.asset.id: hit for hit in hits if hit.fits}
    fitting, scored = len(found), {hit.asset.id: hit for hit in hits}
    most = min((hit.score for hit in found.values()), default=1.0) * _JUST_BELOW
    told, tell = list[str](), desk.tell
    near: list[Hit] = []
    for words in weaker(query.words, desk.vocabulary.lists):
        if len(found) >= wanted:
            break
        answer = await desk.library.search(query.model_copy(update={"words": words}))
        near = [hit for hit in answer.hits if not hit.fits]
        new = [hit for hit in answer.hits if hit.fits and hit.asset.id not in found][: wanted - len(found)]
        found |= {hit.asset.id: _filler(hit, scored.get(hit.asset.id), most) for hit in new}
        told += [tell.say("widen.of", n=len(new), words=tell.quoted(words))] if new else []
    rest = {hit.asset.id: hit for hit in (*near, *hits) if hit.asset.id not in found}
    nearest = list(rest.values())[: max(wanted - len(found), 0)]
    found |= {hit.asset.id: _filler(hit, scored.get(hit.asset.id), most) for hit in nearest}
    told += [tell.say("widen.nearest", n=len(nearest))] if nearest else []
    if told:
        desk.notes.append(tell.counted("widen.told", fitting, works=tell.works(fitting), what=tell.listed(told)))
    return list(found.values())


def _filler(hit: Hit, scored: Hit | None, most: float) -> Hit:
    """A work that fits weaker words, with the score that it has for the whole request."""
    score = min(scored.score if scored is not None else hit.score, most)
    return hit.model_copy(update={"score": round(score, 4), "fits": False})


def weaker(words: str, lists: Mapping[str, Sequence[str]]) -> list[str]:
    """The same subject with less said of it: "calm seascapes in winter" gives "calm seascapes", then "seascapes"."""
    joins, after = (_any_of(lists.get(name, ())) for name in ("joins", "closer"))
    found: list[str] = []
    parts = [part.strip() for part in re.split(rf"\s(?:{joins})\s|,", words) if part.strip()]
    for part in parts:
        head = re.split(rf"\s(?:{after})\s", part)[0].split()
        found += [" ".join(head[i:]) for i in range(len(head))]
    found.sort(key=lambda said: -len(said.split()))
    return [said for said in dict.fromkeys(found) if said.casefold() != words.casefold()]


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"
