"""What a layout has to say, in the creator's language."""

from agent.phrases import Phrases
from scene.layouts.said import Counted, Quoted, Said, Term, Value

_OWN_TABLES = frozenset({"within", "wished", "known", "place"})
_MOST_LETTERS = 80


def told(said: Said, tell: Phrases) -> str:
    """The message in words."""
    values = {name: _value(value, tell) for name, value in said.values.items()}
    number = values.pop("n", None)
    key = f"laid.{said.id}"
    return tell.counted(key, number, **values) if isinstance(number, int) else tell.say(key, **values)


def _value(value: Value, tell: Phrases) -> object:
    match value:
        case Said():
            return told(value, tell)
        case Counted():
            return tell.counted(value.noun, value.n)
        case Quoted():
            return tell.quoted(value.words, _MOST_LETTERS)
        case Term():
            return tell.word(f"laid.{value.table}" if value.table in _OWN_TABLES else value.table, value.word)
    return value


def ends_met(said: Said, asset_ids: frozenset[str], how: str) -> bool:
    """Whether the message says that one of the works could not be the first or the last."""
    wish = said.values.get("wish")
    if said.id != "relation" or not isinstance(wish, Said) or wish.id != f"wish.{how}":
        return False
    who = wish.values.get("who")
    return isinstance(who, Quoted) and who.of in asset_ids
