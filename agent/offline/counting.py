"""Meanings of clauses that say how many works, and which of those that fit: counts, factors, picks."""

from agent.offline.draft import Draft, Meaning, Said
from agent.offline.measures import factor_of
from agent.offline.names import creators_called
from agent.offline.taken import number_of


def on_show(draft: Draft) -> int:
    """How many works hang."""
    return len(draft.context.scene.placements)


def count_to(number: float) -> int:
    """A number of works within bounds."""
    return min(max(round(number), 1), 100_000)


def count_is(draft: Draft, said: Said) -> bool | None:
    """So many works; a number that may be a year needs the word for works."""
    number = number_of(said)
    vaguely = draft.fields.get("exactly_so_many") is False  # "less is more: keep 12"
    if ("count" in draft.wishes and not vaguely) or number < 1 or not said["number"].isdecimal():
        return False
    if _is_a_year(number) and not draft.said_any("works"):
        return False
    draft.wishes["count"] = count_to(number)
    draft.fields |= {"exactly_so_many": True} if vaguely else {}
    if draft.said_any("at_most"):
        draft.fields.setdefault("accept_fewer", True)
    return None


def count_alone(draft: Draft, said: Said) -> bool | None:
    """ "No people, forty": a number in a clause of its own says how many, when anything else was said."""
    others = {word for word in draft.whole.split() if any(letter.isalpha() for letter in word)}
    return count_is(draft, said) if others - draft.stop_words() or draft.query else False


def _is_a_year(number: int) -> bool:
    return 1_500 <= number <= 2_099


def count_noun(draft: Draft, said: Said) -> bool | None:
    """A number before a noun says how many: "12 crabs"; "1984" does not."""
    return False if _is_a_year(number_of(said)) or not draft.after.split()[0].isalpha() else count_is(draft, said)


def picked(draft: Draft, said: Said) -> bool | None:
    """ "The 10 newest"."""
    found = draft.vocabulary.table("extremes")[said["extreme"]]
    if found == "hero" or ("number" in said and count_is(draft, said) is False):
        return False
    draft.fields["pick"] = found
    if found in ("newest", "oldest"):
        draft.wishes.setdefault("order", found)
    return None


def purpose(draft: Draft, said: Said) -> bool | None:
    """ "For the lobby": what it is made for is no subject, unless the library speaks of it."""
    words = draft.trimmed(said.get("words") or draft.matched()).split()
    known = draft.vocabulary.library_words
    return False if not words or any({w, w.removesuffix("s"), f"{w}s"} & known for w in words) else None


def count_odd(draft: Draft, _: Said) -> None:
    """ "0 works", "2.5 works": no number of works that can hang."""
    draft.marks.add("odd_count")


def not_offered(draft: Draft, _: Said) -> None:
    """Something that no layout can do; the receipt names it."""
    draft.unsupported.append(draft.matched().strip())


def pick_random(draft: Draft, said: Said) -> bool | None:
    """Works by chance, so many of them where that is said."""
    draft.fields["pick"] = "random"
    return count_is(draft, said) if "number" in said else None


def count_by(direction: int, factor: float | None) -> Meaning:
    """So many more or fewer than are on show; or a factor of them."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        shown = on_show(draft)
        if not shown and "number" in said and direction > 0:
            return False
        draft.marks.add("relative")
        if not shown or ("number" not in said and "factor" not in said and draft.fields.get("exactly_so_many")):
            return None
        draft.fields["exactly_so_many"] = "number" in said or "factor" in said or factor == 0.5
        if "number" in said:
            draft.marks |= {"added"} if direction > 0 else set()
            draft.wishes["count"] = count_to(shown + direction * number_of(said))
        else:
            by = factor_of(draft, said["factor"]) if "factor" in said else factor or 1.0
            draft.wishes["count"] = count_to(shown * by)
        return None

    return meaning


def count_up_to(draft: Draft, said: Said) -> bool | None:
    """ "Fill it up to fifteen": so many in all, with those that hang."""
    if not on_show(draft) or not said["number"].isdecimal():
        return False
    draft.marks |= {"relative", "it"}
    draft.wishes["count"] = count_to(number_of(said))
    return None


def count_same(draft: Draft, _: Said) -> bool | None:
    """ "The same number": as many as hang."""
    if not on_show(draft):
        return False
    draft.wishes["count"] = on_show(draft)
    draft.marks.add("relative")
    return None


def count_all(draft: Draft, _: Said) -> None:
    """All that the library has."""
    draft.query["limit"] = 10_000
    draft.marks.add("library")


def some_of(draft: Draft, said: Said) -> bool | None:
    """ "Mix in some of Ada's": a few more, by her."""
    known, shown = creators_called(said["creator"], draft.vocabulary), on_show(draft)
    if not known or not shown:
        return False
    draft.add("creators", *known[:5])
    draft.wishes["count"] = count_to(shown + max(shown // 4, 2))
    draft.marks |= {"added", "relative", "it"}
    return None


def again_many(draft: Draft, said: Said) -> bool | None:
    """ "Show me ten others": so many, and none of those that hang."""
    if not on_show(draft) or not said["number"].isdecimal():
        return False
    draft.wishes["count"] = count_to(number_of(said))
    draft.marks |= {"again", "it"}
    return None


def keep_best(draft: Draft, said: Said) -> bool | None:
    """ "Keep the ten best": so many of those on show."""
    if not on_show(draft) or picked(draft, said) is False:
        return False
    draft.marks |= {"only_count", "it"}
    return None
