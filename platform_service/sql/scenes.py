"""Scenes with immutable versions: a save names the version it is based on, and a hash chain ties them together."""

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, and_, insert, select, update

from platform_service.errors import Damaged, NotFound, Refused, StaleVersion
from platform_service.sql import events, projects
from platform_service.sql.database import now
from platform_service.sql.tables import scene_versions, scenes, steps
from platform_service.sql.transaction import Transaction

STEPS_SENT = 1_000
"""So many of the latest steps come with a scene; older ones stay stored."""
MOST_TOLD = 100_000
"""A change of more characters is not told with its event; whoever follows reads the version instead."""


@dataclass(frozen=True)
class By:
    """Who saved, from which session."""

    user: str = ""
    session: str = ""


class SceneSummary(BaseModel):
    """A scene without its content."""

    scene_id: str
    project_id: str
    name: str
    version: int
    created: str
    updated: str


class StoredScene(BaseModel):
    """A scene at one version; version 0 is empty and has no document."""

    scene_id: str
    project_id: str
    name: str
    version: int
    document: dict[str, Any] | None = None
    steps: list[dict[str, Any]] = []
    digest: str = ""
    """SHA-256 of the document as canonical JSON (sorted keys, no spaces, UTF-8)."""
    chain: str = ""
    """SHA-256 over the version before, this document and its steps: a lost or changed version shows."""


class NewVersion(BaseModel):
    """A save: the whole document and the steps taken since the version it is based on."""

    model_config = ConfigDict(extra="forbid")

    based_on: int = Field(ge=0)
    document: dict[str, Any]
    steps: list[dict[str, Any]] = Field(default=[], max_length=100_000)
    digest: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    """When given, it must be the document's own: what is stored is what was shown."""


class SavedVersion(BaseModel):
    """The receipt of a save."""

    scene_id: str
    version: int
    digest: str
    chain: str


def canonical(value: object) -> str:
    """JSON in the one spelling that digests are made of."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest_of(text: str) -> str:
    """SHA-256 of text, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


async def create(transaction: Transaction, project_id: str, name: str, scene_id: str = "") -> SceneSummary:
    """A new scene at version 0."""
    await projects.project(transaction, project_id)
    moment = now()
    values = {
        "tenant": transaction.tenant,
        "id": scene_id or uuid.uuid4().hex,
        "project_id": project_id,
        "name": name,
        "version": 0,
        "created": moment,
        "updated": moment,
    }
    await transaction.execute(insert(scenes).values(values))
    await projects.touch(transaction, project_id)
    return _summary(values)


async def put(transaction: Transaction, scene_id: str, project_id: str, name: str) -> SceneSummary:
    """A scene with an id that a desktop chose; one that is there keeps its versions and its project."""
    await transaction.lock(f"scene {scene_id}")
    query = select(scenes).where(transaction.mine(scenes), scenes.c.id == scene_id)
    found = (await transaction.execute(query)).mappings().first()
    if found is None:
        return await create(transaction, project_id, name, scene_id)
    if found["project_id"] != project_id:
        raise Refused("This scene belongs to another project.", "It was not changed.", "Save it under a new id.")
    return _summary(dict(found))


async def head(transaction: Transaction, scene_id: str) -> SceneSummary:
    """Which version a scene is at; raises NotFound."""
    return _summary(await _scene(transaction, scene_id))


async def scenes_of(transaction: Transaction, project_id: str) -> tuple[SceneSummary, ...]:
    """The scenes of a project, oldest first."""
    await projects.project(transaction, project_id)
    query = select(scenes).where(transaction.mine(scenes), scenes.c.project_id == project_id)
    query = query.order_by(scenes.c.created, scenes.c.id)
    return tuple(_summary(dict(row)) for row in (await transaction.execute(query)).mappings())


async def latest(transaction: Transaction, scene_id: str) -> StoredScene:
    """A scene at its latest version."""
    return await at_version(transaction, scene_id, int((await _scene(transaction, scene_id))["version"]))


async def at_version(transaction: Transaction, scene_id: str, version: int) -> StoredScene:
    """A scene as it was at one version; raises Damaged when its document is not the one that was stored."""
    head = await _scene(transaction, scene_id)
    found = StoredScene(scene_id=scene_id, project_id=head["project_id"], name=head["name"], version=version)
    if version == 0:
        return found
    query = select(scene_versions).where(_is(transaction, scene_id, version))
    row = (await transaction.execute(query)).mappings().first()
    if row is None:
        raise NotFound(
            f"The scene has no version {version}.", "Nothing was changed.", f"It has 0 to {head['version']}."
        )
    if digest_of(row["document"]) != row["digest"]:
        raise Damaged(
            f"Version {version} of the scene is not what was stored.",
            "It was left as it is; other versions are not touched.",
            f"Open an earlier version, e.g. {version - 1}.",
        )
    past = (
        select(steps.c.document)
        .where(transaction.mine(steps), steps.c.scene_id == scene_id, steps.c.version <= version)
        .order_by(steps.c.number.desc())
        .limit(STEPS_SENT)
    )
    found.document = json.loads(row["document"])
    found.steps = [json.loads(text) for text in reversed((await transaction.execute(past)).scalars().all())]
    found.digest, found.chain = row["digest"], row["chain"]
    return found


async def save(transaction: Transaction, scene_id: str, new: NewVersion, by: By | None = None) -> SavedVersion:
    """Store the next version; raises StaleVersion when `based_on` is not the latest."""
    await transaction.lock(f"scene {scene_id}")
    head = await _scene(transaction, scene_id)
    if new.based_on != head["version"]:
        raise StaleVersion(
            f"The scene is at version {head['version']}; this save was based on {new.based_on}.",
            "The stored scene was not changed; your work is still on your side.",
            "Carry your change over to the current version and save again.",
            current_version=head["version"],
        )
    ready = prepared(scene_id, new, await _base(transaction, scene_id, new.based_on), by or By())
    await _store(transaction, ready.saved, ready.document, ready.steps)
    await projects.touch(transaction, head["project_id"])
    await events.append_text(transaction, f"scene:{scene_id}", "saved", ready.told)
    return ready.saved


@dataclass(frozen=True)
class Prepared:
    """A save that holds, as it is stored and told."""

    saved: SavedVersion
    document: str
    steps: list[str]
    told: str
    """The event as JSON."""


@dataclass(frozen=True)
class Base:
    """The version that a save is based on."""

    chain: str = ""
    document: dict[str, Any] = field(default_factory=dict)


def prepared(scene_id: str, new: NewVersion, base: Base, by: By) -> Prepared:
    """What a save on top of `base` writes; raises Refused."""
    document, digest, step_texts = _checked(new)
    chain = digest_of("\n".join([base.chain, digest, *step_texts]))
    saved = SavedVersion(scene_id=scene_id, version=new.based_on + 1, digest=digest, chain=chain)
    told = {"version": saved.version, "digest": digest, "steps": len(step_texts), **by.__dict__}
    text = events.spelled({**told, "change": difference(base.document, new.document)})
    if len(text) > MOST_TOLD:
        text = events.spelled(told)
    return Prepared(saved, document, step_texts, text)


def _checked(new: NewVersion) -> tuple[str, str, list[str]]:
    try:
        document, step_texts = canonical(new.document), [canonical(step) for step in new.steps]
    except (ValueError, RecursionError) as error:
        raise Refused(
            f"The document or its steps cannot be stored: {error}.",
            "The stored scene was not changed.",
            "Send plain JSON, whose numbers are finite.",
        ) from error
    digest = digest_of(document)
    if new.digest is not None and new.digest != digest:
        raise Refused(
            "The document is not the one that its digest was made of.",
            "The stored scene was not changed.",
            "Send the document again.",
        )
    return document, digest, step_texts


async def _store(transaction: Transaction, saved: SavedVersion, document: str, step_texts: list[str]) -> None:
    moment = now()
    tenant = transaction.tenant
    values = {**saved.model_dump(), "based_on": saved.version - 1, "document": document, "created": moment}
    await transaction.execute(insert(scene_versions).values(tenant=tenant, **values))
    if step_texts:
        place = {"tenant": tenant, "scene_id": saved.scene_id, "version": saved.version}
        rows = [{**place, "document": text} for text in step_texts]
        await transaction.execute(insert(steps), rows)
    change = update(scenes).where(transaction.mine(scenes), scenes.c.id == saved.scene_id)
    await transaction.execute(change.values(version=saved.version, updated=moment))


async def _scene(transaction: Transaction, scene_id: str) -> dict[str, Any]:
    query = select(scenes).where(transaction.mine(scenes), scenes.c.id == scene_id)
    row = (await transaction.execute(query)).mappings().first()
    if row is None:
        raise NotFound(f"There is no scene {scene_id}.", "Nothing was changed.", "Open another scene.")
    return dict(row)


async def _base(transaction: Transaction, scene_id: str, version: int) -> Base:
    query = select(scene_versions.c.chain, scene_versions.c.document).where(_is(transaction, scene_id, version))
    row = (await transaction.execute(query)).first()
    return Base() if row is None else Base(row.chain, json.loads(row.document))


def difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What became of the records from one document to the next, as a change is spelled; no record is judged."""
    old, new = _by_id(before), _by_id(after)
    return {
        "added": [new[record_id] for record_id in sorted(new.keys() - old.keys())],
        "updated": [[old[i], new[i]] for i in sorted(new.keys() & old.keys()) if old[i] != new[i]],
        "removed": [old[record_id] for record_id in sorted(old.keys() - new.keys())],
    }


def _by_id(document: dict[str, Any]) -> dict[str, Any]:
    records = document.get("records")
    found = [record for record in records if isinstance(record, dict)] if isinstance(records, list) else []
    return {str(record.get("id", "")): record for record in found}


def _summary(row: dict[str, Any]) -> SceneSummary:
    return SceneSummary(scene_id=row["id"], **{key: row[key] for key in SceneSummary.model_fields if key != "scene_id"})


def _is(transaction: Transaction, scene_id: str, version: int) -> ColumnElement[bool]:
    found = (scene_versions.c.scene_id == scene_id, scene_versions.c.version == version)
    return and_(transaction.mine(scene_versions), *found)
