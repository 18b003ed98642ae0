"""Preferences put into what was understood, where the request does not say otherwise, and said in the receipt."""

from collections.abc import Sequence
from typing import Any

from agent.intent import Intent
from agent.learning.evidence import Topic
from agent.learning.preference import Preference
from agent.ports.library import Query
from scene.scene import Scene

_EVERYTHING = 10_000
_SAME = 1e-6
_MOST_BARRED = 500


def preferring(intent: Intent, preferences: Sequence[Preference], scene: Scene) -> Intent:
    """The intent with the creator's preferences over a new environment; what was said is never changed."""
    if intent.kind != "create" or not preferences:
        return intent
    by_topic = {preference.topic: preference for preference in preferences}
    wishes: dict[str, Any] = {}
    for topic in ("gap_m", "scale", "eye_height_m"):
        rule = by_topic.get(topic)
        if rule is not None and rule.value is not None and getattr(intent.wishes, topic) is None:
            wishes[topic] = rule.value
    parts: dict[str, Any] = {}
    count = by_topic.get("count")
    if count is not None and count.value is not None and _leaves_count_open(intent):
        wishes["count"], parts["accept_fewer"] = max(round(count.value), 1), True
    theme = by_topic.get("theme")
    if theme is not None and theme.text and intent.theme is None:
        parts["theme"] = theme.text
    light = by_topic.get("light")
    if light is not None and light.value and intent.light is None and abs(light.value - scene.theme.light) > 0.005:
        parts["light"] = light.value / scene.theme.light
    query = _without_unwanted(intent.query, preferences)
    if query != intent.query:
        parts["query"] = query
    if wishes:
        parts["wishes"] = intent.wishes.model_copy(update=wishes)
    return intent.model_copy(update=parts) if parts else intent


def _without_unwanted(query: Query, preferences: Sequence[Preference]) -> Query:
    """The query without works and tags that verdicts have ruled out, unless the words ask for them."""
    words = query.words.casefold()
    ids = [p.text for p in preferences if p.topic == "avoid" and not (p.name and p.name.casefold() in words)]
    asked = {*words.split(), *(tag.casefold() for tag in query.tags)}
    tags = [p.text for p in preferences if p.topic == "avoid_tag" and p.text.casefold() not in asked]
    if not ids and not tags:
        return query
    without_tags = tuple(dict.fromkeys((*query.without_tags, *tags)))
    return query.model_copy(update={"without_asset_ids": tuple(ids[-_MOST_BARRED:]), "without_tags": without_tags})


def _leaves_count_open(intent: Intent) -> bool:
    return intent.wishes.count is None and intent.query.limit < _EVERYTHING and not intent.widen


def preferred_in(intent: Intent, preferences: Sequence[Preference], scene: Scene) -> list[Preference]:
    """The preferences that the intent carries."""
    return [p for p in preferences if intent.kind == "create" and _is_carried(p, intent, scene)]


def _is_carried(preference: Preference, intent: Intent, scene: Scene) -> bool:
    value = preference.value
    match preference.topic:
        case "gap_m" | "scale" | "eye_height_m":
            return value is not None and getattr(intent.wishes, preference.topic) == value
        case "count":
            return value is not None and intent.accept_fewer and intent.wishes.count == max(round(value), 1)
        case "theme":
            return intent.theme == preference.text
        case "light":
            wanted = None if intent.light is None else intent.light * scene.theme.light
            return value is not None and wanted is not None and abs(wanted - value) < _SAME
        case "avoid":
            return preference.text in intent.query.without_asset_ids
        case "avoid_tag":
            return preference.text in intent.query.without_tags
    return False


def receipt_notes(preferred: Sequence[Preference]) -> list[str]:
    """What the receipt says of them: "as you prefer, gaps of 1.40 m: tight spacing rejected 3 times"."""
    notes = [f"as you prefer, {p.rule}: {p.why}" for p in preferred if p.topic not in ("avoid", "avoid_tag")]
    left_out = [p for p in preferred if p.topic in ("avoid", "avoid_tag")]
    if left_out:
        told = ", ".join(p.rule for p in left_out[:3]) + (" and more" if len(left_out) > 3 else "")
        notes.append(f"as you prefer, {told}")
    return notes


def detail_wanted(preferences: Sequence[Preference]) -> float:
    """How much more detail than usual a work must have, as a factor."""
    return next((p.value for p in preferences if p.topic == "detail" and p.value), 1.0)


def topics_of(preferred: Sequence[Preference]) -> frozenset[Topic]:
    """What the preferences are about."""
    return frozenset(p.topic for p in preferred)
