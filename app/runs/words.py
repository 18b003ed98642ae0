"""Words about runs, not about the scene: go on, leave it, try again, try another way; only whole sentences count."""

from typing import Literal

RunWord = Literal["go_on", "leave", "again", "another_way"]

GO_ON, LEAVE = "go on", "leave it"
_GO_ON_WITH, _LEAVE_ONE = "Go on with", "Leave"
_MOST_LETTERS = 200
_WORDS: dict[str, RunWord] = {
    **dict.fromkeys(("go on", "continue", "resume", "carry on", "go ahead", "go on with it", "yes"), "go_on"),
    **dict.fromkeys(("leave it", "leave that", "drop it", "forget it", "no", "no thanks"), "leave"),
    **dict.fromkeys(("try again", "again", "retry", "once more", "try it again"), "again"),
    **dict.fromkeys(
        ("try a different approach", "try another approach", "try another way", "try a different way",
         "try it another way", "try something else", "do it differently"),
        "another_way",
    ),
}  # fmt: skip


def words_for(word: Literal["go_on", "leave"], request: str) -> str:
    """What a button says and asks where one of several interrupted runs is meant."""
    return f"{_GO_ON_WITH if word == 'go_on' else _LEAVE_ONE} “{request[:_MOST_LETTERS]}”"


def run_word_in(text: str) -> RunWord | None:
    """What the whole of `text` wants of the last run; anything longer or other is a request."""
    words = " ".join("".join(letter if letter.isalnum() else " " for letter in text[:80].casefold()).split())
    return _WORDS.get(words)
