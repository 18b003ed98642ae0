"""What is left of a request when every clause has been read: words to search for, or not."""

from collections.abc import Collection

from agent.offline.draft import Draft

_WHOSE = ("the", "my", "our")
"""Said before a thing of a list, and no part of it."""
_A_LIST = 3
"""So many things in a row are a list, though the library knows one of them only by a title."""


def is_a_command(draft: Draft, left: list[str]) -> bool:
    """Whether what was not understood begins like a command or a question, not like a subject."""
    return not draft.marks & {"create", "show"} and left[0].split()[0].casefold() in draft.vocabulary.lists.get(
        "commands", ()
    )


def searchable(draft: Draft, left: list[str]) -> tuple[list[str], list[str]]:
    """The words left over that can be searched for, and those that cannot: bare numbers and words of hanging."""
    library = draft.vocabulary.library_words
    chatter = {word for word in draft.vocabulary.lists.get("chatter", ()) if not _forms(word) & library}
    left = [" ".join(w for w in part.split(" ") if w.casefold() not in chatter) for part in left]
    left = [trimmed for part in left if (trimmed := draft.trimmed(part))]
    no_subject, library = set(draft.vocabulary.lists.get("no_subject", ())), draft.vocabulary.library_words
    kept: list[str] = []
    dropped: list[str] = []
    for part in left:
        words = _plainer(part.split(" "), draft)
        good = [w for w in words if w in library or not (w in no_subject or w.lstrip("-").replace(".", "").isdecimal())]
        dropped += [w for w in words if w not in good]
        if (words_left := draft.trimmed(" ".join(good))) and any(len(word) > 1 for word in words_left.split()):
            kept.append(words_left)
        elif good:
            dropped += good if len(good) < len(words) else []
            kept += [part] if len(good) == len(words) else []
    kept, moods = _without_moods(kept, draft)
    kept, unheard = _without_unheard(kept, draft)
    return kept, [*dropped, *moods, *unheard]


def _without_unheard(left: list[str], draft: Draft) -> tuple[list[str], list[str]]:
    """Words in a clause of their own that the library never uses are no subject beside all of it, or before one."""
    asked = [i for i, part in enumerate(left) if _is_asked_for(part, draft)]
    asked += [i for i, part in enumerate(left) if i and any(_heads_a_list(p, left[i:], draft) for p in left[:i])]
    last = len(left) if "library" in draft.marks else max(asked, default=0)
    unheard = [
        part
        for i, part in enumerate(left)
        if (_heads_a_list(part, left[i + 1 :], draft) or i not in asked)
        and (i < last or (i > 0 and _names_the_show(part, draft)))
        and _is_unheard(part, draft)
    ]
    return [part for part in left if part not in unheard], unheard


def _heads_a_list(part: str, others: list[str], draft: Draft) -> bool:
    """ "Food: cake, tomatoes": what is said before the colon names those that follow."""
    words = " ".join(draft.typed.get(word, word) for word in draft.whole.split()).casefold()
    return f" {part.casefold()} : " in f" {words} " and any(is_known(draft, [other]) for other in others)


def _is_unheard(part: str, draft: Draft) -> bool:
    library, words = draft.vocabulary.library_words, set(part.casefold().split())
    themes = {word for name in draft.vocabulary.theme_names for word in name.split()}
    return bool(library) and not _is_of(library, part, draft) and not themes & words


def _names_the_show(part: str, draft: Draft) -> bool:
    """ "Trams and buses: a transport show": said of the show, beside what hangs in it."""
    after = draft.whole.casefold().partition(f" {part.casefold()} ")[2].split()[:1]
    return bool(after) and after[0] in draft.vocabulary.lists.get("shows", ())


def _is_asked_for(part: str, draft: Draft) -> bool:
    """Whether the words lead to works or follow what leads to a subject: "zeppelin pictures", "all with candles"."""
    whole = " ".join(draft.typed.get(word, word) for word in draft.whole.split()) + " "
    at = whole.casefold().find(f" {part.casefold()} ")
    before, after = (whole[:at].split(), whole[at + len(part) + 2 :].split()[:1]) if at >= 0 else ([], [])
    if (after and after[0] in draft.vocabulary.lists.get("works", ())) or (before and before[-1].isdecimal()):
        return True
    leads = draft.vocabulary.lists.get("leads", ())
    while before and before[-1] in draft.stop_words() - {*leads}:
        before.pop()
    return bool(before) and before[-1] in leads


def _without_moods(left: list[str], draft: Draft) -> tuple[list[str], list[str]]:
    """ "Calm, blue": a mood is no subject beside a filter or another subject that stands apart from it."""
    moods = set(draft.vocabulary.lists.get("moods", ())) - draft.vocabulary.library_words
    only = [part for part in left if {word.casefold() for word in part.split()} <= moods | draft.stop_words()]
    if not only or not (draft.query or len(only) < len(left)):
        return left, []
    return [part for part in left if part not in only], only


def _plainer(words: list[str], draft: Draft) -> list[str]:
    """ "That old camera" is the camera, where the library knows it and does not speak of old things."""
    weak = set(draft.vocabulary.lists.get("weak", ())) - draft.vocabulary.library_words
    rest = [word for word in words if word.casefold() not in weak]
    if len(rest) == len(words) or not any(word.casefold() in draft.vocabulary.library_words for word in rest):
        return words
    return rest


def has_a_word(left: list[str]) -> bool:
    """Whether anything in it is longer than a single letter."""
    return any(len(word) > 1 for part in left for word in part.split())


def is_known(draft: Draft, left: list[str]) -> bool:
    """Whether at least half of the bare words are something that the library or a theme speaks of."""
    themes = {word for theme in draft.vocabulary.themes for phrase in theme.words for word in phrase.split()}
    return _is_of(draft.vocabulary.library_words | themes, " ".join(left), draft)


def _is_of(known: Collection[str], said: str, draft: Draft) -> bool:
    """Whether at least half of the bare words are among those known."""
    words = set(said.casefold().split()) - draft.stop_words()
    met = sum(bool(_forms(word) & set(known)) for word in words)
    return 0 < len(words) <= 2 * met


def _forms(word: str) -> set[str]:
    """The word in singular and plural: "ferries" is a ferry."""
    single = f"{word.removesuffix('ies')}y" if word.endswith("ies") else word.removesuffix("es")
    return {word, word.removesuffix("s"), single, f"{word}s"}


def joined(draft: Draft, left: list[str]) -> list[str]:
    """The parts of the subject; those that were said as a list of things that the library knows stay one."""
    whole = draft.whole.casefold()
    line = _without_articles(" ".join(draft.typed.get(word, word) for word in whole.split()), draft)
    bare = [_without_articles(part.casefold(), draft) for part in left]
    known = [is_known(draft, [part]) for part in left]
    mostly = len(left) >= _A_LIST and sum(known) > len(left) // 2
    return [
        f"{part}," if _follows(one, after, line) and (mostly or (sure and next_sure)) else part
        for part, one, after, sure, next_sure in zip(
            left, bare, [*bare, ""][1:], known, [*known, False][1:], strict=True
        )
    ]


def _without_articles(words: str, draft: Draft) -> str:
    articles = {*draft.vocabulary.lists.get("articles", ()), *_WHOSE}
    return " ".join(word for word in words.split() if word not in articles)


def _follows(part: str, after: str, line: str) -> bool:
    return bool(after) and any(f" {part} {mark} {after} " in f" {line} " for mark in ",.;")
