"""Making tens of thousands of records at once without the cycle collector walking over all of them again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 1_000


@contextmanager
def collected_once(count: int) -> Iterator[None]:
    """Hold the cycle collector back while many records are made; records hold no cycles, so nothing is lost by waiting.

    Two threads in here at once at worst let the collector back on early.
    """
    if count < MANY or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        _call_everything_old()
        gc.enable()


def _call_everything_old() -> None:
    """Move the new records to the oldest generation, so that the collector does not walk over them at once.

    Where a program has frozen its heap, that is left as it is.
    """
    if gc.get_freeze_count() == 0:
        gc.freeze()
        gc.unfreeze()
