"""What a team may keep is told in figures before anything is sent, on SQLite and PostgreSQL alike."""

from pathlib import Path

import numpy as np
import pytest

from agent.ports.library import Asset
from platform_service.errors import QuotaReached
from platform_service.ingest.limits import Limits
from platform_service.sql import assets
from platform_service.sql.tenants import NO_QUOTAS, Quotas
from platform_service.uploads.taking import opening
from platform_service.uploads.values import NewUpload

OFFERED = NewUpload.model_validate(
    {"folder": "x", "files": [{"id": digit * 64, "bytes": 600, "name": f"x/{digit}.jpg"} for digit in "abc"]}
)


async def opened(store, quotas: Quotas):
    async with store.of("ours").writing() as transaction:
        return await opening(transaction, "upload", OFFERED, "ada", quotas, Limits())


@pytest.fixture
async def with_one(store):
    """A library that has the first of the files offered."""
    there = Asset(
        id="a" * 64, title="", file_name="", width_px=1, height_px=1, bytes=600, format="JPEG", orientation="square"
    )
    async with store.of("ours").writing() as transaction:
        await assets.add(transaction, [assets.NewAsset(there, Path("/a.jpg"), np.zeros(3, np.float32))])
    return store


@pytest.mark.parametrize(
    ("quotas", "told"),
    [
        ({"assets": 2}, "may keep 2 works and has 1; 2 more do not fit"),
        ({"picture_bytes": 1_799}, "GiB of pictures"),
    ],
)
async def test_what_does_not_fit_is_refused_before_anything_is_sent(with_one, quotas, told):
    with pytest.raises(QuotaReached, match=told) as refused:
        await opened(with_one, Quotas(**quotas))
    assert refused.value.kept == "Nothing was sent."


@pytest.mark.parametrize("quotas", [Quotas(assets=3, picture_bytes=1_800), NO_QUOTAS])
async def test_what_fits_is_taken_and_what_is_there_is_not_counted_twice(with_one, quotas):
    found = await opened(with_one, quotas)
    assert ([one.id[0] for one in found.missing], found.there) == (["b", "c"], 1)
