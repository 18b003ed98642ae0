"""Likely next requests: what followed before, else what fits the scene; each of them is understood."""

from hypothesis import given
from hypothesis import strategies as st

from agent.intent import Intent
from agent.learning.suggesting import Said, State, cold_start, next_requests
from agent.ports.library import Query
from tests.agent.turns import Talk

CREATE = Intent(kind="create", layout="gallery", query=Query(words="crabs"))
NOIR = Intent(kind="restyle", theme="noir")
TOUR = Intent(kind="navigate", place="tour")
SHOW = State(works=24, layout="gallery", library=300)


def test_what_followed_such_a_request_before_comes_first() -> None:
    past = [Said("crabs", CREATE), Said("make it noir", NOIR), Said("start a tour", TOUR)] * 2
    other = CREATE.model_copy(update={"query": Query(words="ferns")})
    assert next_requests([*past, Said("a gallery of ferns", other)], SHOW)[0] == "make it noir"
    assert next_requests([*past, Said("ferns", other), Said("make it noir!", NOIR)], SHOW)[0] == "start a tour"


def test_what_cannot_be_done_now_is_not_suggested() -> None:
    past = [Said("crabs", CREATE), Said("make it noir", NOIR)] * 3
    assert "make it noir" not in next_requests([*past, Said("crabs", CREATE)], State(works=0, library=300))


@given(
    st.lists(st.tuples(st.text(max_size=100), st.sampled_from([CREATE, NOIR, TOUR, None]), st.booleans()), max_size=30),
    st.builds(State, works=st.integers(0, 3), proposed=st.booleans(), library=st.integers(0, 1),
              selected=st.integers(0, 1), layout=st.sampled_from(["", "gallery", "timeline", "cluster", "grid"])),
    st.integers(0, 6),
)  # fmt: skip
def test_suggestions_are_few_different_and_never_the_last(
    rows: list[tuple[str, Intent | None, bool]], state: State, most: int
) -> None:
    past = [Said(*row) for row in rows]
    found = next_requests(past, state, most)
    assert len(found) <= most
    assert len({words.casefold() for words in found}) == len(found)
    if past:
        assert " ".join(past[-1].request.split()).casefold() not in {words.casefold() for words in found}


async def test_every_cold_start_is_understood() -> None:
    for state in (State(works=0), SHOW, State(works=24, proposed=True, layout="gallery")):
        for words in cold_start(state):
            talk = Talk()
            if state.works:
                await talk.say("create a cyberpunk gallery")
            ended = await talk.say(words)
            assert ended.outcome in ("proposed", "answered", "acted") or "nothing to clean up" in ended.text, (
                words,
                ended.text,
            )
