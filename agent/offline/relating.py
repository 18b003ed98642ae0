"""Meanings of clauses that say where certain works hang: opposite the windows, first, on the back wall."""

from agent.intent import WishedRelation
from agent.offline.draft import Draft, Meaning, Said
from agent.offline.targets import targets_in


def keep_wall(draft: Draft, said: Said) -> None:
    """What hangs on a wall stays."""
    side = draft.vocabulary.table("sides")[said["side"]]
    draft.wishes["keep_walls"] = tuple(dict.fromkeys((*draft.wishes.get("keep_walls", ()), side)))


def related(how: str, to: str = "") -> Meaning:
    """Certain works hang somewhere in particular, or beside others."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        work, other = targets_in(draft, said.get("thing") or said.get("target") or "the best one"), None
        if "other" in said:
            other = targets_in(draft, said["other"])
        if work is None or ("other" in said and other is None):
            return False
        side = draft.vocabulary.table("sides")[said["side"]] if "side" in said else to
        draft.relations.append(WishedRelation.model_validate(
            {"targets": work, "how": how, "to": side, "other": other}))  # fmt: skip
        return None

    return meaning


def windows_relation(how: str) -> Meaning:
    """The same, of windows, which are then wanted."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        draft.wishes["windows"] = True
        return related(how, "windows")(draft, said)

    return meaning
