"""All meanings of filter clauses, by the names that rules call them; and those of tags and folders."""

from datetime import date
from typing import Any

from agent.offline import dates
from agent.offline.by_whom import creator_too, made_by
from agent.offline.draft import Draft, Meaning, Said, split_list
from agent.offline.looks import (
    black_and_white,
    colour_words,
    in_colours,
    like_ordinal,
    like_this,
    orientation_named,
    shape_named,
    tone_named,
)
from agent.offline.parts_of_months import part_of_month
from agent.offline.taken import (
    after_moment,
    before_moment,
    between_decades,
    between_moments,
    dated,
    decade_part,
    decade_start,
    in_century,
    month_of,
    month_year,
    number_of,
    on_day,
    period_of,
    season_of,
    since_moment,
    two_seasons,
    two_years,
    until_moment,
)
from agent.ports.library import DateRange


def _set(part: str, value: Any) -> Meaning:
    def meaning(draft: Draft, _: Said) -> None:
        draft.query[part] = value

    return meaning


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
    asked = (word, f"{word}s", word.removesuffix("s"))
    said_so = {*draft.matched().split()} & {"folder", "album", "directory"}
    names = {
        f: {f.casefold(), f.casefold().rpartition("/")[2]} if said_so else {f.casefold()}
        for f in draft.vocabulary.folders
    }
    known = [f for f, called in names.items() if called & {*asked}]
    if not known:
        return False
    draft.add("folders", *known[:1])
    return None


FILTERS: dict[str, Meaning] = {
    "between_years": dated(lambda _, said: dates.years(int(said["year"]), int(said["last"]))),
    "between_moments": dated(between_moments),
    "since_moment": dated(since_moment),
    "until_moment": dated(until_moment),
    "after_moment": dated(after_moment),
    "before_moment": dated(before_moment),
    "between_decades": dated(between_decades),
    "two_years": two_years,
    "since_year": dated(lambda _, said: DateRange(start=date(int(said["year"]), 1, 1))),
    "after_year": dated(lambda _, said: DateRange(start=date(int(said["year"]) + 1, 1, 1))),
    "until_year": dated(lambda _, said: DateRange(end=date(int(said["year"]), 12, 31))),
    "before_year": dated(lambda _, said: DateRange(end=date(int(said["year"]) - 1, 12, 31))),
    "since_decade": dated(lambda draft, said: DateRange(start=date(decade_start(draft, said["decade"]), 1, 1))),
    "after_decade": dated(lambda draft, said: DateRange(start=date(decade_start(draft, said["decade"]) + 10, 1, 1))),
    "before_decade": dated(lambda draft, said: DateRange(end=date(decade_start(draft, said["decade"]) - 1, 12, 31))),
    "day": dated(on_day),
    "month_part": dated(part_of_month),
    "month_year": dated(month_year),
    "season_year": dated(lambda draft, said: dates.season(int(said["year"]), season_of(draft, said))),
    "two_seasons": two_seasons,
    "last_season": dated(lambda draft, said: dates.last_season(draft.context.today, season_of(draft, said))),
    "this_season": dated(lambda draft, said: dates.this_season(draft.context.today, season_of(draft, said))),
    "last_month": dated(lambda draft, said: dates.last_month_named(draft.context.today, month_of(draft, said))),
    "in_month": dated(lambda draft, said: dates.last_month_named(draft.context.today, month_of(draft, said))),
    "past_periods": dated(lambda draft, said: dates.past(draft.context.today, number_of(said), period_of(draft, said))),
    "last_period": dated(lambda draft, said: dates.previous(draft.context.today, period_of(draft, said))),
    "this_period": dated(lambda draft, said: dates.current(draft.context.today, period_of(draft, said))),
    "periods_ago": dated(lambda draft, said: dates.ago(draft.context.today, number_of(said), period_of(draft, said))),
    "yesterday": dated(lambda draft, _: dates.previous(draft.context.today, 1)),
    "today": dated(lambda draft, _: dates.current(draft.context.today, 1)),
    "decade_early": decade_part("early"),
    "decade_mid": decade_part("mid"),
    "decade_late": decade_part("late"),
    "decade_first_half": decade_part("first half"),
    "decade_second_half": decade_part("second half"),
    "year_half": dated(lambda draft, said: dates.half_year(int(said["year"]), first=draft.said_any("first_half"))),
    "century": dated(in_century),
    "decade": dated(lambda draft, said: dates.decade(decade_start(draft, said["decade"]))),
    "year": dated(lambda _, said: dates.years(int(said["year"]), int(said["year"]))),
    "undated": _set("undated", True),
    "dated": _set("undated", False),
    "black_and_white": black_and_white,
    "orientation": orientation_named,
    "shape": shape_named,
    "tag": _tags,
    "folder": _words_into("folders"),
    "known_folder": _known_folder,
    "creator": made_by,
    "creator_too": creator_too,
    "like_this": like_this,
    "like_ordinal": like_ordinal,
    "tone": tone_named,
    "in_colours": in_colours,
    "colour_words": colour_words,
}
