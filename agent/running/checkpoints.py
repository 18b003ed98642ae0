"""Opens the file in which LangGraph keeps where each run stands.

No truth lies there: every write survives a kill of the program; should a power cut take one, the run resumes a step
earlier, with the same idempotency keys. So it need not wait for the disk at each step. Every statement commits by
itself: a run that is cancelled between two of them leaves no lock behind for another program on the same file.
"""

from pathlib import Path

import aiosqlite
from langgraph.checkpoint.serde import _msgpack
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver


class UnsafeCheckpoints(RuntimeError):
    """The libraries were imported before the environment was set: checkpoints could run code."""


async def open_checkpoints(path: Path) -> AsyncSqliteSaver:
    """The saver of this file; belongs to the running loop. Raises UnsafeCheckpoints, sqlite3.Error."""
    if not _msgpack.STRICT_MSGPACK_ENABLED:
        raise UnsafeCheckpoints("LANGGRAPH_STRICT_MSGPACK was not set before LangGraph was imported")
    opening = aiosqlite.connect(path, isolation_level=None, timeout=20.0)
    opening._thread.daemon = True  # a program that ends never waits for this file
    connection = await opening
    try:
        saver = AsyncSqliteSaver(connection, serde=JsonPlusSerializer(pickle_fallback=False))
        await saver.setup()
        await connection.execute("PRAGMA synchronous=NORMAL")
    except BaseException:
        await connection.close()
        raise
    return saver
