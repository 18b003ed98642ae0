"""Changes to a show put together from parts whose meaning is known: a verb or a wish, the works, how far."""

import random

from tests.agent.offline.composed import PARTS, Composed, Means

_AT = "targets.ordinal|edits.0.targets.ordinal"
_OF_THE_WHOLE = 0.45


def turned(draw: random.Random) -> Composed:
    """One change, or one question about what hangs."""
    if draw.random() < _OF_THE_WHOLE:
        whole = draw.choice(PARTS["whole"])
        means: Means = whole["means"]
        pattern = text = draw.choice(whole["say"])
        ways: tuple[str, ...] = (pattern,)
    else:
        words, number = draw.choice([(words, int(at)) for at, names in PARTS["one"].items() for words in names])
        kind, pattern = _of_one(draw)
        text, means, ways = pattern.format(x=words), {_AT: number} | dict(kind), (pattern, f"target: {words}")
    before, after = draw.choice(PARTS["before"]), draw.choice(PARTS["after"])
    if before == "could you " and text.split()[0] not in PARTS["imperatives"]:
        before = ""
    after = "" if text.endswith("?") else after
    return Composed(before + text + after, means, (*ways, f"before: {before}", f"after: {after}"))


def _of_one(draw: random.Random) -> tuple[Means, str]:
    """What is done to one work, or asked of it."""
    chance = draw.random()
    if chance < 0.75:
        verb = draw.choice(sorted(PARTS["verbs"]))
        return {"kind": "edit", "edits.0.verb": verb}, draw.choice(PARTS["verbs"][verb])
    if chance < 0.87:
        return {"kind": "navigate"}, draw.choice(PARTS["go"])
    return ({"kind": "explain"}, draw.choice(PARTS["why"])) if chance < 0.95 else (
        {"kind": "select"}, draw.choice(PARTS["select"]))  # fmt: skip
