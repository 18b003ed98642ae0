"""Plain requests are understood whether or not something is on show: filters refine, subjects and counts create."""

import re
from pathlib import Path

import pytest

from tests.agent.offline.test_understand import meant

_EXAMPLES = {
    "create": (
        "a new gallery", "a cyberpunk gallery",
        "24 calm seascapes in a white cube", "a timeline of the 90s, newest first",
        "group everything by colour", "a museum with 40 landscapes in 2 rooms", "crabs", "lighthouses",
        "crabs without people, in a forest", "stars in deep sea", "show everything in a grid by year",
    ),
    "refine": (
        "only portraits", "from 2010 to 2015", "only landscapes", "only from 2010 to 2015", "dark pictures",
        "pictures without a date", "from the eighties", "smallest first", "biggest first", "darkest first",
        "blue ones without people", "less purple, more rain", "bigger gaps", "in two rooms", "only 12 works",
        "keep the back wall, redo the rest", "red pictures", "no people", "a timeline by year",
    ),
    "restyle": ("and in noir", "noir", "a white cube", "make it noir", "in the deep sea"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in _EXAMPLES.items() for text in texts])
def test_over_a_show(kind: str, text: str) -> None:
    assert meant(text, "a show").kind == kind


@pytest.mark.parametrize("over", ["nothing", "a show", "a selection"])
def test_no_example_of_the_readme_is_unclear(over: str) -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    rows = readme.split("## What to say")[1].split("## ")[0].splitlines()
    examples = [example for row in rows if row.startswith("| ") for example in re.findall(r'"([^"]+)"', row)]
    assert len(examples) > 20
    for example in examples:
        intent = meant(example, over)
        assert intent.kind != "unclear" or intent.missing == "selection", example


@pytest.mark.parametrize("over", ["nothing", "a show"])
@pytest.mark.parametrize(
    "text",
    ["Create a cyberpunk gallery", "24 calm crabs in a white cube", "Crabs without people, in a forest",
     "A timeline of the 90s, newest first", "Group everything by colour"],
)  # fmt: skip
def test_what_the_studio_suggests_is_a_new_scene(over: str, text: str) -> None:
    assert meant(text, over).kind == "create"


@pytest.mark.parametrize("text", ["only from 2010 to 2015", "only portraits", "only dark pictures", "only red ones"])
def test_only_keeps_to_what_is_on_show_whatever_clause_takes_it(text: str) -> None:
    assert meant(text, "a show").only_shown


@pytest.mark.parametrize("text", ["0 works", "show 0 works", "2.5 works", "-3 works", "create a gallery with 0 works"])
def test_a_number_that_cannot_be_hung_is_asked_about(text: str) -> None:
    for over in ("nothing", "a show"):
        intent = meant(text, over)
        assert (intent.missing, intent.subject) == ("number", "")


@pytest.mark.parametrize(
    ("text", "subject", "ignored"),
    [
        ("a gallery of crabs, two per wall", "crabs", ("2 per wall",)),
        ("a gallery of crabs hung low", "crabs", ()),
        ("a museum of the sea on opposite walls by year", "sea", ("on opposite walls",)),
        ("crabs with budget 0", "crabs", ()),
        ("create a gallery of crabs, budget 0", "crabs", ()),
        ("stars in deep sea", "stars", ()),
        ("create a gallery of crabs 7", "crabs", ("7",)),
        ("create a gallery of crabs with green frames", "crabs", ("with green frames",)),
    ],
)
def test_numbers_and_words_of_hanging_are_no_subject(text: str, subject: str, ignored: tuple[str, ...]) -> None:
    intent = meant(text)
    assert (intent.kind, intent.subject, intent.query.words) == ("create", subject, subject)
    assert intent.ignored == ignored


@pytest.mark.parametrize("text", ["per", "opposite", "7", "undo the last two steps", "cancel the crabs"])
@pytest.mark.parametrize("over", ["nothing", "a show"])
def test_a_request_without_a_word_to_search_for_shows_nothing(text: str, over: str) -> None:
    assert meant(text, over).kind not in ("create", "refine")


ASKED = "24 calm crabs in a noir style"
SEASCAPES = {"pending_question": "Only 11 fit: widen, or stop at 11?", "pending_request": ASKED}


@pytest.mark.parametrize("over", ["nothing", "a show"])
def test_what_is_said_after_a_question_is_about_its_request(over: str) -> None:
    intent = meant("no sunsets", over, **SEASCAPES)
    assert (intent.kind, intent.subject, intent.theme, intent.wishes.count) == ("create", "calm crabs", "noir", 24)
    assert intent.query.without_words == ("sunsets",)
    only = meant("only 5", over, **SEASCAPES)
    assert (only.kind, only.subject, only.wishes.count) == ("create", "calm crabs", 5)
    more = meant("add the cat", over, **SEASCAPES)
    assert (more.subject, more.query.more_words) == ("calm crabs", ("cat",))


def test_answers_add_up_over_several_questions() -> None:
    pending = {**SEASCAPES, "pending_request": f"{ASKED}\nno sunsets\nonly 9"}
    intent = meant("widen, from the 90s", **pending)
    assert (intent.subject, intent.wishes.count, intent.widen) == ("calm crabs", 9, True)
    assert intent.query.without_words == ("sunsets",)
    assert intent.query.dates is not None


def test_a_request_of_its_own_after_a_question_stands_alone() -> None:
    assert meant("a gallery of lighthouses", **SEASCAPES).subject == "lighthouses"
    for asked in ("qwzx jkl", "only from 1850"):
        intent = meant("less purple", "a show", pending_question="What?", pending_request=asked)
        assert (intent.kind, intent.continues, intent.query.dates) == ("refine", False, None)


def test_the_later_theme_wins_and_the_first_one_says_what_to_show() -> None:
    for over in ("nothing", "a show"):
        intent = meant("create a cyberpunk gallery and then make it noir", over)
        assert (intent.kind, intent.theme, intent.query.words) == ("create", "noir", "cyberpunk")


def test_a_wall_timeline_runs_along_a_wall() -> None:
    intent = meant("make it a wall timeline", "a show")
    assert (intent.kind, intent.layout, intent.wishes.axis) == ("refine", "timeline", "wall")


@pytest.mark.parametrize("text", ["show everything in a grid by year", "group everything by colour"])
@pytest.mark.parametrize("over", ["nothing", "a show"])
def test_everything_means_all(text: str, over: str) -> None:
    intent = meant(text, over)
    assert (intent.kind, intent.layout, intent.query.limit) == ("create", "grid", 10_000)


def test_the_year_of_a_timeline_is_its_tick_not_a_group() -> None:
    assert meant("a timeline by year").wishes.group_by is None
    assert meant("a timeline by colour").wishes.group_by == "colour"


@pytest.mark.parametrize("text", ["cancel", "never mind", "stop", "cancel it", "forget it"])
@pytest.mark.parametrize("over", ["nothing", "a show"])
def test_stopping_with_nothing_under_way_is_answered(text: str, over: str) -> None:
    assert (meant(text, over).kind, meant(text, over).about) == ("answer", "idle")


@pytest.mark.parametrize("text", ["use high quality", "spend at most 2 dollars", "cheap draft quality please"])
@pytest.mark.parametrize("over", ["nothing", "a show"])
def test_quality_and_budget_alone_are_a_setting(text: str, over: str) -> None:
    intent = meant(text, over)
    assert (intent.kind, intent.about) == ("answer", "setting")
    assert intent.quality or intent.budget_usd == 2.0


@pytest.mark.parametrize(
    "text",
    [
        "something for people who like the sea, in high quality",
        "something nice, in high quality",
        "something for grandma, no more than 10 cents",
    ],
)
@pytest.mark.parametrize("over", ["nothing", "a show"])
def test_works_that_are_not_named_are_no_question_about_the_setting(text: str, over: str) -> None:
    intent = meant(text, over)
    assert (intent.kind, intent.about) == ("unclear", "")
    assert intent.quality or intent.budget_usd == 0.1


@pytest.mark.parametrize(("text", "verb"), [("make the hero bigger", "bigger"), ("pin the hero", "pin")])
def test_the_hero_is_a_target(text: str, verb: str) -> None:
    (edit,) = meant(text, "a show").edits
    assert edit.targets is not None
    assert (edit.verb, edit.targets.extreme) == (verb, "hero")
    assert meant("go to the hero", "a show").targets.extreme == "hero"
    assert meant("make the crab the hero", "a show").relations[0].how == "hero"


def test_all_overrides_the_selection() -> None:
    for text in ("make them all bigger", "make all of them bigger"):
        intent = meant(text, "a selection")
        assert intent.kind == "refine" or not any(edit.targets and edit.targets.selection for edit in intent.edits)
    assert meant("make it bigger", "a selection").edits[0].targets == meant("make this bigger", "a selection").targets
