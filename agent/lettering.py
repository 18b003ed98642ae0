"""The words that a layout writes on its signs, in the language of the request."""

from agent.phrases import Phrases
from scene.layouts.lettering import ENGLISH, Lettering

_ORIENTATIONS = ("landscape", "portrait", "square", "panorama")


def lettering(tell: Phrases) -> Lettering:
    """Rooms, groups and dates as they are called in the language."""

    def sign(word: str) -> str:
        return tell.word("sign", word)

    said = ("colour.", "sign.colour.")
    colours = {
        key.rpartition(".")[2]: word for start in said for key, word in tell.messages.items() if key.startswith(start)
    }
    return Lettering(
        others=sign("others"),
        unknown=sign("unknown"),
        room=sign("room"),
        group=sign("group"),
        hall=sign("hall"),
        decade=sign("decade"),
        months=tuple(sign(f"month.{number}") for number in range(1, len(ENGLISH.months) + 1)),
        month=sign("month"),
        span=sign("months"),
        day=sign("day"),
        values={"colour": colours, "orientation": {word: sign(word) for word in _ORIENTATIONS}},
    )
