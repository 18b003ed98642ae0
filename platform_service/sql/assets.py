"""Assets, where their files lie, and their vectors, in SQL."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.ports.library import Asset
from platform_service.errors import NotFound
from platform_service.sql.database import now
from platform_service.sql.tables import asset_locations, asset_vectors, assets

Vector = NDArray[np.float32]
MOST_PARAMETERS = 900


@dataclass(frozen=True)
class NewAsset:
    """An asset as an import found it: its record, its file and its measured feature vector."""

    asset: Asset
    path: Path
    visual: Vector
    mean_colour: str = ""


@dataclass(frozen=True)
class StoredAsset:
    """An asset with its vectors as they are stored; `text` is None until it has been embedded."""

    asset: Asset
    visual: Vector
    text: Vector | None


async def known(connection: AsyncConnection, ids: Collection[str]) -> frozenset[str]:
    """Those of the ids that are stored."""
    found: set[str] = set()
    for part in _parts(list(ids)):
        found.update((await connection.execute(select(assets.c.id).where(assets.c.id.in_(part)))).scalars())
    return frozenset(found)


async def add(connection: AsyncConnection, batch: Sequence[NewAsset]) -> tuple[NewAsset, ...]:
    """Store those that are new and note where all of them lie; gives the new ones."""
    there = await known(connection, [new.asset.id for new in batch])
    fresh = {new.asset.id: new for new in batch if new.asset.id not in there}
    if fresh:
        await connection.execute(assets.insert(), [_row(new) for new in fresh.values()])
        vectors = [
            {"asset_id": i, "visual": new.visual.astype("<f4").tobytes(), "text_model": "", "text": None}
            for i, new in fresh.items()
        ]
        await connection.execute(asset_vectors.insert(), vectors)
    await note_locations(connection, [(new.asset.id, new.path) for new in batch])
    return tuple(fresh.values())


async def note_locations(connection: AsyncConnection, found: Sequence[tuple[str, Path]]) -> None:
    """Note where the files of stored assets lie."""
    if found:
        places = [{"asset_id": i, "path": os.fsencode(path), "seen": now()} for i, path in found]
        location = upsert(asset_locations)
        renewed = location.on_conflict_do_update(["asset_id", "path"], set_={"seen": location.excluded.seen})
        await connection.execute(renewed, places)


async def lookup(connection: AsyncConnection, ids: Sequence[str]) -> tuple[Asset, ...]:
    """The assets of these ids, in the order given; unknown ids are left out."""
    found: dict[str, str] = {}
    for part in _parts(list(dict.fromkeys(ids))):
        query = select(assets.c.id, assets.c.document).where(assets.c.id.in_(part))
        found.update((row.id, row.document) for row in await connection.execute(query))
    return tuple(Asset.model_validate_json(found[i]) for i in ids if i in found)


async def page(connection: AsyncConnection, offset: int, limit: int) -> tuple[int, tuple[Asset, ...]]:
    """How many assets there are, and some of them in the order of their import."""
    total = int((await connection.execute(select(func.count()).select_from(assets))).scalar_one())
    query = select(assets.c.document).order_by(assets.c.number).offset(offset).limit(limit)
    return total, tuple(Asset.model_validate_json(text) for text in (await connection.execute(query)).scalars())


async def locations(connection: AsyncConnection, asset_id: str) -> tuple[Path, ...]:
    """Where the file of an asset was seen, latest first; raises NotFound for an unknown asset."""
    query = (
        select(asset_locations.c.path)
        .where(asset_locations.c.asset_id == asset_id)
        .order_by(asset_locations.c.seen.desc())
    )
    found = tuple(Path(os.fsdecode(path)) for path in (await connection.execute(query)).scalars())
    if not found:
        raise NotFound(f"There is no asset {asset_id}.", "Nothing was changed.", "Import its file.")
    return found


async def stored_after(connection: AsyncConnection, number: int, limit: int) -> tuple[int, list[StoredAsset]]:
    """The next assets with their vectors in the order of import, and the number to go on from."""
    query = (
        select(assets.c.number, assets.c.document, asset_vectors.c.visual, asset_vectors.c.text)
        .join(asset_vectors, asset_vectors.c.asset_id == assets.c.id)
        .where(assets.c.number > number)
        .order_by(assets.c.number)
        .limit(limit)
    )
    rows = (await connection.execute(query)).all()
    last = rows[-1].number if rows else number
    return last, [_stored(row.document, row.visual, row.text) for row in rows]


async def not_embedded(connection: AsyncConnection, model: str, limit: int) -> tuple[Asset, ...]:
    """Assets that have no text vector of this model yet."""
    query = (
        select(assets.c.document)
        .join(asset_vectors, asset_vectors.c.asset_id == assets.c.id)
        .where(asset_vectors.c.text_model != model)
        .order_by(assets.c.number)
        .limit(limit)
    )
    return tuple(Asset.model_validate_json(text) for text in (await connection.execute(query)).scalars())


async def store_text_vectors(
    connection: AsyncConnection, model: str, ids: Sequence[str], vectors: Sequence[Vector | None]
) -> None:
    """Keep the text vectors of assets; None notes that an asset has no words to embed."""
    for asset_id, vector in zip(ids, vectors, strict=True):
        blob = None if vector is None else vector.astype("<f4").tobytes()
        where = asset_vectors.c.asset_id == asset_id
        await connection.execute(update(asset_vectors).where(where).values(text_model=model, text=blob))


def _row(new: NewAsset) -> dict[str, object]:
    asset = new.asset
    columns = ("id", "title", "folder", "taken", "orientation", "creator", "format", "width_px", "height_px")
    values: dict[str, object] = {name: getattr(asset, name) for name in (*columns, "brightness", "saturation", "added")}
    return {**values, "mean_colour": new.mean_colour, "document": asset.model_dump_json()}


def _stored(document: str, visual: bytes, text: bytes | None) -> StoredAsset:
    words = None if text is None else np.frombuffer(text, "<f4").astype(np.float32)
    return StoredAsset(Asset.model_validate_json(document), np.frombuffer(visual, "<f4").astype(np.float32), words)


def _parts(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), MOST_PARAMETERS):
        yield ids[start : start + MOST_PARAMETERS]
