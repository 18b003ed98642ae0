"""The branches of a conversation as a tree, also of turns that were kept before their place was noted."""

from app.remembering.talk import PastTurn
from app.remembering.tree import Tree


def told(turn_id: str, after: str | None = None, branched_from: str = "") -> PastTurn:
    return PastTurn(turn_id=turn_id, after=after, branched_from=branched_from)


def ids(turns: tuple[PastTurn, ...]) -> list[str]:
    return [turn.turn_id for turn in turns]


def test_a_branch_runs_from_the_first_message_to_the_latest_of_it() -> None:
    tree = Tree([told("a", ""), told("b", "a"), told("c", "b"), told("d", "a"), told("e", "d"), told("f", "c")])
    assert ids(tree.versions("d")) == ["b", "d"]
    assert ids(tree.branch("b")) == ["a", "b", "c", "f"]
    assert ids(tree.branch("d")) == ["a", "d", "e"]
    assert tree.branch("none") == ()
    assert tree.versions("none") == ()


def test_older_turns_stand_where_the_edited_message_stood() -> None:
    tree = Tree(
        [told("a"), told("b"), told("c"), told("d", branched_from="b"), told("e"), told("f", branched_from="a")]
    )
    assert ids(tree.branch("b")) == ["a", "b", "c"]
    assert ids(tree.branch("e")) == ["a", "d", "e"]
    assert ids(tree.versions("a")) == ["a", "f"]


def test_turns_whose_predecessors_are_forgotten_stand_first() -> None:
    tree = Tree([told("m", "gone"), told("n", "m")])
    assert ids(tree.branch("m")) == ["m", "n"]
