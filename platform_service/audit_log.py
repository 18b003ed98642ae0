"""The audit log as the service writes it: who did what, sealed with the service's own key."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from platform_service.identity.caller import Caller
from platform_service.identity.secrets import Secrets
from platform_service.sql import audit
from platform_service.sql.transaction import Transaction

PURPOSE = "audit"


class AuditLog:
    """Appends entries; the key is derived from the platform's secret."""

    def __init__(self, platform_secrets: Secrets) -> None:
        self.keys = platform_secrets.keys(PURPOSE)

    async def append(
        self,
        transaction: Transaction,
        caller: Caller,
        action: str,
        target: str,
        correlation_id: str = "",
        **detail: Any,
    ) -> None:
        """Write an entry in the transaction of what it tells about."""
        await audit.append(transaction, self.keys[0], caller.user, action, target, correlation_id, **detail)

    async def append_all(self, transaction: Transaction, lines: Sequence[audit.Line]) -> None:
        """Write many entries in the transaction of what they tell about."""
        await audit.append_all(transaction, self.keys[0], lines)


def local_secrets(file: Path) -> Secrets:
    """The secret of an embedded platform, made when there is none; only its user can read the file."""
    if not file.exists():
        staged = file.with_name(f".{file.name}.{os.getpid()}")
        descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(secrets.token_hex(32) + "\n")
        os.replace(staged, file)
    return Secrets.read(file)
