"""What layouts say: every message is told in every language, with the values that the layouts give it."""

import ast
import re
import string
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

import resources
from agent.laid_out import told
from agent.phrases import phrases
from scene.layouts.choose import arrange
from scene.layouts.contract import Column, Relation, Wishes, Work
from scene.layouts.relations import PLACES
from scene.layouts.said import Counted, SaidId, Term, said
from scene.layouts.sequence import _MEANINGLESS
from tests.agent.turns import Talk

LANGUAGES = sorted(path.stem for path in resources.folder("phrases").glob("*.json"))
LAYOUTS = Path(__file__).parents[2] / "scene" / "layouts"
ONE_WORD_FOR_MANY = {"ja", "zh"}


def calls() -> list[tuple[str, set[str], int]]:
    """Every `said("id", value=...)` in the layouts: id, names of the values, line."""
    found = []
    for path in sorted(LAYOUTS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said":
                names = {word.arg for word in node.keywords if word.arg}
                ids = [n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant) and "." in str(n.value)]
                whole = [node.args[0].value] if isinstance(node.args[0], ast.Constant) else ids
                found += [(str(one), names, node.lineno) for one in whole]
    return found


def messages(language: str) -> dict[str, str]:
    return dict(phrases(language).messages)


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_sentence_of_a_layout_is_a_message():
    """No layout has a sentence of its own: what it says are messages, and every message is used."""
    wishes = {f"wish.{how}" for how in get_args(Relation.model_fields["how"].annotation)}
    used = {name for name, _, _ in calls()} | wishes
    assert used == set(get_args(SaidId))
    sentence = re.compile(r"^[a-z“{][^.]* [a-z]+ [a-z]+ [a-z]+")
    for path in sorted(LAYOUTS.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
        texts = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        assert not [n.value for n in texts if id(n) not in docs and sentence.match(str(n.value))], path.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_told_with_its_values(language: str):
    texts = messages(language)
    for name, values, _ in calls():
        key = f"laid.{name}"
        assert slots(texts[key]) == values, (language, name)
        assert ("n" not in values) or slots(texts.get(f"{key}.one", texts[key])) == values, (language, name)
    for how in get_args(Relation.model_fields["how"].annotation):
        assert slots(texts[f"laid.wish.{how}"]) == ({"who"} if how in ("hero", "first", "last") else {"who", "whom"})


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_word_of_the_tables_is_the_languages_own(language: str):
    texts = messages(language)
    layouts = ("gallery", "timeline", "cluster", "grid")
    words = [f"laid.within.{layout}" for layout in layouts]
    words += [f"laid.wished.{wish}" for layout in layouts for wish in _MEANINGLESS[layout]]
    words += [f"laid.known.{what}" for what in ("date", "colour", "title", "brightness", "score")]
    words += [f"laid.place.{place}" for place in PLACES] + [f"column.{column}" for column in get_args(Column)]
    words += [f"order.{order}" for order in ("newest", "oldest", "colour", "brightness", "title", "score")]
    words += ["work", "room", "group", "column"]
    assert [word for word in words if word not in texts] == []


def test_numbers_nouns_and_titles_are_the_languages_own():
    message = said("rooms.few", rooms=Counted(1, "room"), works=Counted(1_200, "work"), least=24, most=50)
    assert told(message, phrases("en")) == "1 room asked: 1,200 works need 24 at 50 works a room"
    assert told(message, phrases("de")) == "1 Raum gewünscht: 1,200 Werke brauchen 24 bei 50 Werken je Raum"
    within = said("inapplicable", wish=Term("wished", "group_by"), layout=Term("within", "timeline"))
    assert told(within, phrases("fr")) == "groupement : ne s’applique pas à une frise"


WORKS = [
    Work(asset_id=f"{i:064x}", title=f"Werk {i}", values={"colour": "red"} if i % 2 else {}, score=i / 40)
    for i in range(40)
]
HARD = Wishes(
    count=60, order="colour", rooms=1, columns=3, groups=30, axis="wall", windows=True, group_by="tag", gap_m=9.0,
    eye_height_m=0.6, keep_walls=("nowhere",),
    relations=(
        Relation(asset_id=WORKS[0].asset_id, how="opposite", to="windows"),
        Relation(asset_id=WORKS[1].asset_id, how="on_wall", to="ceiling"),
        Relation(asset_id=WORKS[2].asset_id, how="beside", to=WORKS[9].asset_id),
        Relation(asset_id="f" * 64, how="first"),
    ),
)  # fmt: skip


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
@pytest.mark.parametrize("layout", ["gallery", "timeline", "cluster", "grid"])
def test_nothing_that_a_layout_says_is_english_elsewhere(layout, language):
    features = np.eye(40, dtype=np.float32)
    arranged = arrange(layout, WORKS, HARD, features=features)
    english, own = phrases("en"), phrases(language)
    assert arranged.summary is not None
    said_so = [*arranged.unmet, *[one.why for one in arranged.unplaced], arranged.summary]
    assert len(said_so) > 4
    assert not [told(one, own) for one in said_so if told(one, own) == told(one, english)]


async def test_the_receipt_tells_what_could_not_be_met_in_the_creators_language():
    ended = await Talk().say("mach eine zeitleiste von allem in drei spalten")
    assert ended.proposal is not None
    told_so = " ".join((*ended.proposal.receipt.unmet, *ended.proposal.receipt.notes))
    assert "Spalten: gibt es bei einer Zeitleiste nicht" in told_so
    assert "does not apply" not in told_so
