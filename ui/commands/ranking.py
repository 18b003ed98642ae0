"""Which commands fit what was typed into the palette: letters in order, better at the starts of words."""


def fit(typed: str, title: str) -> float:
    """How well a title fits, 0 (not at all) to about 1; every typed word must occur, letters in order at least."""
    typed, title = typed.casefold().strip(), title.casefold()
    if not typed:
        return 0.5
    if typed in title:
        starts = f" {typed}" in title
        return 1.0 if title.startswith(typed) else 0.9 if starts else 0.7
    if all(any(part.startswith(word) for part in title.split()) for word in typed.split()):
        return 0.65
    return 0.3 * _in_order(typed.replace(" ", ""), title)


def _in_order(letters: str, title: str) -> float:
    place, gaps = -1, 0
    for letter in letters:
        found = title.find(letter, place + 1)
        if found < 0:
            return 0.0
        gaps += found - place - 1 if place >= 0 else 0
        place = found
    return 1.0 / (1.0 + gaps / max(1, len(letters)))
