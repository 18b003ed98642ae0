"""What a person left in hosted runs, imports and answers: found by who asked, and erased or made nameless."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select, text, update

from agent.ports.projects import RunRecord
from platform_service.live.notices import STREAM
from platform_service.sql import imports, ledger
from platform_service.sql.tables import feedback, idempotency, runs
from platform_service.sql.tables import imports as imports_table
from platform_service.sql.team_tables import audit, events
from platform_service.sql.transaction import Transaction

CHECKPOINTS = ("checkpoint_writes", "checkpoint_blobs", "checkpoints")
TOGETHER = 500
OF_CONTEXT = (b'{"notes":', b'{"summary":', b'{"values":', b'{"project_id":')
"""So answers about context begin: they do not say whose they are, and each may be asked for again without harm."""
RUN_TARGET = re.compile(r"^/v1/runs/([^/]+)$")


async def erase_runs(transaction: Transaction, user_id: str) -> tuple[list[str], dict[str, int]]:
    """Erase the runs that a person asked for; gives their ids, hosted ones first, and how much of what."""
    hosted = await hosted_by(transaction, user_id)
    saved = await _saved_by(transaction, user_id)
    all_of_them = list(dict.fromkeys([*hosted, *saved]))
    brought_in = await _erase_imports(transaction, user_id)
    counts = {
        "hosted_runs": len(hosted),
        "notices": await _erase_notices(transaction, user_id),
        "run_events": await erase_streams(transaction, hosted),
        "checkpoints": await _erase_checkpoints(transaction, hosted),
        "bookings_made_nameless": await _forget_in_bookings(transaction, all_of_them),
        "runs_made_nameless": await _make_nameless(transaction, all_of_them),
        "imports": len(brought_in),
        "answers": await _erase_answers(transaction, [user_id, *all_of_them, *brought_in]),
    }
    return hosted, counts


async def _erase_notices(transaction: Transaction, user_id: str) -> int:
    """What the person was told; what others were told of them loses the name with the other events."""
    named = events.c.document.contains(f'"to":{json.dumps(user_id)}', autoescape=True)
    where = (transaction.mine(events), events.c.stream == STREAM, named)
    return int((await transaction.execute(delete(events).where(*where))).rowcount)


async def hosted_by(transaction: Transaction, user_id: str) -> list[str]:
    """The runs that a person had the platform do."""
    named = events.c.document.contains(f'"by":{json.dumps(user_id)}', autoescape=True)
    query = select(events.c.stream, events.c.document).where(transaction.mine(events), events.c.kind == "posted", named)
    found = (await transaction.execute(query)).all()
    return [row.stream.partition(":")[2] for row in found if json.loads(row.document).get("by") == user_id]


async def erase_streams(transaction: Transaction, run_ids: Sequence[str]) -> int:
    """Forget what happened in runs and what their steps gave; gives how many events."""
    gone = 0
    for part in _parts(run_ids):
        streams = [f"{kind}:{run_id}" for kind in ("run", "kept") for run_id in part]
        where = (transaction.mine(events), events.c.stream.in_(streams))
        gone += (await transaction.execute(delete(events).where(*where))).rowcount
    return gone


async def _saved_by(transaction: Transaction, user_id: str) -> list[str]:
    """The runs of a person's own desktop, which the audit log knows."""
    query = select(audit.c.target).where(
        transaction.mine(audit), audit.c.actor == user_id, audit.c.action == "PUT /v1/runs/{run_id}"
    )
    found = (RUN_TARGET.match(target) for target in (await transaction.execute(query)).scalars())
    return [one[1] for one in found if one]


async def _make_nameless(transaction: Transaction, run_ids: Sequence[str]) -> int:
    """Leave of the kept runs what usage counts; the words go, and what was said of them."""
    changed = 0
    for part in _parts(run_ids):
        theirs = (transaction.mine(runs), runs.c.id.in_(part))
        for row in (await transaction.execute(select(runs.c.id, runs.c.document).where(*theirs))).all():
            bare = _bare(RunRecord.model_validate_json(row.document)).model_dump_json()
            one = (transaction.mine(runs), runs.c.id == row.id)
            await transaction.execute(update(runs).where(*one).values(document=bare))
            changed += 1
        said = (transaction.mine(feedback), feedback.c.run_id.in_(part))
        await transaction.execute(delete(feedback).where(*said))
    return changed


async def _forget_in_bookings(transaction: Transaction, run_ids: Sequence[str]) -> int:
    return sum([await ledger.make_nameless(transaction, part) for part in _parts(run_ids)])


def _bare(run: RunRecord) -> RunRecord:
    steps = run.workflow.get("steps")
    tools = [{"tool": step.get("tool", "")} for step in steps if isinstance(step, dict)] if steps else []
    return run.model_copy(update={"request": "", "intent": {}, "workflow": {"steps": tools}, "error": None})


async def _erase_checkpoints(transaction: Transaction, run_ids: Sequence[str]) -> int:
    """Where runs stood; a creator's own machine keeps that in a file of its own, and only while a run goes on."""
    if not transaction.is_postgres or not run_ids:
        return 0
    if (await transaction.connection.execute(text("SELECT to_regclass('checkpoints')"))).scalar_one() is None:
        return 0
    gone = 0
    for table in CHECKPOINTS:
        query = text(f"DELETE FROM {table} WHERE thread_id = ANY(:ids)")
        gone += (await transaction.connection.execute(query, {"ids": list(run_ids)})).rowcount
    return gone


async def _erase_imports(transaction: Transaction, user_id: str) -> list[str]:
    """Ended imports go, with the names of folders in them; one under way goes on without a name. Gives their ids."""
    named = imports_table.c.paths.contains(f'"by":{json.dumps(user_id)}', autoescape=True)
    query = select(imports_table.c.id, imports_table.c.state).where(transaction.mine(imports_table), named)
    gone: list[str] = []
    for row in (await transaction.execute(query)).all():
        asked = await imports.asked_of(transaction, row.id)
        if asked.by != user_id:
            continue
        if row.state in imports.ENDED:
            one = (transaction.mine(imports_table), imports_table.c.id == row.id)
            await transaction.execute(delete(imports_table).where(*one))
        else:
            await imports.ask_for(transaction, row.id, asked.model_copy(update={"by": ""}))
        gone.append(row.id)
    return gone


async def _erase_answers(transaction: Transaction, names: Sequence[str]) -> int:
    """Answers kept for repeated requests in which one of these names stands, and all about anyone's own context."""
    sought = re.compile(b"|".join(re.escape(json.dumps(name).encode()) for name in names))
    query = select(idempotency.c.key, idempotency.c.body).where(transaction.mine(idempotency))
    rows: Iterable[Any] = await transaction.execute(query)
    keys = [row.key for row in rows if row.body.startswith(OF_CONTEXT) or sought.search(row.body)]
    for part in _parts(keys):
        where = (transaction.mine(idempotency), idempotency.c.key.in_(part))
        await transaction.execute(delete(idempotency).where(*where))
    return len(keys)


def _parts(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[begin : begin + TOGETHER] for begin in range(0, len(names), TOGETHER)]
