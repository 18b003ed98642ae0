import json

import pytest

from platform_service.ingest.colours import COLOUR_NAMES
from platform_service.search.associations import from_plain, phrase_key
from resources import folder

TABLE = json.loads((folder("search") / "associations.json").read_text("utf-8"))


def test_every_colour_word_leads_to_names_that_palettes_have():
    named = {name for family in TABLE["colours"].values() for name in family}
    assert named <= set(COLOUR_NAMES)
    assert set(COLOUR_NAMES) <= set(TABLE["colours"])
    assert all(0 < weight <= 1 for family in TABLE["colours"].values() for weight in family.values())


def test_every_look_names_known_colours_and_tones():
    looks = [look for entry in TABLE["suggests"].values() for look in entry.get("looks", ())]
    assert {colour for look in looks for colour in look["colours"]} <= set(TABLE["colours"])
    assert {look.get("tone") for look in looks} <= {None, "dark", "bright", "colourful", "muted"}
    assert all(0 < look["weight"] < 0.8 for look in looks)


def test_no_word_suggests_itself_and_weights_are_shares(table):
    for phrase, entry in table.entries.items():
        assert phrase not in entry.words
        assert all(0 < weight <= 1 for weight in entry.words.values())


@pytest.mark.parametrize(("asked", "found"), [("rain", "downpour"), ("downpour", "rain"), ("cyberpunk", "neon")])
def test_same_words_lead_both_ways(table, asked, found):
    assert phrase_key(found) in table.of(phrase_key(asked)).words


def test_phrases_are_keys_like_words():
    table = from_plain({"colours": {}, "same": [["sci fi", "science fiction"]], "suggests": {}})
    assert phrase_key("Sci-Fi") == phrase_key("sci fi")
    assert list(table.of(phrase_key("Sci-Fi")).words) == [phrase_key("science fictions")]
