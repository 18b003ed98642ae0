"""Groups that are asked for by naming them: "Lisbon and Kyoto, each on its own" is grouped by what the two are."""

import re

from agent.offline.normalise import CREATOR
from agent.vocabulary import Vocabulary

_EACH = re.compile(
    r" (?:, )?(?:(?:but|and) )?(?:each|every one|both|all)(?: of them)? (?:(?:hung|shown|kept|placed) )?"
    r"(?:on (?:its|their) own|by (?:itself|themselves)|separately|apart|for (?:itself|themselves)|"
    r"in (?:its|their) own (?:group|section|corner|block|place|groups|sections|corners|blocks))(?= )"
)
_SORTING = re.compile(r"(?<=[¦,.!?;:] )(?:cluster|group|sort|arrange|divide|separate) (?=the |my |our )")
_LEAST = 2


def set_apart(line: str, vocabulary: Vocabulary) -> str:
    """The line with the column of the groups in place of "each on its own"; as it was where nothing says which."""
    found = _EACH.search(line)
    if found is None:
        return line
    before = line[: found.start()].split()
    named = {folder.casefold().rpartition("/")[2] for folder in vocabulary.folders}
    if len({word for word in before if word.startswith(CREATOR)}) >= _LEAST:
        column = "creator"
    elif len({word for word in before if word in named}) >= _LEAST:
        column = "folder"
    else:
        return line
    start = re.sub(r" (?:folders?|albums?|directories|directory)(?= |$)", "", " ".join(before))
    return _SORTING.sub("show ", f"{start} grouped by {column}{line[found.end() :]}")
