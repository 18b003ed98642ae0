"""Meanings of clauses about theme, light, layout, quality and budget."""

from typing import Any

from agent.offline.draft import Draft, Meaning, Said
from agent.offline.taken import number_of


def light_by(factor: float) -> Meaning:
    """Lamps brighter or darker."""

    def meaning(draft: Draft, _: Said) -> None:
        draft.fields["light"] = round(draft.fields.get("light", 1.0) * factor, 3)

    return meaning


def light_is(draft: Draft, said: Said) -> None:
    """Lamps at a percentage."""
    draft.fields["light"] = min(max(number_of(said) / 100, 0.2), 3.0)


def budget_is(draft: Draft, said: Said) -> bool | None:
    """What a run may cost."""
    words = said.get("money", said.get("number", "")).split()
    if len(words) == 1:
        amount = float(words[0]) if words[0].isdecimal() else 1.0
    elif words[0] in "$€":
        amount = float(words[1])
    else:
        amount = float(words[0]) * float(draft.vocabulary.table("money")[" ".join(words[1:])])
    draft.fields["budget_usd"] = round(min(amount, 10_000.0), 4)
    return None


def field_is(name: str, value: Any) -> Meaning:
    """Set one field of the intent."""

    def meaning(draft: Draft, _: Said) -> None:
        draft.fields[name] = value

    return meaning


def painted(draft: Draft, said: Said) -> None:
    """ "Paint the walls white" is a theme that has such walls."""
    draft.marks.add("it")
    draft.fields["theme"] = draft.vocabulary.table("room_colours")[said["room_colour"]]


def _note_the_show(draft: Draft) -> None:
    """Whether the clause speaks of what is there ("it", "the gallery")."""
    if draft.said_any("it"):
        draft.marks.add("it")


def theme_named(draft: Draft, said: Said) -> None:
    """A theme by its name; of two, the one that was said last."""
    _note_the_show(draft)
    name = said["theme"]
    earlier = draft.fields.get("theme_word", name)
    first = min(earlier, name, key=draft.place_of)
    themes = {**draft.vocabulary.table("evokes"), **draft.vocabulary.theme_names}
    draft.fields["first_theme"] = themes[first]
    if draft.place_of(earlier) > draft.place_of(name):
        return
    draft.fields["theme"] = draft.vocabulary.theme_names[name]
    draft.fields["theme_word"] = name
    if draft.said_any("decor"):
        draft.fields["evoked"] = True


def theme_evoked(draft: Draft, said: Said) -> bool | None:
    """ "Damask and gilt" is said of a room; where the library uses the word, only if a room is spoken of."""
    words, themes = said["evoked"], draft.vocabulary.table("evokes")
    own = draft.vocabulary.library_words & set(words.split())
    matched = draft.matched().split()
    if own and len(words.split()) == 1 and not {*matched} & set(draft.vocabulary.lists.get("decor", ())) - {words}:
        return False
    if draft.place_of(draft.fields.get("theme_word", words)) > draft.place_of(words):
        return None
    _note_the_show(draft)
    word = draft.fields["theme_word"] if draft.fields.get("theme") == themes[words] else words
    draft.fields |= {"theme": themes[words], "theme_word": word, "evoked": True}
    return None


def theme_with(draft: Draft, said: Said) -> bool | None:
    """ "A museum with 40 landscapes" is a theme; "a forest with deer" speaks of a forest."""
    theme = draft.vocabulary.theme(draft.vocabulary.theme_names[said["theme"]])
    following = draft.after.split()[0]
    if theme is not None and theme.noun and theme.subject and not following.isdecimal():
        return False
    theme_named(draft, said)
    return None


def layout_named(draft: Draft, said: Said) -> bool | None:
    """A layout by its name; of two, the one that was said last."""
    name = said["layout"]
    if draft.place_of(draft.fields.get("layout_word", name)) <= draft.place_of(name):
        draft.fields |= {"layout": draft.vocabulary.table("layouts")[name], "layout_word": name}
        draft.wishes |= {"axis": axis} if (axis := draft.vocabulary.table("axes").get(name)) else {}
    if "theme" in said:
        theme_named(draft, said)
    first = draft.matched().split()[0]
    article = {first, *draft.before.split()[-1:]} & set(draft.vocabulary.lists.get("articles", ()))
    if ("theme" in said and article) or first in draft.vocabulary.lists.get("fresh", ()):
        draft.marks.add("anew")
    return None


def layout_it(draft: Draft, said: Said) -> bool | None:
    """ "Show everything as a grid" means the library, "make everything a grid" what is on show."""
    if draft.said_any("whole") and draft.said_any("show"):
        draft.query["limit"] = 10_000
        draft.marks |= {"library", "show"}
    else:
        draft.marks.add("it")
    return layout_named(draft, said)


def same_works(draft: Draft, _: Said) -> bool | None:
    """ "Same pictures, as a timeline": what follows is said of the show."""
    if not draft.context.scene.placements:
        return False
    draft.marks.add("it")
    return None


def look_like(draft: Draft, said: Said) -> bool | None:
    """ "A wet neon city look": the theme whose words are used, where a show is spoken of."""
    if not draft.context.scene.placements or "theme" in draft.fields:
        return False
    words = f" {said['words']} "
    met = {one.id: sum(f" {word} " in words for word in (*one.words, *one.names)) for one in draft.vocabulary.themes}
    best = max(met, key=lambda name: met[name], default="")
    if not met.get(best):
        return False
    draft.fields |= {"theme": best, "theme_word": said["words"], "evoked": True}
    draft.marks.add("it")
    return None
