"""Imports in SQL: what was asked for and how far it came, so that an end in the middle is told at the next start."""

import json
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel
from sqlalchemy import insert, select, update

from platform_service.errors import NotFound
from platform_service.sql.database import now
from platform_service.sql.tables import imports
from platform_service.sql.transaction import Transaction

State = Literal["scanning", "running", "done", "cancelled", "failed"]
INTERRUPTED = "The service ended in the middle. {added} works were kept; import the folder again to add the rest."


class BadFile(BaseModel):
    """A file that could not be imported, and why."""

    path: str
    why: str


class ImportProgress(BaseModel):
    """How far an import is; `seconds_left` is None until a rate is known."""

    import_id: str
    folder: str
    state: State = "scanning"
    done: int = 0
    total: int = 0
    added: int = 0
    already_there: int = 0
    rate_per_s: float = 0.0
    seconds_left: float | None = None
    bad: tuple[BadFile, ...] = ()
    error: str = ""


async def create(transaction: Transaction, progress: ImportProgress, paths: Sequence[str]) -> None:
    """Note a new import."""
    moment = now()
    values = {
        "tenant": transaction.tenant,
        "id": progress.import_id,
        "paths": json.dumps(list(paths)),
        "created": moment,
        **_changing(progress),
    }
    await transaction.execute(insert(imports).values(values))


async def note(transaction: Transaction, progress: ImportProgress) -> None:
    """Keep how far an import is."""
    where = imports.c.id == progress.import_id
    await transaction.execute(update(imports).where(transaction.mine(imports), where).values(_changing(progress)))


async def progress_of(transaction: Transaction, import_id: str) -> ImportProgress:
    """How far an import came; raises NotFound."""
    query = select(imports.c.progress).where(transaction.mine(imports), imports.c.id == import_id)
    text = (await transaction.execute(query)).scalar_one_or_none()
    if text is None:
        raise NotFound(f"There is no import {import_id}.", "Nothing was changed.", "Start a new import.")
    return ImportProgress.model_validate_json(text)


async def recent(transaction: Transaction, limit: int) -> tuple[ImportProgress, ...]:
    """The latest imports, newest first."""
    query = select(imports.c.progress).where(transaction.mine(imports))
    query = query.order_by(imports.c.created.desc(), imports.c.id).limit(limit)
    return tuple(ImportProgress.model_validate_json(text) for text in (await transaction.execute(query)).scalars())


async def close_interrupted(transaction: Transaction, silent_since: str) -> int:
    """Mark imports that a former service left open and that said nothing since that moment; gives how many."""
    query = select(imports.c.progress).where(
        transaction.mine(imports), imports.c.state.in_(("scanning", "running")), imports.c.updated <= silent_since
    )
    left = [ImportProgress.model_validate_json(text) for text in (await transaction.execute(query)).scalars()]
    for progress in left:
        told = INTERRUPTED.format(added=progress.added)
        await note(transaction, progress.model_copy(update={"state": "failed", "error": told, "seconds_left": None}))
    return len(left)


def _changing(progress: ImportProgress) -> dict[str, object]:
    return {"state": progress.state, "progress": progress.model_dump_json(), "updated": now()}
