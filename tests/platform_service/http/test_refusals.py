"""Who was refused is refused again for a moment, with headers that still tell the truth."""

import time

import pytest

from platform_service.errors import TooManyRequests
from platform_service.http import refusals
from platform_service.http.refusals import Refusals


def refused(limit, wait_s):
    told = {"RateLimit-Limit": str(limit), "RateLimit-Remaining": "0"}
    return TooManyRequests("More came.", "Nothing.", "Wait.", headers={**told, "Retry-After": str(wait_s)})


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_only_the_one_who_was_refused_and_only_until_another_request_may_be_within_the_rate(clock):
    known = Refusals()
    known.note("loud", refused(600, 20))
    known.check("quiet")
    clock[0] += 0.09
    with pytest.raises(TooManyRequests) as again:
        known.check("loud")
    assert (again.value.headers["Retry-After"], again.value.headers["RateLimit-Limit"]) == ("20", "600")
    clock[0] += 0.02
    known.check("loud")
    known.note("loud", refused(1, 60))
    clock[0] += 0.99
    with pytest.raises(TooManyRequests) as again:
        known.check("loud")
    assert again.value.headers["RateLimit-Reset"] == "60"
    clock[0] += 0.02
    known.check("loud")


def test_what_is_remembered_is_bounded(clock, monkeypatch):
    monkeypatch.setattr(refusals, "MOST_REMEMBERED", 3)
    known = Refusals()
    for number in range(5):
        known.note(str(number), refused(1, 60))
    known.check("0")
    with pytest.raises(TooManyRequests):
        known.check("4")
