"""The gate of an embedded platform: one secret for this launch, one user who may do everything."""

import hmac

from platform_service.errors import NotAllowed
from platform_service.identity.caller import LOCAL, Caller


class LaunchToken:
    """Admits whoever was told the secret of this launch."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()

    async def admit(self, credential: str) -> Caller:
        """The local user; raises NotAllowed."""
        if not self._token or not hmac.compare_digest(credential.encode(), self._token):
            raise NotAllowed("The token is missing or not this launch's.", "Nothing was changed.", "Attach again.")
        return Caller(LOCAL, LOCAL, "admin")
