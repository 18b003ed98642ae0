"""Imports in SQL: what was asked for and how far it came, so that an end in the middle is told at the next start."""

import json
from typing import Literal

from pydantic import BaseModel
from sqlalchemy import insert, select, update

from platform_service.errors import NotFound
from platform_service.sql.database import now
from platform_service.sql.tables import imports
from platform_service.sql.transaction import Transaction

State = Literal["uploading", "queued", "scanning", "running", "cancelling", "done", "cancelled", "failed"]
ENDED: tuple[State, ...] = ("done", "cancelled", "failed")
LEFT_OFF: tuple[State, ...] = ("queued", "scanning", "running", "cancelling")


class KeptFile(BaseModel):
    """A file that was sent: its digest, its size and its name below the folder that was sent."""

    id: str
    bytes: int
    name: str


class Asked(BaseModel):
    """What is to be imported: files and folders that the service can read, or files that were sent."""

    paths: tuple[str, ...] = ()
    recursive: bool = True
    files: tuple[KeptFile, ...] = ()
    by: str = ""
    """Who asked; told when it is done."""


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


async def create(transaction: Transaction, progress: ImportProgress, asked: Asked) -> None:
    """Note a new import."""
    moment = now()
    values = {
        "tenant": transaction.tenant,
        "id": progress.import_id,
        "paths": asked.model_dump_json(),
        "created": moment,
        **_changing(progress),
    }
    await transaction.execute(insert(imports).values(values))


async def note(transaction: Transaction, progress: ImportProgress) -> bool:
    """Keep how far an import is; False when it was cancelled or ended meanwhile, and this came too late."""
    closed = ENDED if progress.state in ENDED else (*ENDED, "cancelling")
    where = (imports.c.id == progress.import_id, imports.c.state.not_in(closed))
    done = update(imports).where(transaction.mine(imports), *where).values(_changing(progress))
    return bool((await transaction.execute(done)).rowcount)


async def asked_of(transaction: Transaction, import_id: str) -> Asked:
    """What an import is to bring in; raises NotFound."""
    query = select(imports.c.paths).where(transaction.mine(imports), imports.c.id == import_id)
    text = (await transaction.execute(query)).scalar_one_or_none()
    if text is None:
        raise _unknown(import_id)
    plain = json.loads(text)
    return Asked(paths=plain) if isinstance(plain, list) else Asked.model_validate(plain)


async def ask_for(transaction: Transaction, import_id: str, asked: Asked) -> None:
    """Bring in something else than was asked for at first."""
    where = (transaction.mine(imports), imports.c.id == import_id)
    await transaction.execute(update(imports).where(*where).values(paths=asked.model_dump_json()))


async def cancel(transaction: Transaction, import_id: str) -> ImportProgress:
    """Ask an import to end: at once while nobody works on it, else whoever does notices soon. Raises NotFound."""
    await transaction.lock(f"import {import_id}")
    progress = await progress_of(transaction, import_id)
    if progress.state in ENDED:
        return progress
    nobody = progress.state in ("uploading", "queued")
    changed = progress.model_copy(update={"state": "cancelled" if nobody else "cancelling", "seconds_left": None})
    where = (transaction.mine(imports), imports.c.id == import_id, imports.c.state.not_in(ENDED))
    await transaction.execute(update(imports).where(*where).values(_changing(changed)))
    return changed


async def progress_of(transaction: Transaction, import_id: str) -> ImportProgress:
    """How far an import came; raises NotFound."""
    query = select(imports.c.progress).where(transaction.mine(imports), imports.c.id == import_id)
    text = (await transaction.execute(query)).scalar_one_or_none()
    if text is None:
        raise _unknown(import_id)
    return ImportProgress.model_validate_json(text)


async def recent(transaction: Transaction, limit: int) -> tuple[ImportProgress, ...]:
    """The latest imports, newest first."""
    query = select(imports.c.progress).where(transaction.mine(imports))
    query = query.order_by(imports.c.created.desc(), imports.c.id).limit(limit)
    return tuple(ImportProgress.model_validate_json(text) for text in (await transaction.execute(query)).scalars())


async def left_off(transaction: Transaction) -> tuple[ImportProgress, ...]:
    """The imports that have begun, or wait for somebody to begin, and have not ended; oldest first."""
    query = select(imports.c.progress).where(transaction.mine(imports), imports.c.state.in_(LEFT_OFF))
    found = (await transaction.execute(query.order_by(imports.c.created, imports.c.id))).scalars()
    return tuple(ImportProgress.model_validate_json(text) for text in found)


def _unknown(import_id: str) -> NotFound:
    return NotFound(f"There is no import {import_id}.", "Nothing was changed.", "Start a new import.")


def _changing(progress: ImportProgress) -> dict[str, object]:
    return {"state": progress.state, "progress": progress.model_dump_json(), "updated": now()}
