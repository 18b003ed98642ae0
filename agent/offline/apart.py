"""Groups that are asked for by naming them: "Lisbon and Kyoto, each on its own" is grouped by what the two are."""

import re

from agent.offline.normalise import BOUNDARY, CREATOR
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
        return _together(line, vocabulary.base or vocabulary)
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


_TOGETHER = re.compile(
    r" (?:[,:;] )?(?:the |all |all the )?(?P<what>[^ ,;:.]+)(?: (?:works|pictures|photos|ones))? together(?= )"
)
_COLUMNS = (("orientations", "orientation"), ("colours", "colour"), ("months", "month"), ("seasons", "month"))


def _together(line: str, source: Vocabulary) -> str:
    """ "Uprights together, landscapes together": grouped by what these words are values of."""
    found = list(_TOGETHER.finditer(line))
    if len(found) < _LEAST:
        return line
    for table, column in _COLUMNS:
        values = source.table(table)
        if all(one["what"] in values or one["what"].removesuffix("s") in values for one in found):
            rest = f"{line[: found[0].start()]}{_TOGETHER.sub('', line[found[0].start() :])}"
            return f"{rest.rstrip(f' {BOUNDARY}')} grouped by {column} {BOUNDARY} "
    return line
