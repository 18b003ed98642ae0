import numpy as np

from platform_service.search.remembered import SMALL_BYTES, Remembered


def test_what_was_used_longest_ago_goes_when_there_is_too_much():
    made: list[str] = []

    def of(name: str, size: int) -> None:
        kept.at(1).of(name, lambda: made.append(name) or np.zeros(size, np.uint8))  # type: ignore[func-returns-value]

    kept = Remembered(most_bytes=3_000 + 3 * SMALL_BYTES)
    for name in ("a", "b", "c", "a", "d"):  # b is the one that was not used again
        of(name, 1_000)
    for name in ("a", "c", "d", "b"):
        of(name, 1_000)
    assert made == ["a", "b", "c", "d", "b"]
    of("large", 1_000_000)  # larger than all there may be: it is the only one then
    of("large", 1_000_000)
    assert made[-2:] == ["b", "large"]


def test_another_state_of_the_library_forgets_all():
    kept = Remembered()
    assert kept.at(1).of("a", lambda: 1) == 1
    assert kept.at(2).of("a", lambda: 2) == 2
