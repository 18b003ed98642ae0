"""Takes files that desktops send: offers are compared with what is there, parts are checked, wholes verified."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text

from platform_service.errors import NotFound, QuotaReached, Refused
from platform_service.ingest.content import HEAD_BYTES, picture_format, why_no_picture
from platform_service.ingest.limits import MIB, Limits
from platform_service.sql import assets, imports
from platform_service.sql.imports import Asked, BadFile, ImportProgress, KeptFile
from platform_service.sql.tenants import Quotas
from platform_service.sql.transaction import Transaction
from platform_service.uploads.originals import Originals, WrongContent
from platform_service.uploads.values import NewUpload, PartTaken, UploadStarted, Wanted

PART_BYTES = 8 * MIB
MOST_KNOWN = 64
GIB = 2**30


class NoUploads(Refused):
    """This platform has no place for pictures that are sent."""

    kind, title = "no-uploads", "Pictures cannot be sent here"


class NotAPicture(Refused):
    """The file is none that can be taken; it is left out, the others go on."""

    kind, title = "not-a-picture", "The file cannot be taken"


class UploadOver(Refused):
    """The upload was finished or cancelled."""

    status, kind, title = 409, "upload-over", "The upload is over"


@dataclass(frozen=True)
class Opening:
    """An upload as it begins: its row, what it asks for, and what is answered."""

    progress: ImportProgress
    asked: Asked
    missing: tuple[KeptFile, ...]
    there: int
    refused: tuple[BadFile, ...]


class Open:
    """The sizes of the files of uploads that are under way; they never change but by leaving files out."""

    def __init__(self) -> None:
        self._sizes: OrderedDict[str, Mapping[str, int]] = OrderedDict()

    async def size_of(self, transaction: Transaction, upload_id: str, asset_id: str) -> int:
        """How long a file is to be; raises NotFound for one that was not offered, UploadOver."""
        if (await imports.progress_of(transaction, upload_id)).state != "uploading":
            self._sizes.pop(upload_id, None)
            raise UploadOver("This upload is over.", "What arrived is kept.", "Start a new one.")
        sizes = self._sizes.get(upload_id)
        if sizes is None:
            asked = await imports.asked_of(transaction, upload_id)
            sizes = self._sizes[upload_id] = {one.id: one.bytes for one in asked.files}
            while len(self._sizes) > MOST_KNOWN:
                self._sizes.popitem(last=False)
        self._sizes.move_to_end(upload_id)
        if asset_id not in sizes:
            raise NotFound("This file is not part of the upload.", "Nothing was kept of it.", "Offer it first.")
        return sizes[asset_id]


async def opening(
    transaction: Transaction, upload_id: str, new: NewUpload, by: str, quotas: Quotas, limits: Limits
) -> Opening:
    """Compare what is offered with what is there; raises QuotaReached."""
    fitting = tuple(one for one in new.files if one.bytes <= limits.file_bytes)
    refused = tuple(
        BadFile(
            path=one.name, why=f"is too large: {one.bytes / MIB:.0f} MiB; the limit is {limits.file_bytes // MIB} MiB"
        )
        for one in new.files
        if one.bytes > limits.file_bytes
    )
    there = await assets.known(transaction, {one.id for one in fitting})
    files = tuple(KeptFile(id=one.id, bytes=one.bytes, name=one.name) for one in fitting)
    missing = {one.id: one for one in files if one.id not in there}
    await _within(transaction, quotas, len(missing), sum(one.bytes for one in missing.values()))
    progress = ImportProgress(
        import_id=upload_id, folder=new.folder, state="uploading", total=len(new.files), bad=refused
    )
    asked = Asked(files=files, by=by)
    return Opening(progress, asked, tuple(missing.values()), len(there), refused)


def answer_to(opened: Opening, originals: Originals) -> UploadStarted:
    """Which files have to be sent, each from the byte where it broke off. Blocks."""
    wanted = tuple(
        Wanted(id=one.id, received=originals.received(one.id))
        for one in opened.missing
        if originals.there(one.id) is None
    )
    return UploadStarted(id=opened.progress.import_id, wanted=wanted, there=opened.there, refused=opened.refused)


def taken(originals: Originals, asset_id: str, size: int, offset: int, part: bytes) -> PartTaken:
    """Keep a part, and check the file once it is whole. Raises OutOfPlace, NotAPicture, Refused. Blocks."""
    if originals.there(asset_id) is not None:
        return PartTaken(received=size, whole=True)
    if offset + len(part) > size:
        raise Refused(f"The part ends behind the file's {size} bytes.", "It was not kept.", "Offer the file anew.")
    if offset == 0 and picture_format(part[:HEAD_BYTES]) is None:
        originals.drop_parts(asset_id)
        raise NotAPicture(f"The file {why_no_picture(part[:HEAD_BYTES])}.", "It is left out; the others go on.")
    received = originals.add(asset_id, offset, part)
    if received < size:
        return PartTaken(received=received)
    try:
        originals.finish(asset_id)
    except WrongContent as error:
        raise Refused(
            "What arrived is not what was offered.", "Nothing of the file was kept.", "Send it from its beginning."
        ) from error
    return PartTaken(received=size, whole=True)


async def left_out(transaction: Transaction, upload_id: str, asset_id: str, why: str) -> None:
    """Go on without a file."""
    await transaction.lock(f"import {upload_id}")
    progress = await imports.progress_of(transaction, upload_id)
    asked = await imports.asked_of(transaction, upload_id)
    bad = tuple(BadFile(path=one.name, why=why) for one in asked.files if one.id == asset_id)
    rest = tuple(one for one in asked.files if one.id != asset_id)
    await imports.ask_for(transaction, upload_id, asked.model_copy(update={"files": rest}))
    await imports.note(transaction, progress.model_copy(update={"bad": (*progress.bad, *bad)}))


async def _within(transaction: Transaction, quotas: Quotas, count: int, size: int) -> None:
    if quotas.assets is not None:
        total, _ = await assets.page(transaction, 0, 1)
        if total + count > quotas.assets:
            raise QuotaReached(
                f"Your team may keep {quotas.assets:,} works and has {total:,}; {count:,} more do not fit.",
                "Nothing was sent.", "Send fewer, or ask for a larger quota.",
            )  # fmt: skip
    if quotas.picture_bytes is not None and size:
        used = await _bytes_of(transaction)
        if used + size > quotas.picture_bytes:
            raise QuotaReached(
                f"Your team may keep {quotas.picture_bytes / GIB:.1f} GiB of pictures and has {used / GIB:.1f}; "
                f"{size / GIB:.1f} more do not fit.",
                "Nothing was sent.", "Send fewer, or ask for a larger quota.",
            )  # fmt: skip


async def _bytes_of(transaction: Transaction) -> int:
    """The size of all the tenant's pictures together."""
    one = "(document::json->>'bytes')::bigint" if transaction.is_postgres else "json_extract(document, '$.bytes')"
    query = text(f"SELECT COALESCE(SUM({one}), 0) FROM assets WHERE tenant = :tenant")
    return int((await transaction.connection.execute(query, {"tenant": transaction.tenant})).scalar_one())
