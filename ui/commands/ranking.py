"""Which commands fit what was typed into the palette: in words, at their starts, or by their initials."""


def fit(typed: str, title: str) -> float:
    """How well a title fits, 0 (not at all) to about 1; words occur, or letters start words."""
    typed, title = typed.casefold().strip(), title.casefold()
    if not typed:
        return 0.5
    if typed in title:
        starts = f" {typed}" in title
        return 1.0 if title.startswith(typed) else 0.9 if starts else 0.7
    if all(any(part.startswith(word) for part in title.split()) for word in typed.split()):
        return 0.65
    return 0.3 if _starts(typed.replace(" ", ""), title.split()) else 0.0


def _starts(letters: str, words: list[str]) -> bool:
    """Whether the letters can be cut into starts of these words, in order, as "ag" can for "as grid"."""
    if not letters:
        return True
    for place, word in enumerate(words):
        for length in range(min(len(letters), len(word)), 0, -1):
            if word.startswith(letters[:length]) and _starts(letters[length:], words[place + 1 :]):
                return True
    return False
