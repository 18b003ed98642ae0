"""Opens a PostgreSQL database as the place where LangGraph keeps where each run stands, for runs on a platform.

Every connection carries its tenant, each row gets it by default, and the server's row-level security keeps tenants
apart; LangGraph itself knows nothing of tenants.
"""

from collections.abc import Callable, Coroutine, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import psycopg
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata, CheckpointTuple
from langgraph.checkpoint.postgres import PostgresSaver
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde import _msgpack
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from agent.running.checkpoints import UnsafeCheckpoints
from agent.running.trouble import CheckpointsFail

P = ParamSpec("P")
T = TypeVar("T")
TABLES = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")
CURRENT = "current_setting('app.tenant', true)"
WAIT_S = 10.0


def _told(call: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    @wraps(call)
    async def asked(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            return await call(*arguments, **named)
        except (psycopg.Error, PoolTimeout) as error:
            raise CheckpointsFail(type(error).__name__) from error

    return asked


class TenantSaver(AsyncPostgresSaver):
    """LangGraph's saver over one tenant's connections, which come back by themselves after the server was away."""

    @_told
    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """Where a run stands."""
        return await super().aget_tuple(config)

    @_told
    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Keep where a run stands."""
        return await super().aput(config, checkpoint, metadata, new_versions)

    @_told
    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Keep what one node gave."""
        await super().aput_writes(config, writes, task_id, task_path)

    @_told
    async def adelete_thread(self, thread_id: str) -> None:
        """Forget a run."""
        await super().adelete_thread(thread_id)


async def open_tenant_checkpoints(url: str) -> TenantSaver:
    """The saver over a database as `tenant_address` names it; belongs to the running loop.

    Raises UnsafeCheckpoints, CheckpointsFail.
    """
    if not _msgpack.STRICT_MSGPACK_ENABLED:
        raise UnsafeCheckpoints("LANGGRAPH_STRICT_MSGPACK was not set before LangGraph was imported")
    given: dict[str, Any] = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}
    pool: AsyncConnectionPool[AsyncConnection[DictRow]] = AsyncConnectionPool(
        url,
        min_size=0,
        max_size=2,
        timeout=WAIT_S,
        open=False,
        kwargs=given,
        check=AsyncConnectionPool.check_connection,
    )
    await pool.open()
    return TenantSaver(pool, serde=JsonPlusSerializer(pickle_fallback=False))


def tenant_address(url: str, tenant: str) -> str:
    """A database's address whose connections are one tenant's."""
    return psycopg.conninfo.make_conninfo(url, options=f"-c app.tenant={tenant}")


def create_tables(url: str, service_role: str = "") -> None:
    """Create or migrate LangGraph's tables as the owner, and keep tenants apart in them. Raises psycopg.Error."""
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
        PostgresSaver(connection).setup()
        for table in TABLES:
            _keep_apart(connection, table)
        if service_role:
            connection.execute(f"REVOKE ALL ON checkpoint_migrations FROM {service_role}")
            for table in TABLES:
                connection.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {service_role}")


def _keep_apart(connection: "psycopg.Connection[Any]", table: str) -> None:
    connection.execute(
        f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS tenant TEXT NOT NULL DEFAULT {CURRENT} CHECK (tenant <> '')"
    )
    connection.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    connection.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    connection.execute(f"DROP POLICY IF EXISTS of_tenant ON {table}")
    mine = f"tenant = {CURRENT}"
    connection.execute(f"CREATE POLICY of_tenant ON {table} USING ({mine}) WITH CHECK ({mine})")
