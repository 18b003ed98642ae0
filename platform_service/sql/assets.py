"""Assets, where their files lie, and their vectors, in SQL."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import and_, func, select, update

from agent.ports.library import Asset
from platform_service.errors import NotFound
from platform_service.sql.database import now
from platform_service.sql.tables import asset_locations, asset_vectors, assets
from platform_service.sql.transaction import Transaction

Vector = NDArray[np.float32]
MOST_PARAMETERS = 900
_same_asset = and_(asset_vectors.c.tenant == assets.c.tenant, asset_vectors.c.asset_id == assets.c.id)


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


async def known(transaction: Transaction, ids: Collection[str]) -> frozenset[str]:
    """Those of the ids that are stored."""
    found: set[str] = set()
    for part in _parts(list(ids)):
        found.update(
            (
                await transaction.execute(select(assets.c.id).where(transaction.mine(assets), assets.c.id.in_(part)))
            ).scalars()
        )
    return frozenset(found)


async def add(transaction: Transaction, batch: Sequence[NewAsset]) -> tuple[NewAsset, ...]:
    """Store those that are new and note where all of them lie; gives the new ones."""
    await transaction.lock("assets")  # numbers become visible in their order, and a twin is seen
    there = await known(transaction, [new.asset.id for new in batch])
    fresh = {new.asset.id: new for new in batch if new.asset.id not in there}
    if fresh:
        await transaction.execute(
            assets.insert(), [{"tenant": transaction.tenant, **_row(new)} for new in fresh.values()]
        )
        vectors = [
            {
                "tenant": transaction.tenant,
                "asset_id": i,
                "visual": new.visual.astype("<f4").tobytes(),
                "text_model": "",
                "text": None,
            }
            for i, new in fresh.items()
        ]
        await transaction.execute(asset_vectors.insert(), vectors)
    await note_locations(transaction, [(new.asset.id, new.path) for new in batch])
    return tuple(fresh.values())


async def note_locations(transaction: Transaction, found: Sequence[tuple[str, Path]]) -> None:
    """Note where the files of stored assets lie."""
    if found:
        places = [
            {"tenant": transaction.tenant, "asset_id": i, "path": os.fsencode(path), "seen": now()} for i, path in found
        ]
        location = transaction.upsert(asset_locations)
        renewed = location.on_conflict_do_update(
            index_elements=["tenant", "asset_id", "path"], set_={"seen": location.excluded.seen}
        )
        await transaction.execute(renewed, places)


async def lookup(transaction: Transaction, ids: Sequence[str]) -> tuple[Asset, ...]:
    """The assets of these ids, in the order given; unknown ids are left out."""
    found: dict[str, str] = {}
    for part in _parts(list(dict.fromkeys(ids))):
        query = select(assets.c.id, assets.c.document).where(transaction.mine(assets), assets.c.id.in_(part))
        found.update((row.id, row.document) for row in await transaction.execute(query))
    return tuple(Asset.model_validate_json(found[i]) for i in ids if i in found)


async def page(transaction: Transaction, offset: int, limit: int) -> tuple[int, tuple[Asset, ...]]:
    """How many assets there are, and some of them in the order of their import."""
    mine = transaction.mine(assets)
    total = int((await transaction.execute(select(func.count()).select_from(assets).where(mine))).scalar_one())
    query = select(assets.c.document).where(mine).order_by(assets.c.number).offset(offset).limit(limit)
    return total, tuple(Asset.model_validate_json(text) for text in (await transaction.execute(query)).scalars())


async def locations(transaction: Transaction, asset_id: str) -> tuple[Path, ...]:
    """Where the file of an asset was seen, latest first; raises NotFound for an unknown asset."""
    query = (
        select(asset_locations.c.path)
        .where(transaction.mine(asset_locations), asset_locations.c.asset_id == asset_id)
        .order_by(asset_locations.c.seen.desc())
    )
    found = tuple(Path(os.fsdecode(path)) for path in (await transaction.execute(query)).scalars())
    if not found:
        raise NotFound(f"There is no asset {asset_id}.", "Nothing was changed.", "Import its file.")
    return found


async def stored_after(transaction: Transaction, number: int, limit: int) -> tuple[int, list[StoredAsset]]:
    """The next assets with their vectors in the order of import, and the number to go on from."""
    query = (
        select(assets.c.number, assets.c.document, asset_vectors.c.visual, asset_vectors.c.text)
        .join(asset_vectors, _same_asset)
        .where(transaction.mine(assets), assets.c.number > number)
        .order_by(assets.c.number)
        .limit(limit)
    )
    rows = (await transaction.execute(query)).all()
    last = rows[-1].number if rows else number
    return last, [_stored(row.document, row.visual, row.text) for row in rows]


async def not_embedded(transaction: Transaction, model: str, limit: int) -> tuple[Asset, ...]:
    """Assets that have no text vector of this model yet."""
    query = (
        select(assets.c.document)
        .join(asset_vectors, _same_asset)
        .where(transaction.mine(assets), asset_vectors.c.text_model != model)
        .order_by(assets.c.number)
        .limit(limit)
    )
    return tuple(Asset.model_validate_json(text) for text in (await transaction.execute(query)).scalars())


async def text_vectors(transaction: Transaction, ids: Sequence[str]) -> dict[str, Vector | None]:
    """The text vectors of those of the assets that were embedded; None for one without words."""
    found: dict[str, Vector | None] = {}
    for part in _parts(list(ids)):
        query = select(asset_vectors.c.asset_id, asset_vectors.c.text).where(
            transaction.mine(asset_vectors), asset_vectors.c.asset_id.in_(part), asset_vectors.c.text_model != ""
        )
        found.update((row.asset_id, _vector(row.text)) for row in await transaction.execute(query))
    return found


async def store_text_vectors(
    transaction: Transaction, model: str, ids: Sequence[str], vectors: Sequence[Vector | None]
) -> None:
    """Keep the text vectors of assets; None notes that an asset has no words to embed."""
    for asset_id, vector in zip(ids, vectors, strict=True):
        blob = None if vector is None else vector.astype("<f4").tobytes()
        where = asset_vectors.c.asset_id == asset_id
        await transaction.execute(
            update(asset_vectors).where(transaction.mine(asset_vectors), where).values(text_model=model, text=blob)
        )


def _row(new: NewAsset) -> dict[str, object]:
    asset = new.asset
    columns = ("id", "title", "folder", "taken", "orientation", "creator", "format", "width_px", "height_px")
    values: dict[str, object] = {name: getattr(asset, name) for name in (*columns, "brightness", "saturation", "added")}
    return {**values, "mean_colour": new.mean_colour, "document": asset.model_dump_json()}


def _stored(document: str, visual: bytes, text: bytes | None) -> StoredAsset:
    return StoredAsset(
        Asset.model_validate_json(document), np.frombuffer(visual, "<f4").astype(np.float32), _vector(text)
    )


def _vector(blob: bytes | None) -> Vector | None:
    return None if blob is None else np.frombuffer(blob, "<f4").astype(np.float32)


def _parts(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), MOST_PARAMETERS):
        yield ids[start : start + MOST_PARAMETERS]
