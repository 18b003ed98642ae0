"""What a clause says is done, by the first of all ways that takes the whole of it."""

from agent.offline.onshow.acts import Made
from agent.offline.onshow.forms_of_shows import FORMS_OF_SHOWS
from agent.offline.onshow.forms_of_works import FORMS_OF_WORKS
from agent.offline.onshow.naming import Row

FORMS = (*FORMS_OF_WORKS, *FORMS_OF_SHOWS)


def done_by(clause: str, row: Row) -> Made | None:
    """What a clause does to works that it names, every word of it read; None for any other clause."""
    for form, words in ((form, words) for words in (clause, clause.removesuffix(" again")) for form in FORMS):
        found = form.pattern.fullmatch(words)
        if found is None:
            continue
        said = {name: value for name, value in found.groupdict().items() if value}
        made = form.act(said, row)
        if made is not None:
            return made
    return None
