"""DBOS distributes the work: which queues there are, how a run is put into one, and how workers take from them.

The only module that knows DBOS. A row of its queue holds a tenant's and a run's id, as JSON, and nothing that anyone
wrote; what a run is about stays in our own tables, behind row-level security.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions, WorkflowSerializationFormat
from dbos import error as dbos_errors
from sqlalchemy import Connection

from platform_service.runs.values import Priority

log = logging.getLogger(__name__)
APPLICATION = "vernissage"
VERSION = "1"
"""Of what stands in the queues; workers of another one leave it alone."""
HOSTED_RUN, IMPORT = "hosted-run", "import"
"""What there is to do; each names what carries it out."""
IMPORTS = "imports"
"""The queue of imports; those of runs bear the names of their priorities."""
LOOK_EVERY_S = 0.25
AT_ONCE: dict[str, tuple[int, int]] = {"interactive": (3, 2), "background": (1, 1), IMPORTS: (2, 1)}
"""So many of a queue go on in a worker, and so many of them of one tenant. What waits in the background never
takes an interactive run's place, and a tenant with many runs or imports leaves room for another's first one."""
CONNECTIONS, TOGETHER = 5, 1_000

CarryOut = Callable[[str, str], Coroutine[Any, Any, None]]


class Poster:
    """Puts runs into the queue."""

    def __init__(self, address: str) -> None:
        self._client = DBOSClient(
            system_database_url=address, serializer=DBOSPortableJSONSerializer(), application_name=APPLICATION,
            system_database_pool_size=2, lazy=True, retry_connection_errors=False,
        )  # fmt: skip

    def post(self, tenant: str, run_id: str, priority: Priority) -> None:
        """Queue a run; one that is queued already stays where it is. Blocks."""
        self._client.enqueue(_of_run(tenant, run_id, priority), tenant, run_id)

    def post_within(self, connection: Connection, tenant: str, run_id: str, priority: Priority) -> None:
        """Queue a run in the transaction that accepts it: there is never the one without the other."""
        self._client.enqueue_in_transaction(connection, _of_run(tenant, run_id, priority), tenant, run_id)

    def post_import_within(self, connection: Connection, tenant: str, import_id: str) -> None:
        """Queue an import in the transaction that accepts it."""
        options = _options(IMPORT, IMPORTS, tenant, import_id)
        self._client.enqueue_in_transaction(connection, options, tenant, import_id)

    def forget(self, tenant: str, run_ids: Sequence[str]) -> None:
        """Delete the rows of runs. Blocks."""
        self._client.delete_workflows([workflow_id(tenant, HOSTED_RUN, run_id) for run_id in run_ids])

    def close(self) -> None:
        """Let go of the database."""
        self._client.destroy()


def workflow_id(tenant: str, what: str, name: str) -> str:
    """Clients may name runs, and two tenants may choose the same name."""
    return f"{tenant}:{what}:{name}"


def _of_run(tenant: str, run_id: str, priority: Priority) -> EnqueueOptions:
    return _options(HOSTED_RUN, priority, tenant, run_id)


def _options(what: str, queue: str, tenant: str, name: str) -> EnqueueOptions:
    return EnqueueOptions(
        workflow_name=what, queue_name=queue, workflow_id=workflow_id(tenant, what, name),
        queue_partition_key=tenant, app_version=VERSION, serialization_type=WorkflowSerializationFormat.PORTABLE,
    )  # fmt: skip


def prepare(owner_address: str, service_role: str = "") -> None:
    """Create or migrate DBOS's schema as the database's owner, and let the service's role use it. Blocks."""
    DBOS.migrate(owner_address, application_role=service_role or None)


class Queues:
    """This process as a worker. DBOS allows one in a process."""

    def __init__(self, address: str, worker: str, work: Mapping[str, CarryOut]) -> None:
        """Nothing runs yet; what carries out each kind of work is called on the loop that `open` is called on."""
        self._address = address
        self.worker = worker
        self._work = work
        self._loop: asyncio.AbstractEventLoop | None = None
        self._dbos: DBOS | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._closing = False

    @property
    def is_open(self) -> bool:
        """Whether runs are taken from the queues."""
        return self._dbos is not None

    async def open(self) -> None:
        """Begin to take runs."""
        self._loop = asyncio.get_running_loop()
        self._dbos = await asyncio.to_thread(self._launched)

    async def close(self, wait_s: float) -> None:
        """Take no more, and wait so long for those under way; what is left goes on elsewhere."""
        if self._dbos is None:
            return
        self._closing = True
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=wait_s)
        for task in list(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        self._dbos = None
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True)

    def owners(self) -> set[str]:
        """The workers that have runs under way. Blocks."""
        return {one.executor_id for one in _under_way() if one.executor_id}

    def take_over(self, lost: str) -> list[str]:
        """Queue again what a lost worker had under way; nobody else may do the same meanwhile. Blocks."""
        found = [one for one in _under_way() if one.executor_id == lost]
        for one in found:
            DBOS.resume_workflow(one.workflow_id, queue_name=one.queue_name)
        return [one.workflow_id for one in found]

    def forget_ended(self, kept_days: float) -> int:
        """Delete the rows of what ended so long ago; what it was about lies elsewhere. Blocks."""
        before = (datetime.now(UTC) - timedelta(days=kept_days)).isoformat()
        old = DBOS.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED"], completed_before=before, limit=TOGETHER, load_input=False,
            load_output=False,
        )  # fmt: skip
        if old:
            DBOS.delete_workflows([one.workflow_id for one in old])
        return len(old)

    def _launched(self) -> DBOS:
        is_file = self._address.startswith("sqlite")
        made = DBOS(
            config={
                "name": APPLICATION, "system_database_url": self._address, "application_version": VERSION,
                "executor_id": self.worker, "run_migrations": is_file, "serializer": DBOSPortableJSONSerializer(),
                "enable_otlp": False, "log_level": "WARNING", "sys_db_pool_size": CONNECTIONS,
            }
        )  # fmt: skip
        for what, carry_out in self._work.items():
            DBOS.workflow(
                name=what, serialization_type=WorkflowSerializationFormat.PORTABLE, max_recovery_attempts=None
            )(self._workflow(carry_out))
        logging.getLogger("dbos").addFilter(_told_plainly)
        DBOS.listen_queues(list(AT_ONCE))
        DBOS.launch()
        for name, (in_worker, of_tenant) in AT_ONCE.items():
            DBOS.register_queue(
                name, worker_concurrency=in_worker, partition_worker_concurrency=of_tenant,
                polling_interval_sec=LOOK_EVERY_S,
            )  # fmt: skip
        return made

    def _workflow(self, carry_out: CarryOut) -> CarryOut:
        """What DBOS calls on a loop of its own; the work itself goes on where the tenants' parts live."""

        async def work(tenant: str, name: str) -> None:
            assert self._loop is not None
            is_done = await asyncio.wrap_future(
                asyncio.run_coroutine_threadsafe(self._done(carry_out, tenant, name), self._loop)
            )
            if not is_done:  # this process ends: what never returns stays under way, and goes on elsewhere
                await asyncio.Event().wait()

        return work

    async def _done(self, carry_out: CarryOut, tenant: str, name: str) -> bool:
        if self._closing:
            return False
        task = asyncio.create_task(carry_out(tenant, name), name=f"carry out {name}")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await asyncio.wait([task])
        if task.cancelled():
            return False
        if (error := task.exception()) is not None:
            log.error("%s could not be carried out", name, exc_info=error)
            raise error
        return True


def _under_way() -> list[Any]:
    return DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)


def _told_plainly(record: logging.LogRecord) -> bool:
    """What was erased while it went on has no row to end in: that is one line, and no error of anyone's."""
    if record.exc_info and isinstance(record.exc_info[1], dbos_errors.DBOSNonExistentWorkflowError):
        record.levelno, record.levelname = logging.INFO, "INFO"
        record.msg, record.args = "work that was erased while it went on has ended, and left nothing", ()
        record.exc_info = record.exc_text = None
    return True
