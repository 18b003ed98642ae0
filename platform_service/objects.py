"""An S3-compatible store of objects: whole reads and writes with deadlines; keys come from the environment."""

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3  # type: ignore[import-untyped]
from boto3.exceptions import Boto3Error  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]
from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from platform_service.errors import ServiceError
from platform_service.team_settings import ObjectStorage

log = logging.getLogger(__name__)
CONNECT_S, READ_S, TRIES = 3, 10, 3
ABSENT = frozenset({"404", "NoSuchKey", "NotFound"})


class ObjectsAway(ServiceError):
    """The object store does not answer."""

    status, title, kind = 503, "The object store cannot be reached", "objects-away"


class Objects:
    """One bucket. Every method blocks."""

    def __init__(self, settings: ObjectStorage) -> None:
        self.settings = settings
        retries: Any = {"total_max_attempts": TRIES, "mode": "standard"}
        config = Config(connect_timeout=CONNECT_S, read_timeout=READ_S, retries=retries)
        self._client: Any = boto3.client(
            "s3", region_name=settings.region, endpoint_url=settings.endpoint or None, config=config
        )

    def read(self, key: str) -> bytes | None:
        """The whole object; None when there is none. Raises ObjectsAway."""
        try:
            answer = self._client.get_object(Bucket=self.settings.bucket, Key=key)
            with answer["Body"] as body:
                return bytes(body.read())
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in ABSENT:
                return None
            raise _away(error) from error
        except (BotoCoreError, OSError) as error:
            raise _away(error) from error

    def write(self, key: str, content: bytes, media_type: str) -> None:
        """Store an object, whole or not at all. Raises ObjectsAway."""
        try:
            self._client.put_object(Bucket=self.settings.bucket, Key=key, Body=content, ContentType=media_type)
        except (ClientError, BotoCoreError, OSError) as error:
            raise _away(error) from error

    def write_file(self, key: str, path: Path) -> None:
        """Store a file as an object. Raises ObjectsAway."""
        try:
            self._client.upload_file(str(path), self.settings.bucket, key)
        except (ClientError, BotoCoreError, Boto3Error, OSError) as error:
            raise _away(error) from error

    def is_there(self, key: str) -> bool:
        """Whether there is such an object. Raises ObjectsAway."""
        try:
            self._client.head_object(Bucket=self.settings.bucket, Key=key)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in ABSENT:
                return False
            raise _away(error) from error
        except (BotoCoreError, OSError) as error:
            raise _away(error) from error
        return True

    def below(self, prefix: str) -> list[tuple[str, float]]:
        """The keys that begin so, each with its age in seconds. Raises ObjectsAway."""
        try:
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.settings.bucket, Prefix=prefix)
            found = [one for page in pages for one in page.get("Contents", ())]
        except (ClientError, BotoCoreError, OSError) as error:
            raise _away(error) from error
        moment = datetime.now(UTC)
        return [(str(one["Key"]), (moment - one["LastModified"]).total_seconds()) for one in found]

    def erase(self, key: str) -> None:
        """Delete an object, if it is there. Raises ObjectsAway."""
        try:
            self._client.delete_object(Bucket=self.settings.bucket, Key=key)
        except (ClientError, BotoCoreError, OSError) as error:
            raise _away(error) from error

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


def _away(error: Exception) -> ObjectsAway:
    log.warning("the object store does not answer: %s", error)
    return ObjectsAway("The object store does not answer.", "What was stored is safe.", "Try again in a moment.")
