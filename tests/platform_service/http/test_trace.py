import pytest

from platform_service.http.trace import trace_of

GIVEN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def test_a_trace_goes_on_under_a_span_of_ours():
    trace = trace_of(GIVEN)
    assert (trace.trace_id, trace.parent_id) == (GIVEN[3:35], GIVEN[36:52])
    assert trace.header.startswith(GIVEN[:36])
    assert trace.header != GIVEN
    assert trace_of(GIVEN.replace("00-", "cc-", 1) + "-what-the-future-will-be-like").trace_id == trace.trace_id


@pytest.mark.parametrize(
    "given",
    ["", "x", GIVEN.upper(), GIVEN.replace("00-", "ff-", 1), GIVEN + "-more", "00-" + "0" * 32 + GIVEN[35:], GIVEN[:-1],
     GIVEN[:36] + "0" * 16 + "-01"],
)  # fmt: skip
def test_what_is_no_trace_begins_one(given):
    one, other = trace_of(given), trace_of(given)
    assert one.trace_id != other.trace_id
    assert (len(one.trace_id), one.parent_id) == (32, "")


def test_the_trace_of_the_caller_comes_back_and_names_problems(running):
    answer = running.http.get("/v1/scenes/none", headers={"traceparent": GIVEN})
    assert answer.headers["traceparent"][:36] == GIVEN[:36]
    assert answer.json()["correlation_id"] == GIVEN[3:35]
    assert len(running.http.get("/v1/health").headers["traceparent"]) == 55


@pytest.mark.parametrize("headers", [{f"x-{n}": "1" for n in range(101)}, {"x-long": "a" * 33_000}])
def test_too_many_headers_are_refused(running, headers):
    answer = running.http.get("/v1/health", headers=headers)
    assert answer.status_code == 431
    assert answer.json()["advice"]
