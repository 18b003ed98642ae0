"""The process from which tests fork programs: it has imported once what all of them need."""

import multiprocessing
from multiprocessing.context import ForkServerContext

IMPORTED = ["tests.platform_service.imported", "tests.imported"]
"""One list for all, since the first fork settles it; a desktop knows a platform by the first name in the command."""


def forking() -> ForkServerContext:
    """Where processes are forked from it."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(IMPORTED)
    return context
