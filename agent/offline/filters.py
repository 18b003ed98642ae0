"""Meanings of filter clauses: dates, likeness, colours, orientation, tone, tags, folders, creators."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from agent.offline import dates
from agent.offline.draft import Draft, Meaning, Said, split_list
from agent.offline.names import creators_called
from agent.offline.normalise import BOUNDARY, CREATOR, OWNS
from agent.ports.library import DateRange, Query
from agent.wording import request_for
from scene.records import Placement


def colours_in(draft: Draft, words: str) -> tuple[str, ...]:
    """The plain names of the colours in a list of colours, in order."""
    known = draft.vocabulary.table("colours")
    return tuple(dict.fromkeys(known[word] for word in words.replace(",", " ").split() if word in known))


def _is_denied(draft: Draft) -> bool:
    """Whether a "without" stands right before the clause ("not from 2019")."""
    stop, denials = draft.stop_words(), draft.vocabulary.lists.get("without", ())
    stop |= {*draft.vocabulary.lists.get("works", ()), "taken", "made"}
    words = draft.before.split()
    while words:
        before = f" {' '.join(words)}"
        found = max((denial for denial in denials if before.endswith(f" {denial}")), key=len, default="")
        if found:
            draft.before = before[1:].removesuffix(found)
            if found.split()[0] in draft.vocabulary.lists.get("whole", ()):
                draft.query["limit"] = 10_000
            return True
        if words.pop() not in stop:
            break
    return False


def _dated(find: Callable[[Draft, Said], DateRange]) -> Meaning:
    def meaning(draft: Draft, said: Said) -> bool | None:
        try:
            found = find(draft, said)
        except (ValueError, OverflowError):
            return False
        if _is_denied(draft):
            draft.query["without_dates"] = found
            draft.marks.add("without")
            return None
        known = draft.query.get("dates")
        if known is not None and dates.apart(known, found):
            draft.fields["clash"] = tuple(request_for(Query(dates=span)) for span in (known, found))
        draft.query["dates"] = dates.both(known, found)
        return None

    return meaning


def _decade_start(draft: Draft, word: str) -> int:
    named = draft.vocabulary.table("decades").get(word)
    if named is not None:
        return int(named)
    number = int(re.sub(r"\D", "", word))
    if number >= 100:
        return number
    century = 2000 if 2000 + number <= draft.context.today.year else 1900
    return century + number if number >= 30 else 2000 + number


def _decade_part(part: str) -> Meaning:
    return _dated(lambda draft, said: dates.decade(_decade_start(draft, said["decade"]), part))


def _between_decades(draft: Draft, said: Said) -> DateRange:
    first = _decade_start(draft, said["decade"])
    if "year" in said:
        return dates.years(first, int(said["year"]))
    last = _decade_start(draft, said["last"])
    return dates.years(min(first, last), max(first, last) + 9)


def _day(draft: Draft, said: Said) -> DateRange:
    if "isodate" in said:
        found = date.fromisoformat(said["isodate"])
    else:
        day = int(re.sub(r"\D", "", said["dayth"]))
        found = date(int(said["year"]), draft.vocabulary.table("months")[said["month"]], day)
    return DateRange(start=found, end=found)


def _month_year(draft: Draft, said: Said) -> DateRange:
    if "isomonth" in said:
        year, number = said["isomonth"].split("-")
        return dates.month(int(year), int(number))
    return dates.month(int(said["year"]), draft.vocabulary.table("months")[said["month"]])


def _century(_: Draft, said: Said) -> DateRange:
    """The 20th century is 1900 to 1999, as people say it."""
    number = int(re.sub(r"\D", "", said["dayth"]))
    return dates.years(number * 100 - 100, number * 100 - 1)


def _two_years(draft: Draft, said: Said) -> bool | None:
    """ "2012 and 2019": both years, without those between them; "between 2012 and 2019" means all of them."""
    first, last = sorted((int(said["year"]), int(said["last"])))
    before = draft.before.split()[-1:]
    if "dates" in draft.query or _is_denied(draft) or before in (["between"], ["after"], ["before"], ["since"]):
        return False
    draft.query["dates"] = dates.years(first, last)
    if last - first > 1:
        draft.query["without_dates"] = dates.years(first + 1, last - 1)
    return None


def _two_seasons(draft: Draft, said: Said) -> bool | None:
    """ "Last winter and the one before": both, without the days between them."""
    last = dates.last_season(draft.context.today, _season(draft, said))
    before = dates.last_season(last.start or draft.context.today, _season(draft, said))
    if "dates" in draft.query or last.start is None or before.end is None:
        return False
    draft.query["dates"] = DateRange(start=before.start, end=last.end)
    between = DateRange(start=before.end + timedelta(days=1), end=last.start - timedelta(days=1))
    draft.query["without_dates"] = between
    return None


def _month(draft: Draft, said: Said) -> int:
    return int(draft.vocabulary.table("months")[said["month"]])


def _season(draft: Draft, said: Said) -> int:
    return int(draft.vocabulary.table("seasons")[said["season"]])


def _period(draft: Draft, said: Said) -> int:
    return int(draft.vocabulary.table("periods")[said["period"]])


def number_of(said: Said) -> int:
    """The number that was said; "one" is a word, all others are digits by now."""
    return int(said["number"]) if said["number"].isdecimal() else 1


def like(draft: Draft, placement: Placement | None) -> bool | None:
    """Works like this one; without one, the intent says that a selection is missing."""
    if placement is None:
        draft.marks.add("like_nothing")
    else:
        draft.query["like_asset_id"] = placement.asset_id
    draft.marks.add("like")
    return None


def _like_this(draft: Draft, _: Said) -> bool | None:
    selected = [p for p in draft.context.scene.placements if p.id in draft.context.selection]
    return like(draft, selected[0] if selected else None)


def ordinal_of(draft: Draft, word: str) -> int:
    """1 for "first" and "1st", -1 for "last"."""
    known = draft.vocabulary.table("ordinals").get(word)
    return int(known) if known is not None else int(re.sub(r"\D", "", word))


def _like_ordinal(draft: Draft, said: Said) -> bool | None:
    works, number = draft.context.scene.placements, ordinal_of(draft, said["ordinal"])
    index = number - 1 if number > 0 else number
    return like(draft, works[index] if -len(works) <= index < len(works) else None)


def _set(part: str, value: Any) -> Meaning:
    def meaning(draft: Draft, _: Said) -> None:
        draft.query[part] = value

    return meaning


def rule_out_shape(draft: Draft, shape: Any) -> bool:
    """ "Nothing horizontal" leaves upright ones; False where the word is no format that another one stands against."""
    if shape not in _OTHER_SHAPE:
        return False
    draft.query.setdefault("orientation", _OTHER_SHAPE[shape])
    draft.marks.add("other_shape")
    return True


def _orientations(draft: Draft) -> Mapping[str, Any]:
    return draft.vocabulary.table("orientations")


def _orientation(draft: Draft, said: Said) -> None:
    named = said.get("orientation") or next(word for word in draft.matched().split() if word in _orientations(draft))
    _shaped(draft, _orientations(draft)[named])


def _shape(draft: Draft, said: Said) -> None:
    _shaped(draft, draft.vocabulary.table("shapes")[said["shape"]])


_OTHER_SHAPE = {"portrait": "landscape", "landscape": "portrait"}


def _shaped(draft: Draft, shape: Any) -> None:
    """A format that is asked for; one that is ruled out leaves the other one, unless another was asked for."""
    if _is_denied(draft) and rule_out_shape(draft, shape):
        return
    known = shape if "other_shape" in draft.marks else draft.query.get("orientation", shape)
    if known != shape and "panorama" not in (known, shape):
        draft.fields["clash"] = tuple(request_for(Query(orientation=one)) for one in (known, shape))
    draft.query["orientation"] = "panorama" if known == "panorama" else shape  # "wide panoramas"


def plainly_filtered(draft: Draft, words: str) -> bool:
    """ "How many are upright?": words that are left of a question may be nothing but a format or a tone."""
    shape = draft.vocabulary.table("orientations").get(words.casefold())
    tone = draft.vocabulary.table("tones").get(words.casefold())
    if shape is None and tone is None:
        return False
    if shape is not None:
        _shaped(draft, shape)
    else:
        draft.query["tone"] = tone
    return True


def _tone(draft: Draft, said: Said) -> None:
    draft.query["tone"] = draft.vocabulary.table("tones")[said["tone"]]


def _black_and_white(draft: Draft, _: Said) -> None:
    draft.query["tone"] = "muted"
    draft.fields["subject_words"] = "black and white"


def _tags(draft: Draft, said: Said) -> bool | None:
    """ "Tagged family and garden" names two."""
    found = [words for part in split_list(draft, said["list"]) if (words := draft.trimmed(part))]
    draft.add("tags", *(words[:400] for words in found))
    return None if found else False


def _words_into(part: str) -> Meaning:
    def meaning(draft: Draft, said: Said) -> bool | None:
        words = draft.trimmed(said.get("words") or said.get("word", ""))
        if not words:
            return False
        draft.add(part, words[:400])
        return None

    return meaning


def _known_folder(draft: Draft, said: Said) -> bool | None:
    """ "From the scans" is a folder where the library has one of that name."""
    word = said["word"]
    known = [f for f in draft.vocabulary.folders if f.casefold() in (word, f"{word}s", word.removesuffix("s"))]
    if not known:
        return False
    draft.add("folders", *known[:1])
    return None


def _creator(draft: Draft, said: Said) -> bool | None:
    """Someone whom the library knows, by full or last name; else the words stay a part of the subject."""
    known = creators_called(said.get("creator") or draft.trimmed(said["words"]).casefold(), draft.vocabulary)
    if not known:
        return False
    if _is_denied(draft):
        draft.add("without_creators", *known[:5])
        draft.marks.add("without")
        return None
    draft.add("creators", *known[:5])
    return None


def name_creators(draft: Draft) -> None:
    """A creator whom no rule has read is whose works are meant, unless the words speak of who is in the picture."""
    depicted = draft.vocabulary.lists.get("depicts", ())
    for token in re.findall(rf"(?<= ){CREATOR}[^ ]+(?: {OWNS})?(?= )", draft.line):
        before = draft.line.partition(f" {token} ")[0].split()
        while before and before[-1] in draft.vocabulary.lists.get("joins", ()):
            before.pop()
        if before and (before[-1] in depicted or before[-1].startswith(CREATOR)):
            continue
        if known := creators_called(token.split()[0], draft.vocabulary):
            draft.add("creators", *known[:5])
            draft.used.append(draft.plain(token))
            draft.line = draft.line.replace(f" {token} ", f" {BOUNDARY} ", 1)


def _creator_too(draft: Draft, said: Said) -> bool | None:
    """ "Not by Ada or Bo": who is named next is wanted, or left out, like the one before."""
    known = creators_called(said["creator"], draft.vocabulary)
    part = next((name for name in ("without_creators", "creators") if name in draft.query), "")
    if not known or not part or draft.before.split()[-1] != BOUNDARY:
        return False
    draft.add(part, *known[:5])
    return None


def _in_colours(draft: Draft, said: Said) -> bool | None:
    if _are_things(draft, said) and draft.matched().strip().startswith(said["colours"]):
        return False
    draft.add("colours", *colours_in(draft, said["colours"]))
    return None


def _are_things(draft: Draft, said: Said) -> bool:
    """Whether the library speaks of things of these names: "lavender" may be the plant."""
    plain = set(draft.vocabulary.table("colours").values())
    return all(word in draft.vocabulary.library_words - plain for word in said["colours"].split())


def _colour_words(draft: Draft, said: Said) -> bool | None:
    """A colour before a noun ("red crabs") filters and stays a part of the subject; "lavender" may be the plant."""
    if _are_things(draft, said):
        return False
    draft.add("colours", *colours_in(draft, said["colours"]))
    following = draft.after.split()[0]
    return False if following.isalpha() and following not in draft.stop_words() else None


FILTERS: dict[str, Meaning] = {
    "between_years": _dated(lambda _, said: dates.years(int(said["year"]), int(said["last"]))),
    "between_decades": _dated(_between_decades),
    "two_years": _two_years,
    "since_year": _dated(lambda _, said: DateRange(start=date(int(said["year"]), 1, 1))),
    "after_year": _dated(lambda _, said: DateRange(start=date(int(said["year"]) + 1, 1, 1))),
    "until_year": _dated(lambda _, said: DateRange(end=date(int(said["year"]), 12, 31))),
    "before_year": _dated(lambda _, said: DateRange(end=date(int(said["year"]) - 1, 12, 31))),
    "since_decade": _dated(lambda draft, said: DateRange(start=date(_decade_start(draft, said["decade"]), 1, 1))),
    "after_decade": _dated(lambda draft, said: DateRange(start=date(_decade_start(draft, said["decade"]) + 10, 1, 1))),
    "before_decade": _dated(lambda draft, said: DateRange(end=date(_decade_start(draft, said["decade"]) - 1, 12, 31))),
    "day": _dated(_day),
    "month_year": _dated(_month_year),
    "season_year": _dated(lambda draft, said: dates.season(int(said["year"]), _season(draft, said))),
    "two_seasons": _two_seasons,
    "last_season": _dated(lambda draft, said: dates.last_season(draft.context.today, _season(draft, said))),
    "this_season": _dated(lambda draft, said: dates.this_season(draft.context.today, _season(draft, said))),
    "last_month": _dated(lambda draft, said: dates.last_month_named(draft.context.today, _month(draft, said))),
    "in_month": _dated(lambda draft, said: dates.last_month_named(draft.context.today, _month(draft, said))),
    "past_periods": _dated(lambda draft, said: dates.past(draft.context.today, number_of(said), _period(draft, said))),
    "last_period": _dated(lambda draft, said: dates.previous(draft.context.today, _period(draft, said))),
    "this_period": _dated(lambda draft, said: dates.current(draft.context.today, _period(draft, said))),
    "periods_ago": _dated(lambda draft, said: dates.ago(draft.context.today, number_of(said), _period(draft, said))),
    "yesterday": _dated(lambda draft, _: dates.previous(draft.context.today, 1)),
    "today": _dated(lambda draft, _: dates.current(draft.context.today, 1)),
    "decade_early": _decade_part("early"),
    "decade_mid": _decade_part("mid"),
    "decade_late": _decade_part("late"),
    "century": _dated(_century),
    "decade": _dated(lambda draft, said: dates.decade(_decade_start(draft, said["decade"]))),
    "year": _dated(lambda _, said: dates.years(int(said["year"]), int(said["year"]))),
    "undated": _set("undated", True),
    "dated": _set("undated", False),
    "black_and_white": _black_and_white,
    "orientation": _orientation,
    "shape": _shape,
    "tag": _tags,
    "folder": _words_into("folders"),
    "known_folder": _known_folder,
    "creator": _creator,
    "creator_too": _creator_too,
    "like_this": _like_this,
    "like_ordinal": _like_ordinal,
    "tone": _tone,
    "in_colours": _in_colours,
    "colour_words": _colour_words,
}
