"""Choose works from what was found: the best ones, not all alike, and none below the cut-off unasked."""

import re
from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from agent.desk import Call, Desk, Outcome, TurnStops
from agent.events import Choice
from agent.phrases import Phrases
from agent.ports.library import Hit, Query
from agent.tools.listed import is_of_library
from agent.tools.tool import Arguments, Tool
from agent.tools.widening import widened
from agent.vocabulary import Vocabulary
from agent.wording import query_in_words
from agent.works import by_extreme, speaks_of

DEFAULT_COUNT = {"gallery": 24, "timeline": 60, "cluster": 60, "grid": 60}
"""How many works are taken when nobody said how many."""
MOST_AT_ONCE = 2_000
"""How many are taken when everything is wanted."""
_POOL_FACTOR = 3
_MOST_COMPARED = 300
_ALIKE_BITS = 4
_WEIGHT_OF_SCORE = 0.7
_MOST_SUBJECTS = 6
_PLAIN_SHARE = 0.2
"""Of its palette; from here on a work is plainly of a colour."""
_ENOUGH = 4
"""So many works that carry the words themselves make a show of their own when nobody said how many."""


class ChooseArguments(Arguments):
    """What was found and how many are wanted; `count` None takes what fits, up to `default_count`."""

    hits: tuple[Hit, ...]
    fitting: int
    query: Query = Query()
    """What was searched for; widening asks for less of it."""
    asked_for: str = ""
    count: Annotated[int, Field(ge=1, le=100_000)] | None = None
    default_count: int = 24
    take_all: bool = False
    pick: str = ""
    """Choose the newest, biggest, ... instead of the best fitting."""
    widen: bool = False
    accept_fewer: bool = False
    plainly: bool = False
    """Take the best-scored ones, without comparing how they look."""


async def _choose(arguments: ChooseArguments, call: Call, desk: Desk) -> Outcome:
    fits = [hit for hit in arguments.hits if hit.fits]
    take_all = min(max(len(fits), 1), MOST_AT_ONCE) if arguments.take_all else arguments.default_count
    wanted, strange = arguments.count or take_all, False
    if arguments.widen:
        fits = await widened(arguments.query, arguments.hits, wanted, desk)
    elif len(fits) < (arguments.count or 1) and not arguments.accept_fewer:
        before, fits = fits, await _without_strange_words(arguments, fits, desk)
        fits = await _of_either_colour(arguments, fits, desk)
        strange = fits is not before
    if not fits:
        raise _nothing_fits(arguments, desk.tell)
    fits = plainly_coloured(arguments, plainly_meant(arguments, fits, desk.vocabulary), wanted)
    too_few = arguments.count is not None and len(fits) < arguments.count
    if (too_few or _names_a_room(arguments, fits, desk.vocabulary)) and not (arguments.accept_fewer or arguments.widen):
        raise _too_few(arguments, len(fits), desk.tell)
    if arguments.pick not in ("", "best"):
        chosen = by_extreme(fits, arguments.pick)[:wanted]
    elif arguments.widen or arguments.plainly:
        chosen = fits[:wanted]
    else:
        chosen = await _pick(fits, min(wanted, len(fits)), desk)
    if arguments.pick in ("", "best"):
        chosen = (await _each_its_share(arguments, chosen, desk))[:wanted] or chosen
    _note(arguments, chosen, desk)
    values: dict[str, tuple[Hit, ...]] = {"works": tuple(chosen)}
    if strange:
        values["hits"] = tuple(fits)
    return Outcome(desk.tell.say("step.chosen", works=desk.tell.works(len(chosen))), values)


async def _without_strange_words(arguments: ChooseArguments, fits: list[Hit], desk: Desk) -> list[Hit]:
    """What fits when words that nothing in the library speaks of are left out, where the thing itself is known."""
    words = plainer_subject(arguments.query.words, desk.vocabulary)
    if not words:
        return fits
    found = await desk.library.search(arguments.query.model_copy(update={"words": words}))
    better = [hit for hit in found.hits if hit.fits]
    if len(better) < max(arguments.count or 1, len(fits) + 1):
        return fits
    told = {"all": desk.tell.quoted(arguments.query.words), "words": desk.tell.quoted(words)}
    desk.notes.append(desk.tell.say("note.strange", **told))
    return better


async def _of_either_colour(arguments: ChooseArguments, fits: list[Hit], desk: Desk) -> list[Hit]:
    """Where too few works show all colours that were named, those that show one of them fill up."""
    colours, query = arguments.query.colours, arguments.query
    if len(colours) < 2 or len(fits) >= (arguments.count or 1):
        return fits
    found, limit = {hit.asset.id: hit for hit in fits}, arguments.count or arguments.default_count
    each = [await desk.library.search(query.model_copy(update={"colours": (colour,)})) for colour in colours]
    for hits in zip_longest(*([hit for hit in one.hits if hit.fits] for one in each)):
        found |= {hit.asset.id: hit for hit in hits if hit is not None and hit.asset.id not in found}
    if len(found) < limit:
        return fits
    tell = desk.tell
    either = tell.listed((tell.word("colour", colour) for colour in colours), "or")
    desk.notes.append(tell.say("note.either", n=len(fits), colours=either))
    return list(found.values())


async def _each_its_share(arguments: ChooseArguments, chosen: Sequence[Hit], desk: Desk) -> list[Hit]:
    """ "Ten of Kyoto and Lisbon", "by Ada and Ben": where the best leave one out, they take turns; else nothing."""
    query, count = arguments.query, arguments.count or arguments.default_count
    subjects = _subjects(query.words, desk.vocabulary)
    parts = [query.model_copy(update={"words": part}) for part in subjects]
    if len(parts) < 2:
        parts = [query.model_copy(update={"creators": (creator,)}) for creator in query.creators]
    if arguments.widen or not 1 < len(parts) <= min(count, _MOST_SUBJECTS):
        return []
    if all(any(_is_part(hit, part, query) for hit in chosen) for part in parts):
        return []
    turns = []
    for part in parts:
        found = await desk.library.search(part)
        turns.append([hit for hit in found.hits if hit.fits and _is_part(hit, part, query)])
    ids = dict[str, Hit]()
    for hits in zip_longest(*turns):
        ids |= {hit.asset.id: hit for hit in hits if hit is not None and hit.asset.id not in ids}
    enough = arguments.count or min(len(chosen), _ENOUGH)
    return list(ids.values()) if all(turns) and len(ids) >= enough else []


def _is_part(hit: Hit, part: Query, whole: Query) -> bool:
    """Whether a work is of the one subject, or by the one creator, that a part of a list names."""
    if part.creators != whole.creators:
        return hit.asset.creator.casefold() == part.creators[0].casefold()
    return speaks_of(hit.asset, part.words)


def _subjects(words: str, vocabulary: Vocabulary) -> list[str]:
    """The things that are named side by side."""
    said = re.split(r",| and ", words.casefold())
    return [part for one in said if (part := _bare(one, vocabulary))]


def plainer_subject(words: str, vocabulary: Vocabulary) -> str:
    """The words that the library uses itself, if what is named is one of them: "kyoto" of "gilded kyoto"; else ""."""
    before = {*vocabulary.lists.get("prepositions", ()), *vocabulary.lists.get("closer", ()), "of", "for", "to", "made"}
    joins = {*vocabulary.lists.get("joins", ())}
    said = words.casefold().split()
    first = next((i for i, word in enumerate(said) if word in before or word in joins), len(said))
    known = [word for word in said if is_of_library(word, vocabulary)]
    if not first or not known or len(known) == len(said) or not is_of_library(said[first - 1], vocabulary):
        return ""
    return " ".join(known) if len(known) >= first or not _adds_unknown(said[first:], joins, vocabulary) else ""


def _adds_unknown(rest: Sequence[str], joins: Collection[str], vocabulary: Vocabulary) -> bool:
    """Whether a further subject follows of which nobody knows a word: "... and sumo wrestlers"."""
    parts = re.split(rf"\b(?:{'|'.join(map(re.escape, joins))})\b|,", " ".join(rest)) if rest[:1] and joins else []
    small = vocabulary.lists.get("stop", ())
    named = [[word for word in part.split() if word not in small] for part in parts[1:]]
    return any(words and not any(is_of_library(word, vocabulary) for word in words) for words in named)


def _is_spoken_of(words: str, vocabulary: Vocabulary) -> bool:
    """Whether the library uses any of the words, so that works can be left out by them."""
    return not vocabulary.library_words or any(is_of_library(word, vocabulary) for word in words.casefold().split())


def plainly_meant(arguments: ChooseArguments, fits: list[Hit], vocabulary: Vocabulary) -> list[Hit]:
    """The works that carry the words themselves come first; where there are enough of them, they alone."""
    parts = [
        part
        for said in re.split(r",| and | or ", arguments.query.words.casefold())
        if (part := _bare(said, vocabulary))
    ]
    if not parts or arguments.widen:
        return fits
    literal = [hit for hit in fits if any(speaks_of(hit.asset, part) for part in parts)]
    if len(literal) >= (arguments.count or _ENOUGH):
        return literal
    said = {hit.asset.id for hit in literal}
    return [*literal, *(hit for hit in fits if hit.asset.id not in said)]


def plainly_coloured(arguments: ChooseArguments, fits: list[Hit], wanted: int) -> list[Hit]:
    """Of more works than hang those that show the colour itself: to "green", olive comes only where green is rare."""
    colours = arguments.query.colours
    if not colours or arguments.take_all or len(fits) <= wanted:
        return fits
    plain = [hit for hit in fits if all(_share(hit, colour) >= _PLAIN_SHARE for colour in colours)]
    enough = arguments.count or wanted // 2
    return plain if len(plain) >= enough else fits


def _share(hit: Hit, colour: str) -> float:
    """How much of a work's palette is called by this very name."""
    return sum(swatch.share for swatch in hit.asset.palette if swatch.name.casefold() == colour.casefold())


def _names_a_room(arguments: ChooseArguments, fits: Sequence[Hit], vocabulary: Vocabulary) -> bool:
    """Whether the subject is only what a theme is about, and hardly any work is: "a cyberpunk gallery" of a garden."""
    subjects = {theme.subject for theme in vocabulary.themes if theme.subject}
    of_theme = arguments.query.words in subjects and arguments.query == Query(
        words=arguments.query.words, limit=arguments.query.limit
    )
    open_ended = arguments.count is None and not arguments.take_all and arguments.pick in ("", "best")
    return of_theme and open_ended and len(fits) < _ENOUGH


def _bare(words: str, vocabulary: Vocabulary) -> str:
    """A subject without small words, and without tones and colours before a noun: "the pale roses" are roses."""
    stop = vocabulary.lists.get("stop", ())
    said = [word for word in words.split() if word not in stop]
    shades = {*vocabulary.table("tones"), *vocabulary.table("colours")}
    things = [word for word in said if word not in shades]
    plain = set(vocabulary.table("colours").values())
    return " ".join(things or [word for word in said if word in vocabulary.library_words - plain])


def _nothing_fits(arguments: ChooseArguments, tell: Phrases) -> TurnStops:
    what = query_in_words(arguments.query, tell)
    all_of_it = "" if what else ".all"
    there = Choice(tell.say("choice.there"), "which tags do I have")
    if not arguments.hits:
        text = tell.say(f"fit.nothing{all_of_it}", what=what)
        return TurnStops(
            text, (there, Choice(tell.say("choice.best"), "create a gallery")), advice=tell.say("fit.nothing.advice")
        )
    nearest = tell.works(min(len(arguments.hits), arguments.count or arguments.default_count))
    choices = (Choice(tell.say("choice.nearest", works=nearest), "widen"), there)
    return TurnStops(tell.say(f"fit.nearest{all_of_it}", what=what), choices)


def _too_few(arguments: ChooseArguments, fitting: int, tell: Phrases) -> TurnStops:
    what = query_in_words(arguments.query, tell)
    stop = Choice(tell.say("choice.stop", n=fitting), f"stop at {fitting}")
    key = f"fit.only{'' if what else '.all'}"
    only = tell.counted(key, fitting, what=what)
    if len(arguments.hits) == fitting:
        return TurnStops(tell.say("fit.few.near", only=only, n=fitting), (stop,))
    return TurnStops(tell.say("fit.few", only=only, n=fitting), (Choice(tell.say("choice.widen"), "widen"), stop))


def _note(arguments: ChooseArguments, chosen: Sequence[Hit], desk: Desk) -> None:
    barred = [words for words in arguments.query.without_words if not _is_spoken_of(words, desk.vocabulary)]
    if barred:
        desk.notes.append(
            desk.tell.say("note.unknown_barred", what=desk.tell.listed(map(desk.tell.quoted, barred), "or"))
        )
    if arguments.count is not None and len(chosen) < arguments.count:
        desk.notes.append(desk.tell.say("note.fewer", n=len(chosen), wanted=arguments.count))
    elif arguments.count is None and arguments.fitting > len(chosen):
        key = "note.best" if len(chosen) >= MOST_AT_ONCE else "note.best.more"
        desk.notes.append(desk.tell.say(key, fitting=arguments.fitting, n=len(chosen)))


async def _pick(fits: Sequence[Hit], wanted: int, desk: Desk) -> list[Hit]:
    """The best and most different ones, best first."""
    apart = without_twins(fits, wanted)
    pool = apart[: min(max(wanted * _POOL_FACTOR, wanted), _MOST_COMPARED)]
    if wanted >= len(pool) or wanted > _MOST_COMPARED // 2:
        return apart[:wanted]
    features = await desk.library.features(tuple(hit.asset.id for hit in pool))
    return spread(pool, features, wanted)


def without_twins(fits: Sequence[Hit], wanted: int) -> list[Hit]:
    """The hits without near-duplicates; those come back at the end when there are not enough others."""
    if len(fits) > 5 * _MOST_COMPARED:
        return list(fits)
    kept: list[Hit] = []
    twins: list[Hit] = []
    seen: list[int] = []
    for hit in fits:
        bits = _bits(hit.asset.phash)
        if bits is not None and any((bits ^ other).bit_count() <= _ALIKE_BITS for other in seen):
            twins.append(hit)
            continue
        kept.append(hit)
        if bits is not None:
            seen.append(bits)
    return kept if len(kept) >= wanted else kept + twins


def _bits(phash: str) -> int | None:
    try:
        return int(phash, 16) if phash else None
    except ValueError:
        return None


def spread(pool: Sequence[Hit], features: NDArray[np.float32], wanted: int) -> list[Hit]:
    """Maximal marginal relevance (Carbonell and Goldstein, 1998): good ones that differ from those taken before."""
    scores = np.array([hit.score for hit in pool])
    span = max(float(scores.max() - scores.min()), 1e-9)
    good = (scores - scores.min()) / span if span > 1e-6 else np.ones(len(pool))
    lengths = np.linalg.norm(features, axis=1, keepdims=True)
    unit = features / np.where(lengths > 0, lengths, 1.0)
    nearest = np.zeros(len(pool))
    taken: list[int] = []
    for _ in range(wanted):
        value = _WEIGHT_OF_SCORE * good - (1 - _WEIGHT_OF_SCORE) * nearest
        value[taken] = -np.inf
        best = int(np.argmax(value))
        taken.append(best)
        nearest = np.maximum(nearest, unit @ unit[best])
    return [pool[i] for i in taken]


CHOOSE = Tool("choose", "Choose works", ChooseArguments, _choose)
